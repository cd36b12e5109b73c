//! Every figure as a flat sheet, with the columns and the words of the CSV: to filter, to pivot, to count on.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::look::Look;
use crate::table::Table;
use crate::table::records::{Value, records};

pub(super) fn fill(
    sheet: &mut Worksheet,
    tables: &[Table],
    title: &str,
    look: &Look,
) -> Result<(), XlsxError> {
    let records = records(tables);
    let columns = || (0..u16::MAX).zip(&records.header);
    for (column, name) in columns() {
        sheet.set_column_width(column, 12)?;
        sheet.write_string_with_format(0, column, name, &look.head())?;
    }
    let (words, number) = (look.text(), look.text().set_num_format("General"));
    let mut row = 0;
    for record in &records.rows {
        row += 1;
        for (column, value) in (0..u16::MAX).zip(record) {
            match value {
                Value::Empty => {}
                Value::Text(text) => {
                    sheet.write_string_with_format(row, column, text, &words)?;
                }
                Value::Number(value) => {
                    sheet.write_number_with_format(row, column, *value, &number)?;
                }
                Value::Count(count) => {
                    sheet.write_number_with_format(row, column, *count as f64, &number)?;
                }
                Value::Truth(truth) => {
                    sheet.write_boolean_with_format(row, column, *truth, &words)?;
                }
            }
        }
    }
    let last = columns().next_back().map_or(0, |(column, _)| column);
    sheet.autofilter(0, 0, row, last)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    Look::paper(sheet, title, 1);
    Ok(())
}
