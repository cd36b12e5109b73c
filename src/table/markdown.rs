//! The table as Markdown.

use super::Table;
use super::sheet::{Sheet, sheets};
use crate::codebook::Lang;

/// The table as GitHub-flavoured Markdown with its notes as a list.
#[must_use]
pub fn markdown(table: &Table, lang: Lang) -> String {
    let mut out = String::new();
    for sheet in sheets(table, lang) {
        draw(&sheet, &mut out);
        out.push('\n');
    }
    for note in &table.notes {
        out.push_str(&format!("- {}\n", note.get(lang)));
    }
    out
}

fn draw(sheet: &Sheet, out: &mut String) {
    out.push_str(&format!("### {}\n\n", sheet.title));
    line(&sheet.header, out);
    let rule: Vec<String> = (0..sheet.header.len())
        .map(|column| if sheet.figures.contains(&column) { "---:" } else { "---" }.to_owned())
        .collect();
    line(&rule, out);
    for row in &sheet.rows {
        line(row, out);
    }
}

fn line(cells: &[String], out: &mut String) {
    for cell in cells {
        out.push_str("| ");
        out.push_str(&escape(cell));
        out.push(' ');
    }
    out.push_str("|\n");
}

/// A cell that neither ends its column nor becomes markup.
fn escape(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for character in cell.chars() {
        match character {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' => out.extend(['\\', character]),
            _ => out.push(character),
        }
    }
    out
}
