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

use std::collections::BTreeSet;
use std::io::{self, Read, Seek};

use self::question::Question;
use super::intake::{Notice, Options, ReadError};
use super::mapping::{RawRow, Tokens};
use super::opened::{Dialect, Opened};
use super::origin::{dataset_name, dataset_slug};
use super::platforms::{self, Header, LONGEST_HEADER};
use super::problems::Problems;
use super::shown;
use super::survey::is_personal_level;
use crate::codebook::Answer;
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
    let first = draft_from(&mut input, options);
    let is_settled = match &first {
        Ok((_, names)) => *names > 1 || options.dialect.header.is_some(),
        Err(ReadError::Problems(_)) => options.dialect.header.is_some(),
        Err(_) => true,
    };
    if !is_settled {
        let line = header_line(&mut input, options)
            .map_err(|error| ReadError::Io { file: options.file.clone(), error })?;
        if line > 1 {
            let mut below = options.clone();
            below.dialect.header = Some(line);
            return draft_from(input, &below).map(|(draft, _)| draft);
        }
    }
    first.map(|(draft, _)| draft)
}

/// The line of the header below lines of one text each, as titles and explanations are; 1 where there are none such, or
/// where what follows them does not look like a header.
fn header_line(mut input: impl Read + Seek, options: &Options) -> io::Result<u64> {
    /// The longest preamble that platforms write.
    const LONGEST: u64 = 17;
    let (mut line, mut has_title) = (1, false);
    while line <= LONGEST + 1 {
        let dialect = Dialect { header: Some(line), ..options.dialect.clone() };
        let mut opened = Opened::new(&mut input, &dialect)?;
        let mut records = opened.records()?;
        let Some(record) = records.next(&mut Problems::new(&options.file))? else { return Ok(1) };
        let cells: Vec<&str> = (0..record.len()).map(|index| record.cell(index).trim()).collect();
        let at = record.start().line;
        match cells.iter().filter(|cell| !cell.is_empty()).count() {
            0 if !has_title => return Ok(1),
            0 => {}
            1 => has_title = true,
            _ if has_title && look_like_header(&cells) => return Ok(at),
            _ => return Ok(1),
        }
        line = at + 1;
    }
    Ok(1)
}

/// Whether cells are names of columns rather than answers: three or more, none blank, none twice, none a number, an answer or
/// somebody's data.
fn look_like_header(cells: &[&str]) -> bool {
    const FEWEST: usize = 3;
    let is_name = |cell: &&str| {
        !cell.is_empty()
            && Answer::parse(cell).is_none()
            && cell.parse::<f64>().is_err()
            && !cell.contains(['┋', '〖', '→'])
            && !shown::looks_like_data(cell)
            && !is_personal_level(cell)
    };
    let different: BTreeSet<&&str> = cells.iter().collect();
    cells.len() >= FEWEST && different.len() == cells.len() && cells.iter().all(is_name)
}

/// Drafts a codebook for a file whose header is where it is said to be, else in the first line; and how many columns that line
/// names.
fn draft_from(input: impl Read + Seek, options: &Options) -> Result<(Draft, usize), ReadError> {
    let file = options.file.as_str();
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut opened = Opened::new(input, &options.dialect).map_err(io)?;
    let mut notices = opened.notices().to_vec();
    let mut records = opened.records().map_err(io)?;
    let mut problems = Problems::new(file);
    let head = RawRow::ahead(&mut records, LONGEST_HEADER, &mut problems).map_err(io)?;
    let names = head.first().map_or(0, |row| row.cells.iter().filter(|cell| !cell.trim().is_empty()).count());
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
    Ok((Draft { text, notices }, names))
}
