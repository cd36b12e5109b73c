//! The first sheet: the title, what was found, and a link to every sheet.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::look::Look;
use super::{Entry, Workbook};
use crate::table::synthetic;

/// Width of the column of words.
const WIDTH: u16 = 90;

pub(super) fn fill(
    sheet: &mut Worksheet,
    book: &Workbook<'_>,
    entries: &[&Entry],
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.set_name(name(look))?;
    sheet.set_column_width(0, 16)?.set_column_width(1, WIDTH)?;
    look.entitle(sheet, 0, &book.title)?;
    let mut row = 1;
    let warning = book.data.first().and_then(|table| synthetic(&table.sources));
    if let Some(warning) = warning {
        sheet.write_string_with_format(row, 0, warning.get(look.lang), &look.warning())?;
        row += 1;
    }
    if !book.findings.is_empty() {
        row += 1;
        sheet.write_string_with_format(row, 0, look.lang.pick("Found", "主要发现"), &look.label())?;
    }
    for finding in &book.findings {
        look.write_lines(sheet, (row, 1), finding, WIDTH)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, look.lang.pick("Sheet", "工作表"), &look.head())?;
    sheet.write_string_with_format(row, 1, look.lang.pick("What it shows", "内容"), &look.head())?;
    for entry in entries {
        row += 1;
        let link = Url::new(format!("internal:'{}'!A1", entry.name)).set_text(&entry.name);
        sheet.write_url_with_format(row, 0, link, &look.link())?;
        sheet.write_string_with_format(row, 1, &entry.heading, &look.wrapped())?;
    }
    Look::paper(sheet, &book.title, 1);
    Ok(())
}

/// What the sheet is called.
fn name(look: &Look) -> &'static str {
    look.lang.pick("Contents", "目录")
}

/// The way back, at the top of a sheet.
pub(super) fn way_back(sheet: &mut Worksheet, row: u32, look: &Look) -> Result<(), XlsxError> {
    let link = Url::new(format!("internal:'{}'!A1", name(look)));
    let text = look.lang.pick("← Contents", "← 目录");
    sheet.write_url_with_format(row, 0, link.set_text(text), &look.link().set_font_size(9.0))?;
    Ok(())
}
