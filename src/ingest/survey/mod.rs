//! A survey in the canonical schema, wide or long, to batches of typed and coded respondents.
//!
//! In: a table whose header is `respondent_id, segment, city` and either one column per item
//! (`feature.action`) or `feature, action, answer`; `weight, stratum, psu, fpc, wave` are optional, and any other
//! column is a dimension. Out: batches to a sink as they fill, and an [`Intake`] at the end. Refuses every row that
//! says something other than the schema allows; all problems of a file are listed at once.

mod articles;
mod begin;
mod codes;
mod columns;
mod days;
mod design;
mod funnel;
mod levels;
mod long;
mod numbers;
mod part;
mod people;
mod personal;
mod roles;
mod row;
mod rows;
mod seen;
mod stretch;
mod usage;
mod waves;
mod wide;

use std::io::{Read, Seek};

use crate::codebook::Item;

use self::begin::Begun;
use self::columns::{Columns, Form};
use self::people::People;
pub(super) use self::personal::{is_personal_header, is_personal_level};
pub use self::roles::{RoleLevels, RoleRows, Roles};
use self::rows::Rows;
pub use self::stretch::Stretch;
pub use self::usage::{EventColumns, MOST_EVENTS};
use super::code::Code;
use super::dataset::{Batch, Dataset, Number, Part, Schema};
use super::intake::{Intake, Notice, Options, ReadError};
use super::opened::{BLOCK, Opened};
use super::origin::{dataset_name, dataset_slug};
use super::problems::{Position, Problem, Problems};

/// Takes the batches of a wave as they fill. Until the file is read to its end without a problem they are void.
pub type Sink<'a> = dyn FnMut(&str, Batch) -> anyhow::Result<()> + 'a;

/// Reads a survey.
///
/// `pseudonym` turns a respondent's id into 128 bits; `sink` takes each wave's batches, in file order, none empty.
///
/// # Errors
/// [`ReadError::Problems`] lists all that is wrong with the file; otherwise it cannot be read, or the sink refused.
pub fn read_survey(
    input: impl Read + Seek,
    options: &Options,
    pseudonym: &(dyn Fn(&str) -> u128 + Sync),
    sink: &mut Sink<'_>,
) -> Result<Intake, ReadError> {
    let pace = Pace { piece: BLOCK, threads: rayon::current_num_threads() };
    read_at(pace, input, options, pseudonym, sink)
}

/// How a file is gone through, on which nothing else depends.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// How many bytes are read at a time.
    piece: usize,
    /// How many threads may work on it.
    threads: usize,
}

fn read_at(
    pace: Pace,
    input: impl Read + Seek,
    options: &Options,
    pseudonym: &(dyn Fn(&str) -> u128 + Sync),
    sink: &mut Sink<'_>,
) -> Result<Intake, ReadError> {
    let file = options.file.as_str();
    let io = |error| ReadError::Io { file: file.to_owned(), error };
    let mut opened = Opened::new(input, &options.dialect()).map_err(io)?;
    let mut notices = opened.notices().to_vec();
    let records = opened.records_in_pieces(pace.piece).map_err(io)?;
    let wave = options.wave.as_deref().unwrap_or_default();
    let mut problems = Problems::new(file);
    let Some(Begun { rows, columns, taken, uses }) =
        begin::begin(records, options, &mut problems).map_err(io)?
    else {
        return Err(ReadError::Problems(problems));
    };
    let mut reading =
        Reading { rows, problems, file, wave, pseudonym, sink, threads: pace.threads, notices: Vec::new() };
    let waves = match &columns.form {
        Form::Wide(items) => wide::read(&mut reading, &columns, items)?,
        Form::Long(answers) => long::read(&mut reading, &columns, *answers, &options.numbers)?,
        Form::Articles(articles) => articles::read(&mut reading, &columns, articles, options.usage)?,
        Form::Funnel(funnel) => funnel::read(&mut reading, &columns, funnel)?,
        Form::Events(events) => usage::read(&mut reading, &columns, *events, options.usage)?,
    };
    if waves.is_empty() && reading.problems.is_empty() {
        reading.problems.add(no_rows(&columns, &reading.notices));
    }
    if !reading.problems.is_empty() {
        return Err(ReadError::Problems(reading.problems));
    }
    notices.extend(taken.into_iter().chain(reading.rows.notices()));
    notices.append(&mut reading.notices);
    if !reading.rows.records.is_terminated() {
        notices.push(Notice::NoFinalLineEnd);
    }
    let mut suspects: Vec<String> = waves.iter().flat_map(|wave| wave.suspects.iter().cloned()).collect();
    suspects.sort_unstable();
    suspects.dedup();
    notices.extend(suspects.into_iter().map(|column| Notice::PersonalLevels { column }));
    drop(reading);
    Ok(Intake {
        name: options.dataset.as_deref().map_or_else(|| dataset_name(file), dataset_slug),
        origin: opened.origin(file),
        schemas: waves.into_iter().map(|wave| wave.schema).collect(),
        dropped: columns.dropped,
        columns: uses,
        notices,
    })
}

