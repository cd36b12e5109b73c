//! The first rows of a file: what its columns are, canonical or by the codebook.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::super::code::Code;
use super::super::intake::{Notice, Options};
use super::super::mapping::{MappedRow, Mapping, RawRow};
use super::super::platforms::{self, Header, LONGEST_HEADER};
use super::super::problems::{Position, Problem, Problems};
use super::super::records::Records;
use super::columns::{self, Columns};
use super::rows::{MappedRows, Rows};
use crate::codebook::Platform;

/// A file whose columns are known.
pub(super) struct Begun<R> {
    pub(super) rows: Rows<R>,
    pub(super) columns: Columns,
    /// What the file was taken for, where it is not canonical.
    pub(super) taken: Option<Notice>,
}

/// Reads as many rows as the header takes. When something is wrong with it, which is noted, the other rows are read for
/// what is wrong with their form.
pub(super) fn begin<R: Read>(
    mut records: Records<R>,
    options: &Options,
    problems: &mut Problems,
) -> io::Result<Option<Begun<R>>> {
    let begun = match records.next(problems)? {
        None => {
            if problems.is_empty() {
                let hint = "a survey begins with a header that names its columns";
                problems.add(Problem::new(Position::START, Code::EmptyFile, "the file is empty").hint(hint));
            }
            None
        }
        Some(header) => {
            let first = RawRow::new(&header);
            match columns_of(&mut records, first, options, problems)? {
                Found::Canonical(columns) => {
                    return Ok(Some(Begun { rows: Rows { records, mapped: None }, columns, taken: None }));
                }
                Found::Mapped { columns, mapping, ahead, taken } => {
                    let mapped = MappedRows { ahead, mapping: *mapping, row: MappedRow::default() };
                    let rows = Rows { records, mapped: Some(mapped) };
                    return Ok(Some(Begun { rows, columns, taken }));
                }
                Found::Wrong => None,
            }
        }
    };
    if begun.is_none() {
        while records.next(problems)?.is_some() {}
    }
    Ok(begun)
}

/// What the first rows say.
enum Found {
    Canonical(Columns),
    Mapped { columns: Columns, mapping: Box<Mapping>, ahead: VecDeque<RawRow>, taken: Option<Notice> },
    Wrong,
}

fn columns_of<R: Read>(
    records: &mut Records<R>,
    first: RawRow,
    options: &Options,
    problems: &mut Problems,
) -> io::Result<Found> {
    let is_mapped = !options.columns.is_empty();
    if !is_mapped && options.quality.is_empty() {
        let columns = columns::read(&columns::Names::of(&first), options, problems);
        return Ok(columns.filter(|_| problems.is_empty()).map_or(Found::Wrong, Found::Canonical));
    }
    let mut head = VecDeque::from([first]);
    while head.len() < LONGEST_HEADER
        && let Some(record) = records.next(problems)?
    {
        head.push_back(RawRow::new(&record));
    }
    let texts: Vec<Vec<String>> = head.iter().map(|row| row.cells.clone()).collect();
    let as_platform = options.columns.platform.or((!is_mapped).then_some(Platform::Generic));
    let header = platforms::recognise(&texts, as_platform);
    let ahead = head.split_off(header.rows.min(head.len()));
    let found = if is_mapped {
        Mapping::new(&options.columns, &options.quality, &header, problems)
            .and_then(|mapping| Some((columns::declared(mapping.names(), options, problems)?, mapping)))
    } else {
        Mapping::screening(&options.quality, &header, problems).and_then(|mapping| {
            let names = columns::Names::new(mapping.names(), mapping.header_of(&head[0]));
            Some((columns::read(&names, options, problems)?, mapping))
        })
    };
    Ok(match found.filter(|_| problems.is_empty()) {
        Some((columns, mapping)) => {
            let taken = is_mapped.then(|| taken_for(&header));
            Found::Mapped { columns, mapping: Box::new(mapping), ahead, taken }
        }
        None => Found::Wrong,
    })
}

fn taken_for(header: &Header) -> Notice {
    Notice::TakenFor { platform: header.platform, header_rows: header.rows }
}
