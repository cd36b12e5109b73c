//! A strict reader of separated records (RFC 4180) that knows where everything stands.
//!
//! In: text, piece by piece; the largest record is all that is ever in memory. Out: records whose cells are slices
//! of the buffer. A record that is not well-formed, has another number of cells than the first, or exceeds a limit
//! goes to [`Problems`] with its position and is left out; reading goes on with the next line wherever that is
//! possible. LF and CRLF both end a line; empty lines may only stand at the end.

use std::io::{self, Read};
use std::iter::Peekable;
use std::vec::IntoIter;

use super::code::Code;
use super::decode::{Decoder, Fault, Filled, bad_character};
use super::delimiter::Delimiter;
use super::problems::{Position, Problem, Problems};
use super::split::{Cells, Split, split};

/// The longest cell, in bytes.
pub const MAX_CELL: usize = 64 << 10;
/// The longest record, in bytes.
pub const MAX_RECORD: usize = 1 << 20;
/// The most columns.
pub const MAX_COLUMNS: usize = 4096;

/// The records of a file, one after the other.
pub struct Records<R> {
    decoder: Decoder<R>,
    delimiter: Delimiter,
    grid: Grid,
    /// The cells of a sheet that are known to be wrong, in their order.
    known: Peekable<IntoIter<Problem>>,
    /// Where the rows of a document begin in it.
    places: Vec<Position>,
    /// What has been read and not been given out: from `next` on, a record begins.
    text: String,
    next: usize,
    line: u64,
    /// The line in which the first record begins.
    header: u64,
    cells: Cells,
    /// Number of cells of the first record.
    width: Option<usize>,
    /// Line and number of the empty lines just passed.
    blank: Option<(u64, u64)>,
    /// Why nothing can be read beyond `text`.
    fault: Option<Fault>,
    /// Whether `text` holds everything that is left.
    is_all: bool,
    /// Whether nothing more is to come, at the end or after a problem that leaves no way on.
    is_done: bool,
    is_terminated: bool,
}

/// What lines and columns are.
#[derive(Debug, Clone, Copy)]
enum Grid {
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
    text: &'a str,
    cells: &'a Cells,
    start: Position,
    grid: Grid,
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
    fn place(&self, offset: usize) -> Position {
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
    fn end(&self) -> Position {
        match self.grid {
            Grid::Text | Grid::Sheet { .. } => self.start.after(self.text),
            Grid::Document => self.start,
        }
    }
}

/// Where in `text` a well-formed record stands.
struct Found {
    start: usize,
    len: usize,
    line: u64,
    is_terminated: bool,
}

impl<R: Read> Records<R> {
    /// The records of a text.
    pub(super) fn new(text: Decoder<R>, delimiter: Delimiter) -> Self {
        Self {
            decoder: text,
            delimiter,
            grid: Grid::Text,
            known: Vec::new().into_iter().peekable(),
            places: Vec::new(),
            text: String::new(),
            next: 0,
            line: 1,
            header: 1,
            cells: Cells::default(),
            width: None,
            blank: None,
            fault: None,
            is_all: false,
            is_done: false,
            is_terminated: true,
        }
    }

    /// No records, and why.
    pub(super) fn refused(nothing: Decoder<R>, fault: Fault) -> Self {
        Self { fault: Some(fault), ..Self::new(nothing, Delimiter::Comma) }
    }

    /// No records, and what is wrong.
    pub(super) fn without_table(nothing: Decoder<R>, problem: Problem) -> Self {
        Self { known: vec![problem].into_iter().peekable(), ..Self::new(nothing, Delimiter::Comma) }
    }

    /// The records of a sheet: a line of CSV for each row, the first cell at `first`, and the cells that are
    /// known to be wrong.
    pub(super) fn of_sheet(lines: Decoder<R>, first: Position, known: Vec<Problem>) -> Self {
        let grid = Grid::Sheet { first: first.column };
        Self {
            grid,
            known: known.into_iter().peekable(),
            line: first.line,
            ..Self::new(lines, Delimiter::Comma)
        }
    }

