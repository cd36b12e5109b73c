//! One record, and what may be wrong with it as a whole.

use super::code::Code;
use super::decode::bad_character;
use super::delimiter::Delimiter;
use super::problems::{Position, Problem};
use super::records::{MAX_CELL, MAX_COLUMNS};
use super::split::Cells;

/// What lines and columns are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Grid {
    /// Of a text: its lines, and the characters in them.
    Text,
    /// Of a sheet: its rows and columns; the first column of the records is column `first`.
    Sheet { first: u64 },
    /// Of a document: where the rows begin in it.
    Document,
}

/// One record: its cells and where they stand.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    pub(super) text: &'a str,
    pub(super) cells: &'a Cells,
    pub(super) start: Position,
    pub(super) grid: Grid,
}

impl<'a> Record<'a> {
    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are no cells; never the case for a record that was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.len() == 0
    }

    /// The content of cell `index`, which must be below [`len`](Self::len).
    #[must_use]
    pub fn cell(&self, index: usize) -> &'a str {
        self.cells.content(self.text, index)
    }

    /// Cell `index` as it stands in the file, quotes and all: quicker to ask for than [`cell`](Self::cell).
    #[must_use]
    pub fn raw(&self, index: usize) -> &'a [u8] {
        self.cells.raw(self.text, index)
    }

    /// Cells `first` to `last` as they stand in the file, with what stands between them.
    pub(super) fn span(&self, first: usize, last: usize) -> &'a [u8] {
        self.cells.span(self.text, first, last)
    }

    /// Where cell `index` begins, its quote included; in a sheet, its row and column.
    #[must_use]
    pub fn position(&self, index: usize) -> Position {
        match self.grid {
            Grid::Text => self.start.after(&self.text[..self.cells.start(index)]),
            Grid::Sheet { first } => Position { column: first + index as u64, ..self.start },
            Grid::Document => self.start,
        }
    }

    /// Where the byte at `offset` of the record stands; in a sheet, its cell.
    pub(super) fn place(&self, offset: usize) -> Position {
        match self.grid {
            Grid::Text => self.start.after(&self.text[..offset]),
            Grid::Document => self.start,
            Grid::Sheet { .. } => {
                self.position((1..self.len()).rfind(|&index| self.cells.start(index) <= offset).unwrap_or(0))
            }
        }
    }

    /// Where the record begins.
    #[must_use]
    pub fn start(&self) -> Position {
        self.start
    }

    /// Where the record ends.
    pub(super) fn end(&self) -> Position {
        match self.grid {
            Grid::Text | Grid::Sheet { .. } => self.start.after(self.text),
            Grid::Document => self.start,
        }
    }
}

/// What is wrong with a record whose quotes are in order, if anything. In a clean one no character can be.
pub(super) fn check(
    record: &Record<'_>,
    width: Option<usize>,
    delimiter: Delimiter,
    is_terminated: bool,
    is_clean: bool,
) -> Option<Problem> {
    if !is_clean && let Some((at, fault)) = bad_character(record.text) {
        return Some(fault.at(record.place(at)));
    }
    if record.text.len() > MAX_CELL
        && let Some(long) = (0..record.len()).find(|&index| record.cell(index).len() > MAX_CELL)
    {
        let message = format!("a cell of more than {} KiB", MAX_CELL >> 10);
        let problem = Problem::new(record.position(long), Code::CellTooLong, message);
        return Some(problem.hint("is a closing quote missing?"));
    }
    let Some(width) = width else {
        return (record.len() > MAX_COLUMNS).then(|| {
            let message = format!("{} columns; at most {MAX_COLUMNS} are read", record.len());
            Problem::new(record.position(MAX_COLUMNS), Code::TooManyColumns, message)
        });
    };
    (record.len() != width || (!is_terminated && ends_open(record, delimiter)))
        .then(|| wrong_width(record, width, delimiter, is_terminated))
}

/// Whether a last line without a line end has nothing behind its last delimiter: its last cell may have been cut off.
fn ends_open(record: &Record<'_>, delimiter: Delimiter) -> bool {
    record.text.ends_with(delimiter.as_str())
}

fn wrong_width(record: &Record<'_>, width: usize, delimiter: Delimiter, is_terminated: bool) -> Problem {
    let found = record.len();
    if found > width {
        let message = format!("{} in a row of a file with {width} columns", count(found));
        return Problem::new(record.position(width), Code::RaggedRow, message)
            .hint(format!("a cell with {} in it must stand in quotes", delimiter.one()));
    }
    if is_terminated {
        let message = format!("{} in a row of a file with {width} columns", count(found));
        return Problem::new(record.end(), Code::RaggedRow, message)
            .hint("every row needs a cell for every column");
    }
    Problem::new(
        record.end(),
        Code::CutRow,
        format!("the file ends inside this row, in cell {found} of {width}"),
    )
    .hint("was the file cut off? If the row is complete, end it with a line end")
}

fn count(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}
