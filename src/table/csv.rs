//! The table as flat CSV: its records as they are.

use super::Table;
use super::records::records;

/// Tables over the same figures as one CSV, comma-separated, LF, UTF-8.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn csv(tables: &[Table]) -> Result<String, csv::Error> {
    let records = records(tables);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&records.header)?;
    for row in &records.rows {
        writer.write_record(row.iter().map(ToString::to_string))?;
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(|error| csv::Error::from(std::io::Error::other(error)))
}
