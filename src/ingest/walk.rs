//! Walking over a block from record to record.
//!
//! In: a [`Block`], and how many cells the first record of the file has. Out: the records that are well-formed, one
//! after the other; what is wrong with the others goes to [`Problems`]. Nothing is known of other blocks, and nothing need be.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::blocks::{Block, Ending};
use super::code::Code;
use super::decode::{Fault, bad_character, may_have_bad_characters};
use super::delimiter::Delimiter;
use super::problems::{Position, Problem, Problems};
use super::record::{Grid, Record, check};
use super::records::MAX_RECORD;
use super::split::{Cells, Split, split};

/// A walk over a block.
#[derive(Debug)]
pub(super) struct Walk {
    delimiter: Delimiter,
    grid: Grid,
    /// The cells of a sheet that are known to be wrong, in their order.
    known: Peekable<IntoIter<Problem>>,
    /// Where the rows of a document begin in it.
    places: Vec<Position>,
    /// Number of cells of the first record of the file.
    width: Option<usize>,
    text: String,
    ending: Ending,
    /// Whether every character of it may stand in a file.
    is_clean: bool,
    /// From `next` on, which is in line `line`, a record begins.
    next: usize,
    line: u64,
    /// Line and number of the empty lines just passed.
    blank: Option<(u64, u64)>,
    /// The record at hand.
    cells: Cells,
    found: Found,
    walked: Walked,
}

/// How a walk ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walked {
    /// Whether nothing after it is to be read: there was a problem that leaves no way on.
    pub(super) is_over: bool,
    /// Whether its last line ended in a line end.
    pub(super) is_terminated: bool,
}

/// Where in a block a record stands.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    start: usize,
    len: usize,
    line: u64,
    is_terminated: bool,
}

impl Walk {
    /// A walk over nothing, before the first block of a file.
    pub(super) fn new(delimiter: Delimiter, grid: Grid, known: Vec<Problem>) -> Self {
        Self {
            delimiter,
            grid,
            known: known.into_iter().peekable(),
            places: Vec::new(),
            width: None,
            text: String::new(),
            ending: Ending::Record,
            is_clean: false,
            next: 0,
            line: 1,
            blank: None,
            cells: Cells::default(),
            found: Found::default(),
            walked: Walked { is_over: false, is_terminated: true },
        }
    }

    /// The same walk, over a document whose rows begin at `places`.
    pub(super) fn with_places(self, places: Vec<Position>) -> Self {
        Self { places, ..self }
    }

    /// Goes on with the next block.
    pub(super) fn enter(&mut self, block: Block) {
        let Block { text, line, blank, ending } = block;
        (self.text, self.line, self.blank, self.ending) = (text, line, blank, ending);
        self.next = 0;
    }

    /// Ends with the block, and gives its text, for the memory.
    pub(super) fn leave(&mut self) -> String {
        self.next = 0;
        std::mem::take(&mut self.text)
    }

    /// What is left of the block, as a walk of its own.
    pub(super) fn take(&mut self) -> Self {
        let empty = Self {
            width: self.width,
            walked: self.walked,
            ..Self::new(self.delimiter, self.grid, Vec::new())
        };
        std::mem::replace(self, empty)
    }

    /// Takes the end of a walk over the blocks before the next for its own.
    pub(super) fn pass(&mut self, walked: Walked) {
        self.walked = walked;
    }

    /// How it ended, if it has.
    pub(super) fn walked(&self) -> Walked {
        self.walked
    }

