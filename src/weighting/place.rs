//! Where a margin, or a target of it, stands: in the codebook, or in the population file.

use std::fmt;

use crate::codebook::clean;
use crate::codebook::project::ProjectProblem;

/// A place in one of the two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as messages show it.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Character in the line, from 1.
    pub column: u64,
}

impl Place {
    pub(super) fn new(file: &str, (line, column): (u64, u64)) -> Self {
        Self { file: file.to_owned(), line, column }
    }

    /// What is wrong there, and what to do about it.
    pub(super) fn problem(&self, message: impl AsRef<str>, hint: impl AsRef<str>) -> ProjectProblem {
        ProjectProblem {
            file: self.file.clone(),
            line: self.line,
            column: self.column,
            message: clean(message.as_ref()),
            hint: Some(clean(hint.as_ref())),
        }
    }
}

/// `file:line:column`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
