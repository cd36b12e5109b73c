//! The rows of a survey: as a canonical file has them, or made canonical by a mapping.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::super::dataset::Screening;
use super::super::intake::Notice;
use super::super::mapping::{Mapped, MappedRow, Mapping, RawRow};
use super::super::platforms::ArticleExport;
use super::super::problems::{Position, Problems};
use super::super::record::Record;
use super::super::records::Records;

/// The rows of one file.
pub(super) struct Rows<R> {
    pub(super) records: Records<R>,
    /// What makes them canonical; `None` for a file that is.
    pub(super) mapped: Option<MappedRows>,
}

/// What makes rows canonical.
#[derive(Debug)]
pub(super) struct MappedRows {
    /// Rows that were read to see where the header ends.
    pub(super) ahead: VecDeque<RawRow>,
    pub(super) mapping: Mapping,
    pub(super) row: MappedRow,
}

/// The next row, and the rule that leaves it out.
#[derive(Debug)]
pub(super) struct Next<'a> {
    pub(super) cells: Cells<'a>,
    pub(super) left_out: Option<usize>,
}

impl<R: Read> Rows<R> {
    /// The next row that is in order; what is wrong with others goes to `problems`.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub(super) fn next(&mut self, problems: &mut Problems) -> io::Result<Option<Next<'_>>> {
        let Some(MappedRows { ahead, mapping, row }) = &mut self.mapped else {
            let record = self.records.next(problems)?;
            return Ok(record.map(|record| Next { cells: Cells::Record(record), left_out: None }));
        };
        let mapped = if let Some(raw) = ahead.pop_front() {
            mapping.map(&raw, row, problems)
        } else if let Some(record) = self.records.next(problems)? {
            mapping.map(&record, row, problems)
        } else {
            return Ok(None);
        };
        let left_out = match mapped {
            Mapped::Row => None,
            Mapped::LeftOut(rule) => Some(rule),
        };
        Ok(Some(Next { cells: Cells::Mapped(row), left_out }))
    }

    /// The rules that leave rows out.
    pub(super) fn rules(&self) -> Vec<Screening> {
        let mapping = self.mapped.iter().map(|rows| &rows.mapping);
        mapping.flat_map(|mapping| mapping.screen().rules()).cloned().collect()
    }

    /// What wrote a table of articles that is made canonical.
    pub(super) fn export(&self) -> Option<ArticleExport> {
        self.mapped.as_ref().and_then(|rows| rows.mapping.export())
    }

    /// What the mapping found that its user should hear of.
    pub(super) fn notices(&self) -> Vec<Notice> {
        self.mapped.iter().flat_map(|rows| rows.mapping.notices()).collect()
    }
}

/// The cells of one canonical row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cells<'a> {
    /// As the file has them.
    Record(Record<'a>),
    /// As a mapping made them.
    Mapped(&'a MappedRow),
}

impl<'a> Cells<'a> {
    /// The content of cell `index`.
    pub(super) fn cell(&self, index: usize) -> &'a str {
        match self {
            Self::Record(record) => record.cell(index),
            Self::Mapped(row) => row.cell(index),
        }
    }

    /// Cell `index` as it stands in the file: quicker to ask for than [`cell`](Self::cell).
    pub(super) fn raw(&self, index: usize) -> &'a [u8] {
        match self {
            Self::Record(record) => record.raw(index),
            Self::Mapped(row) => row.cell(index).as_bytes(),
        }
    }

    /// Cells `first` to `last` as they stand in the file, with what stands between them, where they stand in it at all.
    pub(super) fn span(&self, first: usize, last: usize) -> Option<&'a [u8]> {
        match self {
            Self::Record(record) => Some(record.span(first, last)),
            Self::Mapped(_) => None,
        }
    }

    /// Where cell `index` stands in the file.
    pub(super) fn position(&self, index: usize) -> Position {
        match self {
            Self::Record(record) => record.position(index),
            Self::Mapped(row) => row.position(index),
        }
    }

    /// The line that the row begins in.
    pub(super) fn line(&self) -> u64 {
        match self {
            Self::Record(record) => record.start().line,
            Self::Mapped(row) => row.position(0).line,
        }
    }
}
