//! What the estimators hand over: [`Estimates`], with every figure's base, accuracy and flag.

/// How estimates are to be made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Confidence level, in (0, 1).
    pub level: f64,
    /// Correction of p-values for the number of gaps in the table.
    pub correction: Correction,
}

impl Default for Settings {
    fn default() -> Self {
        Self { level: 0.95, correction: Correction::Holm }
    }
}

/// Correction of p-values for multiplicity; the family is all gaps of one [`Estimates`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// Holm (1979): family-wise, no assumption on dependence.
    Holm,
    /// No correction.
    None,
}

/// What to estimate from the cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Dimensions (indices into the cells' levels) whose level combinations are the domains. Dimensions that are
    /// left out are summed over. Empty: one domain, everybody.
    pub by: Vec<usize>,
    /// A dimension of `by` whose levels are compared pairwise within each combination of the others.
    pub compare: Option<Compare>,
}

/// The gaps asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    /// Position in [`Request::by`].
    pub position: usize,
    /// Pairs of levels; the gap is the first level's rate minus the second's.
    pub pairs: Vec<(u16, u16)>,
}

/// Rates and gaps by domain.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimates {
    /// One row per domain and item, sorted by levels, then item. Domains without any respondent are left out.
    pub rates: Vec<RateRow>,
    /// One row per comparison and item, sorted by the other levels, then in the order of [`Compare::pairs`], then by
    /// item. A pair neither side of which has a respondent is left out.
    pub gaps: Vec<GapRow>,
}

/// The rate of one item in one domain.
#[derive(Debug, Clone, PartialEq)]
pub struct RateRow {
    /// Level codes in the order of [`Request::by`].
    pub levels: Vec<u16>,
    /// Item index.
    pub item: usize,
    /// Base and states, which stand even where the rate does not.
    pub base: Base,
    /// The rate, or why there is none.
    pub rate: Result<Rate, NotEstimable>,
    /// How the rate may be shown; `None` when plain or not estimable.
    pub flag: Option<Flag>,
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
    /// Sum of the weights of those who answered.
    pub weighted_n: f64,
}

/// An estimated proportion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Σwy/Σw among those who answered, in [0, 1].
    pub estimate: f64,
    /// Design-based standard error. 0 where the estimate is 0 or 1.
    pub se: f64,
    /// Confidence limits at the settings' level, in [0, 1].
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
    /// Level codes of the other dimensions of [`Request::by`], in its order, without the compared one.
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
    /// p-value after [`Correction`] over all gaps of the [`Estimates`].
    pub p_adjusted: f64,
}

/// Why a figure cannot be estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotEstimable {
    /// Nobody in the domain answered the item (or all who did have weight 0).
    Empty,
    /// As many strata as PSUs in the domain: no degrees of freedom.
    ZeroDf,
    /// A stratum has one PSU only, so its variance cannot be estimated.
    LonePsu {
        /// Index into the cells' strata.
        stratum: u32,
    },
    /// The estimated variance is 0 although the rate lies between 0 and 1, and the stratum is no census.
    ZeroVariance,
    /// A gap one of whose rates cannot be estimated for the reason that stands at that rate.
    Side,
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
