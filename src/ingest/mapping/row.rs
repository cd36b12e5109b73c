//! Rows on their way from a file's columns to canonical ones.

use std::io::{self, Read};

use super::super::problems::{Position, Problems};
use super::super::record::Record;
use super::super::records::Records;

/// The cells of a row as the file has them.
pub(in super::super) trait RawCells {
    /// The content of cell `index`.
    fn cell(&self, index: usize) -> &str;

    /// Where cell `index` stands.
    fn position(&self, index: usize) -> Position;

    /// Where the row begins.
    fn start(&self) -> Position;
}

/// The cells of a canonical row, in buffers that are used again for the next.
#[derive(Debug, Default)]
pub(in super::super) struct MappedRow {
    text: String,
    ends: Vec<usize>,
    positions: Vec<Position>,
}

impl MappedRow {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.positions.clear();
    }

    /// Appends a cell that was made from the one at `at`.
    pub(super) fn push(&mut self, cell: &str, at: Position) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
        self.positions.push(at);
    }

    /// The content of cell `index`.
    pub(in super::super) fn cell(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }

    /// Where the cell stands in the file that cell `index` was made from.
    pub(in super::super) fn position(&self, index: usize) -> Position {
        self.positions[index]
    }
}

/// A row of a file, kept.
#[derive(Debug, Clone)]
pub(in super::super) struct RawRow {
    pub(in super::super) cells: Vec<String>,
    positions: Vec<Position>,
}

impl RawRow {
    /// The next rows of a file, at most so many; what is wrong with others goes to `problems`.
    pub(in super::super) fn ahead<R: Read>(
        records: &mut Records<R>,
        most: usize,
        problems: &mut Problems,
    ) -> io::Result<Vec<Self>> {
        let mut rows = Vec::new();
        while rows.len() < most
            && let Some(record) = records.next(problems)?
        {
            rows.push(Self::new(&record));
        }
        Ok(rows)
    }

    pub(in super::super) fn new(record: &Record<'_>) -> Self {
        let columns = 0..record.len();
        Self {
            cells: columns.clone().map(|index| record.cell(index).to_owned()).collect(),
            positions: columns.map(|index| record.position(index)).collect(),
        }
    }
}

impl RawCells for RawRow {
    fn cell(&self, index: usize) -> &str {
        &self.cells[index]
    }

    fn position(&self, index: usize) -> Position {
        self.positions[index]
    }

    fn start(&self) -> Position {
        self.positions.first().copied().unwrap_or(Position::START)
    }
}

impl RawCells for Record<'_> {
    fn cell(&self, index: usize) -> &str {
        Record::cell(self, index)
    }

    fn position(&self, index: usize) -> Position {
        Record::position(self, index)
    }

    fn start(&self) -> Position {
        Record::start(self)
    }
}
