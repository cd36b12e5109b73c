//! Why a chart could not be drawn.

use std::fmt;

/// Why a chart could not be drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartError {
    /// No font has these characters; sorted, each once.
    MissingGlyphs(Vec<char>),
    /// There is nothing to draw.
    Empty,
    /// A number is not a fraction, or an interval does not hold its rate: the label of the mark.
    Range(String),
    /// So many segments cannot be told apart by colour.
    Segments(usize),
    /// A scale of so many points has no colours.
    Points(usize),
    /// A row has not one figure for each segment or point of the scale: the row's label.
    Sides(String),
    /// A row or line, by its label, has another number of figures than there are columns or waves.
    Tiles(String, usize, usize),
    /// An embedded font cannot be read.
    Font,
    /// A file given as a further font is none: its place among them, from 0.
    ExtraFont(usize),
    /// The chart does not fit its canvas, or no part of it does.
    NoRoom,
    /// The drawing library refused.
    Drawing(String),
    /// The picture could not be made from the SVG.
    Raster(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingGlyphs(missing) => {
                f.write_str("the chart fonts (Inter, Noto Sans SC, and those given) lack")?;
                for (i, c) in missing.iter().enumerate() {
                    let comma = if i == 0 { "" } else { "," };
                    write!(f, "{comma} {c} (U+{:04X})", u32::from(*c))?;
                }
                Ok(())
            }
            Self::Empty => f.write_str("there is nothing to draw"),
            Self::Range(label) => {
                write!(f, "the figures of \"{label}\" are not fractions with the rate inside its interval")
            }
            Self::Segments(count) => write!(f, "{count} segments cannot be told apart by colour; eight can"),
            Self::Points(count) => write!(f, "a scale of {count} points has no colours; one of 2 to 11 has"),
            Self::Sides(label) => {
                write!(f, "\"{label}\" does not have one figure for each segment or point of the scale")
            }
            Self::Tiles(label, figures, places) => {
                write!(f, "\"{label}\" has {figures} figures where {places} are wanted")
            }
            Self::Font => f.write_str("an embedded font cannot be read"),
            Self::ExtraFont(i) => write!(f, "font file {} cannot be read", i + 1),
            Self::NoRoom => f.write_str("the chart does not fit its canvas"),
            Self::Drawing(why) => write!(f, "the chart could not be drawn: {why}"),
            Self::Raster(why) => write!(f, "the picture could not be made: {why}"),
        }
    }
}

impl std::error::Error for ChartError {}
