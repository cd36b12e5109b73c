//! `wxstats diff`: what changed between two waves, or two bundles.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::args::{Diff as Arguments, DiffFormat, FailOn, Global};
use super::banners;
use super::exit::Refusal;
use super::figures::{Asked, Compared, Figures, Showing, Wanted};
use super::output;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::{Base, clean};
use crate::diff::{self, BundleData, Diff, of_bundles, of_waves};
use crate::table::Disclosure;
use crate::tally::WAVE;

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let format =
        output::format(command.format, command.output.as_deref(), &DiffFormat::ENDINGS, DiffFormat::NAMES)?;
    let project = Project::open(global, ui)?;
    let diff = match command.bundles.as_slice() {
        [before, after] => between_bundles(before, after, command, &project)?,
        _ => between_waves(command, &project, global, ui)?,
    };
    let lang = command.language.lang(&project);
    let text = match format {
        DiffFormat::Text => diff::text(&diff, lang),
        DiffFormat::Json => diff::json(&diff, lang)?,
        DiffFormat::Md => diff::markdown(&diff, lang),
    };
    output::deliver(command.output.as_deref(), &text, ui)?;
    refuse_changes(&diff, command.fail_on)
}

fn between_waves(command: &Arguments, project: &Project, global: &Global, ui: &Ui) -> Result<Diff> {
    let source = &command.source;
    let pair = (command.from.as_deref(), source.wave.as_deref());
    let survey = Survey::pair(source, pair, project, global, ui)?;
    let mut banners = banners::read(&command.by)?;
    if banners.is_empty() {
        banners.push(Vec::new());
    }
    for banner in &mut banners {
        if banner.iter().any(|name| name == WAVE) {
            return Err(Refusal::usage("--by cannot name wave, which is what is compared").into());
        }
        banner.push(WAVE.to_owned());
    }
    let by = banners::dimensions(&banners);
    let wanted = Wanted { by: &by, entries: &command.items, base: Base::Answered };
    let figures = Figures::scan(survey, project, &wanted, ui)?;
    let asked: Vec<Asked<'_>> = banners
        .iter()
        .map(|banner| Asked {
            by: banner.iter().map(String::as_str).collect(),
            compare: Some((banner.len() - 1, Compared::FirstWithEach)),
            ..Asked::default()
        })
        .collect();
    let showing = Showing {
        settings: command.estimation.settings(),
        show_withheld: false,
        disclosure: Disclosure::Internal,
    };
    let tables = figures.tables(&asked, showing)?;
    let waves = figures.levels(WAVE);
    let [before, after] = waves.as_slice() else {
        return Err(Refusal::data("the survey has only one wave, so there is nothing to compare").into());
    };
    Ok(of_waves(&tables, before, after))
}

fn between_bundles(before: &Path, after: &Path, command: &Arguments, project: &Project) -> Result<Diff> {
    let names = project.book().names();
    let read = |path: &Path| {
        let file = |name: &str| {
            let path = path.join(name);
            fs::read(&path).with_context(|| format!("reading {}", path.display()))
        };
        let (manifest, data) = (file("manifest.json")?, file("data.json")?);
        BundleData::parse(&manifest, &data, &names).with_context(|| clean(&path.display().to_string()))
    };
    let (first, second) = (read(before)?, read(after)?);
    let [before, after] = [before, after].map(|path| clean(&path.display().to_string()));
    Ok(of_bundles((&before, &first), (&after, &second), command.estimation.settings()))
}

/// The run fails with the changes that it was told to fail on, when all have been written.
fn refuse_changes(diff: &Diff, fail_on: Option<FailOn>) -> Result<()> {
    let (count, what) = match fail_on {
        None => return Ok(()),
        Some(FailOn::Significant) => (diff.clear().count(), "changed by more than noise"),
        Some(FailOn::Any) => {
            let figures = diff.changes.iter().filter(|change| change.is_any()).count();
            (figures + diff.files.len(), "are not the same")
        }
    };
    match (count, fail_on) {
        (0, _) => Ok(()),
        (1, Some(FailOn::Significant)) => Err(Refusal::data(format!("1 figure {what}")).into()),
        (_, Some(FailOn::Significant)) => Err(Refusal::data(format!("{count} figures {what}")).into()),
        _ => Err(Refusal::data(format!("{count} figures and files {what}")).into()),
    }
}
