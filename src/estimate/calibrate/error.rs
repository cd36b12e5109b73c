//! Why weights cannot be calibrated.

/// Why weights cannot be calibrated. `margin` is an index into the margins, `target` one into [`Margin::targets`], and
/// levels are codes in the order of [`Margin::dimensions`].
///
/// [`Margin::targets`]: super::Margin::targets
/// [`Margin::dimensions`]: super::Margin::dimensions
#[derive(Debug, Clone, PartialEq)]
pub enum CalibrationError {
    /// The sum of all base weights is 0, or no variable was tallied.
    NoWeight,
    /// The bounds of g are not 0 ≤ lower < upper.
    BadBounds {
        /// As given.
        bounds: (f64, f64),
    },
    /// A target is not a finite number > 0.
    BadTarget {
        /// The margin.
        margin: usize,
        /// The target.
        target: usize,
        /// As given.
        total: f64,
    },
    /// Two targets of a margin name the same levels, or two cover the others.
    TargetTwice {
        /// The margin.
        margin: usize,
        /// The later of the two.
        target: usize,
    },
    /// Targets of whose levels the sample has no respondent.
    MissingInSample {
        /// The margin.
        margin: usize,
        /// The targets.
        targets: Vec<usize>,
    },
    /// Targets all of whose respondents have weight 0.
    Weightless {
        /// The margin.
        margin: usize,
        /// The targets.
        targets: Vec<usize>,
    },
    /// Levels of respondents with weight ≠ 0 for which the margin has no target.
    MissingInTargets {
        /// The margin.
        margin: usize,
        /// The levels, sorted.
        levels: Vec<Vec<u16>>,
    },
    /// Two margins give different totals to the same respondents.
    DifferentTotals {
        /// The margins; the first covers these respondents and, it may be, others.
        margins: (usize, usize),
        /// What each of them gives to the respondents of the second, in the unit of w′.
        totals: (f64, f64),
    },
    /// A target can be met only with a g that on average is out of bounds.
    OutOfBounds {
        /// The margin.
        margin: usize,
        /// The target.
        target: usize,
        /// Target over the sum of base weights.
        g: f64,
    },
    /// Raking was given up: the margins contradict each other in this sample, or within the bounds.
    NotConverging {
        /// The margin that is farthest from its target after the last cycle.
        margin: usize,
        /// Its target.
        target: usize,
        /// What was reached there over the target, minus 1.
        discrepancy: f64,
        /// Cycles.
        iterations: u32,
    },
}
