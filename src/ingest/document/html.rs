//! The one table of a page, as web sites hand out under the ending .xls.
//!
//! A cell over several columns has its text in the first; the others are empty. Scripts, styles and comments are passed over.

use std::borrow::Cow;

use super::super::code::Code;
use super::super::problems::{Position, Problem};
use super::Lines;
use super::cursor::Cursor;

/// The most columns that one cell may span.
const WIDEST: usize = 4096;

/// The page so far.
#[derive(Default)]
struct Table {
    lines: Lines,
    /// The open row.
    row: Option<(Vec<String>, Position)>,
    /// How many columns the open cell spans.
    cell: Option<usize>,
    is_open: bool,
    tables: usize,
}

/// The rows of the table of a page.
///
/// # Errors
/// When it has none or several, one inside another, or cells over several rows.
pub(super) fn lines(text: &str) -> Result<Lines, Problem> {
    let mut table = Table::default();
    let mut cursor = Cursor::new(text);
    let mut rest = 0;
    while let Some(open) = text[rest..].find('<').map(|found| rest + found) {
        table.text(&text[rest..open]);
        let tag = &text[open + 1..];
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.find("-->").map_or(text.len(), |end| open + 4 + end + 3);
            continue;
        }
        let Some(end) = tag.find('>') else {
            return Err(no_table(cursor.position(open), "a tag that is never closed"));
        };
        let (name, attributes) = name_of(&tag[..end]);
        rest = open + 1 + end + 1;
        if ["script", "style"].contains(&name.as_str()) {
            let closing = format!("</{name}");
            rest = text[rest..].find(&closing).map_or(text.len(), |found| rest + found);
            continue;
        }
        table.tag(&name, attributes, cursor.position(open))?;
    }
    table.end_row();
    if table.tables == 0 {
        return Err(no_table(
            Position::START,
            "not a table but a web page (HTML or XML), whatever its name ends in",
        ));
    }
    Ok(table.lines)
}

impl Table {
    fn tag(&mut self, name: &str, attributes: &str, at: Position) -> Result<(), Problem> {
        match name {
            "table" if self.is_open => return Err(no_table(at, "a table inside another")),
            "table" if self.tables > 0 => return Err(no_table(at, "a web page with several tables")),
            "table" => {
                self.is_open = true;
                self.tables += 1;
            }
            "/table" => {
                self.end_row();
                self.is_open = false;
            }
            "tr" if self.is_open => {
                self.end_row();
                self.row = Some((Vec::new(), at));
            }
            "/tr" => self.end_row(),
            "td" | "th" if self.is_open => {
                self.end_cell();
                if span(attributes, "rowspan") != Some(1) {
                    return Err(no_table(at, "a cell over several rows"));
                }
                let Some(columns) = span(attributes, "colspan") else {
                    return Err(no_table(at, "a cell over more columns than are read"));
                };
                self.row.get_or_insert((Vec::new(), at)).0.push(String::new());
                self.cell = Some(columns);
            }
            "/td" | "/th" => self.end_cell(),
            "br" | "br/" => self.text(" "),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.cell.is_some()
            && let Some((cells, _)) = &mut self.row
            && let Some(cell) = cells.last_mut()
        {
            cell.push_str(&plain(text));
        }
    }

    fn end_cell(&mut self) {
        let Some(columns) = self.cell.take() else { return };
        let Some((cells, _)) = &mut self.row else { return };
        if let Some(cell) = cells.last_mut() {
            *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        cells.extend(std::iter::repeat_n(String::new(), columns - 1));
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some((cells, at)) = self.row.take().filter(|(cells, _)| !cells.is_empty()) {
            self.lines.push(&cells, at);
        }
    }
}

/// The name of a tag in lower case, its slash in front if it closes, and its attributes.
fn name_of(tag: &str) -> (String, &str) {
    let end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(end);
    (name.to_ascii_lowercase(), attributes)
}

/// How many rows or columns a cell goes over; `None` beyond [`WIDEST`], or where that is no number.
fn span(attributes: &str, name: &str) -> Option<usize> {
    let lower = attributes.to_ascii_lowercase();
    let Some((_, value)) = lower.split_once(name) else { return Some(1) };
    let value = value.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let digits = value.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|span| (1..=WIDEST).contains(span))
}

/// Text without its entities.
fn plain(text: &str) -> Cow<'_, str> {
    const NAMED: [(&str, &str); 6] =
        [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("nbsp", " "), ("yen", "¥")];
    if !text.contains('&') {
        return text.into();
    }
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';').unwrap_or(("", part));
        let number = entity.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
            None => number.parse().ok(),
        });
        if let Some((_, sign)) = NAMED.iter().find(|(name, _)| *name == entity) {
            out.push_str(sign);
            out.push_str(rest);
        } else if let Some(c) = number.and_then(char::from_u32) {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(part);
        }
    }
    out.into()
}

fn no_table(at: Position, what: &str) -> Problem {
    Problem::new(at, Code::NotText, what)
        .hint("open it in a spreadsheet program and save it as .xlsx, or as CSV in UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_cells_are_read_as_a_browser_shows_them() {
        let page = "<html><style>td{}</style><!-- <table> -->\n<TABLE><tr><th>时间</th><th colspan='2'>a &amp; b</th></tr>\n\
                    <tr><td> 2026-03-01 <td>\"1\",<br>2<td></table>";
        let lines = lines(page).unwrap();
        assert_eq!(lines.text, "时间,a & b,\n2026-03-01,\"\"\"1\"\", 2\",\n");
        let line = |line, column| Position { line, column };
        assert_eq!(lines.places, [line(2, 8), line(3, 1)]);
    }

    #[test]
    fn what_is_not_one_plain_table_is_refused() {
        for (page, what) in [
            ("<html><p>no</p></html>", "web page"),
            ("<table><tr><td><table></table></td></tr></table>", "inside another"),
            ("<table></table><table></table>", "several tables"),
            ("<table><tr><td rowspan=2>a", "several rows"),
            ("<table><tr><td colspan=\"99999\">a", "more columns"),
            ("<table><tr", "never closed"),
        ] {
            assert!(lines(page).unwrap_err().message.contains(what), "{page}");
        }
    }
}
