//! The chapters for a terminal or a text file.

use super::sheet::{is_figure, notes, sheets};
use super::{Chapter, Landscape};
use crate::codebook::{Lang, Names};
use crate::writing::columns;

/// The chapters that have something to tell, each as aligned tables under its name, then the notes. Lines end without spaces.
#[must_use]
pub fn text(landscape: &Landscape, names: &Names, lang: Lang) -> String {
    let mut out = String::new();
    for chapter in Chapter::ALL {
        for sheet in sheets(landscape, chapter, names, lang) {
            let name = chapter.name();
            let heading =
                lang.pick(format!("{}: {}", name.en, sheet.title), format!("{}：{}", name.zh, sheet.title));
            out.push_str(&format!("{heading}\n{}\n", columns(&sheet.header, &sheet.rows, is_figure)));
        }
    }
    out.extend(notes(landscape).iter().map(|note| format!("{}\n", note.get(lang))));
    out
}
