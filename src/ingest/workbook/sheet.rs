//! The rows of a sheet as lines of CSV.

use calamine::Data;

use super::super::code::Code;
use super::super::decode::Fault;
use super::super::problems::{Position, Problem};
use super::super::unpack::most_unpacked;
use super::{MAX_CELLS, MAX_TEXT, cell, empty, too_large};

/// The most rows that a program for spreadsheets can show.
const MAX_ROWS: u32 = 1 << 20;
/// The most columns.
const MAX_COLUMNS: u32 = 1 << 14;

/// A sheet as text. Every row is a line of cells, as many in each, or an empty one.
#[derive(Debug)]
pub(in super::super) struct Sheet {
    pub(in super::super) text: String,
    /// Row and column of the first cell, from 1.
    pub(in super::super) first: Position,
    /// Cells that hold an error.
    pub(in super::super) problems: Vec<Problem>,
    /// Names of all sheets that might have been read, this one first; empty if there was no choice.
    pub(in super::super) chosen_of: Vec<String>,
}

/// A sheet under way: its cells so far, each line as long as it is yet.
pub(super) struct Writer {
    /// The most bytes of text, and the most cells.
    most: u64,
    text: String,
    lines: Vec<Line>,
    /// Row of the first line, from 0.
    first_row: u32,
    problems: Vec<Problem>,
}

/// A row: where its text ends, and the columns (from 0) of its first cell and behind its last.
#[derive(Clone, Copy)]
struct Line {
    end: usize,
    first: u32,
    behind: u32,
}

impl Writer {
    /// A writer for a sheet of a workbook of so many bytes, from which it may not swell beyond reason.
    pub(super) fn of(bytes: u64) -> Self {
        let most = most_unpacked(bytes).min(MAX_TEXT as u64);
        Self { most, text: String::new(), lines: Vec::new(), first_row: 0, problems: Vec::new() }
    }

    /// Writes the cell at `row` and `column`, from 0.
    ///
    /// # Errors
    /// When cells do not come in order, or are too many.
    pub(super) fn write(&mut self, row: u32, column: u32, value: &Data) -> Result<(), Fault> {
        self.go_to(row, column)?;
        match cell::text(value) {
            Ok(text) => push_quoted(&mut self.text, &text),
            Err(error) => self.problems.push(
                Problem::new(
                    place(row, column),
                    Code::ErrorCell,
                    format!("the cell holds the error {error}"),
                )
                .hint("mend the formula, or empty the cell"),
            ),
        }
        if let Some(line) = self.lines.last_mut() {
            *line = Line { end: self.text.len(), behind: column + 1, ..*line };
        }
        if self.text.len() as u64 > self.most {
            return Err(too_large(&format!("has a sheet of more than {} MiB of text", self.most >> 20)));
        }
        Ok(())
    }

    /// Opens the lines up to `row`, and the cells of it up to `column`.
    fn go_to(&mut self, row: u32, column: u32) -> Result<(), Fault> {
        if row >= MAX_ROWS {
            return Err(too_large(&format!("has more than {MAX_ROWS} rows")));
        }
        if column >= MAX_COLUMNS {
            return Err(too_large(&format!("has more than {MAX_COLUMNS} columns")));
        }
        if self.lines.is_empty() {
            self.first_row = row;
        }
        let index = row.checked_sub(self.first_row).ok_or_else(unordered)? as usize;
        if index + 1 < self.lines.len() {
            return Err(unordered());
        }
        let nothing = Line { end: self.text.len(), first: column, behind: column };
        if index >= self.lines.len() {
            self.lines.resize(index + 1, nothing);
        }
        let line = self.lines[index];
        let commas = column.checked_sub(line.behind).ok_or_else(unordered)?;
        let commas = commas + u32::from(line.behind > line.first);
        self.text.extend(std::iter::repeat_n(',', commas as usize));
        Ok(())
    }

    /// The sheet, every line filled up.
    ///
    /// # Errors
    /// When it is empty, or would have too many cells.
    pub(super) fn finish(self) -> Result<Sheet, Fault> {
        let filled = || self.lines.iter().filter(|line| line.behind > line.first);
        let (Some(first), Some(behind)) =
            (filled().map(|line| line.first).min(), filled().map(|line| line.behind).max())
        else {
            return Err(empty());
        };
        let most = MAX_CELLS.min(self.most);
        if u64::from(behind - first) * self.lines.len() as u64 > most {
            return Err(too_large(&format!("has a sheet of more than {} million cells", most / 1_000_000)));
        }
        let mut text = String::with_capacity(self.text.len() + self.lines.len());
        let mut from = 0;
        for line in &self.lines {
            if line.behind > line.first {
                text.extend(std::iter::repeat_n(',', (line.first - first) as usize));
                text.push_str(&self.text[from..line.end]);
                text.extend(std::iter::repeat_n(',', (behind - line.behind) as usize));
            }
            text.push('\n');
            from = line.end;
        }
        Ok(Sheet {
            text,
            first: place(self.first_row, first),
            problems: self.problems,
            chosen_of: Vec::new(),
        })
    }
}

fn place(row: u32, column: u32) -> Position {
    Position { line: u64::from(row) + 1, column: u64::from(column) + 1 }
}

fn push_quoted(text: &mut String, cell: &str) {
    if !cell.contains([',', '"', '\n', '\r']) {
        text.push_str(cell);
        return;
    }
    text.push('"');
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}

fn unordered() -> Fault {
    Fault {
        code: Code::Damaged,
        message: "the cells of the workbook's sheet are not in order".to_owned(),
        hint: Some("open it in a spreadsheet program and save it again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[(u32, u32, &str)]) -> Result<Sheet, &'static str> {
        let mut writer = Writer::of(0);
        for (row, column, text) in cells {
            writer
                .write(*row, *column, &Data::String((*text).to_owned()))
                .map_err(|fault| fault.code.as_str())?;
        }
        writer.finish().map_err(|fault| fault.code.as_str())
    }

    #[test]
    fn every_cell_stands_in_its_row_and_column() {
        let sheet = written(&[(2, 2, "a"), (2, 4, "b, \"c\""), (3, 1, "d"), (5, 3, "e")]).unwrap();
        assert_eq!(sheet.text, ",a,,\"b, \"\"c\"\"\"\nd,,,\n\n,,e,\n");
        assert_eq!(sheet.first, Position { line: 3, column: 2 });
    }

    #[test]
    fn what_no_program_writes_is_refused() {
        assert_eq!(written(&[]).unwrap_err(), "empty-file");
        assert_eq!(written(&[(1, 0, "a"), (0, 0, "b")]).unwrap_err(), "damaged");
        assert_eq!(written(&[(1, 1, "a"), (1, 1, "b")]).unwrap_err(), "damaged");
        assert_eq!(written(&[(0, 0, "a"), (1 << 20, 0, "b")]).unwrap_err(), "too-large");
        assert_eq!(written(&[(0, 0, "a"), ((1 << 20) - 1, 16_383, "b")]).unwrap_err(), "too-large");
    }
}
