//! `wxstats table`: rates and gaps of any items by any dimensions.

use std::path::Path;

use anyhow::{Context, Result};

use super::args::{Format, Global, Table as Arguments};
use super::exit::Refusal;
use super::figures::{Asked, Compared, Figures};
use super::output;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::Lang;
use crate::table::{self, Table};

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let by = dimensions(&command.by)?;
    if let Some(twice) = repeated(&command.items) {
        return Err(Refusal::usage(format!("{twice} is named twice in --items")).into());
    }
    let format = format(command)?;
    let survey = Survey::open(&command.source, by.contains(&crate::tally::WAVE), global, ui)?;
    let figures = Figures::scan(survey, &by, &command.items)?;
    let table = figures.table(&Asked {
        by: &by,
        compare: command.compare.as_deref().map(Compared::FirstWithEach),
        letters: command.letters.as_deref(),
        test: command.test,
        settings: command.estimation.settings(),
        show_withheld: command.show_withheld,
    })?;
    let text = render(&table, format, command.language.lang())?;
    match &command.output {
        Some(path) if path != Path::new("-") => {
            output::write(path, text.as_bytes()).with_context(|| format!("writing {}", path.display()))?;
            ui.say(&format!("wrote {}", path.display()));
            Ok(())
        }
        _ => Ok(ui.data(&text)?),
    }
}

/// The dimensions of `--by`; none when it is empty.
fn dimensions(by: &str) -> Result<Vec<&str>> {
    if by.trim().is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<&str> = by.split('*').map(str::trim).collect();
    if names.contains(&"") {
        return Err(Refusal::usage(format!("--by \"{by}\" names no dimension beside a *")).into());
    }
    match repeated(&names) {
        Some(twice) => Err(Refusal::usage(format!("{twice} is named twice in --by")).into()),
        None => Ok(names),
    }
}

/// The first that stands twice.
fn repeated<T: PartialEq>(all: &[T]) -> Option<&T> {
    all.iter().enumerate().find(|(index, one)| all[..*index].contains(one)).map(|(_, one)| one)
}

fn format(command: &Arguments) -> Result<Format> {
    if let Some(format) = command.format {
        return Ok(format);
    }
    let ending = command.output.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy());
    match ending.map(|ending| ending.to_ascii_lowercase()).as_deref() {
        None | Some("txt") => Ok(Format::Table),
        Some("csv") => Ok(Format::Csv),
        Some("json") => Ok(Format::Json),
        Some("md") => Ok(Format::Md),
        Some(other) => Err(Refusal::usage(format!("no format belongs to the ending .{other}"))
            .hint("--format table|csv|json|md says which one is meant")
            .into()),
    }
}

fn render(table: &Table, format: Format, lang: Lang) -> Result<String> {
    Ok(match format {
        Format::Table => table::text(table, lang),
        Format::Csv => table::csv(table)?,
        Format::Json => table::json(table, lang)?,
        Format::Md => table::markdown(table, lang),
    })
}
