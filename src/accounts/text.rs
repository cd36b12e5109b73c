//! An account for a terminal or a text file.

use super::account::Account;
use super::sheet::{notes, sheets};
use crate::codebook::Lang;
use crate::writing::columns;

/// All sheets as aligned tables, each under its title and with its notes, then what they rest on. Lines end without spaces.
#[must_use]
pub fn text(account: &Account, lang: Lang) -> String {
    let mut out = String::new();
    for sheet in sheets(account) {
        let header: Vec<String> =
            sheet.columns.iter().map(|column| column.name.get(lang).to_owned()).collect();
        let rows: Vec<Vec<String>> =
            sheet.rows.iter().map(|row| row.iter().map(|cell| cell.text(lang)).collect()).collect();
        let is_figure = |column: usize| sheet.columns[column].is_figure;
        out.push_str(&format!("{}\n{}", sheet.title.get(lang), columns(&header, &rows, is_figure)));
        out.extend(sheet.all_notes().iter().map(|note| format!("{}\n", note.get(lang))));
        out.push('\n');
    }
    out.extend(notes(account).iter().map(|note| format!("{}\n", note.get(lang))));
    out
}
