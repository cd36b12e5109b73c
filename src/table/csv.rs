//! The table as flat CSV: one row per rate, then one per gap, with the columns of the JSON.
//!
//! A text cell that a spreadsheet would take for a formula gets a leading apostrophe.

use super::{GapLine, ItemLabel, Label, Mark, Row, Table, TestLine};

/// Columns after the dimensions.
const FIGURES: [&str; 27] = [
    "feature",
    "action",
    "statistic",
    "n",
    "blank",
    "not_asked",
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

/// The table as CSV, comma-separated, LF, UTF-8. Figures are fractions in full precision; what is hidden is empty.
/// A gap's row has `expat - chinese` in the compared column and the difference in `estimate`; a
/// test's row has no level of the first dimension.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn csv(table: &Table) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(table.by.iter().map(|label| header(&label.key)).chain(FIGURES.map(str::to_owned)))?;
    for row in &table.rows {
        writer.write_record(rate_record(row))?;
    }
    for line in &table.gaps {
        writer.write_record(gap_record(line, table))?;
    }
    for line in &table.tests {
        writer.write_record(test_record(line))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(|error| csv::Error::from(std::io::Error::other(error)))
}

fn rate_record(row: &Row) -> Vec<String> {
    let mut record: Vec<String> = row.by.iter().map(|level| text(&level.key)).collect();
    record.extend(item(&row.item, "rate"));
    let base = row.base;
    record.extend([
        base.n.to_string(),
        base.blank.to_string(),
        base.not_asked.to_string(),
        base.weighted_n.to_string(),
    ]);
    record.extend([
        figure(row.rate.map(|rate| rate.n_eff)),
        figure(row.rate.map(|rate| rate.estimate)),
        figure(row.rate.map(|rate| rate.se)),
        figure(row.rate.map(|rate| rate.interval.0)),
        figure(row.rate.map(|rate| rate.interval.1)),
        figure(row.rate.map(|rate| rate.df)),
        figure(row.rate.and_then(|rate| rate.deff)),
    ]);
    record.extend(std::iter::repeat_n(String::new(), 6));
    record.push(row.letters.clone());
    record.extend(std::iter::repeat_n(String::new(), 3));
    record.extend(mark(row.mark));
    record
}

fn gap_record(line: &GapLine, table: &Table) -> Vec<String> {
    let ratio = line.gap.and_then(|gap| gap.ratio);
    let mut levels = line.by.iter();
    let mut record: Vec<String> = table
        .by
        .iter()
        .map(|dimension| {
            if Some(dimension) == table.compared.as_ref() {
                text(&format!("{} - {}", line.of.0.key, line.of.1.key))
            } else {
                levels.next().map(|level: &Label| text(&level.key)).unwrap_or_default()
            }
        })
        .collect();
    record.extend(item(&line.item, "gap"));
    record.extend(std::iter::repeat_n(String::new(), 5));
    record.extend([
        figure(line.gap.map(|gap| gap.difference)),
        figure(line.gap.map(|gap| gap.se)),
        figure(line.gap.map(|gap| gap.interval.0)),
        figure(line.gap.map(|gap| gap.interval.1)),
        figure(line.gap.map(|gap| gap.df)),
        String::new(),
        figure(line.gap.and_then(|gap| gap.t)),
        figure(line.gap.map(|gap| gap.p)),
        figure(line.gap.map(|gap| gap.p_adjusted)),
        figure(ratio.map(|ratio| ratio.estimate)),
        figure(ratio.map(|ratio| ratio.interval.0)),
        figure(ratio.map(|ratio| ratio.interval.1).filter(|high| high.is_finite())),
    ]);
    record.extend(std::iter::repeat_n(String::new(), 4));
    record.extend(mark(line.mark));
    record
}

fn test_record(line: &TestLine) -> Vec<String> {
    let mut record = vec![String::new()];
    record.extend(line.by.iter().map(|level| text(&level.key)));
    record.extend(item(&line.item, "rao-scott"));
    record.extend(std::iter::repeat_n(String::new(), 12));
    record.push(figure(line.test.map(|test| test.p)));
    record.extend(std::iter::repeat_n(String::new(), 5));
    record.extend([
        figure(line.test.map(|test| test.f)),
        figure(line.test.map(|test| test.ndf)),
        figure(line.test.map(|test| test.ddf)),
    ]);
    record.extend(mark(line.mark));
    record
}

fn item(item: &ItemLabel, statistic: &str) -> [String; 3] {
    [text(&item.feature.key), text(&item.action.key), statistic.to_owned()]
}

fn figure<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn mark(mark: Option<Mark>) -> [String; 3] {
    mark.map(|mark| mark.code()).map_or_else(Default::default, |mark| {
        [mark.code.to_owned(), mark.reason.to_owned(), figure(mark.value)]
    })
}

/// A dimension's column, `by_n` where it would be mistaken for a figure's.
fn header(dimension: &str) -> String {
    if FIGURES.contains(&dimension) { format!("by_{dimension}") } else { text(dimension) }
}

/// A text cell that no spreadsheet evaluates.
fn text(cell: &str) -> String {
    const ACTIVE: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if cell.starts_with(ACTIVE) { format!("'{cell}") } else { cell.to_owned() }
}
