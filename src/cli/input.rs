//! Files on the command line → datasets, with progress, and every problem of every file said before anything else
//! happens.

use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::args::{Form, Naming, Reading};
use super::exit::Refusal;
use super::progress::Progress;
use super::project::Project;
use super::sample;
use super::ui::Ui;
use crate::codebook::project::DatasetBook;
use crate::codebook::{Item, Stages, clean};
use crate::ingest::{
    self, Batch, Dataset, Intake, Options, Period, ReadError, Schema, UsageOf, UsageOptions, dataset_name,
    dataset_slug, read_dataset, read_survey,
    source::{self, Bytes},
};
use crate::store::Key;

/// The bundled datasets.
pub(super) fn read_sample(key: &Key) -> Result<Vec<Dataset>> {
    let read = |(file, bytes): (&str, &'static [u8])| {
        let stages = if file == sample::FUNNEL { Some(stages()?) } else { None };
        let period = (file == sample::USAGE).then_some(Period::Week);
        let usage = UsageOptions { period, ..UsageOptions::default() };
        let options = Options { file: file.to_owned(), stages, usage, ..Options::default() };
        Ok(read_dataset(Cursor::new(bytes), &options, &|id| key.pseudonym(id))?.0)
    };
    sample::DATASETS.into_iter().map(read).collect()
}

/// The stages of the bundled funnel.
fn stages() -> Result<Stages> {
    let (order, returns) = sample::STAGES;
    Ok(Stages::new(order.map(str::to_owned).to_vec(), Some(returns.to_owned()))?)
}

/// Every file as a dataset in memory.
///
/// # Errors
/// A [`Refusal`] when files have problems, which have then been listed.
pub(super) fn read_files(
    files: &[PathBuf],
    how: &Reading,
    project: &Project,
    key: &Key,
    ui: &Ui,
) -> Result<Vec<Dataset>> {
    let naming = Naming { dataset: None, wave: None };
    let mut datasets = Vec::new();
    let mut bad = 0;
    for file in files {
        let (input, options) = open(file, &naming, how, project, ui)?;
        match read_dataset(input, &options, &|id| key.pseudonym(id)) {
            Ok((dataset, intake)) => {
                say_notices(&intake, project, ui);
                datasets.push(dataset);
            }
            Err(error) => bad += list_problems(error, ui)?,
        }
    }
    refuse_if(bad, files.len(), "nothing was made from them")?;
    refuse_days_of_none(how, datasets.iter().flat_map(|dataset| &dataset.parts).map(|part| &part.schema))?;
    Ok(datasets)
}

/// Reads one file, handing its batches to `sink`. `None` when the file has problems, which have then been listed.
pub(super) fn read_file(
    file: &Path,
    naming: &Naming,
    how: &Reading,
    project: &Project,
    key: &Key,
    ui: &Ui,
    sink: &mut dyn FnMut(&str, Batch) -> Result<()>,
) -> Result<Option<Intake>> {
    let (input, options) = open(file, naming, how, project, ui)?;
    match read_survey(input, &options, &|id| key.pseudonym(id), sink) {
        Ok(intake) => {
            say_notices(&intake, project, ui);
            Ok(Some(intake))
        }
        Err(error) => list_problems(error, ui).map(|_| None),
    }
}

/// A first codebook for a file.
///
/// # Errors
/// A [`Refusal`] when the file has problems, which have then been listed.
pub(super) fn draft(file: &Path, dataset: Option<&str>, form: &Form, ui: &Ui) -> Result<String> {
    let (bytes, name) = bytes(file, ui)?;
    let dataset = dataset.map(str::to_owned);
    let options = Options { file: name, dataset, dialect: form.dialect(), ..Options::default() };
    match ingest::draft(bytes, &options) {
        Ok(draft) => {
            for notice in &draft.notices {
                ui.say(&format!("{}: {notice}", options.file));
            }
            Ok(draft.text)
        }
        Err(error) => {
            list_problems(error, ui)?;
            Err(Refusal::data("the file has problems; see above").into())
        }
    }
}

