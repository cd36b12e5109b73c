//! The table as JSON, schema `wxstats.table/1`: stable names, fractions in full precision, `null` for what is hidden.

use serde::Serialize;

use super::by_view::By;
use super::mark::MarkCode;
use super::source_view::SourceView;
use super::{Counted, GapLine, Row, Table, TestLine, notes};
use crate::codebook::Lang;
use crate::writing;

/// Tables over the same figures as one pretty-printed JSON document with a final newline. Notes are in `lang`; all else is the same in every language.
///
/// # Errors
/// Only when a figure is not finite, which the estimators rule out.
pub fn json(tables: &[Table], lang: Lang) -> serde_json::Result<String> {
    let Some(first) = tables.first() else { return Ok(String::new()) };
    let document = Document {
        schema: "wxstats.table/1",
        source: SourceView::all(&first.sources),
        settings: SettingsView {
            level: first.settings.level,
            interval: first.settings.interval.key(),
            correction: first.settings.correction.key(),
            min_diff: first.settings.min_diff,
            lonely_psu: first.settings.lonely.key(),
            base: first.base.key(),
            panel: first.panel.is_some(),
            weights: first.weights.key(),
            disclosure: first.disclosure.key(),
            filter: first.filter.as_ref().map(|filter| filter.key.as_str()),
        },
        rows: each(tables, |table| table.rows.iter().map(|row| RowView::new(row, table)).collect()),
        gaps: each(tables, |table| table.gaps.iter().map(|line| GapView::new(line, table)).collect()),
        tests: each(tables, |table| table.tests.iter().map(|line| TestView::new(line, table)).collect()),
        notes: notes(tables).into_iter().map(|note| note.get(lang)).collect(),
    };
    writing::json(&document)
}

fn each<'a, T>(tables: &'a [Table], rows: impl Fn(&'a Table) -> Vec<T>) -> Vec<T> {
    tables.iter().flat_map(rows).collect()
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    source: Vec<SourceView<'a>>,
    settings: SettingsView<'a>,
    rows: Vec<RowView<'a>>,
    gaps: Vec<GapView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tests: Vec<TestView<'a>>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct SettingsView<'a> {
    level: f64,
    interval: &'static str,
    correction: &'static str,
    /// In points.
    min_diff: f64,
    lonely_psu: &'static str,
    base: &'static str,
    panel: bool,
    weights: &'a str,
    disclosure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
}

#[derive(Serialize)]
struct RowView<'a> {
    by: By<'a>,
    feature: &'a str,
    action: &'a str,
    statistic: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<&'static str>,
    n: u64,
    blank: Option<u64>,
    not_asked: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<u64>,
    weighted_n: Option<f64>,
    n_eff: Option<f64>,
    estimate: Option<f64>,
    se: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    df: Option<u64>,
    deff: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    t: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    letters: Option<&'a str>,
    flag: Option<MarkCode>,
}

impl<'a> RowView<'a> {
    fn new(row: &'a Row, table: &'a Table) -> Self {
        let accuracy = row.figure.and_then(|figure| figure.accuracy);
        let test = accuracy.and_then(|accuracy| accuracy.test);
        Self {
            by: By::new(table.by.iter().zip(&row.by)),
            feature: &row.measure.item.feature.key,
            action: &row.measure.item.action.key,
            statistic: row.measure.shown.key(),
            per: row.measure.per.as_ref().map(|per| per.key.as_str()),
            counted: row.measure.counted.map(Counted::key),
            n: row.base.n,
            blank: row.base.counts.map(|base| base.blank),
            not_asked: row.base.counts.map(|base| base.not_asked),
            outside: row.base.counts.map(|base| base.outside).filter(|&outside| outside > 0),
            weighted_n: row.base.counts.map(|base| base.weighted_n),
            n_eff: accuracy.and_then(|accuracy| accuracy.n_eff),
            estimate: row.figure.map(|figure| figure.value),
            se: accuracy.map(|accuracy| accuracy.se),
            ci_low: row.figure.map(|figure| figure.interval.0),
            ci_high: row.figure.map(|figure| figure.interval.1),
            df: accuracy.map(|accuracy| accuracy.df),
            deff: accuracy.and_then(|accuracy| accuracy.deff),
            t: test.map(|test| test.t),
            p: test.map(|test| test.p),
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
    statistic: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<&'static str>,
    of: [&'a str; 2],
    difference: Option<f64>,
    se: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    df: Option<u64>,
    t: Option<f64>,
    p: Option<f64>,
    p_adjusted: Option<f64>,
    clear: Option<bool>,
    ratio: Option<f64>,
    ratio_low: Option<f64>,
    ratio_high: Option<f64>,
    flag: Option<MarkCode>,
}

impl<'a> GapView<'a> {
    fn new(line: &'a GapLine, table: &'a Table) -> Self {
        let dimensions = table.by.iter().filter(|label| Some(*label) != table.compared.as_ref());
        let accuracy = line.gap.and_then(|gap| gap.accuracy);
        let ratio = accuracy.and_then(|accuracy| accuracy.ratio);
        Self {
            by: By::new(dimensions.zip(&line.by)),
            feature: &line.measure.item.feature.key,
            action: &line.measure.item.action.key,
            statistic: line.measure.shown.key(),
            per: line.measure.per.as_ref().map(|per| per.key.as_str()),
            counted: line.measure.counted.map(Counted::key),
            of: [&line.of.0.key, &line.of.1.key],
            difference: line.gap.map(|gap| gap.difference),
            se: accuracy.map(|accuracy| accuracy.se),
            ci_low: line.gap.map(|gap| gap.interval.0),
            ci_high: line.gap.map(|gap| gap.interval.1),
            df: accuracy.map(|accuracy| accuracy.df),
            t: accuracy.and_then(|accuracy| accuracy.t),
            p: accuracy.map(|accuracy| accuracy.p),
            p_adjusted: accuracy.map(|accuracy| accuracy.p_adjusted),
            clear: line.gap.map(|gap| gap.clear),
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
    statistic: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<&'static str>,
    f: Option<f64>,
    df1: Option<f64>,
    df2: Option<f64>,
    p: Option<f64>,
    flag: Option<MarkCode>,
}

impl<'a> TestView<'a> {
    fn new(line: &'a TestLine, table: &'a Table) -> Self {
        let statistic = line.test.and_then(|test| test.statistic);
        Self {
            kind: "rao-scott",
            by: By::new(table.by.iter().skip(1).zip(&line.by)),
            against: table.by.first().map_or("", |dimension| &dimension.key),
            feature: &line.measure.item.feature.key,
            action: &line.measure.item.action.key,
            statistic: line.measure.shown.key(),
            per: line.measure.per.as_ref().map(|per| per.key.as_str()),
            counted: line.measure.counted.map(Counted::key),
            f: statistic.map(|test| test.f),
            df1: statistic.map(|test| test.ndf),
            df2: statistic.map(|test| test.ddf),
            p: line.test.map(|test| test.p),
            flag: line.mark.map(|mark| mark.code()),
        }
    }
}
