//! `wxstats table`: figures of any items by any dimensions.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::Path;

use anyhow::Result;

use super::args::{Global, Table as Arguments, TableFormat};
use super::banners::{self, Banner};
use super::exit::Refusal;
use super::figures::{Asked, Compared, Figures, Wanted};
use super::output;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::{Lang, Name};
use crate::estimate::Settings;
use crate::table::{self, Page, Screen, Table, Workbook, WorkbookError};
use crate::tally::WAVE;

/// Banners of up to so many columns get letters without being asked.
const LETTERED: usize = 26;

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let named = command.by.as_deref().map(banners::read).transpose()?;
    let tells_waves = named.iter().flatten().flatten().any(|name| name == WAVE);
    let format = form(command)?;
    let project = Project::open(global, ui)?;
    let survey = if command.cumulated {
        refuse_one_wave(command, tells_waves)?;
        Survey::log(&command.source, &project, global, ui)?.so_far()?
    } else {
        Survey::open(&command.source, tells_waves, &project, global, ui)?
    };
    let banners = named.unwrap_or_else(|| survey.city_and_segment().into_iter().collect());
    let by = banners::dimensions(&banners);
    let every_wave = survey.waves_apart().is_some();
    if every_wave {
        if banners.is_empty() {
            return Err(Refusal::usage("without a dimension the waves would be pooled")
                .hint(format!("write --by {WAVE}, or look at one wave with --wave"))
                .into());
        }
        refuse_pooled_waves(&banners)?;
    }
    let wanted = Wanted { by: &by, entries: &command.items, base: command.base.into() };
    let scan = if compares_waves(command, &banners) { Figures::scan } else { Figures::scan_wave_by_wave };
    let figures = scan(survey, &project, &wanted, ui)?;
    let asked = asked(command, &banners, &figures, every_wave)?;
    let settings = Settings { min_diff: command.min_diff, ..command.estimation.settings() };
    let showing = command.written.showing(settings);
    let mut tables = figures.tables(&asked, showing)?;
    if let Some(note) = without_letters(command, &banners, &figures) {
        tables[0].notes.push(note);
    }
    let lang = command.written.lang(&project);
    let made = match format {
        TableFormat::Xlsx => workbook(&tables, project.book().title.as_ref(), lang)?,
        TableFormat::Csv if command.bom => output::with_bom(&table::csv(&tables)?).into_bytes(),
        TableFormat::Csv => table::csv(&tables)?.into_bytes(),
        TableFormat::Table => return show(&tables, command, lang, ui),
        TableFormat::Json => table::json(&tables, lang)?.into_bytes(),
        TableFormat::Md => table::markdown(&tables, lang).into_bytes(),
    };
    output::deliver(command.written.path(), made, ui)
}

/// The table as text: for the terminal that standard output may be, or as a page for a file or a pipe.
fn show(tables: &[Table], command: &Arguments, lang: Lang, ui: &Ui) -> Result<()> {
    match command.written.path().filter(|path| *path != Path::new("-")) {
        Some(path) => output::deliver(Some(path), table::text(tables, lang, Screen::PAGE), ui),
        None => Ok(ui.show(&table::text(tables, lang, ui.screen()))?),
    }
}

/// The form of the output. A workbook needs a file or a pipe, and a byte order mark a CSV.
fn form(command: &Arguments) -> Result<TableFormat> {
    let format = command.written.dialect()?;
    if command.bom && format != TableFormat::Csv {
        return Err(Refusal::usage("--bom marks a CSV, and this is none")
            .hint("--format csv, or -o FILE.csv; a workbook (-o FILE.xlsx) needs no mark")
            .into());
    }
    if format == TableFormat::Xlsx && command.written.path().is_none() && std::io::stdout().is_terminal() {
        return Err(Refusal::usage("a workbook is not for a terminal").hint("-o FILE.xlsx writes it").into());
    }
    Ok(format)
}

/// What was done so far is told period by period.
fn refuse_one_wave(command: &Arguments, tells_waves: bool) -> Result<()> {
    if command.source.wave.is_some() || !tells_waves {
        return Err(Refusal::usage("--cumulated tells of every period what was done by then")
            .hint(format!("write --by {WAVE}, or --by 'segment*{WAVE}', and leave out --wave"))
            .into());
    }
    Ok(())
}

