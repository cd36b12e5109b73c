//! Weights that meet what a codebook says of the population.
//!
//! In: a dataset's [`WeightingBook`] and the population file that it names, and a [`Tally`] by those of the
//! [`dimensions`](WeightingBook::dimensions) of its margins that the survey has. Out: the [`Calibration`] for the estimators, and a
//! [`Diagnosis`] of what it did, with labels, as text or JSON. Refuses a population file with something wrong in it
//! ([`ProjectProblems`]), and margins that the sample cannot meet ([`WeightingError`]); both name the place in the codebook
//! or in the population file, margin and level.

mod diagnosis;
mod error;
mod figure;
mod json;
mod likeness;
mod margin;
mod mismatch;
mod place;
mod population;
mod rest;
mod sample;
mod text;
mod unused;
mod words;

use anyhow::Context;

pub use diagnosis::{Diagnosis, DomainWeights, Line, MarginDiagnosis, Warning};
pub use error::WeightingError;
pub use json::json;
pub use margin::{LabelledMargin, LabelledTarget};
use mismatch::{mismatches, partly_in_persons, unknown};
pub use place::Place;
pub use population::{Population, PopulationRow};
pub use rest::{Levels, Rest};
pub use sample::dimensions;
use sample::{CodedMargin, wave_by_wave};
pub use text::text;
pub use unused::UnusedRow;
use unused::unused;

use crate::codebook::project::{ProjectProblem, ProjectProblems, WeightingBook};
use crate::codebook::{Name, clean};
use crate::estimate::calibrate::{Calibration, Covers, Margin, Options, Target, rake};
use crate::tally::Tally;

/// What weights are to meet: margins with all their targets.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighting {
    /// Limits of g = w′/d, 0 ≤ lower < upper; `None`: any g > 0.
    pub bounds: Option<(f64, f64)>,
    /// The margins in the order of the codebook; not empty.
    pub margins: Vec<LabelledMargin>,
    /// The rows of the population file that no margin takes a target from.
    pub unused: Vec<UnusedRow>,
    /// Where the codebook asks for the weighting.
    pub place: Place,
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
    /// the codebook gives. `others` are the weightings of other datasets, which may share the file.
    ///
    /// # Errors
    /// What `read` reports, with the place of the path; [`ProjectProblems`], all that is wrong with the population file, or
    /// with what the codebook expects of it.
    pub fn new(
        book: &WeightingBook,
        others: &[&WeightingBook],
        read: impl FnOnce(&str) -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<Self> {
        let place = Place::new(&book.file, book.at);
        let population = match &book.population {
            Some(path) => {
                let bytes = read(path).with_context(|| format!("{place}: population \"{}\"", clean(path)))?;
                Some(Population::parse(&bytes, path)?)
            }
            None => None,
        };
        let (mut margins, mut problems) = (Vec::new(), Vec::new());
        for margin in &book.margins {
            match LabelledMargin::new(margin, &book.file, population.as_ref()) {
                Ok(margin) => margins.push(margin),
                Err(problem) => problems.push(problem),
            }
        }
        let unused =
            population.map_or_else(Vec::new, |population| unused(book, others, &margins, &population));
        Ok(ProjectProblems::none_or(problems, Self { bounds: book.bounds, margins, unused, place })?)
    }

    /// Calibrates the weights of a tally, each wave by itself where it has several. `known` are all dimensions that the
    /// survey has ([`dimensions`]); the tally must be by those of the margins that are among them.
    ///
    /// # Errors
    /// [`WeightingError`] when the sample cannot meet the margins.
    pub fn calibrate(&self, tally: &Tally, known: &[String]) -> Result<Weighted, WeightingError> {
        let mut coded = Vec::new();
        let mut problems: Vec<ProjectProblem> =
            self.unused.iter().flat_map(|row| row.strangers(tally)).collect();
        let mut is_known = true;
        for margin in &self.margins {
            if let Err(what) = CodedMargin::new(margin.clone(), tally) {
                problems.extend(what.iter().map(|what| unknown(margin, what, known)));
                is_known = false;
                continue;
            }
            let by_wave = wave_by_wave(margin, tally).into_iter();
            coded.extend(by_wave.filter_map(|margin| CodedMargin::new(margin, tally).ok()));
        }
        if is_known {
            problems.extend(partly_in_persons(&coded, tally));
        }
        if !problems.is_empty() {
            problems.extend(coded.iter().flat_map(|margin| mismatches(margin, tally)));
            return Err(ProjectProblems::new(problems).into());
        }
        let options = Options { bounds: self.bounds, ..Options::default() };
        let margins: Vec<Margin> = coded.iter().map(CodedMargin::to_calibrate).collect();
        let calibration = rake(&tally.cells, &margins, &options)
            .map_err(|error| WeightingError::new(&error, &self.place, &coded, tally))?;
        let diagnosis = Diagnosis::new(self, &coded, &calibration);
        Ok(Weighted { calibration, diagnosis })
    }
}

impl Weighted {
    /// Adds to the diagnosis the weights of those on a level (code) of a dimension (index) of the tally, which a filter, given
    /// as data files spell it and in words, is.
    pub fn diagnose_domain(&mut self, tally: &Tally, within: (usize, u16), filter: String, name: Name) {
        let groups = tally.cells.groups();
        let is_in = |group: usize| groups[group].levels[within.0] == within.1;
        let (n, before, after) = self.calibration.weights_of(&tally.cells, is_in);
        self.diagnosis.domain = Some(DomainWeights { filter, name, n, before, after });
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
