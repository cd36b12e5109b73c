//! The chapters as Markdown, as GitHub reads it.

use super::sheet::{Sheet, is_figure, notes, sheets};
use super::{Chapter, Landscape};
use crate::codebook::{Lang, Names};
use crate::table::escape_markdown as escape;

/// The chapters that have something to tell under headings, each as tables, then the notes as a list.
#[must_use]
pub fn markdown(landscape: &Landscape, names: &Names, lang: Lang) -> String {
    let mut parts = Vec::new();
    for chapter in Chapter::ALL.into_iter().filter(|chapter| landscape.has(*chapter)) {
        parts.push(format!("## {}\n", escape(chapter.name().get(lang))));
        parts.extend(sheets(landscape, chapter, names, lang).all().map(|sheet| table(&sheet)));
    }
    let notes: Vec<String> =
        notes(landscape).iter().map(|note| format!("- {}\n", escape(note.get(lang)))).collect();
    parts.push(notes.concat());
    parts.join("\n")
}

fn table(sheet: &Sheet) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule: String =
        (0..sheet.header.len()).map(|at| if is_figure(at) { " ---: |" } else { " --- |" }).collect();
    let rows: String = sheet.rows.iter().map(|row| line(row)).collect();
    format!("**{}**\n\n{}|{rule}\n{rows}", escape(&sheet.title), line(&sheet.header))
}
