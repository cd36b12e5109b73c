//! A first codebook for a file that nobody has described yet.
//!
//! In: the bytes of a survey export. Out: the text of a `wxstats.toml` that says what its columns were taken for, with the
//! counts that this rests on as comments. What could not be guessed is said, not invented: it stands as a comment
//! that begins with `MISSING`. Refuses what the strict reader refuses.

mod breakdowns;
mod choice;
mod items;
mod kind;
mod likert;
mod multiple;
mod names;
mod order;
mod people;
mod profile;
mod question;
mod roles;
mod rules;
mod write;

use std::io::{self, Read, Seek};

use self::question::Question;
use super::intake::{Notice, Options, ReadError};
use super::mapping::{RawRow, Tokens};
use super::opened::{Dialect, Opened};
use super::origin::{dataset_name, dataset_slug};
use super::platforms::{self, Header, LONGEST_HEADER};
use super::problems::Problems;
use profile::Profile;

/// A draft, and what its user should hear of the file.
#[derive(Debug)]
pub struct Draft {
    /// The codebook.
    pub text: String,
    /// What the file was taken for, and how it is spelled.
    pub notices: Vec<Notice>,
}

/// What was seen in a file.
#[derive(Debug)]
struct Seen {
    /// Slug of the dataset.
    dataset: String,
    /// The line in which the header begins, where that is not the first.
    first_line: Option<u64>,
    header: Header,
    profile: Profile,
    questions: Vec<Question>,
}

/// Drafts a codebook for the file that is displayed as `options.file`.
///
/// # Errors
/// [`ReadError::Problems`] lists what is wrong with the file's form; otherwise it cannot be read.
pub fn draft(mut input: impl Read + Seek, options: &Options) -> Result<Draft, ReadError> {
    let mut options = options.clone();
    if options.dialect.header.is_none() {
        let line = header_line(&mut input, &options)
            .map_err(|error| ReadError::Io { file: options.file.clone(), error })?;
        options.dialect.header = Some(line).filter(|&line| line > 1);
    }
    draft_from(input, &options)
}

/// The first line with two cells that say something, which titles and explanations above a header have not; 1 where there
/// is none among the first lines.
fn header_line(mut input: impl Read + Seek, options: &Options) -> io::Result<u64> {
    /// The longest preamble that platforms write.
    const LONGEST: u64 = 17;
    let mut line = 1;
    while line <= LONGEST + 1 {
        let dialect = Dialect { header: Some(line), ..options.dialect.clone() };
        let mut opened = Opened::new(&mut input, &dialect)?;
        let mut records = opened.records()?;
        let Some(record) = records.next(&mut Problems::new(&options.file))? else { return Ok(1) };
        let says = (0..record.len()).filter(|&index| !record.cell(index).trim().is_empty()).count();
        if says > 1 {
            return Ok(record.start().line);
        }
        line = record.start().line + 1;
    }
    Ok(1)
}

/// Drafts a codebook for a file whose header is where it is said to be.
fn draft_from(input: impl Read + Seek, options: &Options) -> Result<Draft, ReadError> {
    let file = options.file.as_str();
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut opened = Opened::new(input, &options.dialect).map_err(io)?;
    let mut notices = opened.notices().to_vec();
    let mut records = opened.records().map_err(io)?;
    let mut problems = Problems::new(file);
    let head = RawRow::ahead(&mut records, LONGEST_HEADER, &mut problems).map_err(io)?;
    let header = platforms::recognise(&head, options.columns.platform);
    let mut profile = Profile::new(&header);
    let tokens = Tokens::of(header.platform);
    for row in head.iter().skip(header.rows) {
        profile.count(row, tokens);
    }
    while let Some(record) = records.next(&mut problems).map_err(io)? {
        profile.count(&record, tokens);
    }
    if !problems.is_empty() {
        return Err(ReadError::Problems(problems));
    }
    if let Some(line) = options.dialect.header {
        notices.push(Notice::HeaderBelow { line });
    }
    notices.push(Notice::TakenFor { platform: header.platform, header_rows: header.rows });
    let dataset = options.dataset.as_deref().map_or_else(|| dataset_name(file), dataset_slug);
    let questions = question::questions(&header, &profile);
    let first_line = options.dialect.header;
    let text = write::codebook(file, &Seen { dataset, first_line, header, profile, questions });
    Ok(Draft { text, notices })
}
