//! What weighting did, by label: the numbers behind `wxstats weight`.

use std::collections::BTreeMap;

use crate::codebook::Name;
use crate::estimate::calibrate::{Calibration, TargetLine, Weights};

use super::sample::CodedMargin;
use super::{LabelledMargin, Weighting};

/// What weighting reached, for whom, and at what cost in precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// What the weights were to meet.
    pub weighting: Weighting,
    /// The margins in the order of the codebook, wave by wave where the tally has several.
    pub margins: Vec<MarginDiagnosis>,
    /// Cycles of raking over all margins.
    pub cycles: u32,
    /// Respondents with weight ≠ 0.
    pub n: u64,
    /// The base weights d.
    pub before: Weights,
    /// The weights w′ = d·g.
    pub after: Weights,
    /// Smallest and largest factor g.
    pub g: (f64, f64),
    /// Σw′ / Σd, the mean factor.
    pub mean_g: f64,
    /// The weights of those for whom a filter holds; `None` without one. Margins, factors and all else are of everybody.
    pub domain: Option<DomainWeights>,
    /// What a user of the weights should know.
    pub warnings: Vec<Warning>,
}

/// The weights of those for whom a filter holds.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainWeights {
    /// The filter as data files spell it.
    pub filter: String,
    /// The filter in words.
    pub name: Name,
    /// Respondents with weight ≠ 0.
    pub n: u64,
    /// The base weights d.
    pub before: Weights,
    /// The weights w′ = d·g.
    pub after: Weights,
}

/// One margin before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginDiagnosis {
    /// Its dimensions, levels and targets.
    pub margin: LabelledMargin,
    /// Whom it covers.
    pub whole: Line,
    /// By target.
    pub targets: Vec<Line>,
}

/// The respondents of one target, or of a whole margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Respondents with weight ≠ 0.
    pub n: u64,
    /// What Σw′ was to be. Shares are scaled to their margin's total.
    pub target: f64,
    /// Σd.
    pub before: f64,
    /// Σw′.
    pub after: f64,
}

impl Line {
    /// Σw′ / Σd, the mean factor of these respondents.
    #[must_use]
    pub fn g(&self) -> f64 {
        self.after / self.before
    }
}

/// What a user of the weights should know.
#[derive(Debug, Clone, PartialEq)]
pub enum Warning {
    /// Rows of the population file that no margin takes a target from.
    UnusedRows {
        /// The file.
        file: String,
        /// Their lines, ascending.
        lines: Vec<u64>,
        /// The dimension and level within which there is no margin, where only that keeps the rows from being used.
        outside: Option<(String, String)>,
    },
    /// The factors go beyond a fifth or five times their mean.
    WideFactors {
        /// Smallest factor over the mean.
        low: f64,
        /// Largest factor over the mean.
        high: f64,
    },
    /// Targets that fewer than 30 respondents are weighted to.
    FewRespondents {
        /// Index into [`Diagnosis::margins`].
        margin: usize,
        /// Indices into its targets.
        targets: Vec<usize>,
    },
}

/// Factors farther from their mean than this, either way, deserve a warning.
const WIDE: f64 = 5.0;
/// As of rates: a base below it is small.
const FEW: u64 = 30;

impl Diagnosis {
    pub(super) fn new(weighting: &Weighting, coded: &[CodedMargin], calibration: &Calibration) -> Self {
        let found = calibration.diagnostics();
        let margins: Vec<MarginDiagnosis> = coded
            .iter()
            .zip(&found.margins)
            .map(|(coded, lines)| {
                let line = |line: &TargetLine| Line {
                    n: line.n,
                    target: line.target,
                    before: line.before,
                    after: line.after,
                };
                let targets: Vec<Line> = lines.iter().map(line).collect();
                MarginDiagnosis { margin: coded.margin.clone(), whole: sum(&targets), targets }
            })
            .collect();
        let mut diagnosis = Self {
            weighting: weighting.clone(),
            margins,
            cycles: found.iterations,
            n: found.n,
            before: found.before,
            after: found.after,
            g: found.g,
            mean_g: found.after.sum / found.before.sum,
            domain: None,
            warnings: Vec::new(),
        };
        diagnosis.warn();
        diagnosis
    }

    fn warn(&mut self) {
        let mut unused: BTreeMap<_, (&str, Vec<u64>)> = BTreeMap::new();
        for row in &self.weighting.unused {
            let (_, lines) = unused.entry(&row.outside).or_insert((&row.place.file, Vec::new()));
            lines.push(row.place.line);
        }
        let unused = unused.into_iter().map(|(outside, (file, lines))| Warning::UnusedRows {
            file: file.to_owned(),
            lines,
            outside: outside.clone(),
        });
        self.warnings.extend(unused);
        let (low, high) = (self.g.0 / self.mean_g, self.g.1 / self.mean_g);
        if low < 1.0 / WIDE || high > WIDE {
            self.warnings.push(Warning::WideFactors { low, high });
        }
        for (margin, diagnosis) in self.margins.iter().enumerate() {
            let targets: Vec<usize> =
                (0..diagnosis.targets.len()).filter(|&target| diagnosis.targets[target].n < FEW).collect();
            if !targets.is_empty() {
                self.warnings.push(Warning::FewRespondents { margin, targets });
            }
        }
    }
}

/// The lines as one.
fn sum(lines: &[Line]) -> Line {
    let nobody = Line { n: 0, target: 0.0, before: 0.0, after: 0.0 };
    lines.iter().fold(nobody, |whole, line| Line {
        n: whole.n + line.n,
        target: whole.target + line.target,
        before: whole.before + line.before,
        after: whole.after + line.after,
    })
}
