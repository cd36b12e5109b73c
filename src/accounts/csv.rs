//! Sheets as flat CSV, in full precision.

use super::sheet::{Cell, Sheet};
use crate::table::inert;

/// What rows are of, in every sheet.
const LABELS: [&str; 8] = ["day", "channel", "scene", "period", "city", "month", "direction", "kind"];

/// A row for every figure: its sheet, what it is of, what it counts, and the value or why there is none. Shares are fractions,
/// amounts yuan. A text cell that a spreadsheet would take for a formula gets a leading apostrophe.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn csv(sheets: &[Sheet]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["sheet"].iter().chain(&LABELS).chain(&["measure", "value", "missing"]))?;
    for sheet in sheets {
        for row in &sheet.rows {
            let labels = LABELS.map(|label| {
                let place = sheet.columns.iter().position(|column| column.key == label && !column.is_figure);
                place.map_or_else(String::new, |place| inert(&row[place].key()))
            });
            for (column, cell) in sheet.columns.iter().zip(row).filter(|(column, _)| column.is_figure) {
                let value = cell.value().map_or_else(String::new, |value| value.to_string());
                let missing = if let Cell::Missing(missing) = cell { missing.key() } else { "" };
                let mut record = vec![sheet.key.to_owned()];
                record.extend(labels.iter().cloned());
                record.extend([column.key.to_owned(), value, missing.to_owned()]);
                writer.write_record(record)?;
            }
        }
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(|error| csv::Error::from(std::io::Error::other(error)))
}
