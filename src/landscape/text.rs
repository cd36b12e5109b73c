//! The chapters for a terminal or a text file.

use super::sheet::{is_figure, notes, sheets};
use super::{Chapter, Landscape};
use crate::codebook::{Lang, Names};
use crate::writing::columns;

/// The chapters that have something to tell, each as aligned tables under its name, then the notes. Sources are numbered, and
/// listed below. Lines end without spaces.
#[must_use]
pub fn text(landscape: &Landscape, names: &Names, lang: Lang) -> String {
    let mut out = String::new();
    let mut sources: Vec<String> = Vec::new();
    for chapter in Chapter::ALL {
        for mut sheet in sheets(landscape, chapter, names, lang).all() {
            for source in sheet.rows.iter_mut().filter_map(|row| row.last_mut()) {
                let place = sources.iter().position(|known| known == source).unwrap_or_else(|| {
                    sources.push(source.clone());
                    sources.len() - 1
                });
                *source = format!("[{}]", place + 1);
            }
            let (chapter, title) = (chapter.name(), &sheet.title);
            let heading = lang.pick(format!("{}: {title}", chapter.en), format!("{}：{title}", chapter.zh));
            out.push_str(&format!("{heading}\n{}\n", columns(&sheet.header, &sheet.rows, is_figure)));
        }
    }
    out.extend(sources.iter().enumerate().map(|(place, source)| format!("[{}] {source}\n", place + 1)));
    out.push('\n');
    out.extend(notes(landscape).iter().map(|note| format!("{}\n", note.get(lang))));
    out
}
