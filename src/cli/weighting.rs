//! A dataset's weighting, from its codebook to the weights of a tally.

use anyhow::Result;

use super::exit::Refusal;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use crate::codebook::Names;
use crate::codebook::project::{ProjectProblems, WeightingBook};
use crate::table::Weights;
use crate::tally::Tally;
use crate::weighting::{Weighted, Weighting, dimensions};

/// The dimension whose levels may be weighted each to a scale of its own.
const SEGMENT: &str = "segment";

/// The dimensions that the tally needs for the weighting: those of its margins that the survey has. One that it does not
/// have is reported with all other problems.
pub(super) fn needed(survey: &Survey, project: &Project) -> Vec<String> {
    let known = dimensions(&survey.parts());
    let book = project.dataset(survey.dataset()).weighting;
    book.iter().flat_map(WeightingBook::dimensions).filter(|name| known.contains(name)).collect()
}

/// Calibrates the weights of a tally as the codebook says; `None` where it says nothing.
///
/// # Errors
/// A [`Refusal`] when the sample or the files have problems, which have then been listed.
pub(super) fn weight(survey: &Survey, project: &Project, tally: &Tally, ui: &Ui) -> Result<Option<Weighted>> {
    let Some(book) = project.dataset(survey.dataset()).weighting else { return Ok(None) };
    let others = project.book().datasets.iter().filter(|(name, _)| *name != survey.dataset());
    let others: Vec<&WeightingBook> = others.filter_map(|(_, other)| other.weighting.as_ref()).collect();
    let weighting = Weighting::new(&book, &others, |path| project.read(path)).map_err(|error| {
        match error.downcast_ref::<ProjectProblems>() {
            Some(problems) => listed(problems, "the targets of the weighting have problems; see above", ui),
            None => error,
        }
    })?;
    match weighting.calibrate(tally, &dimensions(&survey.parts())) {
        Ok(weighted) => Ok(Some(weighted)),
        Err(error) => {
            Err(listed(&error, "the survey cannot be weighted as the codebook says; see above", ui))
        }
    }
}

/// Calibrated weights as tables and verdicts tell them.
pub(super) fn described(Weighted { diagnosis, .. }: &Weighted, names: &Names) -> Weights {
    let weighting = &diagnosis.weighting;
    Weights::Calibrated {
        key: weighting.settings(),
        note: weighting.note(names),
        sizes_segments: weighting.margins.iter().any(|margin| margin.by.contains(&SEGMENT.to_owned())),
    }
}

fn listed(problems: &impl std::fmt::Display, so: &str, ui: &Ui) -> anyhow::Error {
    ui.error(problems.to_string().trim_end());
    Refusal::data(so).into()
}
