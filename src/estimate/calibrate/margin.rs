//! What weights are to be calibrated to: margins with their targets, and how to get there.

/// The targets of one dimension, or of the combinations of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Dimensions (indices into the cells' levels). With several, the targets are of combinations of their levels.
    pub dimensions: Vec<usize>,
    /// The margin covers only respondents on all of these (dimension, level); none: everybody.
    pub within: Vec<(usize, u16)>,
    /// What the targets' numbers mean.
    pub scale: Scale,
    /// The targets. Together they must cover every level that the sample has within the margin.
    pub targets: Vec<Target>,
}

/// What the numbers of a margin's targets mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Totals of w′, such as persons.
    Persons,
    /// Shares of the margin's total, in any unit: they are scaled to the total that another margin gives to the same
    /// respondents, or else to the sum of their base weights.
    Shares,
}

/// The target of one level, or of several that are taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Whom it covers.
    pub covers: Covers,
    /// The total of w′ over these, as [`Margin::scale`] says; finite, > 0.
    pub total: f64,
}

/// The levels of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covers {
    /// These combinations of level codes, each in the order of [`Margin::dimensions`].
    Levels(Vec<Vec<u16>>),
    /// All that no other target of the margin names.
    Others,
}

/// How to rake.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Limits of g, 0 ≤ lower < upper; the upper one may be infinite. `None`: any g > 0.
    pub bounds: Option<(f64, f64)>,
    /// Cycles over all margins after which raking is given up.
    pub max_iterations: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { bounds: None, max_iterations: 1000 }
    }
}
