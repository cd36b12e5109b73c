//! What the estimators hand over: [`Estimates`], with every figure's base, accuracy and flag.

/// Rates and gaps by domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimates {
    /// One row per domain and item, sorted by levels, then item. Domains without any respondent are left out.
    pub rates: Vec<RateRow>,
    /// One row per comparison and item, sorted by the other levels, then in the order of [`Compare::pairs`](super::Compare::pairs), then by
    /// item. A pair neither side of which has a respondent is left out.
    pub gaps: Vec<GapRow>,
    /// One row per combination of the other levels and item, in this order.
    pub tests: Vec<TestRow>,
}

/// The rate of one item in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct RateRow {
    /// Level codes in the order of [`Request::by`](super::Request::by).
    pub levels: Vec<u16>,
    /// Item index.
    pub item: usize,
    /// Base and states, which stand even where the rate does not.
    pub base: Base,
    /// The rate, or why there is none.
    pub rate: Result<Rate, NotEstimable>,
    /// How the rate may be shown; `None` when plain or not estimable.
    pub flag: Option<Flag>,
    /// The columns that this rate is significantly higher than, by level; empty where no letters were asked for.
    pub letters: Vec<Letter>,
}

/// The mark under a rate that is significantly higher than the rate of another column in the same row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// Level of the lower column.
    pub lower: u16,
    /// Whether the corrected p-value lies below a fifth of 1 − level (an upper case letter), not only below 1 − level.
    pub strong: bool,
}

/// How many answered, and how many did not. Rows of weight 0 are not counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Base {
    /// Respondents who answered yes or no: the base of the rate.
    pub n: u64,
    /// Of these, how many said yes.
    pub yes: u64,
    /// Asked and left blank.
    pub blank: u64,
    /// Not asked.
    pub not_asked: u64,
    /// Sum of the (calibrated) weights of those who answered.
    pub weighted_n: f64,
}

/// An estimated proportion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Σwy/Σw among those who answered, in [0, 1].
    pub estimate: f64,
    /// Design-based standard error. 0 where the estimate is 0 or 1.
    pub se: f64,
    /// Confidence limits at the settings' level; in [0, 1], but for [`Interval::Mean`](super::Interval::Mean).
    pub interval: (f64, f64),
    /// Degrees of freedom: PSUs minus strata, among rows of the domain with weight ≠ 0.
    pub df: u64,
    /// Design effect against simple random sampling with replacement; `None` where the estimate is 0 or 1.
    pub deff: Option<f64>,
    /// Effective base, at most n.
    pub n_eff: f64,
}

/// The difference of two rates.
#[derive(Debug, Clone, PartialEq)]
pub struct GapRow {
    /// Level codes of the other dimensions of [`Request::by`](super::Request::by), in its order, without the compared one.
    pub levels: Vec<u16>,
    /// The compared levels: the gap is the first's rate minus the second's.
    pub of: (u16, u16),
    /// Item index.
    pub item: usize,
    /// The gap, or why there is none.
    pub gap: Result<Gap, NotEstimable>,
    /// `Withheld` when one of the two rates is; `Caution` when one of them is or lies at 0 or 1.
    pub flag: Option<Flag>,
}

/// An estimated difference of two rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// First rate minus second, in [−1, 1].
    pub difference: f64,
    /// Standard error from the joint covariance.
    pub se: f64,
    /// Confidence limits of the difference: from t, or MOVER where a rate is 0 or 1.
    pub interval: (f64, f64),
    /// Degrees of freedom of the union of the two domains.
    pub df: u64,
    /// difference / se; `None` where MOVER is used, or both sides are a census.
    pub t: Option<f64>,
    /// Two-sided p-value, uncorrected.
    pub p: f64,
    /// p-value after [`Correction`](super::Correction) over all gaps of the [`Estimates`].
    pub p_adjusted: f64,
    /// The relative rate; `None` where a rate is 0, or the ratio has no finite interval of positive width.
    pub ratio: Option<Ratio>,
}

/// An estimated ratio of two rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// First rate over second, > 0.
    pub estimate: f64,
    /// Confidence limits, ≥ 0: from t on the logarithm, or MOVER on it where a rate is 1.
    pub interval: (f64, f64),
}

/// The test of one item against one dimension: whether its rate is the same at all levels.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRow {
    /// Level codes of the other dimensions of [`Request::by`](super::Request::by), in its order, without the tested one.
    pub levels: Vec<u16>,
    /// Item index.
    pub item: usize,
    /// The test, or why there is none.
    pub test: Result<RaoScott, NotEstimable>,
}

/// Pearson's X² with the second-order correction of Rao & Scott, as an F test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaoScott {
    /// X² over the trace of the generalised design effects.
    pub f: f64,
    /// Numerator degrees of freedom, a fraction as a rule.
    pub ndf: f64,
    /// Denominator degrees of freedom: `ndf` times those of the design.
    pub ddf: f64,
    /// P(F > f).
    pub p: f64,
}

/// Why a figure cannot be estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEstimable {
    /// Nobody in the domain answered the item (or all who did have weight 0).
    Empty,
    /// As many strata as PSUs in the domain: no degrees of freedom.
    ZeroDf,
    /// A stratum has one PSU only, so its variance cannot be estimated, and [`LonelyPsu`](super::LonelyPsu) does not help.
    LonePsu {
        /// Index into the cells' strata.
        stratum: u32,
    },
    /// The estimated variance is 0 although the rate lies between 0 and 1, and the stratum is no census.
    ZeroVariance,
    /// A gap one of whose rates cannot be estimated for the reason that stands at that rate.
    Side,
    /// A test of a table with one row or column: all who answered said the same, or stand at one level.
    Uniform,
    /// A test of more columns than the PSUs can tell apart: their covariance matrix is singular.
    Singular,
}

/// A mark on a figure that says how it may be used (NCHS presentation standards for proportions, 2017).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Flag {
    /// Not to be shown.
    Withheld(Reason),
    /// To be shown with a warning.
    Caution(Reason),
}

/// Why a figure is flagged, with the value that crossed the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reason {
    /// n < 30.
    Base(u64),
    /// Effective base < 30.
    EffectiveBase(f64),
    /// Absolute width of the 95 % Korn–Graubard interval ≥ 0.30.
    Width(f64),
    /// Width relative to the rate > 130 %.
    RelativeWidth(f64),
    /// Width relative to the complement of the rate > 130 %.
    ComplementWidth(f64),
    /// Fewer than 8 degrees of freedom.
    FewDf(u64),
    /// The rate is 0 or 1.
    Boundary,
}
