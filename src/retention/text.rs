//! Retention for a terminal or a text file.

use super::Retention;
use super::sheet::{is_figure, sheets};
use crate::codebook::Lang;
use crate::writing::columns;

/// The triangle and the curve of every group as aligned tables, then the notes. Lines end without spaces.
#[must_use]
pub fn text(retention: &Retention, lang: Lang) -> String {
    let mut out = String::new();
    for sheet in sheets(retention, lang) {
        out.push_str(&format!("{}\n{}", sheet.title, columns(&sheet.header, &sheet.rows, is_figure)));
        out.extend(sheet.legend.iter().map(|line| format!("{line}\n")));
        out.push('\n');
    }
    out.extend(retention.notes.iter().map(|note| format!("{}\n", note.get(lang))));
    out
}
