//! Figures and growth as JSON, schema `wxstats.metrics/1`: stable names, full precision.

use serde::Serialize;

use super::{Chapter, Growth, Landscape, Line, Series, notes};
use crate::codebook::Lang;
use crate::writing;

/// All of it as pretty-printed JSON with a final newline. The notes are in `lang`; all else is the same in every language.
///
/// # Errors
/// Never in practice: all figures are finite.
pub fn json(landscape: &Landscape, lang: Lang) -> serde_json::Result<String> {
    let document = Document {
        schema: "wxstats.metrics/1",
        source: SourceView {
            file: &landscape.origin.file,
            bytes: landscape.origin.bytes,
            blake3: &landscape.origin.blake3,
        },
        figures: landscape.lines.iter().map(FigureView::new).collect(),
        growth: landscape.growth.iter().map(GrowthView::new).collect(),
        notes: notes(landscape).iter().map(|note| note.get(lang).to_owned()).collect(),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    source: SourceView<'a>,
    figures: Vec<FigureView<'a>>,
    growth: Vec<GrowthView<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct SourceView<'a> {
    file: &'a str,
    bytes: u64,
    blake3: &'a str,
}

#[derive(Serialize)]
struct SeriesView<'a> {
    chapter: &'static str,
    platform: &'a str,
    metric: &'a str,
    scope: Option<&'a str>,
    unit: Option<&'a str>,
}

impl<'a> SeriesView<'a> {
    fn new(series: &'a Series) -> Self {
        Self {
            chapter: Chapter::of(&series.metric).key(),
            platform: &series.platform,
            metric: &series.metric,
            scope: said(&series.scope),
            unit: said(&series.unit),
        }
    }
}

#[derive(Serialize)]
struct FigureView<'a> {
    #[serde(flatten)]
    of: SeriesView<'a>,
    period: String,
    low: f64,
    high: f64,
    derived: bool,
    stated: Vec<CitedView<'a>>,
}

impl<'a> FigureView<'a> {
    fn new(line: &'a Line) -> Self {
        let (low, high) = line.range();
        let cited = line.figures.iter();
        Self {
            of: SeriesView::new(&line.series),
            period: line.period.to_string(),
            low,
            high,
            derived: line.derived,
            stated: cited
                .map(|cited| CitedView { value: cited.value, source: said(&cited.source) })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct CitedView<'a> {
    value: f64,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct GrowthView<'a> {
    #[serde(flatten)]
    of: SeriesView<'a>,
    pace: &'static str,
    from: String,
    to: String,
    low: f64,
    high: f64,
    basis: &'static str,
    source: Option<&'a str>,
}

impl<'a> GrowthView<'a> {
    fn new(growth: &'a Growth) -> Self {
        Self {
            of: SeriesView::new(&growth.series),
            pace: growth.pace.key(),
            from: growth.from.to_string(),
            to: growth.to.to_string(),
            low: growth.rate.0,
            high: growth.rate.1,
            basis: if growth.stated.is_some() { "stated" } else { "computed" },
            source: growth.stated.as_deref().and_then(said),
        }
    }
}

/// What is said; nothing where the text is empty.
fn said(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
