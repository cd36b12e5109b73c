//! What is wrong with a filter, and where.

use std::fmt;

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError {
    /// The place, in characters from 1.
    pub column: usize,
    /// What is wrong or was expected.
    pub message: String,
    /// What was probably meant, or what there is.
    pub hint: Option<String>,
}

impl FilterError {
    /// A problem at a place.
    #[must_use]
    pub fn new(column: usize, message: impl Into<String>) -> Self {
        Self { column, message: message.into(), hint: None }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// `column 7: message`.
impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl std::error::Error for FilterError {}
