//! Why a quantity makes no sense of the items as they were answered.

use std::fmt;

/// Why a quantity cannot be measured.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasureError {
    /// A statistic of numbers or scales, asked of an item that is answered with yes or no.
    NotANumber {
        /// The item.
        item: String,
        /// The statistic.
        statistic: &'static str,
    },
    /// Two items that cannot be set against each other.
    Mixed {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
    /// An item that the codebook declares as a number or a scale, and that the data have as yes or no.
    YesNo {
        /// The item.
        item: String,
    },
    /// An answer that does not lie on the scale that the codebook gives.
    OffScale {
        /// The item.
        item: String,
        /// The answer.
        value: f64,
        /// The scale.
        scale: (i32, i32),
    },
}

impl MeasureError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotANumber { .. } => {
                Some("a number or a scale is declared in wxstats.toml, in [dataset.NAME.items]")
            }
            Self::YesNo { .. } | Self::OffScale { .. } => Some(
                "if the codebook was changed after the file was ingested, ingest it again with --replace",
            ),
            Self::Mixed { .. } => None,
        }
    }
}

impl fmt::Display for MeasureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber { item, statistic } => {
                write!(f, "{item} is answered with yes or no, so it has no {statistic}")
            }
            Self::Mixed { first, second } => write!(
                f,
                "{first} and {second} cannot be set against each other: yes-no items, scores and numbers go with their own kind, and a yes-no item can stand behind the stroke"
            ),
            Self::YesNo { item } => {
                write!(f, "the codebook declares {item} as a number, and the data hold yes and no")
            }
            Self::OffScale { item, value, scale: (low, high) } => {
                write!(f, "{item} is a scale from {low} to {high} in the codebook, and the data hold {value}")
            }
        }
    }
}

impl std::error::Error for MeasureError {}
