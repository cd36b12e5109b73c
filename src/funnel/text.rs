//! The funnel for a terminal or a text file.

use super::Funnel;
use super::sheet::{marks, notes, sheet};
use crate::codebook::Lang;
use crate::table::{Table, below};
use crate::writing::columns;

/// A table for each group under its name, then why figures are missing, the gaps of `table`, from which the funnel was made,
/// and the notes. Lines end without spaces.
#[must_use]
pub fn text(funnel: &Funnel, table: &Table, lang: Lang) -> String {
    let mut out = String::new();
    for group in &funnel.groups {
        let sheet = sheet(group, lang);
        if !sheet.title.is_empty() {
            out.push_str(&format!("{}\n", sheet.title));
        }
        out.push_str(&columns(&sheet.header, &sheet.rows, |column| column > 0));
        out.push('\n');
    }
    let marks = marks(funnel, lang);
    if !marks.is_empty() {
        out.push_str(&format!("{}\n\n", marks.join("\n")));
    }
    out.push_str(&below(std::slice::from_ref(table), lang));
    out.extend(notes(funnel).iter().map(|note| format!("{}\n", note.get(lang))));
    out
}
