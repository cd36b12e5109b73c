//! The rows of a table, one after the other, and its cells as counts and days.

use std::io::{self, Cursor};

use super::account::Reading;
use crate::codebook::amount;
use crate::ingest::{Code, Day, Delimiter, Dialect, Opened, Origin, Position, Problems, Record};

/// One row: its cells without spaces around them, and where they stand.
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    places: Vec<Position>,
}

/// What rows are handed to.
pub(super) trait Reader {
    /// Takes the next row; what is wrong with it is noted.
    fn row(&mut self, row: &Row, reading: &mut Reading);

    /// Called behind the last row.
    fn end(&mut self, _reading: &mut Reading) {}
}

impl Row {
    fn new(record: &Record<'_>) -> Self {
        let columns = 0..record.len();
        Self {
            cells: columns.clone().map(|index| record.cell(index).trim().to_owned()).collect(),
            places: columns.map(|index| record.position(index)).collect(),
        }
    }

    pub(super) fn start(&self) -> Position {
        self.at(0)
    }

    pub(super) fn at(&self, column: usize) -> Position {
        self.places.get(column).copied().unwrap_or(Position::START)
    }

    /// The content of a cell, empty where there is none.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The column with one of these headers.
    pub(super) fn find(&self, names: &[&str]) -> Option<usize> {
        self.cells.iter().position(|cell| names.contains(&cell.as_str()))
    }

    /// A day; what is wrong with it is noted.
    pub(super) fn day(&self, column: usize, reading: &mut Reading) -> Option<Day> {
        let day = self.cell(column).parse().ok();
        if day.is_none() {
            reading.refuse(
                self.at(column),
                Code::BadTime,
                "not a day",
                "a day is written 2026-03-01, 2026/3/1 or 20260301",
            );
        }
        day
    }

    /// A count, `None` where the cell is blank; what is wrong with it is noted.
    pub(super) fn count(&self, column: usize, reading: &mut Reading) -> Option<u64> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let number = amount(cell).ok().filter(|number| *number >= 0.0 && number.fract().abs() <= 0.0);
        if number.is_none() {
            reading.refuse(
                self.at(column),
                Code::BadNumber,
                "not a count",
                "a count is a whole number, such as 20816 or 20,816",
            );
        }
        number.map(|number| number as u64)
    }
}

/// Hands the rows of a table, from the line `first` on, to `reader`; its structure's problems are noted.
pub(super) fn each(
    bytes: &[u8],
    first: u64,
    reading: &mut Reading,
    name: &str,
    mut reader: impl Reader,
) -> io::Result<Origin> {
    // A line above the header would be taken for what separates the cells.
    let delimiter = (first > 1).then_some(Delimiter::Comma);
    let mut opened =
        Opened::new(Cursor::new(bytes), &Dialect { header: Some(first), delimiter, ..Dialect::default() })?;
    let mut structure = Problems::new(name);
    let mut records = opened.records()?;
    while let Some(record) = records.next(&mut structure)? {
        reader.row(&Row::new(&record), reading);
    }
    structure.listed().into_iter().for_each(|problem| reading.problems.add(problem.clone()));
    if structure.is_empty() {
        reader.end(reading);
    }
    drop(records);
    Ok(opened.origin(name))
}

/// The first row at or below a line; `None` where there is no more.
pub(super) fn row_at(bytes: &[u8], line: u64) -> io::Result<Option<Row>> {
    let dialect = Dialect { header: Some(line), ..Dialect::default() };
    let mut opened = Opened::new(Cursor::new(bytes), &dialect)?;
    let mut records = opened.records()?;
    let record = records.next(&mut Problems::new(""))?;
    Ok(record.map(|record| Row::new(&record)))
}
