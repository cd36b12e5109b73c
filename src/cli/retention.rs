//! `wxstats retention`: how many users of a log come back, by the period in which they joined.

use anyhow::Result;

use super::args::{Format, Global, Retention as Arguments};
use super::banners;
use super::exit::Refusal;
use super::figures::{Asked, Figures, Showing, Wanted};
use super::output;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::{Base, Entry, Item, Quantity};
use crate::derive::usage::{COHORT, Coverage, in_cohort, pooled};
use crate::retention::{self, Retention};
use crate::table::ItemLabel;
use crate::tally::WAVE;

pub(super) fn run(command: &Arguments, global: &Global, ui: &Ui) -> Result<()> {
    let format = command.written.dialect()?;
    let by = dimensions(command.by.as_deref())?;
    if command.source.wave.is_some() {
        return Err(Refusal::usage("retention looks at all periods of a log, not at one wave")
            .hint("--since and --until leave out days when a log is read")
            .into());
    }
    let project = Project::open(global, ui)?;
    let survey = Survey::log(&command.source, &project, global, ui)?;
    let showing = command.written.showing(command.estimation.settings());
    let by: Vec<&str> = by.iter().map(String::as_str).collect();
    let asked = (command.active.as_ref(), command.periods);
    let retention = Returns::scan(&survey, asked, &by, &project, ui)?.by(&by, showing)?;
    let lang = command.written.lang(&project);
    let text = match format {
        Format::Table => retention::text(&retention, lang),
        Format::Csv => retention::csv(&retention)?,
        Format::Json => retention::json(&retention, lang)?,
        Format::Md => retention::markdown(&retention, lang),
    };
    output::deliver(command.written.path(), &text, ui)
}

/// One banner at most.
fn dimensions(by: Option<&str>) -> Result<Vec<String>> {
    let mut banners = by.map(banners::read).transpose()?.unwrap_or_default();
    if banners.len() > 1 {
        return Err(Refusal::usage("retention is broken down by one banner")
            .hint("nest dimensions with *: --by 'city*segment'")
            .into());
    }
    let banner = banners.pop().unwrap_or_default();
    if banner.iter().any(|name| name == WAVE) {
        return Err(Refusal::usage("the periods of the log are the cohorts already").into());
    }
    Ok(banner)
}

/// The users of a log by the period in which they joined, tallied.
pub(super) struct Returns {
    figures: Figures,
    coverage: Coverage,
    active: Option<ItemLabel>,
    reach: u32,
}

impl Returns {
    /// Scans the log: what being active means, how many periods are looked at, and the dimensions that may be broken down by.
    pub(super) fn scan(
        survey: &Survey,
        (active, most): (Option<&Item>, u32),
        by: &[&str],
        project: &Project,
        ui: &Ui,
    ) -> Result<Self> {
        let (cohorts, coverage) = survey.cohorts(active, most)?;
        let reach = coverage.reach().min(most);
        let entry = |item: Item| Entry::Quantity(Quantity::from(item));
        let entries = (0..=reach).map(in_cohort).chain((1..=reach).map(pooled)).map(entry);
        let entries: Vec<Entry> = entries.collect();
        let nested: Vec<&str> = by.iter().copied().chain([COHORT]).collect();
        let wanted = Wanted { by: &nested, entries: &entries, base: Base::Answered };
        let figures = Figures::scan(cohorts, project, &wanted, ui)?;
        let active = active.map(|item| ItemLabel::of(item, figures.names()));
        Ok(Self { figures, coverage, active, reach })
    }

    /// Who comes back, by some of the dimensions.
    pub(super) fn by(&self, by: &[&str], showing: Showing) -> Result<Retention> {
        let asked = |by| Asked { by, ..Asked::default() };
        let by_cohort = asked(by.iter().copied().chain([COHORT]).collect());
        let tables = self.figures.tables(&[by_cohort, asked(by.to_vec())], showing)?;
        Ok(Retention::of(&tables[0], &tables[1], &self.coverage, (self.active.clone(), self.reach)))
    }
}
