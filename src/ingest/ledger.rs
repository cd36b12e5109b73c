//! A ledger: a small file that people keep by hand, such as published figures or the margins of a population.
//!
//! In: the bytes of a CSV or workbook, and the columns that it may have. Out: its rows, each cell by the name of its column,
//! and everything that is wrong, each with its line and column. Refused are other columns, a column twice, and a file
//! without rows.

use std::io::{Cursor, Error};

use super::dataset::Origin;
use super::opened::{Dialect, Opened};
use super::problems::{Position, Problems};
use super::record::Record;
use super::shown::quoted;
use crate::codebook::clean;
use crate::codebook::project::{ProjectProblem, ProjectProblems};

/// The columns of a kind of ledger.
#[derive(Debug)]
pub struct Ledger {
    /// Names; the header may write them in other cases. Cells are asked for by place in this list.
    pub columns: &'static [&'static str],
    /// How many of them, from the first, every file has.
    pub required: usize,
    /// What other columns are, where there must be at least one: "a dimension".
    pub others: Option<&'static str>,
    /// All that in a sentence.
    pub hint: &'static str,
}

/// Where the columns of a file are.
#[derive(Debug)]
struct Header {
    /// By place in [`Ledger::columns`].
    known: Vec<Option<usize>>,
    /// Names and places.
    others: Vec<(String, usize)>,
}

/// A row of a ledger.
#[derive(Debug)]
pub struct Entry<'a> {
    record: &'a Record<'a>,
    header: &'a Header,
}

/// What has been found to be wrong with a ledger so far.
#[derive(Debug)]
pub struct Faults<'f> {
    file: &'f str,
    found: Vec<ProjectProblem>,
}

impl Ledger {
    /// Reads the bytes of a ledger that messages show as `file`: hands each row to `take`, and gives the names of the other
    /// columns in their order.
    ///
    /// # Errors
    /// All that is wrong with the file, and what `take` finds to be wrong with its rows.
    pub fn read(
        &self,
        bytes: &[u8],
        file: &str,
        take: impl FnMut(&Entry<'_>, &mut Faults<'_>),
    ) -> Result<(Origin, Vec<String>), ProjectProblems> {
        let mut faults = Faults { file, found: Vec::new() };
        let mut structure = Problems::new(file);
        let read = self.rows(bytes, &mut structure, &mut faults, take);
        faults.found.extend(structure.listed().into_iter().map(|problem| ProjectProblem {
            file: file.to_owned(),
            line: problem.at.line,
            column: problem.at.column,
            message: problem.message.clone(),
            hint: problem.hint.clone(),
        }));
        match read {
            Ok(read) => ProjectProblems::none_or(faults.found, read),
            Err(error) => {
                faults.refuse(Position::START, format!("cannot be read: {error}"), self.hint);
                Err(ProjectProblems::new(faults.found))
            }
        }
    }

    fn rows(
        &self,
        bytes: &[u8],
        structure: &mut Problems,
        faults: &mut Faults<'_>,
        mut take: impl FnMut(&Entry<'_>, &mut Faults<'_>),
    ) -> Result<(Origin, Vec<String>), Error> {
        let mut opened = Opened::new(Cursor::new(bytes), &Dialect::default())?;
        let mut records = opened.records()?;
        let mut others = Vec::new();
        match records.next(structure)? {
            None if structure.is_empty() => faults.refuse(Position::START, "the file is empty", self.hint),
            None => {}
            Some(first) => {
                if let Some(header) = self.header(&first, faults) {
                    others = header.others.iter().map(|(name, _)| name.clone()).collect();
                    let mut has_rows = false;
                    while let Some(record) = records.next(structure)? {
                        has_rows = true;
                        take(&Entry { record: &record, header: &header }, faults);
                    }
                    if !has_rows && structure.is_empty() {
                        faults.refuse(Position::START, "there are no rows below the header", self.hint);
                    }
                }
            }
        }
        drop(records);
        Ok((opened.origin(faults.file), others))
    }

    /// Where the columns are; `None` where they are not in order.
    fn header(&self, record: &Record<'_>, faults: &mut Faults<'_>) -> Option<Header> {
        let before = faults.found.len();
        let mut header = Header { known: vec![None; self.columns.len()], others: Vec::new() };
        for column in 0..record.len() {
            let (name, at) = (clean(record.cell(column)), record.position(column));
            let is_twice = header.others.iter().any(|(other, _)| *other == name);
            match self.columns.iter().position(|known| known.eq_ignore_ascii_case(&name)) {
                Some(place) if header.known[place].is_some() => {
                    faults.refuse(
                        at,
                        format!("there are two columns \"{}\"", self.columns[place]),
                        self.hint,
                    );
                }
                Some(place) => header.known[place] = Some(column),
                None if name.is_empty() => {
                    faults.refuse(at, format!("column {} has no name", column + 1), self.hint);
                }
                None if self.others.is_none() => {
                    faults.refuse(at, format!("column {} is not known here", quoted(&name)), self.hint);
                }
                None if is_twice => {
                    faults.refuse(at, format!("there are two columns {}", quoted(&name)), self.hint);
                }
                None => header.others.push((name, column)),
            }
        }
        let missing = self.columns.iter().zip(&header.known).take(self.required);
        let missing =
            missing.filter(|(_, column)| column.is_none()).map(|(name, _)| format!("column {name}"));
        let others = self.others.filter(|_| header.others.is_empty());
        for what in missing.chain(others.map(|others| format!("column of {others}"))) {
            faults.refuse(record.start(), format!("there is no {what}"), self.hint);
        }
        (faults.found.len() == before).then_some(header)
    }
}

impl Entry<'_> {
    /// The cell of a column of the ledger; empty where it is blank, or the file has no such column.
    #[must_use]
    pub fn text(&self, column: usize) -> String {
        self.header.known[column].map_or_else(String::new, |at| clean(self.record.cell(at)))
    }

    /// Where that cell stands; where the row begins if the file has no such column.
    #[must_use]
    pub fn at(&self, column: usize) -> Position {
        self.header.known[column].map_or(self.start(), |at| self.record.position(at))
    }

    /// Name and cell of each of the other columns, and where the cell stands.
    pub fn others(&self) -> impl Iterator<Item = (&str, String, Position)> {
        self.header.others.iter().map(|(name, column)| {
            (name.as_str(), clean(self.record.cell(*column)), self.record.position(*column))
        })
    }

    /// Where the row begins.
    #[must_use]
    pub fn start(&self) -> Position {
        self.record.start()
    }

    /// Its line, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.start().line
    }
}

impl Faults<'_> {
    /// Notes what is wrong at a place, and what to do about it.
    pub fn refuse(&mut self, at: Position, message: impl AsRef<str>, hint: &str) {
        self.note(at, message, Some(hint.to_owned()));
    }

    /// The same where there may be nothing to be done.
    pub fn note(&mut self, at: Position, message: impl AsRef<str>, hint: Option<String>) {
        self.found.push(ProjectProblem {
            file: self.file.to_owned(),
            line: at.line,
            column: at.column,
            message: clean(message.as_ref()),
            hint,
        });
    }

    /// How much has been found.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.len()
    }
}