    /// The records of a document: a line of CSV for each row of its table, and where each begins in it.
    pub(super) fn of_document(lines: Decoder<R>, places: Vec<Position>) -> Self {
        Self { grid: Grid::Document, places, ..Self::new(lines, Delimiter::Comma) }
    }

    /// The same records, of which the first begins in line `header`; what stands above it is passed over unread.
    pub(super) fn with_header_at(self, header: u64) -> Self {
        Self { header, ..self }
    }

    /// Whether the last line read ended in a line end. Without one, a cut through the last cell cannot be seen.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        self.is_terminated
    }

    /// The next well-formed record, or `None` at the end. What is wrong on the way there goes to `problems`.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub fn next(&mut self, problems: &mut Problems) -> io::Result<Option<Record<'_>>> {
        self.pass_preamble(problems)?;
        while let Some(found) = self.find(problems)? {
            self.report_blank_lines(problems);
            self.is_terminated = found.is_terminated;
            if self.is_known_to_be_wrong(found.line, problems) {
                self.is_done |= self.width.is_none();
                continue;
            }
            let record = self.record(&found);
            if let Some(problem) = check(&record, self.width, self.delimiter, found.is_terminated) {
                problems.add(problem);
                self.is_done |= self.width.is_none();
                continue;
            }
            self.width.get_or_insert(record.len());
            return Ok(Some(self.record(&found)));
        }
        self.known.by_ref().for_each(|problem| problems.add(problem));
        Ok(None)
    }

    /// Moves to the line of the header.
    fn pass_preamble(&mut self, problems: &mut Problems) -> io::Result<()> {
        while self.line < self.header && !self.is_done {
            match memchr::memchr(b'\n', &self.text.as_bytes()[self.next..]) {
                Some(end) => {
                    self.next += end + 1;
                    self.line += 1;
                }
                None if self.is_all => self.is_done = true,
                None => self.read_on(problems)?,
            }
        }
        Ok(())
    }

    /// Whether cells of the record at `line` are wrong already; says which.
    fn is_known_to_be_wrong(&mut self, line: u64, problems: &mut Problems) -> bool {
        let before = problems.total();
        while let Some(problem) = self.known.next_if(|problem| problem.at.line <= line) {
            problems.add(problem);
        }
        problems.total() > before
    }

    fn record(&self, found: &Found) -> Record<'_> {
        let text = &self.text[found.start..found.start + found.len];
        let line = Position { line: found.line, column: 1 };
        let start = match self.grid {
            Grid::Text | Grid::Sheet { .. } => line,
            Grid::Document => self.places.get(found.line as usize - 1).copied().unwrap_or(line),
        };
        Record { text, cells: &self.cells, start, grid: self.grid }
    }

    /// Finds the next record whose quotes are in order, and moves past it.
    fn find(&mut self, problems: &mut Problems) -> io::Result<Option<Found>> {
        while !self.is_done {
            let rest = &self.text[self.next..];
            let (start, line) = (self.next, self.line);
            match split(rest, self.is_all, self.delimiter, &mut self.cells) {
                _ if self.is_all && rest.is_empty() => self.is_done = true,
                Split::Record { len, .. } | Split::Fault { len, .. } if len > MAX_RECORD => {
                    self.give_up(problems);
                }
                Split::Record { len: 0, next, .. } => {
                    self.blank = Some(self.blank.map_or((line, 1), |(first, count)| (first, count + 1)));
                    self.pass(next);
                }
                Split::Record { len, next, is_terminated } => {
                    self.pass(next);
                    return Ok(Some(Found { start, len, line, is_terminated }));
                }
                Split::Fault { code, at, cell, len, next } => {
                    let problem = quote_problem(&rest[..len], line, code, at, cell);
                    self.report_blank_lines(problems);
                    problems.add(problem);
                    self.is_done |= self.width.is_none();
                    self.pass(next);
                }
                Split::Incomplete { .. } if self.is_all || rest.len() > MAX_RECORD + 1 => {
                    self.give_up(problems);
                }
                Split::Incomplete { .. } => self.read_on(problems)?,
            }
        }
        Ok(None)
    }

    /// Moves `len` bytes on, to the beginning of a line: behind a record or an empty line.
    fn pass(&mut self, len: usize) {
        let passed = &self.text.as_bytes()[self.next..self.next + len];
        self.line += match self.grid {
            Grid::Text => memchr::memchr_iter(b'\n', passed).count() as u64,
            Grid::Sheet { .. } | Grid::Document => 1,
        };
        self.next += len;
    }

    /// Reads the next piece of the file behind what is left.
    fn read_on(&mut self, problems: &mut Problems) -> io::Result<()> {
        if let Some(fault) = self.fault.take() {
            self.stop_at_fault(problems, fault);
            return Ok(());
        }
        self.text.drain(..self.next);
        self.next = 0;
        match self.decoder.fill(&mut self.text)? {
            Filled::More => {}
            Filled::End => self.is_all = true,
            Filled::Broken(fault) => self.fault = Some(fault),
        }
        Ok(())
    }

    /// The text cannot be read beyond its end; what is complete before that has been given out.
    fn stop_at_fault(&mut self, problems: &mut Problems, fault: Fault) {
        let at = Position { line: self.line, column: 1 }.after(&self.text[self.next..]);
        self.report_blank_lines(problems);
        problems.add(fault.at(at));
        self.is_done = true;
    }

    /// No record ends within the limit or the file: says why, and where it went wrong.
    fn give_up(&mut self, problems: &mut Problems) {
        self.report_blank_lines(problems);
        self.is_done = true;
        let rest = &self.text[self.next..];
        let within = &rest[..rest.floor_char_boundary(MAX_RECORD)];
        let start = Position { line: self.line, column: 1 };
        let problem = if let Some((at, fault)) = bad_character(within) {
            fault.at(start.after(&within[..at]))
        } else if let Split::Incomplete { open_quote: Some(quote) } =
            split(within, false, self.delimiter, &mut self.cells)
        {
            let at = start.after(&within[..quote]);
            Problem::new(at, Code::UnterminatedQuote, "the quoted cell that begins here is never closed")
                .hint("close it with a quote; a quote inside a quoted cell is written twice")
        } else {
            Problem::new(start, Code::RowTooLong, format!("a row of more than {} KiB", MAX_RECORD >> 10))
                .hint("is this a CSV file? Its lines end in LF or CRLF")
        };
        problems.add(problem);
    }

    fn report_blank_lines(&mut self, problems: &mut Problems) {
        if let Some((line, count)) = self.blank.take() {
            let message = match count {
                1 => "an empty line before the last row".to_owned(),
                _ => format!("{count} empty lines before the last row"),
            };
            let at = Position { line, column: 1 };
            problems.add(
                Problem::new(at, Code::BlankLine, message)
                    .hint("empty lines may only stand at the end: is a row missing here?"),
            );
        }
    }
}

