//! The table as Markdown.

use std::fmt::Write;

use super::Table;
use super::sheet::{Sheet, sheets};
use crate::codebook::{Lang, clean};

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

/// Text that shows as itself in Markdown as GitHub reads it, also inside a table: every ASCII punctuation mark that
/// could begin something there gets a backslash, those of HTML become entities, `@` and URLs make no links.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '@' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_active_passes_and_ordinary_words_stay() {
        assert_eq!(escape("a|b\n[x](http://e.org) <b>"), "a\\|b \\[x\\](http&#58;//e.org) &lt;b&gt;");
        assert_eq!(escape("@someone www.e.org"), "&#64;someone www&#46;e.org");
        assert_eq!(escape("8% (95% interval −27 to −19)"), "8% (95% interval −27 to −19)");
    }
}