/// What the user of a good file should hear of.
fn say_notices(intake: &Intake, project: &Project, ui: &Ui) {
    let file = &intake.origin.file;
    for column in &intake.dropped {
        ui.say(&format!("{file}: column \"{column}\" looks like personal data and was left out"));
    }
    for notice in &intake.notices {
        ui.say(&format!("{file}: {notice}"));
    }
    let declared = &project.book().datasets;
    if !declared.is_empty() && !declared.contains_key(&intake.name) {
        let known: Vec<&str> = declared.keys().map(String::as_str).collect();
        let (name, known) = (&intake.name, known.join(", "));
        ui.say(&format!("{file}: the codebook says nothing of dataset {name}; it describes {known}"));
    }
    let asked = |item: &Item| {
        let numbers = intake.schemas.iter().flat_map(|schema| &schema.numbers);
        numbers.map(|number| &number.item).any(|known| known == item)
    };
    for number in project.numbers(&intake.name).iter().filter(|number| !asked(&number.item)) {
        ui.say(&format!("{file}: the codebook declares {}, which the file does not have", number.item));
    }
}

/// Fails when some of the files were bad; `so` says what follows.
pub(super) fn refuse_if(bad: usize, files: usize, so: &str) -> Result<()> {
    match bad {
        0 => Ok(()),
        _ if files == 1 => Err(Refusal::data(format!("the file has problems; {so}")).into()),
        _ => Err(Refusal::data(format!("{bad} of {files} files have problems; {so}")).into()),
    }
}

/// Fails when days or periods were asked for, and none of the files has any; of several files they concern those that have.
pub(super) fn refuse_days_of_none<'a>(
    how: &Reading,
    mut schemas: impl Iterator<Item = &'a Schema>,
) -> Result<()> {
    if how.usage() == UsageOptions::default() || schemas.any(|schema| schema.usage.is_some()) {
        return Ok(());
    }
    Err(Refusal::usage("days or periods were asked for, and none of the files is a usage log or has articles")
        .hint("a usage log has a column user_id, and statistics of articles article_id; leave out --period, --since and --until")
        .into())
}

/// A file, or standard input for `-`, with its progress.
fn open(
    file: &Path,
    naming: &Naming,
    how: &Reading,
    project: &Project,
    ui: &Ui,
) -> Result<(Progress<Box<dyn Bytes>>, Options)> {
    let (progress, name) = bytes(file, ui)?;
    Ok((progress, options(name, naming, how, project)?))
}

/// How the file that messages show as `file` is to be read.
///
/// # Errors
/// A [`Refusal`] where the stages that are asked for are no order.
pub(super) fn options(file: String, naming: &Naming, how: &Reading, project: &Project) -> Result<Options> {
    let dataset = naming.dataset.as_deref().map_or_else(|| dataset_name(&file), dataset_slug);
    let numbers = project.numbers(&dataset);
    let DatasetBook { columns, quality, stages, .. } = project.dataset(&dataset);
    let stages = how.stages()?.or(stages);
    let (wave, usage) = (naming.wave.clone(), how.usage());
    let dialect = how.form.dialect();
    let dataset = Some(dataset);
    Ok(Options { file, dataset, wave, dialect, numbers, columns, quality, usage, stages })
}

/// The bytes of a file, or of standard input for `-`, with their progress, and the name that messages show.
fn bytes(file: &Path, ui: &Ui) -> Result<(Progress<Box<dyn Bytes>>, String)> {
    let source =
        if file == Path::new("-") { source::pipe(io::stdin(), "stdin")? } else { source::open(file)? };
    let name = clean(&source.name);
    Ok((Progress::new(source.bytes, source.length, &name, ui.is_quiet()), name))
}

/// Lists the problems of one bad file; passes other errors on.
fn list_problems(error: ReadError, ui: &Ui) -> Result<usize> {
    match error {
        ReadError::Problems(problems) => {
            ui.error(problems.to_string().trim_end());
            Ok(1)
        }
        ReadError::Sink(error) => Err(error),
        ReadError::Io { .. } => Err(error.into()),
    }
}

fn people(schema: &Schema) -> String {
    let noun = match schema.usage.map(|usage| usage.of) {
        None if schema.funnel.is_some() => "way",
        None => "respondent",
        Some(UsageOf::Users | UsageOf::Cohorts | UsageOf::SoFar) => "active user",
        Some(UsageOf::Articles) => "row",
    };
    match schema.respondents {
        1 => format!("1 {noun}"),
        several => format!("{several} {noun}s"),
    }
}

/// `survey.csv: ingested as dataset survey, waves 2014 (7,980 respondents) and 2015 (8,020 respondents)`.
pub(super) fn describe(intake: &Intake, outcome: &str) -> String {
    let waves: Vec<String> = intake
        .schemas
        .iter()
        .map(|schema| match schema.wave.as_str() {
            "" => people(schema),
            wave => format!("wave {wave} with {}", people(schema)),
        })
        .collect();
    format!("{}: {outcome}, dataset {}, {}", intake.origin.file, intake.name, waves.join(", "))
}
