//! A strict reader of separated records (RFC 4180) that knows where everything stands.
//!
//! In: text in blocks of whole records; a block is all that is ever in memory. Out: records whose cells are slices
//! of the block. A record that is not well-formed, has another number of cells than the first, or exceeds a limit
//! goes to [`Problems`] with its position and is left out; reading goes on with the next line wherever that is
//! possible. LF and CRLF both end a line; empty lines may only stand at the end.

use std::io::{self, Read};

use super::blocks::Blocks;
use super::decode::{Decoder, Fault};
use super::delimiter::Delimiter;
use super::problems::{Position, Problem, Problems};
use super::record::{Grid, Record};
use super::walk::{Walk, Walked};

/// The longest cell, in bytes.
pub const MAX_CELL: usize = 64 << 10;
/// The longest record, in bytes.
pub const MAX_RECORD: usize = 1 << 20;
/// The most columns.
pub const MAX_COLUMNS: usize = 4096;

/// The records of a file, one after the other.
pub struct Records<R> {
    blocks: Blocks<R>,
    /// The block at hand.
    walk: Walk,
}

impl<R: Read> Records<R> {
    /// The records of a text.
    pub(super) fn new(text: Decoder<R>, delimiter: Delimiter) -> Self {
        Self {
            blocks: Blocks::new(text, delimiter, false),
            walk: Walk::new(delimiter, Grid::Text, Vec::new()),
        }
    }

    /// No records, and why.
    pub(super) fn refused(nothing: Decoder<R>, fault: Fault) -> Self {
        let Self { blocks, walk } = Self::new(nothing, Delimiter::Comma);
        Self { blocks: blocks.refused(fault), walk }
    }

    /// No records, and what is wrong.
    pub(super) fn without_table(nothing: Decoder<R>, problem: Problem) -> Self {
        Self {
            blocks: Blocks::new(nothing, Delimiter::Comma, true),
            walk: Walk::new(Delimiter::Comma, Grid::Document, vec![problem]),
        }
    }

    /// The records of a sheet: a line of CSV for each row, the first cell at `first`, and the cells that are
    /// known to be wrong.
    pub(super) fn of_sheet(lines: Decoder<R>, first: Position, known: Vec<Problem>) -> Self {
        let grid = Grid::Sheet { first: first.column };
        Self {
            blocks: Blocks::new(lines, Delimiter::Comma, true).starting_at(first.line),
            walk: Walk::new(Delimiter::Comma, grid, known),
        }
    }

    /// The records of a document: a line of CSV for each row of its table, and where each begins in it.
    pub(super) fn of_document(lines: Decoder<R>, places: Vec<Position>) -> Self {
        Self {
            blocks: Blocks::new(lines, Delimiter::Comma, true),
            walk: Walk::new(Delimiter::Comma, Grid::Document, Vec::new()).with_places(places),
        }
    }

    /// The same records, of which the first begins in line `header`; what stands above it is passed over unread.
    pub(super) fn with_header_at(self, header: u64) -> Self {
        Self { blocks: self.blocks.with_first_line(header), ..self }
    }

    /// Whether the last line read ended in a line end. Without one, a cut through the last cell cannot be seen.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        self.walk.walked().is_terminated
    }

    /// The next well-formed record, or `None` at the end. What is wrong on the way there goes to `problems`.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub fn next(&mut self, problems: &mut Problems) -> io::Result<Option<Record<'_>>> {
        while !self.walk.find(problems) {
            let block =
                if self.walk.walked().is_over { None } else { self.blocks.next(self.walk.leave())? };
            let Some(block) = block else {
                self.walk.report_rest(problems);
                return Ok(None);
            };
            self.walk.enter(block);
        }
        Ok(Some(self.walk.record()))
    }

    /// A walk over what is left of the block at hand or, when nothing is, over the next: to be walked by any thread. The
    /// records of both together are those that [`next`](Self::next) would give. `spare` is what an earlier walk
    /// [left](Walk::leave).
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub(super) fn next_walk(&mut self, spare: String) -> io::Result<Option<Walk>> {
        if !self.walk.is_at_end() || self.walk.has_rest() {
            return Ok(Some(self.walk.take()));
        }
        let block = if self.walk.walked().is_over { None } else { self.blocks.next(spare)? };
        Ok(block.map(|block| {
            self.walk.enter(block);
            self.walk.take()
        }))
    }

    /// Takes notice of how a walk ended, the last of those that [`next_walk`](Self::next_walk) gave.
    pub(super) fn passed(&mut self, walked: Walked) {
        self.walk.pass(walked);
    }
}