    /// Whether nothing of the block is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.walked.is_over || (self.next == self.text.len() && !matches!(self.ending, Ending::Broken(_)))
    }

    /// Moves to the next well-formed record, and says whether there is one. What is wrong on the way there goes to
    /// `problems`.
    pub(super) fn find(&mut self, problems: &mut Problems) -> bool {
        if self.next == 0 {
            self.is_clean = !may_have_bad_characters(&self.text);
        }
        while self.find_in_order(problems) {
            self.report_blank_lines(problems);
            self.walked.is_terminated = self.found.is_terminated;
            if self.is_known_to_be_wrong(problems) {
                self.walked.is_over |= self.width.is_none();
                continue;
            }
            let record = self.record();
            if let Some(problem) =
                check(&record, self.width, self.delimiter, self.found.is_terminated, self.is_clean)
            {
                problems.add(problem);
                self.walked.is_over |= self.width.is_none();
                continue;
            }
            let width = record.len();
            self.width.get_or_insert(width);
            return true;
        }
        false
    }

    /// The record that was found last.
    pub(super) fn record(&self) -> Record<'_> {
        let Found { start, len, line, .. } = self.found;
        let text = &self.text[start..start + len];
        let beginning = Position { line, column: 1 };
        let start = match self.grid {
            Grid::Text | Grid::Sheet { .. } => beginning,
            Grid::Document => self.places.get(line as usize - 1).copied().unwrap_or(beginning),
        };
        Record { text, cells: &self.cells, start, grid: self.grid }
    }

    /// Whether something is known to be wrong that was not said.
    pub(super) fn has_rest(&self) -> bool {
        self.known.len() > 0
    }

    /// Says what is known to be wrong and belongs to no record that was found; nothing more is to be found.
    pub(super) fn report_rest(&mut self, problems: &mut Problems) {
        self.known.by_ref().for_each(|problem| problems.add(problem));
    }

    /// Whether cells of the record that was found are wrong already; says which.
    fn is_known_to_be_wrong(&mut self, problems: &mut Problems) -> bool {
        let (line, before) = (self.found.line, problems.total());
        while let Some(problem) = self.known.next_if(|problem| problem.at.line <= line) {
            problems.add(problem);
        }
        problems.total() > before
    }

    /// Moves to the next record whose quotes are in order, and says whether there is one.
    fn find_in_order(&mut self, problems: &mut Problems) -> bool {
        while !self.is_at_end() {
            let rest = &self.text[self.next..];
            let (start, line) = (self.next, self.line);
            let is_all = matches!(self.ending, Ending::Text);
            match split(rest, is_all, self.delimiter, &mut self.cells) {
                Split::Record { len, .. } | Split::Fault { len, .. } if len > MAX_RECORD => {
                    self.give_up(problems);
                }
                Split::Record { len: 0, next, .. } => {
                    self.blank = Some(self.blank.map_or((line, 1), |(first, count)| (first, count + 1)));
                    (self.next, self.line) = (self.next + next, self.line + 1);
                }
                Split::Record { len, next, is_terminated } => {
                    if self.cells.has_quoted() {
                        self.pass_over(next);
                    } else {
                        (self.next, self.line) = (self.next + next, self.line + 1);
                    }
                    self.found = Found { start, len, line, is_terminated };
                    return true;
                }
                Split::Fault { code, at, cell, len, next } => {
                    let problem = quote_problem(&rest[..len], line, code, at, cell);
                    self.report_blank_lines(problems);
                    problems.add(problem);
                    self.walked.is_over |= self.width.is_none();
                    self.pass_over(next);
                }
                Split::Incomplete { .. } => match std::mem::replace(&mut self.ending, Ending::Record) {
                    Ending::Broken(fault) if rest.len() <= MAX_RECORD + 1 => {
                        self.stop_at_fault(problems, fault);
                    }
                    _ => self.give_up(problems),
                },
            }
        }
        false
    }

    /// Moves `len` bytes on, to the beginning of a line.
    fn pass_over(&mut self, len: usize) {
        let passed = &self.text.as_bytes()[self.next..self.next + len];
        self.line += match self.grid {
            Grid::Text => memchr::memchr_iter(b'\n', passed).count() as u64,
            Grid::Sheet { .. } | Grid::Document => 1,
        };
        self.next += len;
    }

    /// The text cannot be read beyond its end; what is complete before that has been given out.
    fn stop_at_fault(&mut self, problems: &mut Problems, fault: Fault) {
        let at = Position { line: self.line, column: 1 }.after(&self.text[self.next..]);
        self.report_blank_lines(problems);
        problems.add(fault.at(at));
        self.walked.is_over = true;
    }

    /// No record ends within the limit or the file: says why, and where it went wrong.
    fn give_up(&mut self, problems: &mut Problems) {
        self.report_blank_lines(problems);
        self.walked.is_over = true;
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
