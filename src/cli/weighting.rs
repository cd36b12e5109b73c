//! A dataset's weighting, from its codebook to the weights of a tally.

use anyhow::Result;

use super::exit::Refusal;
use super::project::Project;
use crate::codebook::project::DatasetBook;
use crate::tally::Tally;
use crate::weighting::{Weighted, Weighting, WeightingError};

/// Calibrates the weights of a tally as the codebook says; `None` where it says nothing.
pub(super) fn weight(book: &DatasetBook, project: &Project, tally: &Tally) -> Result<Option<Weighted>> {
    let Some(book) = &book.weighting else { return Ok(None) };
    let weighting = Weighting::new(book, |path| project.read(path))?;
    Ok(Some(weighting.calibrate(tally).map_err(|error| refusal(&error))?))
}

fn refusal(error: &WeightingError) -> Refusal {
    Refusal::data(format!("the survey cannot be weighted as the codebook says: {error}")).hint(error.hint())
}
