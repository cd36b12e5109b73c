//! A text in blocks of whole records.
//!
//! In: text, piece by piece. Out: blocks that can be read by themselves, in any order and by several threads: each begins
//! with a record that is not empty and ends with one, and knows the line that it begins in. No more than a piece and the
//! longest record are in memory beside them. What the records say, and what is wrong with them, is for others to find.

use std::io::{self, Read};

use super::boundary::whole_records;
use super::decode::{Decoder, Fault, Filled};
use super::delimiter::Delimiter;
use super::records::MAX_RECORD;

/// A stretch of a text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) text: String,
    /// The line that it begins in.
    pub(super) line: u64,
    /// Line and number of the empty lines before it.
    pub(super) blank: Option<(u64, u64)>,
    pub(super) ending: Ending,
}

/// How a block ends.
#[derive(Debug)]
pub(super) enum Ending {
    /// With a record; if not, that is longer than any may be.
    Record,
    /// With the whole text.
    Text,
    /// Nothing can be read beyond it.
    Broken(Fault),
}

/// The blocks of a text, one after the other.
pub(super) struct Blocks<R> {
    decoder: Decoder<R>,
    delimiter: Delimiter,
    /// Whether all of the text is one block.
    is_one: bool,
    /// What has been read and not been given out, and the line that it begins in.
    text: String,
    line: u64,
    /// The line in which the first block begins.
    first_line: u64,
    blank: Option<(u64, u64)>,
    /// What is known of what follows `text`.
    beyond: Beyond,
}

/// What follows what has been read.
enum Beyond {
    More,
    /// What stands in `text` is the last block.
    End(Ending),
    /// All has been given out.
    Nothing,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(decoder: Decoder<R>, delimiter: Delimiter, is_one: bool) -> Self {
        Self {
            decoder,
            delimiter,
            is_one,
            text: String::new(),
            line: 1,
            first_line: 1,
            blank: None,
            beyond: Beyond::More,
        }
    }

    /// The same blocks, of a text whose lines are counted from `line` on.
    pub(super) fn starting_at(self, line: u64) -> Self {
        Self { line, ..self }
    }

    /// The same blocks, of which the first begins in line `first_line`; what stands above is passed over unread.
    pub(super) fn with_first_line(self, first_line: u64) -> Self {
        Self { first_line, ..self }
    }

    /// No blocks, and why.
    pub(super) fn refused(self, fault: Fault) -> Self {
        Self { beyond: Beyond::End(Ending::Broken(fault)), ..self }
    }

    /// The next block, or `None` at the end. What is read beyond it goes to where the text of an earlier block was, `spare`.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub(super) fn next(&mut self, spare: String) -> io::Result<Option<Block>> {
        loop {
            self.pass_lines_above();
            self.pass_blank_lines();
            match std::mem::replace(&mut self.beyond, Beyond::Nothing) {
                Beyond::Nothing => return Ok(None),
                Beyond::End(Ending::Text) if self.text.is_empty() || self.line < self.first_line => {
                    return Ok(None);
                }
                Beyond::End(ending) => return Ok(Some(self.cut(self.text.len(), ending, spare))),
                Beyond::More => self.beyond = Beyond::More,
            }
            if let Some(end) = self.end_of_records() {
                return Ok(Some(self.cut(end, Ending::Record, spare)));
            }
            if self.text.len() > MAX_RECORD + 1 && !self.is_one && self.line >= self.first_line {
                self.beyond = Beyond::Nothing;
                return Ok(Some(self.cut(self.text.len(), Ending::Record, spare)));
            }
            match self.decoder.fill(&mut self.text)? {
                Filled::More => {}
                Filled::End => self.beyond = Beyond::End(Ending::Text),
                Filled::Broken(fault) => self.beyond = Beyond::End(Ending::Broken(fault)),
            }
        }
    }

    /// Where the last record ends that has been read to its end, without empty lines after it.
    fn end_of_records(&self) -> Option<usize> {
        if self.is_one || self.line < self.first_line {
            return None;
        }
        let mut end = whole_records(&self.text, self.delimiter);
        let bytes = self.text.as_bytes();
        loop {
            end -= match &bytes[..end] {
                [] => return None,
                [.., b'\n', b'\n'] => 1,
                [.., b'\n', b'\r', b'\n'] => 2,
                _ => return Some(end),
            };
        }
    }

    /// Gives out the first `end` bytes; the others go to `spare`.
    fn cut(&mut self, end: usize, ending: Ending, spare: String) -> Block {
        let mut rest = spare;
        rest.clear();
        rest.push_str(&self.text[end..]);
        self.text.truncate(end);
        let text = std::mem::replace(&mut self.text, rest);
        let (line, blank) = (self.line, self.blank.take());
        self.line += memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64;
        Block { text, line, blank, ending }
    }

    /// Passes over lines above the first block.
    fn pass_lines_above(&mut self) {
        let mut passed = 0;
        while self.line < self.first_line
            && let Some(end) = memchr::memchr(b'\n', &self.text.as_bytes()[passed..])
        {
            passed += end + 1;
            self.line += 1;
        }
        self.text.drain(..passed);
    }

    /// Passes over empty lines at the front, and remembers them.
    fn pass_blank_lines(&mut self) {
        if self.line < self.first_line {
            return;
        }
        let (bytes, mut passed) = (self.text.as_bytes(), 0);
        loop {
            passed += match &bytes[passed..] {
                [b'\n', ..] => 1,
                [b'\r', b'\n', ..] => 2,
                _ => break,
            };
            self.blank = Some(self.blank.map_or((self.line, 1), |(first, count)| (first, count + 1)));
            self.line += 1;
        }
        self.text.drain(..passed);
    }
}
