//! Why a quantity makes no sense of the items as they were answered.

use std::fmt;

/// Why a quantity cannot be measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeasureError {
    /// A statistic of numbers, asked of an item that is answered with yes or no.
    NotANumber {
        /// The item.
        item: String,
        /// The statistic.
        statistic: &'static str,
    },
    /// Two items of which one is answered with numbers and the other with yes or no.
    Mixed {
        /// The first.
        first: String,
        /// The second.
        second: String,
    },
}

impl fmt::Display for MeasureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber { item, statistic } => write!(
                f,
                "{item} is answered with yes or no, so it has no {statistic}; numbers are declared in the codebook"
            ),
            Self::Mixed { first, second } => write!(
                f,
                "{first} and {second} cannot be set against each other: one is answered with yes or no, the other with a number"
            ),
        }
    }
}

impl std::error::Error for MeasureError {}
