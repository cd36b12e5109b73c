//! Why a dataset cannot be weighted as its codebook says: sentences that name place, margin and level.

use std::fmt;

use crate::codebook::project::{ProjectProblem, ProjectProblems};
use crate::estimate::calibrate::{CalibrationError, Scale};
use crate::tally::Tally;

use super::figure::{factor, percent, quantity};
use super::mismatch::{LEAVE_OUT, mismatches};
use super::place::Place;
use super::sample::CodedMargin;
use super::words::shown;

/// Everything for which weights cannot be calibrated, each with the place of the margin, or of the target of it, in the
/// codebook or the population file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightingError(ProjectProblems);

impl WeightingError {
    /// The reasons, by place; at least one.
    #[must_use]
    pub fn problems(&self) -> &[ProjectProblem] {
        self.0.list()
    }

    /// What calibration refuses, in the labels of its margins. `weighting` is where the codebook asks for it.
    pub(super) fn new(
        error: &CalibrationError,
        weighting: &Place,
        margins: &[CodedMargin],
        tally: &Tally,
    ) -> Self {
        Self(ProjectProblems::new(match *error {
            CalibrationError::NoWeight => vec![weighting.problem(
                "nobody in the sample has a weight above 0",
                "weighting multiplies the base weights: look at the column weight",
            )],
            CalibrationError::BadBounds { bounds: (lower, upper) } => vec![weighting.problem(
                format!("bounds from {lower} to {upper} leave no room"),
                "write the least and the greatest factor on a base weight, such as [0.3, 3.0]",
            )],
            CalibrationError::BadTarget { margin, target, total } => vec![margins[margin].at(
                target,
                &format!("is {total}"),
                "a target is a number above 0; a level that nobody has needs none",
            )],
            CalibrationError::TargetTwice { margin, target } => {
                vec![margins[margin].at(target, "stands twice", "give each level one target")]
            }
            CalibrationError::MissingInSample { .. } | CalibrationError::MissingInTargets { .. } => {
                margins.iter().flat_map(|margin| mismatches(margin, tally)).collect()
            }
            CalibrationError::Weightless { margin, ref targets } => targets
                .iter()
                .map(|&target| {
                    margins[margin].at(target, "covers nobody but respondents of weight 0", LEAVE_OUT)
                })
                .collect(),
            CalibrationError::DifferentTotals { margins: (first, second), totals } => {
                vec![different_totals(&margins[first], &margins[second], totals)]
            }
            CalibrationError::OutOfBounds { margin, target, g } => vec![margins[margin].at(
                target,
                &format!("needs a factor of {} on average, which is out of bounds", factor(g)),
                if margins[margin].margin.scale == Scale::Persons { SCALE } else { "widen the bounds" },
            )],
            CalibrationError::NotConverging { margin, target, discrepancy, iterations } => {
                vec![not_converging(&margins[margin], target, discrepancy, iterations)]
            }
        }))
    }
}

impl From<ProjectProblems> for WeightingError {
    fn from(problems: ProjectProblems) -> Self {
        Self(problems)
    }
}

const SCALE: &str = "bounds are of the weight after over the weight before: targets in persons need base weights that add up to \
     about as many; give shares, or widen the bounds";

impl CodedMargin {
    /// What is wrong with a target.
    fn at(&self, target: usize, what: &str, hint: &str) -> ProjectProblem {
        let message = format!("{}: {} {what}", self.margin.label(), self.target_label(target));
        self.margin.targets[target].place.problem(message, hint)
    }

    fn target_label(&self, target: usize) -> String {
        let levels = &self.margin.targets[target].levels;
        levels.as_ref().map_or_else(|| "all others".to_owned(), |levels| shown(levels))
    }
}

fn different_totals(first: &CodedMargin, second: &CodedMargin, totals: (f64, f64)) -> ProjectProblem {
    let (first, second) = (&first.margin, &second.margin);
    let message = format!(
        "{} gives {} to those to whom {} ({}) gives {}",
        first.label(),
        quantity(totals.0),
        second.label(),
        second.place,
        quantity(totals.1)
    );
    let hint = "margins of the same people have the same total: correct one, or give it as shares";
    first.place.problem(message, hint)
}

fn not_converging(margin: &CodedMargin, target: usize, discrepancy: f64, iterations: u32) -> ProjectProblem {
    let side = if discrepancy < 0.0 { "below" } else { "above" };
    let by = match discrepancy.abs() {
        small if small < 0.001 => "less than 0.1%".to_owned(),
        large => percent(large),
    };
    let message = format!(
        "raking did not converge: after {iterations} cycles {} of {} is still {by} {side} its target",
        margin.target_label(target),
        margin.margin.label(),
    );
    margin.margin.targets[target].place.problem(
        message,
        "the margins contradict each other in this sample, mostly because combinations are empty: leave small levels to \
         \"*\", leave a margin out, or widen the bounds",
    )
}

/// As the problems.
impl fmt::Display for WeightingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for WeightingError {}
