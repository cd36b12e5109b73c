//! What the estimators hand over: [`Estimates`], with every figure's base, accuracy and flag.

/// Figures and gaps by domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimates {
    /// One row per domain and measure, sorted by levels, then measure. Domains without any respondent are left out.
    pub rows: Vec<EstimateRow>,
    /// One row per comparison and measure, sorted by the other levels, then in the order of [`Compare::pairs`](super::Compare::pairs), then by
    /// measure. A pair neither side of which has a respondent is left out.
    pub gaps: Vec<GapRow>,
    /// One row per combination of the other levels and measure, in this order.
    pub tests: Vec<TestRow>,
}

/// The figure of one measure in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct EstimateRow {
    /// Level codes in the order of [`Request::by`](super::Request::by).
    pub levels: Vec<u16>,
    /// Index of the measure.
    pub measure: usize,
    /// Base and states, which stand even where the figure does not.
    pub base: Base,
    /// The figure, or why there is none.
    pub estimate: Result<Estimate, NotEstimable>,
    /// How the figure may be shown; `None` when plain or not estimable.
    pub flag: Option<Flag>,
    /// The columns that this figure is significantly higher than, by level; empty where no letters were asked for.
    pub letters: Vec<Letter>,
}

/// The mark under a figure that is significantly higher than that of another column in the same row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// Level of the lower column.
    pub lower: u16,
    /// Whether the corrected p-value lies below a fifth of 1 − level (an upper case letter), not only below 1 − level.
    pub strong: bool,
}

/// How many count, and how many do not. Rows of weight 0 are not counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Base {
    /// Respondents who count: as a rule those who answered.
    pub n: u64,
    /// Of these, how many said yes; `None` when the figure is not about a yes.
    pub yes: Option<u64>,
    /// The smallest count behind the figure that is not 0: of those who count and, where it is about a yes, of those who
    /// said yes and who did not, on either side of a difference.
    pub fewest: u64,
    /// Asked and left blank.
    pub blank: u64,
    /// Not asked.
    pub not_asked: u64,
    /// Outside for what they replied to another question, such as those who do not read among readers.
    pub outside: u64,
    /// Sum of the (calibrated) weights of those who count.
    pub weighted_n: f64,
}

/// An estimated figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// As the measure's [`Statistic`](super::Statistic) says; a rate in [0, 1].
    pub value: f64,
    /// Design-based standard error. 0 where a rate is 0 or 1.
    pub se: f64,
    /// Confidence limits at the settings' level. Those of a rate lie in [0, 1], but for
    /// [`Interval::Mean`](super::Interval::Mean); those of other figures are symmetric.
    pub interval: (f64, f64),
    /// Degrees of freedom: PSUs minus strata, among rows of the base with weight ≠ 0.
    pub df: u64,
    /// Design effect of a rate or mean against simple random sampling with replacement; `None` where a rate is 0 or 1.
    pub deff: Option<f64>,
    /// Effective base of a rate or mean, at most n.
    pub n_eff: Option<f64>,
    /// The test of a difference within respondents against 0.
    pub test: Option<Test>,
}

/// A t test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// The statistic: estimate over standard error.
    pub t: f64,
    /// Two-sided p-value, uncorrected.
    pub p: f64,
}

/// The difference of two figures.
#[derive(Debug, Clone, PartialEq)]
pub struct GapRow {
    /// Level codes of the other dimensions of [`Request::by`](super::Request::by), in its order, without the compared one.
    pub levels: Vec<u16>,
    /// The compared levels: the gap is the first's rate minus the second's.
    pub of: (u16, u16),
    /// Index of the measure.
    pub measure: usize,
    /// The gap, or why there is none.
    pub gap: Result<Gap, NotEstimable>,
    /// `Withheld` when one of the two figures is; `Caution` when one of them is or lies at 0 or 1.
    pub flag: Option<Flag>,
}

/// An estimated difference of two figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// First figure minus second; of rates in [−1, 1].
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
    /// The relative rate; `None` where a rate is 0, or the ratio has no finite interval of positive width, and of other
    /// figures than rates.
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

impl Ratio {
    /// The second rate over the first; `None` where that has no finite interval.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        let (low, high) = self.interval;
        (low > 0.0).then(|| Self { estimate: 1.0 / self.estimate, interval: (1.0 / high, 1.0 / low) })
    }
}

/// The test of one rate against one dimension: whether it is the same at all levels.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRow {
    /// Level codes of the other dimensions of [`Request::by`](super::Request::by), in its order, without the tested one.
    pub levels: Vec<u16>,
    /// Index of the measure.
    pub measure: usize,
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
    /// Nobody in the domain counts (or all who do have weight 0).
    Empty,
    /// A ratio whose denominator is 0: nobody among those who count did what it counts.
    ZeroDenominator,
    /// As many strata as PSUs in the domain: no degrees of freedom.
    ZeroDf,
    /// A stratum has one PSU only, so its variance cannot be estimated, and [`LonelyPsu`](super::LonelyPsu) does not help.
    LonePsu {
        /// Index into the cells' strata.
        stratum: u32,
    },
    /// The estimated variance is 0 although the figure is no rate of 0 or 1, and the sample no census.
    ZeroVariance,
    /// A gap one of whose figures cannot be estimated for the reason that stands there.
    Side,
    /// A test of a table with one row or column: all who answered said the same, or stand at one level.
    Uniform,
    /// A test of a measure that is no rate.
    NotARate,
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
