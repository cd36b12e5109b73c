//! [`Judgement`]: what the data says to each claim.

use super::published::{Finding, Unanswered};
use super::rates::Untold;
use super::statement::Claim;
use crate::codebook::{Item, Name};
use crate::estimate::{NotEstimable, Settings, Trial};
use crate::ingest::Origin;
use crate::measure::Unit;
use crate::table::{Label, Mark, MeasureLabel, Source, Weights};

/// The verdicts on the claims of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The file of the claims, as messages show it.
    pub file: String,
    /// The surveys it rests on.
    pub sources: Vec<Source>,
    /// How it was made.
    pub settings: Settings,
    /// Which weights were used.
    pub weights: Weights,
    /// The filter that chooses whom all figures are of, if there is one.
    pub filter: Option<Label>,
    /// The file of published figures, if some are given.
    pub published: Option<Origin>,
    /// How many claims could be tested: the family of the correction.
    pub family: usize,
    /// In the order of the file.
    pub verdicts: Vec<Verdict>,
}

/// The verdict on one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The claim.
    pub claim: Claim,
    /// What the data says to it.
    pub outcome: Outcome,
    /// Its p-values; `None` when nothing was tested.
    pub p: Option<PValues>,
    /// The tests of what it asserts, in order; none when it is not testable.
    pub tests: Vec<Test>,
    /// What published figures say, in order; none when it is not testable.
    pub findings: Vec<Finding>,
    /// The levels that a ranking leaves out, as their figures may not be shown.
    pub left_out: Vec<LeftOut>,
}

/// What the data says to a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// All that it asserts is clear in the data.
    Supported,
    /// The opposite of something that it asserts is.
    Contradicted,
    /// Neither is clear.
    NotClear,
    /// The data has nothing to say, for these reasons; at least one.
    NotTestable(Vec<Reason>),
}

/// The p-values of a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PValues {
    /// Small where all that is asserted is clear.
    pub supporting: f64,
    /// The same, corrected over the file.
    pub supporting_adjusted: f64,
    /// Small where the opposite of something is.
    pub opposing: f64,
    /// The same, corrected over the file.
    pub opposing_adjusted: f64,
}

/// One test of an assertion.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Index into the claim's assertions.
    pub assertion: usize,
    /// The figures, in order.
    pub figures: Vec<Shown>,
    /// What was tested.
    pub form: Form,
    /// Estimate, interval and the two one-sided tests against 0, or against the number.
    pub trial: Trial,
    /// The scale of the figures.
    pub unit: Unit,
    /// Small where the assertion is clear; not corrected.
    pub supporting: f64,
    /// Small where its opposite is; not corrected.
    pub opposing: f64,
    /// The smallest true difference, or for *about* the smallest margin, that a test of this data at the level corrected
    /// for the number of claims would have shown with probability 0.8.
    pub detectable: f64,
}

/// The form of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Form {
    /// The first figure minus the second.
    Difference,
    /// The figure against a number.
    Against(f64),
    /// The figure within a margin of a number: the number and the margin.
    About(f64, f64),
    /// The slope of the figures by wave: the change from one wave to the next.
    Slope,
}

/// A figure of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What it is: `Moments: share, Expats, Guangzhou`.
    pub label: Name,
    /// The same for tables.
    pub measure: MeasureLabel,
    /// Respondents in the base.
    pub n: u64,
    /// The figure.
    pub value: f64,
    /// Its confidence limits.
    pub interval: (f64, f64),
    /// Why it is to be used with care.
    pub mark: Option<Mark>,
}

/// A level that a ranking leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// The level.
    pub level: Name,
    /// Why.
    pub mark: Mark,
}

/// Why a claim cannot be tested.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The survey does not ask an item.
    Item(Item),
    /// The survey has no such dimension.
    Dimension(String),
    /// Nobody in the survey stands at a level: dimension and level.
    Level(String, String),
    /// `rate(…)` of numbers, or `mean(…)` or `median(…)` of what is no number.
    Kind(Item),
    /// Items that cannot be set against each other, or figures of different scales.
    Scales,
    /// A figure that may not be shown, or cannot be had.
    Figure(Name, Mark),
    /// The combination cannot be estimated.
    NotEstimable(NotEstimable),
    /// A trend of fewer than two waves.
    OneWave,
    /// A trend over a rate of 0% or 100%, where the linearised variance says nothing.
    TrendAtBoundary,
    /// `rest` is nobody.
    NoRest,
    /// A published row leaves something open.
    Untold(Untold),
    /// No survey is looked at.
    NoSurvey,
    /// Published figures cannot answer.
    Published(Unanswered),
}

impl Outcome {
    /// As data files spell it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::NotClear => "not-clear",
            Self::NotTestable(_) => "not-testable",
        }
    }
}

impl Judgement {
    /// The claims that fail: those that are contradicted, or where `strict` all that are not supported.
    pub fn failures(&self, strict: bool) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(move |verdict| match verdict.outcome {
            Outcome::Contradicted => true,
            Outcome::NotClear | Outcome::NotTestable(_) => strict,
            Outcome::Supported => false,
        })
    }

    /// How many verdicts have an outcome of this key.
    #[must_use]
    pub fn count(&self, key: &str) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.outcome.key() == key).count()
    }
}
