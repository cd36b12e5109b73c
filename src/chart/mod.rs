//! Figures with their words → SVG → PNG.
//!
//! In: one of the specs that [`Chart`] holds, whose strings are in one language and whose rates are fractions. Out:
//! [`Svg`] with real text, a title and an alt text; from it, PNG bytes. The same spec gives the same bytes on every
//! machine: fonts are embedded, nothing is read from the system, and no time is written.
//!
//! Refused: a spec with nothing in it, figures that are not fractions inside their intervals or do not match the spec's
//! segments, and characters that no font has (all of them are listed). Nothing is computed from the figures but where
//! they stand.
//!
//! plotters maps the data and draws the elements; it draws on `scene`, a list of shapes on a fine grid, which `svg`
//! prints and [`raster()`] turns into pixels. Text is measured and laid out here, by shaping it in the very fonts it is
//! rendered in.

mod alt;
mod alt_shares;
mod amounts;
mod axis;
mod bar_labels;
mod bars;
mod cohorts;
mod cover;
mod dumbbell;
mod element;
mod embed;
mod error;
mod face;
mod figures_card;
pub mod font;
mod frame;
mod framed;
mod funnel;
mod guide;
mod headline;
mod heatmap;
mod lane;
mod legend;
mod marks;
mod multiples;
mod number;
mod palette;
mod panel;
mod panel_notes;
mod part;
mod pen;
mod persons;
mod phrase;
mod place;
mod ramp;
mod ranked;
mod raster;
mod reach;
mod rows;
mod scale_colors;
mod scatter;
mod scene;
mod segments;
mod size;
mod spans;
mod spec;
mod stacked;
mod stage_labels;
mod style;
mod svg;
mod terms;
mod text;
mod textbox;
mod theme;
mod trend;
mod words;
mod wrap;

use std::collections::BTreeSet;

pub use bars::{Bars, Group};
pub use cohorts::{CohortRow, CohortTile, Cohorts};
pub use dumbbell::{Dumbbell, DumbbellRow, GapMark};
pub use embed::{WebFont, web_fonts};
pub use error::ChartError;
pub use font::Fonts;
pub use funnel::{Funnel, Stage};
pub use guide::Guide;
pub use heatmap::{Heading, Heatmap, HeatmapRow, Tile};
pub use multiples::{Multiples, Panel};
pub use palette::SEGMENTS;
pub use persons::{Expanded, Persons, PersonsRow};
pub use ramp::{Ramp, Shade};
pub use ranked::{Ranked, RankedRow, Reference};
pub use raster::raster;
pub use scale_colors::Alignment;
pub use scatter::{Point, Scatter};
pub use size::Size;
pub use spans::{SpanRow, Spans};
pub use spec::{Bound, Head, Mark, Published, Segments, Series, Side};
pub use stacked::{Shares, Stacked, StackedRow};
pub use style::{Style, style_sheet};
pub use svg::Svg;
pub(crate) use text::escape;
pub use textbox::TextBox;
pub use theme::{Theme, Tone};
pub use trend::{Trend, TrendLine, TrendPoint, Wave};

use part::Part;
use scene::Drawing;
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
    /// Rates of two groups by feature, a small plot for each city.
    Multiples(Multiples),
    /// Rates of one or several segments over many rows.
    Ranked(Ranked),
    /// The shares of two groups that reach each stage of a way.
    Funnel(Funnel),
    /// How the answers to a scale are spread.
    Stacked(Stacked),
    /// Gaps of two groups by city and feature.
    Heatmap(Heatmap),
    /// Rates of segments by wave.
    Trend(Trend),
    /// Shares of cohorts by the time since they began.
    Cohorts(Cohorts),
    /// Amounts of any unit, and where sources disagree.
    Spans(Spans),
    /// What rates come to in populations.
    Persons(Persons),
}

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// [`Dumbbell`].
    Dumbbell,
    /// [`Bars`].
    Bars,
    /// [`Scatter`].
    Scatter,
    /// [`Multiples`].
    Multiples,
    /// [`Ranked`].
    Ranked,
    /// [`Funnel`].
    Funnel,
    /// [`Stacked`].
    Stacked,
    /// [`Heatmap`].
    Heatmap,
    /// [`Trend`].
    Trend,
    /// [`Cohorts`].
    Cohorts,
    /// [`Spans`].
    Spans,
    /// [`Persons`].
    Persons,
}

impl Chart {
    /// What it shows.
    #[must_use]
    pub fn kind(&self) -> ChartKind {
        match self {
            Self::Dumbbell(_) => ChartKind::Dumbbell,
            Self::Bars(_) => ChartKind::Bars,
            Self::Scatter(_) => ChartKind::Scatter,
            Self::Multiples(_) => ChartKind::Multiples,
            Self::Ranked(_) => ChartKind::Ranked,
            Self::Funnel(_) => ChartKind::Funnel,
            Self::Stacked(_) => ChartKind::Stacked,
            Self::Heatmap(_) => ChartKind::Heatmap,
            Self::Trend(_) => ChartKind::Trend,
            Self::Cohorts(_) => ChartKind::Cohorts,
            Self::Spans(_) => ChartKind::Spans,
            Self::Persons(_) => ChartKind::Persons,
        }
    }

    /// The words around it.
    #[must_use]
    pub fn head(&self) -> &Head {
        match self {
            Self::Dumbbell(chart) => &chart.head,
            Self::Bars(chart) => &chart.head,
            Self::Scatter(chart) => &chart.head,
            Self::Multiples(chart) => &chart.head,
            Self::Ranked(chart) => &chart.head,
            Self::Funnel(chart) => &chart.head,
            Self::Stacked(chart) => &chart.head,
            Self::Heatmap(chart) => &chart.head,
            Self::Trend(chart) => &chart.head,
            Self::Cohorts(chart) => &chart.head,
            Self::Spans(chart) => &chart.head,
            Self::Persons(chart) => &chart.head,
        }
    }

