//! `[dataset.….quality]`: whose answers are not used, by rules that are counted under every figure.

use super::columns::ColumnRef;
use super::document::{Document, Entry, Value, entries};

/// Rules that leave respondents out, tried in the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QualityBook {
    /// Rows whose cell is one of these are left out: no such city, screened.
    pub drop: Vec<(ColumnRef, Vec<String>)>,
    /// Only rows whose cell is one of these are kept: finished interviews, no previews, screened.
    pub keep: Vec<(ColumnRef, Vec<String>)>,
    /// Interviews shorter than so many seconds, and where their length stands.
    pub too_fast: Option<(ColumnRef, u64)>,
    /// Matrix questions whose rows must not all be answered alike.
    pub straight_line: Vec<ColumnRef>,
    /// Columns, such as of devices or addresses, whose values may stand in so many rows; later rows are left out.
    pub repeated: Vec<(ColumnRef, u64)>,
}

impl QualityBook {
    /// Whether everybody's answers are used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(super) fn read<'t>(document: &mut Document<'t>, name: &str, quality: &Entry<'_, 't>) -> Self {
        let mut book = Self::default();
        let Some(table) = document.table(quality.value, name, "[dataset.expats.quality]") else {
            return book;
        };
        for entry in document.entries(table, name, &["drop", "keep", "too_fast", "straight_line", "repeated"])
        {
            match entry.key {
                "drop" => book.drop = read_cells(document, &entry),
                "keep" => book.keep = read_cells(document, &entry),
                "too_fast" => book.too_fast = read_too_fast(document, &entry),
                "straight_line" => {
                    let list = document.list(entry.value, entry.key, "[\"Q9\"]").unwrap_or_default();
                    book.straight_line =
                        list.iter().filter_map(|value| column(document, "straight_line", value)).collect();
                }
                _ => book.read_repeated(document, &entry),
            }
        }
        book
    }

    fn read_repeated<'t>(&mut self, document: &mut Document<'t>, entry: &Entry<'_, 't>) {
        const EXAMPLE: &str = "{ \"来自IP\" = 3 }";
        let Some(table) = document.table(entry.value, entry.key, EXAMPLE) else { return };
        for rule in entries(table) {
            match document.whole(rule.value, rule.key, "3") {
                Some(most @ 1..) => {
                    let line = document.place(rule.at()).0;
                    self.repeated.push((ColumnRef { name: rule.key.trim().to_owned(), line }, most as u64));
                }
                Some(_) => document.refuse(
                    rule.value.span(),
                    "at least one row must be allowed",
                    "say in how many rows the same value may stand, such as 3",
                ),
                None => {}
            }
        }
    }
}

/// `{ "Finished" = ["1", "True"] }`.
fn read_cells<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Vec<(ColumnRef, Vec<String>)> {
    const EXAMPLE: &str = "{ \"Finished\" = [\"1\", \"True\"] }";
    let mut rules = Vec::new();
    for rule in document.table(entry.value, entry.key, EXAMPLE).into_iter().flat_map(entries) {
        let Some(list) = document.list(rule.value, rule.key, "[\"1\", \"True\"]") else { continue };
        let cells = list.iter().filter_map(|cell| document.string(cell, rule.key, "\"1\""));
        let cells = cells.map(|cell| cell.trim().to_owned()).collect();
        let line = document.place(rule.at()).0;
        rules.push((ColumnRef { name: rule.key.trim().to_owned(), line }, cells));
    }
    rules
}

/// `{ column = "所用时间", seconds = 60 }`.
fn read_too_fast<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<(ColumnRef, u64)> {
    const EXAMPLE: &str = "{ column = \"所用时间\", seconds = 60 }";
    let table = document.table(entry.value, entry.key, EXAMPLE)?;
    let (mut column, mut seconds) = (None, None);
    for inner in document.entries(table, entry.key, &["column", "seconds"]) {
        match inner.key {
            "column" => column = ColumnRef::read(document, &inner),
            _ => seconds = document.whole(inner.value, "seconds", "60"),
        }
    }
    if let (Some(column), Some(seconds)) = (column, seconds.and_then(|seconds| u64::try_from(seconds).ok())) {
        return Some((column, seconds));
    }
    let message = "too_fast needs a column and the fewest seconds";
    document.refuse(entry.value.span(), message, format!("write {EXAMPLE}"));
    None
}

fn column<'t>(document: &mut Document<'t>, what: &str, value: &Value<'t>) -> Option<ColumnRef> {
    let name = document.text(value, what, "\"Q9\"")?.trim().to_owned();
    Some(ColumnRef { name, line: document.place(value.span()).0 })
}
