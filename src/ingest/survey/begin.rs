//! The first rows of a file: what its columns are, canonical or by the codebook.

use std::io::{self, Read};

use super::super::code::Code;
use super::super::intake::{Notice, Options};
use super::super::mapping::{MappedRow, Mapping, RawRow};
use super::super::platforms::{self, LONGEST_HEADER};
use super::super::problems::{Position, Problem, Problems};
use super::super::records::Records;
use super::columns::{self, Columns, Names};
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
    let found = if options.columns.is_empty() && options.quality.is_empty() {
        canonical(&mut records, options, problems)?.map(|columns| (columns, None, None))
    } else {
        mapped(&mut records, options, problems)?
    };
    if let Some((columns, mapped, taken)) = found.filter(|_| problems.is_empty()) {
        return Ok(Some(Begun { rows: Rows { records, mapped }, columns, taken }));
    }
    while records.next(problems)?.is_some() {}
    Ok(None)
}

/// The columns of a file whose header is all that is needed.
fn canonical<R: Read>(
    records: &mut Records<R>,
    options: &Options,
    problems: &mut Problems,
) -> io::Result<Option<Columns>> {
    let header = records.next(problems)?.map(|header| RawRow::new(&header));
    let Some(header) = header else {
        refuse_empty(problems);
        return Ok(None);
    };
    Ok(columns::read(&Names::of(&header), options, problems))
}

/// What a file becomes of which the codebook says something.
type Found = (Columns, Option<MappedRows>, Option<Notice>);

fn mapped<R: Read>(
    records: &mut Records<R>,
    options: &Options,
    problems: &mut Problems,
) -> io::Result<Option<Found>> {
    let mut ahead = RawRow::ahead(records, LONGEST_HEADER, problems)?;
    if ahead.is_empty() {
        refuse_empty(problems);
        return Ok(None);
    }
    let is_canonical = options.columns.is_empty();
    let platform = options.columns.platform.or(is_canonical.then_some(Platform::Generic));
    let header = platforms::recognise(&ahead, platform);
    let rows = ahead.split_off(header.rows.min(ahead.len()));
    let of = |mapping| MappedRows { ahead: rows.into(), mapping, row: MappedRow::default() };
    if is_canonical {
        let Some(mapping) = Mapping::screening(&options.quality, &header, problems) else { return Ok(None) };
        let names = Names::new(mapping.names(), mapping.header_of(&ahead[0]));
        return Ok(columns::read(&names, options, problems).map(|columns| (columns, Some(of(mapping)), None)));
    }
    let Some(mapping) = Mapping::new(&options.columns, &options.quality, &header, problems) else {
        return Ok(None);
    };
    let taken = Notice::TakenFor { platform: header.platform, header_rows: header.rows };
    let columns = columns::declared(mapping.names(), options, problems);
    Ok(columns.map(|columns| (columns, Some(of(mapping)), Some(taken))))
}

fn refuse_empty(problems: &mut Problems) {
    if problems.is_empty() {
        let hint = "a survey begins with a header that names its columns";
        problems.add(Problem::new(Position::START, Code::EmptyFile, "the file is empty").hint(hint));
    }
}
