//! [`Claim`] and [`Statement`]: what is said of the data, as it was read.

use super::published::Saying;
use super::rates::Untold;
use crate::codebook::{Name, Quantity};

/// The claims of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Claims {
    /// The file, as messages show it.
    pub file: String,
    /// In the order of the file; no two have the same id.
    pub list: Vec<Claim>,
}

/// One claim: true if all that it asserts is.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Its name in the file.
    pub id: String,
    /// What is asserted; at least one thing.
    pub asserts: Vec<Assertion>,
    /// The claim in words.
    pub statement: Option<Name>,
    /// Who says so.
    pub source: Option<String>,
    /// Line of the file where it begins, from 1.
    pub line: u64,
}

/// One assertion as it is written, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    /// As written.
    pub text: String,
    /// What it means.
    pub statement: Statement,
}

/// What is said of figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Statement {
    /// One figure lies above or below another.
    Compare {
        /// The figure.
        left: Figure,
        /// On which side it lies.
        side: Side,
        /// Of this one.
        right: Figure,
    },
    /// A figure lies above or below a number.
    Against {
        /// The figure.
        figure: Figure,
        /// On which side it lies.
        side: Side,
        /// Of this; rates as fractions.
        value: f64,
    },
    /// A figure lies within a margin of a number.
    About {
        /// The figure.
        figure: Figure,
        /// The number; rates as fractions.
        value: f64,
        /// The margin to either side, > 0.
        margin: f64,
    },
    /// The levels of a dimension come in this order, the highest first.
    Rank {
        /// The dimension.
        dimension: String,
        /// The figure of each level.
        figure: Figure,
        /// Levels by place; those of one place are not compared with each other. At least two places.
        places: Vec<Place>,
    },
    /// A figure goes up or down from wave to wave.
    Trend {
        /// The figure.
        figure: Figure,
        /// Up is above.
        side: Side,
    },
    /// Something that a published row leaves open.
    Untold(Untold),
    /// Something about published figures, not about the survey.
    Published(Saying),
}

/// One place of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// These levels.
    Levels(Vec<String>),
    /// All levels that stand nowhere else: the last place.
    Rest,
}

/// On which side of something a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Higher.
    Above,
    /// Lower.
    Below,
}

/// A figure and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What is estimated.
    pub of: Of,
    /// Dimensions and level keys; none twice.
    pub within: Vec<(String, String)>,
}

/// What is estimated.
#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    /// `rate(…)`: a share of people.
    Rate(Quantity),
    /// `mean(…)` or `median(…)`, as the quantity says.
    Number(Quantity),
    /// `share(os=iOS, …)`: the share of those who stand at a level of a dimension.
    Level(String, String),
}

impl Statement {
    /// The figures of the survey that it names, those of a ranking without their levels.
    #[must_use]
    pub fn figures(&self) -> Vec<&Figure> {
        match self {
            Self::Compare { left, right, .. } => vec![left, right],
            Self::Against { figure, .. }
            | Self::About { figure, .. }
            | Self::Rank { figure, .. }
            | Self::Trend { figure, .. } => vec![figure],
            Self::Untold(_) | Self::Published(_) => Vec::new(),
        }
    }
}

impl Figure {
    /// The same of those who stand at one more level.
    #[must_use]
    pub fn at(&self, dimension: &str, level: &str) -> Self {
        let mut figure = self.clone();
        figure.within.push((dimension.to_owned(), level.to_owned()));
        figure
    }

    /// The quantity, unless it is the share of a level.
    #[must_use]
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.of {
            Of::Rate(quantity) | Of::Number(quantity) => Some(quantity),
            Of::Level(..) => None,
        }
    }
}
