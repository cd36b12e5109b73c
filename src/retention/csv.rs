//! Retention as flat CSV, in full precision.

use super::{Cell, Cohort, Group, Retention, length_key, unseen_key};
use crate::table::inert;

const COLUMNS: [&str; 16] = [
    "kind",
    "cohort",
    "first",
    "users",
    "period",
    "after",
    "n",
    "estimate",
    "se",
    "ci_low",
    "ci_high",
    "df",
    "flag",
    "flag_reason",
    "flag_value",
    "unknown",
];

/// Comma-separated, LF, UTF-8: a row for every cohort and number of periods after it joined (`kind` is `cohort`), then one
/// for each point of the curve (`curve`), behind the dimensions. `unknown` says why nothing is known. A text cell that a spreadsheet would take for a
/// formula gets a leading apostrophe.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn csv(retention: &Retention) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let dimensions = retention.by.iter().map(|dimension| inert(&dimension.key));
    writer.write_record(dimensions.chain(COLUMNS.map(str::to_owned)))?;
    for group in &retention.groups {
        for cohort in &group.cohorts {
            for cell in &cohort.cells {
                writer.write_record(record(retention, group, Some(cohort), cell))?;
            }
        }
    }
    for group in &retention.groups {
        for cell in &group.curve {
            writer.write_record(record(retention, group, None, cell))?;
        }
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(|error| csv::Error::from(std::io::Error::other(error)))
}

fn record(retention: &Retention, group: &Group, cohort: Option<&Cohort>, cell: &Cell) -> Vec<String> {
    let accuracy = cell.figure.and_then(|figure| figure.accuracy);
    let code = cell.mark.map(|mark| mark.code());
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let known = cell.unseen.is_none();
    let cells = [
        if cohort.is_some() { "cohort" } else { "curve" }.to_owned(),
        cohort.map(|cohort| inert(&cohort.label)).unwrap_or_default(),
        cohort.map(|cohort| cohort.is_first.to_string()).unwrap_or_default(),
        cohort.map(|cohort| cohort.users.to_string()).unwrap_or_default(),
        length_key(retention.period).to_owned(),
        cell.after.to_string(),
        if known { cell.n.to_string() } else { String::new() },
        number(cell.figure.map(|figure| figure.value)),
        number(accuracy.map(|accuracy| accuracy.se)),
        number(cell.figure.map(|figure| figure.interval.0)),
        number(cell.figure.map(|figure| figure.interval.1)),
        accuracy.map(|accuracy| accuracy.df.to_string()).unwrap_or_default(),
        code.map(|code| code.code.to_owned()).unwrap_or_default(),
        code.map(|code| code.reason.to_owned()).unwrap_or_default(),
        number(code.and_then(|code| code.value)),
        cell.unseen.map(unseen_key).unwrap_or_default().to_owned(),
    ];
    group.levels.iter().map(|level| inert(&level.key)).chain(cells).collect()
}
