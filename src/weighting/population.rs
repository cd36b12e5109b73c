//! A population file: persons by level, for the margins of a weighting.
//!
//! In: the bytes of a CSV with a column for each dimension, `persons`, and perhaps `source`. Out: its rows with level
//! keys, or everything that is wrong with them. A blank level means all levels together; several margins may stand in
//! one file.

use std::collections::BTreeMap;

use crate::codebook::project::{ProjectProblems, level_key};
use crate::ingest::{Entry, Faults, Ledger, Origin, quoted};

use super::place::Place;

/// The rows of a population file.
#[derive(Debug, Clone, PartialEq)]
pub struct Population {
    /// The file, as messages show it.
    pub file: String,
    /// The same for those who want to check it.
    pub origin: Origin,
    /// The dimensions, in the order of the columns.
    pub dimensions: Vec<String>,
    /// The rows; no two have the same levels.
    pub rows: Vec<PopulationRow>,
}

/// Persons on one level of each of some dimensions.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationRow {
    /// Level keys by dimension; `None`: all levels together.
    pub levels: Vec<Option<String>>,
    /// Persons; finite, > 0.
    pub persons: f64,
    /// Who says so; may be empty.
    pub source: String,
    /// Line of the file, from 1.
    pub line: u64,
}

/// What a row gives to a margin.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// The target of these levels, one for each of the margin's own dimensions.
    Target(Vec<String>),
    /// All that its targets and those that have none add up to.
    Total,
}

impl PopulationRow {
    /// Where it begins.
    pub(super) fn place(&self, file: &str) -> Place {
        Place::new(file, (self.line, 1))
    }
}

pub(super) const TOTAL_HINT: &str = "leave the level blank: a blank is the total, of all levels together";

const LEDGER: Ledger = Ledger {
    columns: &["persons", "source"],
    required: 1,
    others: Some("a dimension"),
    hint: "a population file has a column for each dimension, persons, and perhaps source",
};
// Places in its columns.
const PERSONS: usize = 0;
const SOURCE: usize = 1;

impl Population {
    /// Reads the bytes of a population file that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong with it: rows that are no CSV, columns, cities, persons, rows with the same levels.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        let mut rows: Vec<PopulationRow> = Vec::new();
        let mut lines: BTreeMap<Vec<Option<String>>, u64> = BTreeMap::new();
        let (origin, dimensions) = LEDGER.read(bytes, file, |entry, faults| {
            let Some(row) = row(entry, faults) else { return };
            if let Some(line) = lines.insert(row.levels.clone(), row.line) {
                let hint =
                    "each combination of levels stands once; different spellings of a city are one level";
                faults.refuse(entry.start(), format!("this row has the levels of line {line}"), hint);
            }
            rows.push(row);
        })?;
        Ok(Self { file: file.to_owned(), origin, dimensions, rows })
    }
}

impl Population {
    /// What a row gives to the margin of the dimensions `by`, within a level of another or not; `None` where it belongs to
    /// other margins. A margin's rows fill in exactly its dimensions, its total leaves those of `by` blank.
    pub(super) fn part(
        &self,
        row: &PopulationRow,
        by: &[String],
        within: Option<&(String, String)>,
    ) -> Option<Part> {
        let level = |name: &String| {
            let column = self.dimensions.iter().position(|known| known == name)?;
            Some(row.levels[column].as_ref())
        };
        let is_inside = within.is_none_or(|(name, own)| level(name) == Some(Some(own)));
        let is_own =
            |name: &String| by.contains(name) || within.is_some_and(|(dimension, _)| dimension == name);
        let mut others = self.dimensions.iter().zip(&row.levels).filter(|(name, _)| !is_own(name));
        if !is_inside || others.any(|(_, level)| level.is_some()) {
            return None;
        }
        let own: Vec<Option<&String>> = by.iter().map(level).collect::<Option<_>>()?;
        if own.iter().all(Option::is_none) {
            return Some(Part::Total);
        }
        let levels = own.into_iter().map(Option::<&String>::cloned);
        levels.collect::<Option<Vec<String>>>().map(Part::Target)
    }
}

/// Whether a level is how people write a total.
pub(super) fn is_total(level: &str) -> bool {
    const WORDS: [&str; 7] = ["*", "all", "total", "合计", "总计", "全部", "全体"];
    WORDS.contains(&level.trim().to_ascii_lowercase().as_str())
}

/// One row; `None` where a cell is not in order.
fn row(entry: &Entry<'_>, faults: &mut Faults<'_>) -> Option<PopulationRow> {
    let mut levels = Some(Vec::new());
    for (dimension, cell, at) in entry.others() {
        let level = if cell.is_empty() { Ok(None) } else { level_key(dimension, &cell).map(Some) };
        match level {
            Ok(level) => levels.iter_mut().for_each(|levels| levels.push(level.clone())),
            Err(error) => {
                let hint = if is_total(&cell) { Some(TOTAL_HINT.to_owned()) } else { error.hint() };
                faults.note(at, error.to_string(), hint);
                levels = None;
            }
        }
    }
    let cell = entry.text(PERSONS);
    let persons = cell.parse::<f64>().ok().filter(|persons| *persons > 0.0 && persons.is_finite());
    if persons.is_none() {
        let (message, hint) = if cell.is_empty() {
            ("no persons".to_owned(), "every row needs a number above 0")
        } else {
            let hint = "write a number above 0 without separators, such as 235000; a level that nobody has needs no row";
            (format!("persons {} is not a number above 0", quoted(&cell)), hint)
        };
        faults.refuse(entry.at(PERSONS), message, hint);
    }
    Some(PopulationRow { levels: levels?, persons: persons?, source: entry.text(SOURCE), line: entry.line() })
}
