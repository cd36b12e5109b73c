//! Tables as Markdown, as GitHub reads it.

use std::fmt::Write;

use super::crosstab::{Cell, Column, Crosstab};
use super::figures::level;
use super::legend::legend;
use super::sheet::{Sheet, sheets};
use super::{Table, notes};
use crate::codebook::{Lang, clean};

/// Tables over the same measures, such as everybody and some banners, side by side as one table, with each column's levels
/// in one line and the interval behind its figure; then why figures are missing as a list, the gaps and the tests under
/// headings, and the notes as a list.
#[must_use]
pub fn markdown(tables: &[Table], lang: Lang) -> String {
    let crosstab = Crosstab::of(tables);
    let mut parts = vec![crossed(tables, &crosstab, lang), list(legend(&crosstab, lang))];
    for Sheet { title, header, figures, rows } in sheets(tables, lang) {
        let table = table(&header, |column| figures.contains(&column), &rows);
        parts.push(format!("### {}\n\n{table}", escape(&title)));
    }
    parts.push(list(notes(tables).into_iter().map(|note| note.get(lang).to_owned())));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn crossed(tables: &[Table], crosstab: &Crosstab, lang: Lang) -> String {
    if crosstab.columns.is_empty() {
        return String::new();
    }
    let level = tables.first().map_or_else(String::new, |table| level(table.settings.level));
    let corner = lang.pick(format!("({level} interval)"), format!("（括号内为 {level} 置信区间）"));
    let name = |column: &Column| {
        let name = crosstab.name(column, lang.pick(" · ", "·"), lang);
        column.letter().map(|letter| format!("{name} ({letter})")).unwrap_or(name)
    };
    let header: Vec<String> = std::iter::once(corner).chain(crosstab.columns.iter().map(name)).collect();
    let mut rows = Vec::new();
    for (measure, cells) in crosstab.measures.iter().zip(crosstab.cells(lang)) {
        let label = measure.name().get(lang).to_owned();
        rows.push(std::iter::once(label).chain(cells.iter().map(in_one_line)).collect());
    }
    for foot in crosstab.feet(lang) {
        rows.push(std::iter::once(foot.label.to_owned()).chain(foot.texts(lang)).collect());
    }
    table(&header, |column| column > 0, &rows)
}

/// `8.1%* b (6.0–11.2), n 412`.
fn in_one_line(cell: &Cell) -> String {
    let mut out = format!("{}{}", cell.figure, cell.tail);
    if !cell.interval.is_empty() {
        out.push_str(&format!(" ({})", cell.interval));
    }
    if !cell.n.is_empty() {
        out.push_str(&format!(", {}", cell.n));
    }
    out
}

fn list(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().fold(String::new(), |out, line| out + "- " + &escape(&line) + "\n")
}

pub(super) fn table(header: &[String], is_figure: impl Fn(usize) -> bool, rows: &[Vec<String>]) -> String {
    let mut out = line(header.iter().map(|cell| escape(cell)));
    let rule = |column| if is_figure(column) { "---:" } else { "---" }.to_owned();
    out.push_str(&line((0..header.len()).map(rule)));
    for row in rows {
        out.push_str(&line(row.iter().map(|cell| escape(cell))));
    }
    out
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.fold(String::new(), |out, cell| out + "| " + &cell + " ") + "|\n"
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
