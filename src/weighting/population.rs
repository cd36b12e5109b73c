//! A population file: persons by level, for the margins of a weighting.
//!
//! In: the bytes of a CSV with a column for each dimension, `persons`, and perhaps `source`. Out: its rows with level
//! keys, or everything that is wrong with them. A blank level means all levels together; several margins may stand in
//! one file.

use std::collections::BTreeMap;
use std::io::Cursor;

use crate::codebook::clean;
use crate::codebook::project::{ProjectProblem, ProjectProblems, level_key};
use crate::ingest::{Dialect, Opened, Origin, Position, Problems, Record};

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

const PERSONS: &str = "persons";
/// Where the figures are from, in words.
const SOURCE: &str = "source";
pub(super) const TOTAL_HINT: &str = "leave the level blank: a blank is the total, of all levels together";
const COLUMNS: &str = "a population file has a column for each dimension, persons, and perhaps source";

/// The columns of a file.
struct Header {
    /// Column and name of each dimension.
    dimensions: Vec<(usize, String)>,
    persons: usize,
    source: Option<usize>,
}

impl Population {
    /// Reads the bytes of a population file that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong with it: rows that are no CSV, columns, cities, persons, rows with the same levels.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        let mut reading = Reading { file, problems: Vec::new() };
        let mut structure = Problems::new(file);
        let population = match reading.population(bytes, &mut structure) {
            Ok(population) => population,
            Err(error) => {
                reading.refuse(Position::START, format!("cannot be read: {error}"), COLUMNS);
                None
            }
        };
        reading.problems.extend(structure.listed().into_iter().map(|problem| ProjectProblem {
            file: file.to_owned(),
            line: problem.at.line,
            column: problem.at.column,
            message: problem.message.clone(),
            hint: problem.hint.clone(),
        }));
        match population {
            Some(population) => ProjectProblems::none_or(reading.problems, population),
            None => Err(ProjectProblems::new(reading.problems)),
        }
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

/// What has been found to be wrong so far.
struct Reading<'f> {
    file: &'f str,
    problems: Vec<ProjectProblem>,
}

impl Reading<'_> {
    /// The rows that are in order; `None` when the header is not.
    fn population(&mut self, bytes: &[u8], structure: &mut Problems) -> std::io::Result<Option<Population>> {
        let mut opened = Opened::new(Cursor::new(bytes), &Dialect::default())?;
        let mut records = opened.records()?;
        let Some(first) = records.next(structure)? else {
            if structure.is_empty() {
                self.refuse(Position::START, "the file is empty", COLUMNS);
            }
            return Ok(None);
        };
        let Some(header) = self.header(&first) else { return Ok(None) };
        let mut rows: Vec<PopulationRow> = Vec::new();
        let mut lines: BTreeMap<Vec<Option<String>>, u64> = BTreeMap::new();
        while let Some(record) = records.next(structure)? {
            let Some(row) = self.row(&record, &header) else { continue };
            if let Some(line) = lines.insert(row.levels.clone(), row.line) {
                let hint =
                    "each combination of levels stands once; different spellings of a city are one level";
                self.refuse(record.start(), format!("this row has the levels of line {line}"), hint);
            }
            rows.push(row);
        }
        drop(records);
        let dimensions = header.dimensions.into_iter().map(|(_, name)| name).collect();
        let origin = opened.origin(self.file);
        Ok(Some(Population { file: self.file.to_owned(), origin, dimensions, rows }))
    }

    fn header(&mut self, record: &Record<'_>) -> Option<Header> {
        let before = self.problems.len();
        let (mut dimensions, mut persons, mut source): (Vec<(usize, String)>, _, _) =
            (Vec::new(), None, None);
        let mut names: Vec<&str> = Vec::new();
        for column in 0..record.len() {
            let (name, at) = (record.cell(column).trim(), record.position(column));
            if name.is_empty() {
                self.refuse(at, format!("column {} has no name", column + 1), COLUMNS);
            } else if names.contains(&name) {
                self.refuse(at, format!("there are two columns \"{name}\""), COLUMNS);
            }
            names.push(name);
            match name {
                PERSONS => persons = Some(column),
                SOURCE => source = Some(column),
                _ => dimensions.push((column, name.to_owned())),
            }
        }
        if persons.is_none() || dimensions.is_empty() {
            let missing = if persons.is_none() { "column persons" } else { "column of a dimension" };
            self.refuse(record.start(), format!("there is no {missing}"), COLUMNS);
        }
        let persons = persons?;
        (self.problems.len() == before).then_some(Header { dimensions, persons, source })
    }

    /// One row; `None` where a cell is not in order.
    fn row(&mut self, record: &Record<'_>, header: &Header) -> Option<PopulationRow> {
        let mut levels = Some(Vec::new());
        for (column, dimension) in &header.dimensions {
            let cell = record.cell(*column);
            let level = if cell.trim().is_empty() { Ok(None) } else { level_key(dimension, cell).map(Some) };
            match level {
                Ok(level) => levels.iter_mut().for_each(|levels| levels.push(level.clone())),
                Err(error) => {
                    let hint = if is_total(cell) { Some(TOTAL_HINT.to_owned()) } else { error.hint() };
                    self.note(record.position(*column), &error.to_string(), hint);
                    levels = None;
                }
            }
        }
        let cell = record.cell(header.persons).trim();
        let persons = cell.parse::<f64>().ok().filter(|persons| *persons > 0.0 && persons.is_finite());
        if persons.is_none() {
            let shown: String = cell.chars().take(40).collect();
            let (message, hint) = if cell.is_empty() {
                ("no persons".to_owned(), "every row needs a number above 0")
            } else {
                let hint = "write a number above 0 without separators, such as 235000; a level that nobody has needs no row";
                (format!("persons \"{shown}\" is not a number above 0"), hint)
            };
            self.refuse(record.position(header.persons), message, hint);
        }
        let source = header.source.map_or_else(String::new, |column| clean(record.cell(column)));
        Some(PopulationRow { levels: levels?, persons: persons?, source, line: record.start().line })
    }

    fn refuse(&mut self, at: Position, message: impl AsRef<str>, hint: &str) {
        self.note(at, message.as_ref(), Some(hint.to_owned()));
    }

    fn note(&mut self, at: Position, message: &str, hint: Option<String>) {
        let (file, message) = (self.file.to_owned(), clean(message));
        self.problems.push(ProjectProblem { file, line: at.line, column: at.column, message, hint });
    }
}
