//! Figures and growth as flat CSV, in full precision.

use super::{Chapter, Growth, Landscape, Line};
use crate::table::inert;

const COLUMNS: [&str; 14] = [
    "kind", "chapter", "platform", "metric", "scope", "unit", "from", "period", "value", "low", "high",
    "pace", "basis", "source",
];

/// Some chapters as one CSV, comma-separated, LF, UTF-8: a row for every figure of every source (`kind` is `figure`; `low` and
/// `high` are the range of all that is said of its platform, metric, scope and period), then one for each growth, its
/// `low` and `high` as fractions. `basis` is `stated`, `derived` or `computed`. A text cell that a spreadsheet would take
/// for a formula gets a leading apostrophe.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn csv(landscape: &Landscape, chapters: &[Chapter]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for &chapter in chapters {
        for line in landscape.lines_of(chapter) {
            figures(line, chapter).into_iter().try_for_each(|record| writer.write_record(record))?;
        }
    }
    for &chapter in chapters {
        landscape.growth_of(chapter).try_for_each(|growth| writer.write_record(grown(growth, chapter)))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(|error| csv::Error::from(std::io::Error::other(error)))
}

fn figures(line: &Line, chapter: Chapter) -> Vec<[String; COLUMNS.len()]> {
    let (low, high) = line.range();
    let series = &line.series;
    let record = |cited: &super::Cited| {
        [
            "figure".to_owned(),
            chapter.key().to_owned(),
            inert(&series.platform),
            inert(&series.metric),
            inert(&series.scope),
            inert(&series.unit),
            String::new(),
            line.period.to_string(),
            cited.value.to_string(),
            low.to_string(),
            high.to_string(),
            String::new(),
            if line.derived { "derived" } else { "stated" }.to_owned(),
            inert(&cited.source),
        ]
    };
    line.figures.iter().map(record).collect()
}

fn grown(growth: &Growth, chapter: Chapter) -> [String; COLUMNS.len()] {
    let series = &growth.series;
    [
        "growth".to_owned(),
        chapter.key().to_owned(),
        inert(&series.platform),
        inert(&series.metric),
        inert(&series.scope),
        inert(&series.unit),
        growth.from.to_string(),
        growth.to.to_string(),
        String::new(),
        growth.rate.0.to_string(),
        growth.rate.1.to_string(),
        growth.pace.key().to_owned(),
        if growth.stated.is_some() { "stated" } else { "computed" }.to_owned(),
        growth.stated.as_deref().map(inert).unwrap_or_default(),
    ]
}
