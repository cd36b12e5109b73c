//! Tables as flat records: one per figure, then one per gap and per test, with the columns of the JSON.
//!
//! A text that a spreadsheet would take for a formula gets a leading apostrophe.

use std::collections::BTreeMap;
use std::fmt;

use crate::codebook::is_invisible;

use super::{GapLine, Label, Mark, MeasureLabel, Row, Table, TestLine};

/// Columns after the dimensions.
const FIGURES: [&str; 31] = [
    "kind",
    "feature",
    "action",
    "statistic",
    "per",
    "n",
    "blank",
    "not_asked",
    "outside",
    "weighted_n",
    "n_eff",
    "estimate",
    "se",
    "ci_low",
    "ci_high",
    "df",
    "deff",
    "t",
    "p",
    "p_adjusted",
    "clear",
    "ratio",
    "ratio_low",
    "ratio_high",
    "letters",
    "f",
    "df1",
    "df2",
    "flag",
    "flag_reason",
    "flag_value",
];

/// The first column, where a filter says whom the figures are of.
const FILTER: &str = "filter";

/// Stands for the levels of a dimension that a row does not break down by.
const EVERY: &str = "*";

/// One cell of a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Value {
    /// Nothing to say, or hidden.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A figure.
    Number(f64),
    /// Whole numbers of respondents or degrees of freedom.
    Count(u64),
    /// Yes or no.
    Truth(bool),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Truth(truth) => truth.fmt(f),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Value {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

/// The figures of one record by the name of their column; what is not set is empty.
#[derive(Default)]
struct Cells(BTreeMap<&'static str, Value>);

impl Cells {
    fn new(measure: &MeasureLabel, kind: &str) -> Self {
        let mut cells = Self::default();
        cells.set("kind", Some(kind));
        cells.set("feature", Some(text(&measure.item.feature.key)));
        cells.set("action", Some(text(&measure.item.action.key)));
        cells.set("statistic", Some(measure.shown.key()));
        cells.set("per", measure.per.as_ref().map(|per| text(&per.key)));
        cells
    }

    fn set<T: Into<Value>>(&mut self, column: &'static str, value: Option<T>) {
        self.0.insert(column, value.map(Into::into).unwrap_or_default());
    }

    fn mark(&mut self, mark: Option<Mark>) {
        let mark = mark.map(|mark| mark.code());
        self.set("flag", mark.map(|mark| mark.code));
        self.set("flag_reason", mark.map(|mark| mark.reason));
        self.set("flag_value", mark.and_then(|mark| mark.value));
    }

    fn after(mut self, levels: Vec<String>) -> Vec<Value> {
        let figures = FIGURES.map(|column| self.0.remove(column).unwrap_or_default());
        levels.into_iter().map(Value::Text).chain(figures).collect()
    }
}

/// A header, and rows as long.
pub(super) struct Records {
    /// The dimensions of the tables, then what is said of each figure.
    pub(super) header: Vec<String>,
    /// Figures, gaps, tests.
    pub(super) rows: Vec<Vec<Value>>,
}

/// Tables over the same figures as records. Figures are fractions in full precision; what is hidden is empty. Where a table
/// does not break down by a dimension of another, its level is `*`; so is that of the dimension that a test is against. A
/// gap's row has `expat - chinese` in the compared column and the difference in `estimate`.
pub(super) fn records(tables: &[Table]) -> Records {
    let mut dimensions: Vec<&Label> = Vec::new();
    for dimension in tables.iter().flat_map(|table| &table.by) {
        if !dimensions.contains(&dimension) {
            dimensions.push(dimension);
        }
    }
    // Whom everything is of stands in every line, since records have no notes.
    let filter = tables.first().and_then(|table| table.filter.as_ref()).map(|filter| text(&filter.key));
    let names = dimensions.iter().map(|label| header(&label.key));
    let filter_header = filter.iter().map(|_| FILTER.to_owned());
    let header = filter_header.chain(names).chain(FIGURES.map(str::to_owned)).collect();
    let levels = |own: &[(&Label, String)]| -> Vec<String> {
        let level =
            |dimension: &&Label| own.iter().find(|(of, _)| of == dimension).map(|(_, level)| level.clone());
        let levels = dimensions.iter().map(|dimension| level(dimension).unwrap_or_else(|| EVERY.to_owned()));
        filter.iter().cloned().chain(levels).collect()
    };
    let mut rows = Vec::new();
    for table in tables {
        for row in &table.rows {
            rows.push(figures(row).after(levels(&by(table.by.iter(), &row.by))));
        }
    }
    for table in tables {
        let others = || table.by.iter().filter(|label| Some(*label) != table.compared.as_ref());
        for line in &table.gaps {
            let mut own = by(others(), &line.by);
            own.extend(
                table
                    .compared
                    .as_ref()
                    .map(|compared| (compared, text(&format!("{} - {}", line.of.0.key, line.of.1.key)))),
            );
            rows.push(gap(line).after(levels(&own)));
        }
    }
    for table in tables {
        for line in &table.tests {
            rows.push(test(line).after(levels(&by(table.by.iter().skip(1), &line.by))));
        }
    }
    Records { header, rows }
}

fn by<'a>(dimensions: impl Iterator<Item = &'a Label>, levels: &[Label]) -> Vec<(&'a Label, String)> {
    dimensions.zip(levels).map(|(dimension, level)| (dimension, text(&level.key))).collect()
}

fn figures(row: &Row) -> Cells {
    let mut cells = Cells::new(&row.measure, "figure");
    let accuracy = row.figure.and_then(|figure| figure.accuracy);
    let test = accuracy.and_then(|accuracy| accuracy.test);
    cells.set("n", Some(row.base.n));
    cells.set("blank", row.base.counts.map(|base| base.blank));
    cells.set("not_asked", row.base.counts.map(|base| base.not_asked));
    cells.set("outside", row.base.counts.map(|base| base.outside));
    cells.set("weighted_n", row.base.counts.map(|base| base.weighted_n));
    cells.set("n_eff", accuracy.and_then(|accuracy| accuracy.n_eff));
    cells.set("estimate", row.figure.map(|figure| figure.value));
    cells.set("se", accuracy.map(|accuracy| accuracy.se));
    cells.set("ci_low", row.figure.map(|figure| figure.interval.0));
    cells.set("ci_high", row.figure.map(|figure| figure.interval.1));
    cells.set("df", accuracy.map(|accuracy| accuracy.df));
    cells.set("deff", accuracy.and_then(|accuracy| accuracy.deff));
    cells.set("t", test.map(|test| test.t));
    cells.set("p", test.map(|test| test.p));
    cells.set("letters", Some(row.letters.as_str()));
    cells.mark(row.mark);
    cells
}

fn gap(line: &GapLine) -> Cells {
    let mut cells = Cells::new(&line.measure, "gap");
    let accuracy = line.gap.and_then(|gap| gap.accuracy);
    let ratio = accuracy.and_then(|accuracy| accuracy.ratio);
    cells.set("estimate", line.gap.map(|gap| gap.difference));
    cells.set("se", accuracy.map(|accuracy| accuracy.se));
    cells.set("ci_low", line.gap.map(|gap| gap.interval.0));
    cells.set("ci_high", line.gap.map(|gap| gap.interval.1));
    cells.set("df", accuracy.map(|accuracy| accuracy.df));
    cells.set("t", accuracy.and_then(|accuracy| accuracy.t));
    cells.set("p", accuracy.map(|accuracy| accuracy.p));
    cells.set("p_adjusted", accuracy.map(|accuracy| accuracy.p_adjusted));
    cells.set("clear", line.gap.map(|gap| gap.clear));
    cells.set("ratio", ratio.map(|ratio| ratio.estimate));
    cells.set("ratio_low", ratio.map(|ratio| ratio.interval.0));
    cells.set("ratio_high", ratio.map(|ratio| ratio.interval.1).filter(|high| high.is_finite()));
    cells.mark(line.mark);
    cells
}

fn test(line: &TestLine) -> Cells {
    let mut cells = Cells::new(&line.measure, "rao-scott");
    let statistic = line.test.and_then(|test| test.statistic);
    cells.set("p", line.test.map(|test| test.p));
    cells.set("f", statistic.map(|test| test.f));
    cells.set("df1", statistic.map(|test| test.ndf));
    cells.set("df2", statistic.map(|test| test.ddf));
    cells.mark(line.mark);
    cells
}

/// A dimension's column, `by_n` where it would be mistaken for a figure's.
fn header(dimension: &str) -> String {
    if FIGURES.contains(&dimension) || dimension == FILTER {
        format!("by_{dimension}")
    } else {
        text(dimension)
    }
}

/// A text cell that no spreadsheet evaluates, and that does not read as every level.
pub(crate) fn text(cell: &str) -> String {
    const ACTIVE: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    // Some programs leave out spaces and what cannot be seen before they look.
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if cell.starts_with(ACTIVE) || seen.starts_with(ACTIVE) || cell == EVERY {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
