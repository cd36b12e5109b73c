//! An account as Markdown, as GitHub reads it.

use super::account::Account;
use super::sheet::{Sheet, notes, sheets};
use crate::codebook::{Lang, Name};
use crate::table::escape_markdown as escape;

/// All sheets under headings, each with its notes, then what they rest on as a list.
#[must_use]
pub fn markdown(account: &Account, lang: Lang) -> String {
    let mut parts: Vec<String> = sheets(account).iter().map(|sheet| table(sheet, lang)).collect();
    parts.push(list(&notes(account), lang));
    parts.join("\n")
}

fn table(sheet: &Sheet, lang: Lang) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        let cells: Vec<String> = cells.map(|cell| escape(&cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let header = line(&mut sheet.columns.iter().map(|column| column.name.get(lang).to_owned()));
    let rule: String =
        sheet.columns.iter().map(|column| if column.is_figure { " ---: |" } else { " --- |" }).collect();
    let rows: String =
        sheet.rows.iter().map(|row| line(&mut row.iter().map(|cell| cell.text(lang)))).collect();
    let title = escape(sheet.title.get(lang));
    format!("## {title}\n\n{header}|{rule}\n{rows}\n{}", list(&sheet.all_notes(), lang))
}

fn list(notes: &[Name], lang: Lang) -> String {
    let lines: Vec<String> = notes.iter().map(|note| format!("- {}\n", escape(note.get(lang)))).collect();
    lines.concat()
}