/// Every banner must tell the waves apart.
fn refuse_pooled_waves(banners: &[Banner]) -> Result<()> {
    match banners.iter().find(|banner| !banner.iter().any(|name| name == WAVE)) {
        None => Ok(()),
        Some(banner) => {
            let banner = banner.join("*");
            Err(Refusal::usage(format!(
                "\"{banner}\" would pool the waves, beside a banner that tells them apart"
            ))
            .hint(format!("write \"{banner}*{WAVE}\", or look at one wave with --wave"))
            .into())
        }
    }
}

/// Whether gaps, letters or tests may be of several waves.
fn compares_waves(command: &Arguments, banners: &[Banner]) -> bool {
    let compares = |option: &Option<String>| option.as_deref() == Some(WAVE);
    let is_wave = |name: Option<&String>| name.is_some_and(|name| name == WAVE);
    let has_letters = match command.letters.as_deref() {
        Some(name) => name == WAVE,
        None => banners.iter().any(|banner| is_wave(banner.last())),
    };
    has_letters
        || compares(&command.compare)
        || (command.test && banners.iter().any(|banner| is_wave(banner.first())))
}

/// Everybody, unless that would pool waves, then the banners.
fn asked<'a>(
    command: &Arguments,
    banners: &'a [Banner],
    figures: &Figures,
    every_wave: bool,
) -> Result<Vec<Asked<'a>>> {
    let compare = match &command.compare {
        Some(name) => banners::places(banners, "--compare", name)?,
        None => vec![None; banners.len()],
    };
    let letters = match command.letters.as_deref() {
        Some("none") => vec![None; banners.len()],
        Some(name) => {
            refuse_many_letters(name, figures.levels(name).len())?;
            banners::places(banners, "--letters", name)?
        }
        None => banners.iter().map(|banner| innermost(banner, figures)).collect(),
    };
    let banner = |((banner, compare), letters): ((&'a Banner, Option<usize>), Option<usize>)| Asked {
        by: banner.iter().map(String::as_str).collect(),
        compare: compare.map(|place| (place, Compared::FirstWithEach)),
        letters,
        test: command.test,
    };
    let banners = banners.iter().zip(compare).zip(letters).map(banner);
    let total = (!every_wave).then(Asked::default);
    Ok(total.into_iter().chain(banners).collect())
}

/// Every two columns of a row are compared.
fn refuse_many_letters(name: &str, columns: usize) -> Result<()> {
    const MOST: usize = 200;
    if columns <= MOST {
        return Ok(());
    }
    let pairs = columns * (columns - 1) / 2;
    Err(Refusal::usage(format!(
        "{name} has {columns} levels, so letters would compare {pairs} pairs in every row"
    ))
    .hint(format!("letters are set for up to {MOST} columns; break down by something coarser"))
    .into())
}

/// The innermost dimension of a banner, if its levels are few enough for letters, and there are several.
fn innermost(banner: &Banner, figures: &Figures) -> Option<usize> {
    let last = banner.last()?;
    (2..=LETTERED).contains(&figures.levels(last).len()).then(|| banner.len() - 1)
}

/// Says where letters were left out because nobody asked for so many.
fn without_letters(command: &Arguments, banners: &[Banner], figures: &Figures) -> Option<Name> {
    let many =
        banners.iter().filter_map(|banner| banner.last()).find(|name| figures.levels(name).len() > LETTERED);
    let name = many.filter(|_| command.letters.is_none())?;
    Some(Name::new(
        format!("No letters for {name}, which has more than {LETTERED} columns; --letters {name} sets them."),
        format!("{name} 多于 {LETTERED} 列，未标字母；--letters {name} 可加上。"),
    ))
}

fn workbook(tables: &[Table], title: Option<&Name>, lang: Lang) -> Result<Vec<u8>, WorkbookError> {
    let datasets: BTreeSet<&str> =
        tables.iter().flat_map(|table| &table.sources).map(|source| source.dataset.as_str()).collect();
    let datasets = || datasets.into_iter().collect::<Vec<_>>().join(", ");
    let title = title.map_or_else(datasets, |title| title.get(lang).to_owned());
    let banners: Vec<String> = tables.iter().filter_map(|table| table::banner(table, lang)).collect();
    let heading = if banners.is_empty() {
        lang.pick("Everybody", "全体").to_owned()
    } else {
        lang.pick(format!("By {}", banners.join(", ")), format!("按{}", banners.join("、")))
    };
    let pages = vec![Page { heading, tables }];
    Workbook { title, findings: Vec::new(), pages, data: tables, lang }.bytes()
}
