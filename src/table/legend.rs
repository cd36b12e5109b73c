//! Why figures of a crosstab are missing or to be used with care: each reason once, with its columns and rows.

use super::crosstab::{Column, Crosstab, sign};
use super::{Mark, sentence};
use crate::codebook::{Lang, capital};

/// The same reason in the same rows of some columns.
struct Entry {
    /// Whether the figures are not shown.
    is_hidden: bool,
    status: String,
    reason: String,
    rows: Vec<usize>,
    columns: Vec<String>,
}

/// A line for each reason and its rows, in the order of the columns, what is hidden before what is to be used with care:
/// `Withheld: Kunming, Expats: n = 23, fewer than 30 (all rows)`. Figures that are shown in spite of their mark carry the
/// sign that begins the line.
pub(super) fn legend(crosstab: &Crosstab, lang: Lang) -> Vec<String> {
    let mut known: Vec<Entry> = Vec::new();
    for column in &crosstab.columns {
        for entry in entries(crosstab, column, lang) {
            if let Some(same) =
                known.iter_mut().find(|other| other.reads_as(&entry) && other.rows == entry.rows)
            {
                same.columns.extend(entry.columns);
            } else {
                known.push(entry);
            }
        }
    }
    known.sort_by_key(|entry| !entry.is_hidden);
    known.iter().map(|entry| line(entry, crosstab, lang)).collect()
}

impl Entry {
    fn reads_as(&self, other: &Self) -> bool {
        (&self.status, &self.reason) == (&other.status, &other.reason)
    }
}

/// The marks of one column, those of the same words together.
fn entries(crosstab: &Crosstab, column: &Column, lang: Lang) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let name = crosstab.name(column, lang.pick(", ", "·"), lang);
    for (index, row) in column.rows.iter().enumerate() {
        let Some((row, mark)) = row.and_then(|row| Some((row, row.mark?))) else { continue };
        let is_hidden = row.figure.is_none();
        let entry = Entry {
            is_hidden,
            status: status(&mark, is_hidden, lang),
            reason: sentence::reason(&mark).get(lang).to_owned(),
            rows: vec![index],
            columns: vec![name.clone()],
        };
        if let Some(same) = entries.iter_mut().find(|other| other.reads_as(&entry)) {
            same.rows.push(index);
        } else {
            entries.push(entry);
        }
    }
    entries
}

fn status(mark: &Mark, is_hidden: bool, lang: Lang) -> String {
    let status = capital(sentence::status(mark).get(lang));
    if is_hidden {
        status
    } else if mark.hides() {
        let shown = lang.pick("but shown here", "但在此列出");
        format!("{} {status}{}{shown}", sign(mark), lang.pick(", ", "，"))
    } else {
        format!("{} {status}", sign(mark))
    }
}

fn line(entry: &Entry, crosstab: &Crosstab, lang: Lang) -> String {
    let (colon, semicolon) = (lang.pick(": ", "："), lang.pick("; ", "；"));
    let columns = entry.columns.join(semicolon);
    let rows = if crosstab.measures.len() == 1 {
        String::new()
    } else if entry.rows.len() == crosstab.measures.len() {
        lang.pick(" (all rows)", "（全部指标）").to_owned()
    } else {
        let names = entry.rows.iter().map(|&row| crosstab.measures[row].name().get(lang).to_owned());
        let names = names.collect::<Vec<_>>().join(semicolon);
        lang.pick(format!(" ({names})"), format!("（{names}）"))
    };
    format!("{}{colon}{columns}{colon}{}{rows}", entry.status, entry.reason)
}
