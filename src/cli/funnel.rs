//! `wxstats funnel`: how far people get, stage by stage, and where they are lost.

use anyhow::Result;

use super::args::{Format, Funnel as Arguments, Global};
use super::banners;
use super::exit::Refusal;
use super::figures::{Asked, Compared, Figures, Wanted};
use super::output;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::Base;
use crate::funnel::{Funnel, entries, text};
use crate::table;

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let format = command.written.dialect()?;
    let named = banners::read(&command.by)?;
    let by = match named.as_slice() {
        [] => Vec::new(),
        [one] => one.clone(),
        _ => {
            let hint = "nest them with *, such as --by 'model*city'";
            return Err(Refusal::usage("a funnel has one banner of dimensions").hint(hint).into());
        }
    };
    let by: Vec<&str> = by.iter().map(String::as_str).collect();
    let project = Project::open(global, ui)?;
    let (survey, of) = Survey::open_funnel(&command.source, &project, global, ui)?;
    let entries = entries(&of);
    let figures =
        Figures::scan(survey, &project, &Wanted { by: &by, entries: &entries, base: Base::Answered }, ui)?;
    let compare = match &command.compare {
        Some(name) => banners::places(&named, "--compare", name)?.into_iter().flatten().next(),
        None => None,
    };
    let compare = compare.map(|place| (place, Compared::FirstWithEach));
    let showing = command.written.showing(command.estimation.settings());
    let tables = figures.tables(&[Asked { by, compare, ..Asked::default() }], showing)?;
    let lang = command.written.lang(&project);
    let written = match format {
        Format::Table => text(&Funnel::of(&tables[0], &of.stages, figures.names()), &tables[0], lang),
        Format::Csv => table::csv(&tables)?,
        Format::Json => table::json(&tables, lang)?,
        Format::Md => table::markdown(&tables, lang),
    };
    output::deliver(command.written.path(), &written, ui)
}
