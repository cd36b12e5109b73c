//! `wxstats table`: rates and gaps of any items by any dimensions.

use std::path::Path;

use anyhow::{Context, Result};

use super::args::{Format, Global, Table as Arguments};
use super::exit::Refusal;
use super::figures::Figures;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::Lang;
use crate::table::{self, Table};

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let by: Vec<&str> = command.by.split('*').map(str::trim).filter(|name| !name.is_empty()).collect();
    let format = format(command)?;
    let survey = Survey::open(&command.source, by.contains(&crate::tally::WAVE), global, ui)?;
    let figures = Figures::scan(survey, &by, &command.items)?;
    let table = figures.table(&by, command.compare.as_deref(), command.show_withheld)?;
    let text = render(&table, format, command.language.lang())?;
    match &command.output {
        None => Ok(ui.data(&text)?),
        Some(path) => {
            std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))?;
            ui.say(&format!("wrote {}", path.display()));
            Ok(())
        }
    }
}

fn format(command: &Arguments) -> Result<Format> {
    if let Some(format) = command.format {
        return Ok(format);
    }
    let ending = command.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    match ending {
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
