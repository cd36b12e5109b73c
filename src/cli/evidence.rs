//! Survey → [`Evidence`]: the middle of every command that judges figures by name.

use std::path::Path;

use anyhow::{Context, Result};

use super::exit::Refusal;
use super::piped;
use super::project::Project;
use super::rates;
use super::survey::Survey;
use super::ui::Ui;
use super::weighting;
use crate::claims::{Claims, Evidence, Grounds, Judgement, Needs, judge};
use crate::codebook::project::DatasetBook;
use crate::codebook::{Names, clean};
use crate::estimate::{Design, Settings};
use crate::landscape::Landscape;
use crate::table::{Label, Weights};
use crate::tally::{Plan, Tally, items, tally};
use crate::weighting::{Weighted, dimensions};

/// A tallied survey, from which figures can be judged.
pub(super) struct Exhibit {
    tally: Tally,
    weighted: Option<Weighted>,
    names: Names,
    book: DatasetBook,
    /// The level of a tallied dimension that all figures are of, and the filter that says so.
    filter: Option<((usize, u16), Label)>,
}

impl Exhibit {
    /// Tallies once what is needed, and weights it as the codebook says.
    pub(super) fn of(survey: &Survey, needs: Needs, project: &Project, ui: &Ui) -> Result<Self> {
        let book = project.dataset(survey.dataset());
        let mut by = needs.by;
        for dimension in
            weighting::needed(survey, project).into_iter().chain(survey.waves_apart()).chain(survey.domain())
        {
            if !by.contains(&dimension) {
                by.push(dimension);
            }
        }
        let plan = Plan { by, variables: needs.variables, panel: survey.panel(&book, true) };
        let tally = tally(&survey.parts_for(&plan), &plan)?;
        let names = project.names(&book);
        let filter = survey.within(&tally, &names)?;
        let weighted = weighting::weight(survey, project, &tally, ui)?;
        Ok(Self { tally, weighted, names, book, filter })
    }

    /// What it is judged by.
    pub(super) fn evidence(&self) -> Evidence<'_> {
        let calibration = self.weighted.as_ref().map(|weighted| &weighted.calibration);
        Evidence {
            tally: &self.tally,
            design: Design { cells: &self.tally.cells, calibration },
            measured: &self.book.items,
            names: &self.names,
            filter: self.filter.as_ref(),
        }
    }

    /// Which weights its figures are made with.
    pub(super) fn weights(&self) -> Weights {
        match &self.weighted {
            Some(weighted) => weighting::described(weighted, &self.names),
            None if self.tally.weighted => Weights::Base,
            None => Weights::None,
        }
    }
}

/// The claims of a file, or those that the rows of published rates make (`.csv`); all problems of one that has any are
/// listed.
pub(super) fn read_claims(path: &Path, ui: &Ui) -> Result<Claims> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return Ok(rates::read(path, ui)?.claims());
    }
    if path == Path::new("-") {
        return parse_claims(piped::standard_input().context("reading standard input")?, "stdin", ui);
    }
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    parse_claims(&bytes, &clean(&path.display().to_string()), ui)
}

/// The claims of a text that messages show as `name`.
pub(super) fn parse_claims(bytes: &[u8], name: &str, ui: &Ui) -> Result<Claims> {
    Claims::parse(bytes, name).map_err(|problems| {
        ui.error(problems.to_string().trim_end());
        Refusal::usage("the claims have problems; see above").into()
    })
}

/// Judges claims that are about published figures only.
pub(super) fn held(
    claims: &Claims,
    published: Option<&Landscape>,
    project: &Project,
    settings: Settings,
) -> Judgement {
    let names = project.names(&DatasetBook::default());
    let grounds = Grounds { survey: None, published, names: &names };
    judge(claims, grounds, settings, Vec::new(), Weights::None)
}

/// Judges all claims from one tally of a survey, and from what is published.
pub(super) fn judged(
    claims: &Claims,
    survey: &Survey,
    project: &Project,
    published: Option<&Landscape>,
    settings: Settings,
    ui: &Ui,
) -> Result<Judgement> {
    let parts = survey.parts();
    let exhibit = Exhibit::of(survey, claims.needs(&items(&parts), &dimensions(&parts)), project, ui)?;
    let evidence = exhibit.evidence();
    let grounds = Grounds { survey: Some(&evidence), published, names: evidence.names };
    Ok(judge(claims, grounds, settings, survey.sources(), exhibit.weights()))
}
