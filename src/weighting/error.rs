//! Why a dataset cannot be weighted as its codebook says: sentences that name margin and level.

use std::fmt;

use crate::codebook::clean;
use crate::estimate::calibrate::{CalibrationError, Scale};
use crate::tally::Tally;

use super::figure::{factor, percent, quantity};
use super::sample::{CodedMargin, NotInSample};

/// Everything for which weights cannot be calibrated; at least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightingError(Vec<WeightingProblem>);

/// One reason, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightingProblem {
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl WeightingError {
    /// The reasons.
    #[must_use]
    pub fn problems(&self) -> &[WeightingProblem] {
        &self.0
    }

    /// What to do about them, each advice once.
    #[must_use]
    pub fn hint(&self) -> String {
        let mut hints: Vec<&str> = Vec::new();
        for problem in &self.0 {
            if !hints.contains(&problem.hint.as_str()) {
                hints.push(&problem.hint);
            }
        }
        hints.join("; ")
    }

    /// Margins that name what the sample does not have; not empty.
    pub(super) fn not_in_sample(found: Vec<(String, NotInSample)>) -> Self {
        let problem = |(margin, what)| match what {
            NotInSample::Dimension(name) => problem(
                &format!("{margin}: the survey has no column {name}"),
                "a margin is of segment, city, wave or another column of the survey",
            ),
            NotInSample::Level(dimension, level) => problem(
                &format!("{margin}: the sample has nobody in {dimension} {}", shown(&[level])),
                "leave the margin out, or weight a sample that has them",
            ),
        };
        Self(found.into_iter().map(problem).collect())
    }

    /// What calibration refuses, in the labels of its margins.
    pub(super) fn new(error: &CalibrationError, margins: &[CodedMargin], tally: &Tally) -> Self {
        let label = |margin: usize| margins[margin].margin.label();
        let target = |margin: usize, target: usize| margins[margin].target_label(target);
        let one = |message: String, hint: &str| Self(vec![problem(&message, hint)]);
        match *error {
            CalibrationError::NoWeight => one(
                "nobody in the sample has a weight above 0".to_owned(),
                "weighting multiplies the base weights: look at the column weight",
            ),
            CalibrationError::BadBounds { bounds: (lower, upper) } => one(
                format!("bounds from {lower} to {upper} leave no room"),
                "write the least and the greatest factor on a base weight, such as [0.3, 3.0]",
            ),
            CalibrationError::BadTarget { margin, target: at, total } => one(
                format!("{}: the target of {} is {total}", label(margin), target(margin, at)),
                "a target is a number above 0; a level that nobody has needs none",
            ),
            CalibrationError::TargetTwice { margin, target: at } => one(
                format!("{}: {} has two targets", label(margin), target(margin, at)),
                "give each level one target",
            ),
            CalibrationError::MissingInSample { .. } | CalibrationError::MissingInTargets { .. } => {
                Self(margins.iter().flat_map(|margin| mismatches(margin, tally)).collect())
            }
            CalibrationError::Weightless { margin, ref targets } => {
                let labels = targets.iter().map(|&at| target(margin, at)).collect::<Vec<_>>();
                one(format!("{}: everybody in {} has weight 0", label(margin), and(&labels)), LEAVE_OUT)
            }
            CalibrationError::DifferentTotals { margins: (first, second), totals } => one(
                format!(
                    "{} gives {} to those to whom {} gives {}",
                    label(first),
                    quantity(totals.0),
                    label(second),
                    quantity(totals.1)
                ),
                "margins of the same people have the same total: correct one, or give it as shares",
            ),
            CalibrationError::OutOfBounds { margin, target: at, g } => one(
                format!(
                    "{}: {} needs a factor of {} on average, which is out of bounds",
                    label(margin),
                    target(margin, at),
                    factor(g)
                ),
                if margins[margin].margin.scale == Scale::Persons { SCALE } else { "widen the bounds" },
            ),
            CalibrationError::NotConverging { margin, target: at, discrepancy, iterations } => one(
                not_converging(&margins[margin], at, discrepancy, iterations),
                "the margins contradict each other in this sample, mostly because combinations are empty: leave small \
                 levels to \"*\", leave a margin out, or widen the bounds",
            ),
        }
    }
}

const LEAVE_OUT: &str =
    "leave the level out, so that \"*\", or what the population's total leaves, covers it";
const SCALE: &str = "bounds are of the weight after over the weight before: targets in persons need base weights that add up to \
     about as many; give shares, or widen the bounds";

fn problem(message: &str, hint: &str) -> WeightingProblem {
    WeightingProblem { message: clean(message), hint: hint.to_owned() }
}

fn not_converging(margin: &CodedMargin, target: usize, discrepancy: f64, iterations: u32) -> String {
    let side = if discrepancy < 0.0 { "below" } else { "above" };
    let by = match discrepancy.abs() {
        small if small < 0.001 => "less than 0.1%".to_owned(),
        large => percent(large),
    };
    format!(
        "raking did not converge: after {iterations} cycles {} of {} is still {by} {side} its target",
        margin.target_label(target),
        margin.margin.label(),
    )
}

/// Levels that stand on one side only, of one margin.
fn mismatches(margin: &CodedMargin, tally: &Tally) -> Vec<WeightingProblem> {
    let label = margin.margin.label();
    let (missing, unlisted) = margin.mismatch(tally);
    let mut problems = Vec::new();
    let (others, named): (Vec<usize>, Vec<usize>) =
        missing.into_iter().partition(|&target| margin.targets[target].is_none());
    if !named.is_empty() {
        let labels: Vec<String> = named.into_iter().map(|target| margin.target_label(target)).collect();
        problems.push(problem(&format!("{label}: the sample has nobody in {}", and(&labels)), LEAVE_OUT));
    }
    for target in others {
        let total = match margin.margin.scale {
            Scale::Persons => format!("{} persons", quantity(margin.margin.targets[target].total)),
            Scale::Shares => "a share".to_owned(),
        };
        problems.push(problem(
            &format!("{label}: {total} are left to levels that are not listed, and the sample has nobody there"),
            "to weight to the listed levels only, leave out \"*\", or the population's row with the level left blank",
        ));
    }
    if !unlisted.is_empty() {
        let counts: Vec<String> = unlisted
            .iter()
            .map(|(levels, n)| {
                let respondents = if *n == 1 { "respondent" } else { "respondents" };
                format!("{n} {respondents} in {}", shown(levels))
            })
            .collect();
        let them = if counts.len() == 1 { "it" } else { "them" };
        problems.push(problem(
            &format!("{label}: the sample has {}, and the targets do not list {them}", and(&counts)),
            "add a target, or \"*\" for all others (in a population file, a row with the level left blank: the total)",
        ));
    }
    problems
}

impl CodedMargin {
    /// A target for messages.
    fn target_label(&self, target: usize) -> String {
        let levels = &self.margin.targets[target].levels;
        levels.as_ref().map_or_else(|| "all others".to_owned(), |levels| shown(levels))
    }
}

/// Levels for messages: `iOS*18-24`.
fn shown(levels: &[String]) -> String {
    let level = |level: &String| if level.is_empty() { "(blank)".to_owned() } else { level.clone() };
    levels.iter().map(level).collect::<Vec<_>>().join("*")
}

/// `a`, `a and b`, `a, b and c`.
fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// One line per reason.
impl fmt::Display for WeightingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.0.iter().map(|problem| problem.message.as_str()).collect();
        f.write_str(&messages.join("\n"))
    }
}

impl std::error::Error for WeightingError {}
