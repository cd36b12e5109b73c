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

use std::io::{Read, Seek};

use self::question::Question;
use super::intake::{Notice, Options, ReadError};
use super::mapping::{RawRow, Tokens};
use super::opened::Opened;
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
    header: Header,
    profile: Profile,
    questions: Vec<Question>,
}

/// Drafts a codebook for the file that is displayed as `options.file`.
///
/// # Errors
/// [`ReadError::Problems`] lists what is wrong with the file's form; otherwise it cannot be read.
pub fn draft(input: impl Read + Seek, options: &Options) -> Result<Draft, ReadError> {
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
    notices.push(Notice::TakenFor { platform: header.platform, header_rows: header.rows });
    let dataset = options.dataset.as_deref().map_or_else(|| dataset_name(file), dataset_slug);
    let questions = question::questions(&header, &profile);
    let text = write::codebook(file, &Seen { dataset, header, profile, questions });
    Ok(Draft { text, notices })
}
