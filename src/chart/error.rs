//! Why a chart could not be drawn.

use std::fmt;

/// Why a chart could not be drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartError {
    /// No embedded font has these characters; sorted, each once.
    MissingGlyphs(Vec<char>),
    /// There is nothing to draw.
    Empty,
    /// A number is not a fraction, or an interval does not hold its rate: the label of the mark.
    Range(String),
    /// An embedded font cannot be read.
    Font,
    /// The drawing library refused.
    Drawing(String),
    /// The picture could not be made from the SVG.
    Raster(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingGlyphs(missing) => {
                f.write_str("the chart fonts (Inter, Noto Sans SC) lack")?;
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
            Self::Font => f.write_str("an embedded font cannot be read"),
            Self::Drawing(why) => write!(f, "the chart could not be drawn: {why}"),
            Self::Raster(why) => write!(f, "the picture could not be made: {why}"),
        }
    }
}

impl std::error::Error for ChartError {}
