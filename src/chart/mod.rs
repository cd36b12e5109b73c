//! Figures with their words → SVG → PNG.
//!
//! In: one of three specs ([`Dumbbell`], [`Bars`], [`Scatter`]), whose strings are in one language and whose rates are
//! fractions. Out: [`Svg`] with real text, a title and an alt text; from it, PNG bytes. The same spec gives the same bytes
//! on every machine: fonts are embedded, nothing is read from the system, and no time is written.
//!
//! Refused: a spec with nothing in it, figures that are not fractions inside their intervals, and characters that no
//! embedded font has (all of them are listed). Nothing is computed from the figures but where they stand.
//!
//! plotters maps the data and draws the elements; it draws on `scene`, a list of shapes on a fine grid, which `svg`
//! prints and [`raster()`] turns into pixels. Text is measured and laid out here, by shaping it in the very fonts it is
//! rendered in.

mod alt;
mod axis;
mod bar_labels;
mod bars;
mod dumbbell;
mod element;
mod error;
pub mod font;
mod frame;
mod guide;
mod legend;
mod number;
mod pen;
mod phrase;
mod place;
mod raster;
mod rows;
mod scatter;
mod scene;
mod spec;
mod svg;
mod text;
mod textbox;
mod theme;
mod words;
mod wrap;

use std::collections::BTreeSet;

use crate::codebook::clean;

pub use bars::{Bars, Group};
pub use dumbbell::{Dumbbell, DumbbellRow, GapMark};
pub use error::ChartError;
pub use guide::Guide;
pub use raster::raster;
pub use scatter::{Point, Scatter};
pub use spec::{Head, Mark, Pair, Series, Side};
pub use svg::Svg;
pub(crate) use text::escape;
pub use textbox::TextBox;
pub use theme::{Theme, Tone};

use words::Typeset;

/// A chart to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Rates of two groups by feature, with the gap.
    Dumbbell(Dumbbell),
    /// Rates of two groups by city.
    Bars(Bars),
    /// Two rates against each other.
    Scatter(Scatter),
}

impl Chart {
    /// The words around it.
    #[must_use]
    pub fn head(&self) -> &Head {
        match self {
            Self::Dumbbell(chart) => &chart.head,
            Self::Bars(chart) => &chart.head,
            Self::Scatter(chart) => &chart.head,
        }
    }

    /// The text for people who do not see it: the caller's, else one made from the figures.
    #[must_use]
    pub fn alt(&self) -> String {
        match (&self.head().alt, self) {
            (Some(alt), _) => alt.clone(),
            (None, Self::Dumbbell(chart)) => alt::dumbbell(chart),
            (None, Self::Bars(chart)) => alt::bars(chart),
            (None, Self::Scatter(chart)) => alt::scatter(chart),
        }
    }
}

/// The text with the code point of every character that the fonts lack in its place, for words that come from data:
/// `a😀` becomes `a[U+1F600]`.
#[must_use]
pub fn legible(text: &str) -> String {
    let Ok(fonts) = font::Fonts::get() else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        if fonts.covers(c) {
            out.push(c);
        } else {
            out.push_str(&format!("[U+{:04X}]", u32::from(c)));
        }
    }
    out
}

/// Draws a chart in the colours of a theme; 900 CSS px wide, as high as its content.
///
/// # Errors
/// [`ChartError::Empty`], [`ChartError::Range`], or [`ChartError::MissingGlyphs`] with every character that cannot be shown.
pub fn draw(chart: &Chart, theme: &Theme) -> Result<Svg, ChartError> {
    let head = chart.head();
    let set = Typeset::new(head.lang)?;
    let drawing = match chart {
        Chart::Dumbbell(chart) => dumbbell::draw(chart, set),
        Chart::Bars(chart) => bars::draw(chart, set),
        Chart::Scatter(chart) => scatter::draw(chart, set),
    }?;
    let missing: BTreeSet<char> = drawing
        .texts()
        .flat_map(|text| text.text.chars().collect::<Vec<_>>())
        .filter(|c| !set.fonts.covers(*c))
        .collect();
    if missing.is_empty() {
        Ok(svg::print(&drawing, &head.title, &chart.alt(), set, theme))
    } else {
        Err(ChartError::MissingGlyphs(missing.into_iter().collect()))
    }
}
