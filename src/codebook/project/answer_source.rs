//! Where the answers to one item stand in a file that is not in the canonical schema.

use toml::de::DeTable;

use super::columns::ColumnRef;
use super::document::{Document, Entry, entries, shown};

/// The column of an item, and how its cells are read.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSource {
    /// The column, or the question that it belongs to.
    pub column: ColumnRef,
    /// The row of a matrix question.
    pub row: Option<String>,
    /// What the cells say.
    pub cells: Cells,
}

/// What the cells of an item's column say.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// The answer itself, as in the canonical schema: yes or no, or a number.
    Answers,
    /// The options that were ticked, in one cell or one column each; this one is the item.
    Option {
        /// The option.
        option: String,
        /// What stands between the options of one cell, where it is not what the dataset says.
        separator: Option<String>,
        /// The options stand in the order of preference, and the item is that this one is among so many first.
        ranked: Option<usize>,
    },
    /// Words for yes and no. [`ALL_OTHERS`](super::ALL_OTHERS) among them stands for every other word.
    Words {
        /// Those that mean yes.
        yes: Vec<String>,
        /// Those that mean no.
        no: Vec<String>,
    },
    /// Words for the points of a scale.
    Points(Vec<(String, f64)>),
}

/// The keys that say where an item stands; the others say how it is measured.
pub(super) const KEYS: [&str; 8] = ["column", "row", "option", "separator", "ranked", "yes", "no", "points"];

/// What platforms write between ranked options.
const BETWEEN_RANKS: &str = "→";

impl AnswerSource {
    /// Reads the keys of an item that say where it stands. `None` where there are none, or where they were refused.
    pub(super) fn read<'t>(
        document: &mut Document<'t>,
        item: &Entry<'_, 't>,
        table: &DeTable<'t>,
        is_number: bool,
    ) -> Option<Self> {
        let found: Vec<Entry<'_, 't>> =
            entries(table).into_iter().filter(|entry| KEYS.contains(&entry.key)).collect();
        if found.is_empty() {
            return None;
        }
        let (mut column, mut row, mut option) = (None, None, None);
        let (mut separator, mut ranked) = (None, None);
        let (mut yes, mut no, mut points) = (None, None, None);
        for entry in found {
            match entry.key {
                "column" => column = ColumnRef::read(document, &entry),
                "row" => row = document.text(entry.value, "row", "\"Moments\"").map(trimmed),
                "option" => option = document.text(entry.value, "option", "\"发朋友圈\"").map(trimmed),
                "separator" => {
                    separator = document.string(entry.value, "separator", "\"→\"").map(str::to_owned);
                }
                "ranked" => ranked = read_ranked(document, &entry),
                "yes" => yes = read_words(document, &entry),
                "no" => no = read_words(document, &entry),
                _ => points = read_points(document, &entry),
            }
        }
        let Some(column) = column else {
            let hint = "write { column = \"Q7\", … }";
            document.refuse(item.value.span(), format!("{} names no column", item.key), hint);
            return None;
        };
        let is_of_option = option.is_some() || (separator.is_none() && ranked.is_none());
        let cells = match (option, yes, no, points) {
            _ if !is_of_option => {
                let message = format!("{}: separator and ranked go with an option", item.key);
                document.refuse(
                    item.value.span(),
                    message,
                    "write { column = \"Q8\", option = \"朋友圈\", ranked = 1 }",
                );
                return None;
            }
            (None, None, None, None) => Cells::Answers,
            (Some(option), None, None, None) if !is_number => {
                let separator = separator.or_else(|| ranked.map(|_| BETWEEN_RANKS.to_owned()));
                Cells::Option { option, separator, ranked }
            }
            (None, Some(yes), Some(no), None) if !is_number => Cells::Words { yes, no },
            (None, None, None, Some(points)) if is_number => Cells::Points(points),
            _ => {
                let hint = "an item has an option; or yes and no, where \"*\" is every other word; or, if it is a scale, \
                            points";
                let message = format!("{}: what its cells say is not clear", item.key);
                document.refuse(item.value.span(), message, hint);
                return None;
            }
        };
        Some(Self { column, row, cells })
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

/// Among how many first an option must stand.
fn read_ranked<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<usize> {
    let first = document.whole(entry.value, entry.key, "1")?;
    if first < 1 {
        let hint =
            "ranked = 1 is for those who put the option first, ranked = 3 for those who put it among three";
        document.refuse(entry.value.span(), "ranks are counted from 1", hint);
        return None;
    }
    Some(first as usize)
}

/// One word, or a list of words. The empty word is a blank cell.
fn read_words<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Vec<String>> {
    const EXAMPLE: &str = "[\"每天\", \"每周\"]";
    if entry.value.get_ref().is_str() {
        return document.string(entry.value, entry.key, EXAMPLE).map(|word| vec![trimmed(word)]);
    }
    let list = document.list(entry.value, entry.key, EXAMPLE)?;
    Some(list.iter().filter_map(|word| document.string(word, entry.key, EXAMPLE)).map(trimmed).collect())
}

/// `{ "非常满意" = 5, "满意" = 4 }`.
fn read_points<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Vec<(String, f64)>> {
    let table = document.table(entry.value, entry.key, "{ \"非常满意\" = 5, \"满意\" = 4 }")?;
    let mut points: Vec<(String, f64)> = Vec::new();
    for point in entries(table) {
        let word = trimmed(point.key);
        if points.iter().any(|(known, _)| *known == word) {
            document.refuse(point.at(), format!("{} stands twice", shown(&word)), "give each word one point");
        }
        points.push((word, document.number(point.value, point.key, "5")?));
    }
    Some(points)
}
