//! Why a tally cannot be made.

use std::fmt;

/// Why the tally cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub enum TallyError {
    /// No part has this dimension.
    UnknownDimension {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// No part has this item.
    UnknownItem {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// An item is answered with yes or no in one part and with a number in another, or a number is counted as a mention.
    NotYesNo {
        /// The item.
        name: String,
    },
    /// Some parts have weights, or PSUs, and others do not.
    MixedDesign {
        /// `weight` or `psu`.
        column: &'static str,
        /// A wave that has the column.
        with: String,
        /// A wave that does not.
        without: String,
    },
    /// A stratum of a panel has two finite population corrections.
    PanelFpc {
        /// The stratum.
        stratum: String,
    },
    /// The waves of a panel have nobody in common.
    PanelUnlinked,
    /// Over all its waves a panel holds more of a stratum than there is.
    PanelTooLarge {
        /// The stratum.
        stratum: String,
        /// PSUs in the waves.
        drawn: u64,
        /// The population's size.
        size: f64,
    },
    /// People of a panel stand in two strata.
    PanelStratum {
        /// How many rows differ from an earlier wave.
        people: u64,
    },
    /// A dimension has more levels than there are codes.
    TooManyLevels {
        /// The dimension.
        name: String,
    },
    /// The product of strata, PSUs and levels exceeds 2⁶³.
    TooManyCells,
}

impl fmt::Display for TallyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownDimension { name, known } => {
                write!(f, "no dimension is called \"{name}\"; there are {}", known.join(", "))
            }
            Self::UnknownItem { name, known } => {
                write!(f, "no item is called \"{name}\"; there are {}", known.join(", "))
            }
            Self::NotYesNo { name } => {
                write!(
                    f,
                    "{name} is answered with a number; here it would have to be yes or no in every wave"
                )
            }
            Self::MixedDesign { column, with, without } => write!(
                f,
                "wave \"{with}\" has a {column} column and wave \"{without}\" has none; they cannot be estimated together"
            ),
            Self::PanelFpc { stratum } => write!(
                f,
                "stratum \"{stratum}\" has two finite population corrections; the waves of a panel are one sample"
            ),
            Self::PanelUnlinked => f.write_str(
                "no id stands in two of the waves, so they are no panel; say panel = false, or give people the same ids",
            ),
            Self::PanelTooLarge { stratum, drawn, size } => write!(
                f,
                "the waves of the panel hold {drawn} PSUs of stratum \"{stratum}\", whose fpc is {size}"
            ),
            Self::PanelStratum { people } => write!(
                f,
                "{people} respondents of the panel stand in another stratum than in an earlier wave; a panel keeps the strata from which it was drawn"
            ),
            Self::TooManyLevels { name } => write!(f, "{name} has more than 65,535 levels"),
            Self::TooManyCells => f.write_str(
                "strata, PSUs and levels combine to more than 2^63 cells; break down by fewer dimensions",
            ),
        }
    }
}

impl std::error::Error for TallyError {}

impl TallyError {
    /// What was probably meant.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        const ALIKE: f64 = 0.8;
        let (Self::UnknownDimension { name, known } | Self::UnknownItem { name, known }) = self else {
            return None;
        };
        let score = |known: &String| strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase());
        let nearest = known.iter().max_by(|a, b| score(a).total_cmp(&score(b)))?;
        (score(nearest) >= ALIKE).then(|| format!("did you mean {nearest}?"))
    }
}