/// A file of which nothing is left to read.
fn no_rows(columns: &Columns, notices: &[Notice]) -> Problem {
    let (what, hint) = match columns.form {
        Form::Events(_) | Form::Articles(_) if !notices.is_empty() => {
            ("nothing in the days asked for", "see the days of its rows, --since and --until")
        }
        Form::Funnel(_) => ("nobody at any stage", "was the file cut off?"),
        Form::Events(_) | Form::Articles(_) => ("a header and no rows", "was the file cut off?"),
        Form::Wide(_) | Form::Long(_) => {
            ("a header and no rows", "was the file cut off, or the survey not yet answered?")
        }
    };
    Problem::new(Position::START, Code::NoRows, what).hint(hint)
}

/// Reads a survey into memory.
///
/// # Errors
/// As [`read_survey`].
pub fn read_dataset(
    input: impl Read + Seek,
    options: &Options,
    pseudonym: &(dyn Fn(&str) -> u128 + Sync),
) -> Result<(Dataset, Intake), ReadError> {
    let mut batches: Vec<(String, Batch)> = Vec::new();
    let intake = read_survey(input, options, pseudonym, &mut |wave, batch| {
        batches.push((wave.to_owned(), batch));
        Ok(())
    })?;
    let mut parts: Vec<Part> =
        intake.schemas.iter().map(|schema| Part { schema: schema.clone(), batches: Vec::new() }).collect();
    for (wave, batch) in batches {
        if let Some(part) = parts.iter_mut().find(|part| part.schema.wave == wave) {
            part.batches.push(batch);
        }
    }
    Ok((Dataset { name: intake.name.clone(), origin: intake.origin.clone(), parts }, intake))
}

/// A survey being read.
struct Reading<'a, R> {
    rows: Rows<R>,
    problems: Problems,
    file: &'a str,
    /// The wave of a file without a wave column.
    wave: &'a str,
    pseudonym: &'a (dyn Fn(&str) -> u128 + Sync),
    sink: &'a mut Sink<'a>,
    /// How many threads may work on it.
    threads: usize,
    /// What the user should hear of.
    notices: Vec<Notice>,
}

/// One wave, read to its end.
struct Wave {
    schema: Schema,
    /// Dimensions with levels that look like personal data.
    suspects: Vec<String>,
}

impl Wave {
    fn finish(
        people: People,
        label: &str,
        items: (Vec<Item>, Vec<Number>),
        columns: &Columns,
        problems: &mut Problems,
    ) -> Self {
        let suspects = people.suspects(is_personal_level).map(str::to_owned).collect();
        Self { schema: people.finish(label, items, columns, problems), suspects }
    }
}
