//! The table as JSON, schema `wxstats.table/1`: stable names, fractions in full precision, `null` for what is hidden.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::mark::MarkCode;
use super::{GapLine, Label, Row, Table, TestLine};
use crate::codebook::{Lang, Name};

/// The table as pretty-printed JSON with a final newline. Notes are in `lang`; all else is the same in every language.
///
/// # Errors
/// Only when a figure is not finite, which the estimators rule out.
pub fn json(table: &Table, lang: Lang) -> serde_json::Result<String> {
    let document = Document {
        schema: "wxstats.table/1",
        source: table
            .sources
            .iter()
            .map(|source| SourceView {
                dataset: &source.dataset,
                wave: &source.wave,
                rows: source.respondents,
                file: &source.origin.file,
                blake3: &source.origin.blake3,
                synthetic: source.synthetic,
            })
            .collect(),
        settings: SettingsView {
            level: table.settings.level,
            interval: table.settings.interval.key(),
            correction: table.settings.correction.key(),
            weights: if table.weighted { "weight" } else { "none" },
            disclosure: "internal",
        },
        rows: table.rows.iter().map(|row| RowView::new(row, table)).collect(),
        gaps: table.gaps.iter().map(|line| GapView::new(line, table)).collect(),
        tests: table.tests.iter().map(|line| TestView::new(line, table)).collect(),
        notes: table.notes.iter().map(|note: &Name| note.get(lang)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    source: Vec<SourceView<'a>>,
    settings: SettingsView,
    rows: Vec<RowView<'a>>,
    gaps: Vec<GapView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tests: Vec<TestView<'a>>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct SourceView<'a> {
    dataset: &'a str,
    wave: &'a str,
    rows: u64,
    file: &'a str,
    blake3: &'a str,
    synthetic: bool,
}

#[derive(Serialize)]
struct SettingsView {
    level: f64,
    interval: &'static str,
    correction: &'static str,
    weights: &'static str,
    disclosure: &'static str,
}

/// A domain as an object: dimension → level, in the table's order.
struct By<'a> {
    dimensions: Vec<&'a Label>,
    levels: &'a [Label],
}

impl Serialize for By<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.levels.len()))?;
        for (dimension, level) in self.dimensions.iter().zip(self.levels) {
            map.serialize_entry(&dimension.key, &level.key)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct RowView<'a> {
    by: By<'a>,
    feature: &'a str,
    action: &'a str,
    statistic: &'static str,
    n: u64,
    blank: u64,
    not_asked: u64,
    weighted_n: f64,
    n_eff: Option<f64>,
    estimate: Option<f64>,
    se: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    df: Option<u64>,
    deff: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    letters: Option<&'a str>,
    flag: Option<MarkCode>,
}

impl<'a> RowView<'a> {
    fn new(row: &'a Row, table: &'a Table) -> Self {
        Self {
            by: By { dimensions: table.by.iter().collect(), levels: &row.by },
            feature: &row.item.feature.key,
            action: &row.item.action.key,
            statistic: "rate",
            n: row.base.n,
            blank: row.base.blank,
            not_asked: row.base.not_asked,
            weighted_n: row.base.weighted_n,
            n_eff: row.rate.map(|rate| rate.n_eff),
            estimate: row.rate.map(|rate| rate.estimate),
            se: row.rate.map(|rate| rate.se),
            ci_low: row.rate.map(|rate| rate.interval.0),
            ci_high: row.rate.map(|rate| rate.interval.1),
            df: row.rate.map(|rate| rate.df),
            deff: row.rate.and_then(|rate| rate.deff),
            letters: (!table.columns.is_empty()).then_some(row.letters.as_str()),
            flag: row.mark.map(|mark| mark.code()),
        }
    }
}

#[derive(Serialize)]
struct GapView<'a> {
    by: By<'a>,
    feature: &'a str,
    action: &'a str,
    of: [&'a str; 2],
    difference: Option<f64>,
    se: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    df: Option<u64>,
    t: Option<f64>,
    p: Option<f64>,
    p_adjusted: Option<f64>,
    ratio: Option<f64>,
    ratio_low: Option<f64>,
    ratio_high: Option<f64>,
    flag: Option<MarkCode>,
}

impl<'a> GapView<'a> {
    fn new(line: &'a GapLine, table: &'a Table) -> Self {
        let dimensions = table.by.iter().filter(|label| Some(*label) != table.compared.as_ref()).collect();
        let ratio = line.gap.and_then(|gap| gap.ratio);
        Self {
            by: By { dimensions, levels: &line.by },
            feature: &line.item.feature.key,
            action: &line.item.action.key,
            of: [&line.of.0.key, &line.of.1.key],
            difference: line.gap.map(|gap| gap.difference),
            se: line.gap.map(|gap| gap.se),
            ci_low: line.gap.map(|gap| gap.interval.0),
            ci_high: line.gap.map(|gap| gap.interval.1),
            df: line.gap.map(|gap| gap.df),
            t: line.gap.and_then(|gap| gap.t),
            p: line.gap.map(|gap| gap.p),
            p_adjusted: line.gap.map(|gap| gap.p_adjusted),
            ratio: ratio.map(|ratio| ratio.estimate),
            ratio_low: ratio.map(|ratio| ratio.interval.0),
            ratio_high: ratio.map(|ratio| ratio.interval.1).filter(|high| high.is_finite()),
            flag: line.mark.map(|mark| mark.code()),
        }
    }
}

#[derive(Serialize)]
struct TestView<'a> {
    kind: &'static str,
    by: By<'a>,
    against: &'a str,
    feature: &'a str,
    action: &'a str,
    f: Option<f64>,
    df1: Option<f64>,
    df2: Option<f64>,
    p: Option<f64>,
    flag: Option<MarkCode>,
}

impl<'a> TestView<'a> {
    fn new(line: &'a TestLine, table: &'a Table) -> Self {
        Self {
            kind: "rao-scott",
            by: By { dimensions: table.by.iter().skip(1).collect(), levels: &line.by },
            against: table.by.first().map_or("", |dimension| &dimension.key),
            feature: &line.item.feature.key,
            action: &line.item.action.key,
            f: line.test.map(|test| test.f),
            df1: line.test.map(|test| test.ndf),
            df2: line.test.map(|test| test.ddf),
            p: line.test.map(|test| test.p),
            flag: line.mark.map(|mark| mark.code()),
        }
    }
}
