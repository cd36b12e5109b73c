//! Weights that meet what a codebook says of the population.
//!
//! In: a dataset's [`WeightingBook`] and the population file that it names, and a [`Tally`] by the
//! [`dimensions`](WeightingBook::dimensions) of its margins. Out: the [`Calibration`] for the estimators, and a
//! [`Diagnosis`] of what it did, with labels, as text or JSON. Refuses a population file with something wrong in it
//! ([`ProjectProblems`]), and margins that the sample cannot meet ([`WeightingError`], which names margin and level).

mod diagnosis;
mod error;
mod figure;
mod json;
mod margin;
mod population;
mod sample;
mod text;
mod words;

pub use diagnosis::{Diagnosis, Line, MarginDiagnosis, Warning};
pub use error::{WeightingError, WeightingProblem};
pub use json::json;
pub use margin::{LabelledMargin, LabelledTarget};
pub use population::{Population, PopulationRow};
use sample::{CodedMargin, wave_by_wave};
pub use text::text;

use crate::codebook::project::{ProjectProblems, WeightingBook};
use crate::estimate::calibrate::{Calibration, Covers, Margin, Options, Target, rake};
use crate::tally::Tally;

/// What weights are to meet: margins with all their targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighting {
    /// Limits of g = w′/d, 0 ≤ lower < upper; `None`: any g > 0.
    pub bounds: Option<(f64, f64)>,
    /// The margins in the order of the codebook; not empty.
    pub margins: Vec<LabelledMargin>,
}

/// Calibrated weights of one tally.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    /// The weights, for the estimators. It belongs to the tally's cells.
    pub calibration: Calibration,
    /// What was reached, for whom, and at what cost.
    pub diagnosis: Diagnosis,
}

impl Weighting {
    /// The margins of a codebook, with the targets from its population file, whose bytes `read` gets by the path that
    /// the codebook gives.
    ///
    /// # Errors
    /// What `read` reports; [`ProjectProblems`], all that is wrong with the population file.
    pub fn new(
        book: &WeightingBook,
        read: impl FnOnce(&str) -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<Self> {
        let population = match &book.population {
            Some(path) => Some(Population::parse(&read(path)?, path)?),
            None => None,
        };
        let (mut margins, mut problems) = (Vec::new(), Vec::new());
        for margin in &book.margins {
            match LabelledMargin::new(margin, population.as_ref()) {
                Ok(margin) => margins.push(margin),
                Err(problem) => problems.push(problem),
            }
        }
        Ok(ProjectProblems::none_or(problems, Self { bounds: book.bounds, margins })?)
    }

    /// Calibrates the weights of a tally, each wave by itself where it has several.
    ///
    /// # Errors
    /// [`WeightingError`] when the sample cannot meet the margins.
    pub fn calibrate(&self, tally: &Tally) -> Result<Weighted, WeightingError> {
        let margins = self.margins.iter().flat_map(|margin| wave_by_wave(margin, tally));
        let (mut coded, mut unknown) = (Vec::new(), Vec::new());
        for margin in margins {
            let label = margin.label();
            match CodedMargin::new(margin, tally) {
                Ok(margin) => coded.push(margin),
                Err(what) => unknown.push((label, what)),
            }
        }
        if !unknown.is_empty() {
            return Err(WeightingError::not_in_sample(unknown));
        }
        let options = Options { bounds: self.bounds, ..Options::default() };
        let margins: Vec<Margin> = coded.iter().map(CodedMargin::to_calibrate).collect();
        let calibration = rake(&tally.cells, &margins, &options)
            .map_err(|error| WeightingError::new(&error, &coded, tally))?;
        let diagnosis = Diagnosis::new(self, &coded, &calibration, tally);
        Ok(Weighted { calibration, diagnosis })
    }
}

impl CodedMargin {
    /// The margin as calibration takes it.
    fn to_calibrate(&self) -> Margin {
        let targets = self.targets.iter().zip(&self.margin.targets);
        Margin {
            dimensions: self.dimensions.clone(),
            within: self.within.clone(),
            scale: self.margin.scale,
            targets: targets
                .map(|(codes, target)| Target {
                    covers: codes.clone().map_or(Covers::Others, Covers::Levels),
                    total: target.total,
                })
                .collect(),
        }
    }
}