impl Fault {
    pub(super) fn at(self, at: Position) -> Problem {
        Problem { at, code: self.code, message: self.message, hint: self.hint.map(str::to_owned) }
    }
}

/// What is wrong with a record whose quotes are in order, if anything.
fn check(
    record: &Record<'_>,
    width: Option<usize>,
    delimiter: Delimiter,
    is_terminated: bool,
) -> Option<Problem> {
    if let Some((at, fault)) = bad_character(record.text) {
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

/// A quote out of place at byte `at` of `row`, in the cell that begins at `cell`; characters that may not be there
/// at all come first.
fn quote_problem(row: &str, line: u64, code: Code, at: usize, cell: usize) -> Problem {
    let start = Position { line, column: 1 };
    if let Some((at, fault)) = bad_character(row) {
        return fault.at(start.after(&row[..at]));
    }
    let at = start.after(&row[..at]);
    if code == Code::QuoteInCell {
        return Problem::new(at, code, "a quote inside a cell that does not begin with one")
            .hint("put the whole cell in quotes, and write each quote inside it twice");
    }
    Problem::new(
        at,
        code,
        format!("text after the closing quote of the cell that begins at {}", start.after(&row[..cell])),
    )
    .hint("a quote inside a quoted cell is written twice; is an earlier closing quote missing?")
}