    /// How many rows it may be parted by; 0 when it is one whole.
    fn rows(&self) -> usize {
        match self {
            Self::Dumbbell(chart) => chart.rows.len(),
            Self::Bars(chart) => chart.groups.len(),
            Self::Multiples(chart) => chart.panels.len(),
            Self::Ranked(chart) => chart.rows.len(),
            Self::Stacked(chart) => chart.rows.len(),
            Self::Heatmap(chart) => chart.rows.len(),
            Self::Cohorts(chart) => chart.rows.len(),
            Self::Spans(chart) => chart.rows.len(),
            Self::Persons(chart) => chart.rows.len(),
            Self::Scatter(_) | Self::Funnel(_) | Self::Trend(_) => 0,
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
            (None, Self::Multiples(chart)) => multiples::alt(chart),
            (None, Self::Ranked(chart)) => alt_shares::ranked(chart),
            (None, Self::Funnel(chart)) => alt_shares::funnel(chart),
            (None, Self::Stacked(chart)) => alt_shares::stacked(chart),
            (None, Self::Heatmap(chart)) => heatmap::alt(chart),
            (None, Self::Trend(chart)) => trend::alt(chart),
            (None, Self::Cohorts(chart)) => cohorts::alt(chart),
            (None, Self::Spans(chart)) => spans::alt(chart),
            (None, Self::Persons(chart)) => persons::alt(chart),
        }
    }
}

/// [`Fonts::legible`] with the embedded fonts alone.
#[must_use]
pub fn legible(text: &str) -> String {
    Fonts::default().legible(text)
}

/// Draws a chart. A theme alone stands for a page in its colours.
///
/// # Errors
/// [`ChartError::Empty`], [`ChartError::Range`], [`ChartError::Segments`], [`ChartError::Points`], [`ChartError::Sides`],
/// [`ChartError::NoRoom`] when it does not fit a canvas of fixed height, or
/// [`ChartError::MissingGlyphs`] with every character that cannot be shown.
pub fn draw(chart: &Chart, style: impl Into<Style>) -> Result<Svg, ChartError> {
    let style = style.into();
    pictures(chart, &style, 1)?.into_iter().next().ok_or(ChartError::Empty)
}

/// Draws a chart in as many pictures as it takes: one, or several that say which they are ("1 of 2") where its rows do not
/// fit a canvas of fixed height. All have the same scale.
///
/// # Errors
/// Those of [`draw`]; [`ChartError::NoRoom`] when a single row does not fit, or the chart cannot be parted.
pub fn draw_parts(chart: &Chart, style: impl Into<Style>) -> Result<Vec<Svg>, ChartError> {
    let style = style.into();
    let most = chart.rows().max(1);
    (1..=most)
        .map(|count| pictures(chart, &style, count))
        .find(|drawn| !matches!(drawn, Err(ChartError::NoRoom)))
        .unwrap_or(Err(ChartError::NoRoom))
}

/// The chart in `count` parts, on the first of the canvases that all of them fit.
fn pictures(chart: &Chart, style: &Style, count: usize) -> Result<Vec<Svg>, ChartError> {
    let parts = Part::split(chart.rows(), count);
    for canvas in style.size.canvases() {
        let set = Typeset::on(canvas, chart.head().lang, style.fonts)?;
        let drawn: Result<Vec<Svg>, ChartError> =
            parts.iter().map(|part| picture(chart, part, set, style)).collect();
        if !matches!(drawn, Err(ChartError::NoRoom)) {
            return drawn;
        }
    }
    Err(ChartError::NoRoom)
}

fn picture(chart: &Chart, part: &Part, set: Typeset, style: &Style) -> Result<Svg, ChartError> {
    let drawing = match style.size {
        Size::WechatCover => cover::draw(chart, set),
        _ => drawing(chart, part, set),
    }?;
    if set.canvas.height.is_some_and(|height| f64::from(drawing.size.1) > height) {
        return Err(ChartError::NoRoom);
    }
    let missing: BTreeSet<char> = drawing
        .texts()
        .flat_map(|text| text.text.chars().collect::<Vec<_>>())
        .filter(|c| !set.fonts.covers(*c))
        .collect();
    if !missing.is_empty() {
        return Err(ChartError::MissingGlyphs(missing.into_iter().collect()));
    }
    let head = chart.head();
    Ok(svg::print(&drawing, (&head.title, &part.alt(head, chart.alt())), set, style))
}

fn drawing(chart: &Chart, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    match chart {
        Chart::Dumbbell(chart) => dumbbell::draw(chart, part, set),
        Chart::Bars(chart) => bars::draw(chart, part, set),
        Chart::Scatter(chart) => scatter::draw(chart, set),
        Chart::Multiples(chart) => multiples::draw(chart, part, set),
        Chart::Ranked(chart) => ranked::draw(chart, part, set),
        Chart::Funnel(chart) => funnel::draw(chart, set),
        Chart::Stacked(chart) => stacked::draw(chart, part, set),
        Chart::Heatmap(chart) => heatmap::draw(chart, part, set),
        Chart::Trend(chart) => trend::draw(chart, set),
        Chart::Cohorts(chart) => cohorts::draw(chart, part, set),
        Chart::Spans(chart) => spans::draw(chart, part, set),
        Chart::Persons(chart) => persons::draw(chart, part, set),
    }
}
