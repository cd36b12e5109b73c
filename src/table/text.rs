//! The table for a terminal or a text file: aligned columns, where a Chinese character takes two.

use unicode_width::UnicodeWidthStr;

use super::Table;
use super::sheet::{Sheet, sheets};
use crate::codebook::Lang;

/// The table as aligned text with its notes; lines end without spaces.
#[must_use]
pub fn text(table: &Table, lang: Lang) -> String {
    let mut out = String::new();
    for sheet in sheets(table, lang) {
        out.push_str(&sheet.title);
        out.push('\n');
        draw(&sheet, &mut out);
        out.push('\n');
    }
    for note in &table.notes {
        out.push_str(note.get(lang));
        out.push('\n');
    }
    out
}

fn draw(sheet: &Sheet, out: &mut String) {
    let lines = || std::iter::once(&sheet.header).chain(&sheet.rows);
    let widths: Vec<usize> = (0..sheet.header.len())
        .map(|column| lines().map(|line| line[column].width()).max().unwrap_or(0))
        .collect();
    for (index, line) in lines().enumerate() {
        let start = out.len();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(width - cell.width());
            if sheet.figures.contains(&column) {
                out.push_str(&padding);
                out.push_str(cell);
            } else {
                out.push_str(cell);
                out.push_str(&padding);
            }
            out.push_str("  ");
        }
        let end = start + out[start..].trim_end().len();
        out.truncate(end);
        out.push('\n');
        if index == 0 {
            out.push_str(&"─".repeat(widths.iter().sum::<usize>() + 2 * (widths.len() - 1)));
            out.push('\n');
        }
    }
}
