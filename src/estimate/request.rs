//! What is asked of the estimators: [`Settings`] and a [`Request`].

use crate::codebook::Answer;

/// How estimates are to be made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Confidence level, in (0, 1). Letters stand at a p-value below 1 − level.
    pub level: f64,
    /// Which confidence interval a rate gets.
    pub interval: Interval,
    /// Correction of p-values for the number of comparisons.
    pub correction: Correction,
    /// The smallest difference, in points, that a letter marks; 0: any.
    pub min_diff: f64,
    /// What is done with a stratum that has one PSU only.
    pub lonely: LonelyPsu,
}

impl Settings {
    /// The level of significance: 1 − level.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        1.0 - self.level
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            level: 0.95,
            interval: Interval::Logit,
            correction: Correction::Holm,
            min_diff: 0.0,
            lonely: LonelyPsu::Fail,
        }
    }
}

/// What is done with a stratum of which the sample holds one PSU only, so that its variance cannot be estimated. (One that
/// is alone only inside a domain is not lonely; nor is one that is a census.) As R: `options(survey.lonely.psu = …)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LonelyPsu {
    /// Figures that touch it are not estimable.
    Fail,
    /// It is left out of the variance.
    Remove,
    /// It is taken as certain to be in the sample, and adds no variance: the same as `Remove`.
    Certainty,
    /// Its total is centred at 0, the mean over the population, and not at the mean of its stratum.
    Adjust,
    /// Its variance is the average of the other strata that the figure touches. Not estimable if there are none.
    Average,
}

impl LonelyPsu {
    /// As data files and the command line spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Remove => "remove",
            Self::Certainty => "certainty",
            Self::Adjust => "adjust",
            Self::Average => "average",
        }
    }
}

/// Confidence interval of a rate strictly between 0 and 1. At 0 and 1 all of them are the exact binomial one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// Symmetric on the logit.
    Logit,
    /// Wilson's score interval on the effective base.
    Wilson,
    /// Korn & Graubard (1998): Clopper–Pearson on the effective base, adjusted for the degrees of freedom.
    Beta,
    /// Symmetric on the arcsine of the root.
    Asin,
    /// Symmetric on the rate itself; may reach below 0 and above 1.
    Mean,
}

impl Interval {
    /// As data files and the command line spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Logit => "logit",
            Self::Wilson => "wilson",
            Self::Beta => "beta",
            Self::Asin => "asin",
            Self::Mean => "mean",
        }
    }
}

/// Correction of p-values for multiplicity. The family is all gaps of one [`Estimates`](super::Estimates), or all pairs
/// of columns of one row of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// Holm (1979): family-wise, no assumption on dependence.
    Holm,
    /// Benjamini & Hochberg (1995): false discovery rate.
    BenjaminiHochberg,
    /// No correction.
    None,
}

impl Correction {
    /// As data files and the command line spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Holm => "holm",
            Self::BenjaminiHochberg => "bh",
            Self::None => "none",
        }
    }
}

/// What is estimated of one variable.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Index of the design, of those that are estimated from together.
    pub tally: usize,
    /// Index of the variable of its cells.
    pub variable: usize,
    /// What is made of those who count.
    pub statistic: Statistic,
    /// By class of the variable: whether and how its respondents count.
    pub roles: Vec<Role>,
    /// The size of one point, in which the smallest difference that matters is given: 0.01 of rates; `None` for figures
    /// that are not in points, of which every difference matters.
    pub point: Option<f64>,
}

/// What is made of the points of those who count, with weights w.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Σwy/Σw of y ∈ {0, 1}: a proportion, with the intervals and flags of proportions.
    Rate,
    /// Σwy/Σwx of 0 ≤ y ≤ x: a share of what x counts, with the intervals and flags of proportions.
    Share,
    /// Σwy/Σw of any y.
    Mean,
    /// The smallest y up to which half of Σw lies.
    Median,
    /// Σwy/Σwx.
    Ratio,
    /// Σwy.
    Total,
    /// Σwy/Σwx − Σwy₂/Σwx₂.
    Difference,
}

/// How the respondents of a class count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Role {
    /// Outside the base: not asked.
    NotAsked,
    /// Outside the base: asked and left blank.
    Blank,
    /// Outside the base, for what they replied to another question.
    Outside,
    /// In the base.
    Counts(Point),
}

/// What one respondent adds to numerators and denominators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// y.
    pub y: f64,
    /// x; 1 for rates, means and totals.
    pub x: f64,
    /// y₂ and x₂ of a [`Statistic::Difference`]; else 0.
    pub minus: (f64, f64),
}

impl Point {
    /// Counts once, with the value `y`.
    #[must_use]
    pub fn value(y: f64) -> Self {
        Self { y, x: 1.0, minus: (0.0, 0.0) }
    }

    /// Whether y, and y₂ of a difference, are each a no (0) or a yes (1).
    pub(super) fn is_yes_no(&self) -> bool {
        [self.y, self.minus.0].iter().all(|y| y.abs() <= 0.0 || (y - 1.0).abs() <= 0.0)
    }
}

impl Measure {
    /// The rate of a variable whose classes are the four [`Answer`]s to one item, in packed order.
    #[must_use]
    pub fn yes_no(variable: usize) -> Self {
        let role = |answer| match answer {
            Answer::NotAsked => Role::NotAsked,
            Answer::Blank => Role::Blank,
            Answer::No => Role::Counts(Point::value(0.0)),
            Answer::Yes => Role::Counts(Point::value(1.0)),
        };
        Self {
            tally: 0,
            variable,
            statistic: Statistic::Rate,
            roles: Answer::ALL.map(role).to_vec(),
            point: Some(0.01),
        }
    }
}

/// What to estimate from the cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// What is estimated in every domain.
    pub measures: Vec<Measure>,
    /// Dimensions (indices into the cells' levels) whose level combinations are the domains. Dimensions that are
    /// left out are summed over. Empty: one domain, everybody.
    pub by: Vec<usize>,
    /// A level of a dimension: only those on it are in any domain. All others stay in the sample, with their strata, PSUs and
    /// weights, as in R `subset(design, …)`. `None`: everybody.
    pub within: Option<(usize, u16)>,
    /// A dimension of `by` whose levels are compared pairwise within each combination of the others.
    pub compare: Option<Compare>,
    /// The columns that get letters, within each combination of the other dimensions.
    pub letters: Option<Letters>,
    /// Position in `by` of the dimension against which every rate is tested, within each combination of the others.
    pub test: Option<usize>,
}

/// The letters asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letters {
    /// Position in [`Request::by`] of the dimension whose levels are the columns.
    pub position: usize,
    /// What the correction of their tests counts.
    pub family: Family,
}

/// Which pairs of columns letters are the tests of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// All pairs of one row, a family for each row.
    Row,
    /// The gaps of [`Request::compare`] at the same position, corrected as they are.
    Gaps,
}

/// The gaps asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    /// Position in [`Request::by`].
    pub position: usize,
    /// Pairs of levels; the gap is the first level's rate minus the second's.
    pub pairs: Vec<(u16, u16)>,
}
