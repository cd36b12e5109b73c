//! Retention as Markdown, as GitHub reads it.

use super::Retention;
use super::sheet::{Sheet, is_figure, sheets};
use crate::codebook::Lang;
use crate::table::escape_markdown as escape;

/// The triangle and the curve of every group as tables, then the notes as a list.
#[must_use]
pub fn markdown(retention: &Retention, lang: Lang) -> String {
    let mut parts: Vec<String> = sheets(retention, lang).iter().map(table).collect();
    let notes: Vec<String> =
        retention.notes.iter().map(|note| format!("- {}\n", escape(note.get(lang)))).collect();
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
    let legend: Vec<String> = sheet.legend.iter().map(|text| escape(text)).collect();
    let legend = if legend.is_empty() { String::new() } else { format!("\n{}\n", legend.join("; ")) };
    format!("**{}**\n\n{}|{rule}\n{rows}{legend}", escape(&sheet.title), line(&sheet.header))
}
