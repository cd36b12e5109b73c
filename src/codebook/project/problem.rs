//! What is wrong with a file of the project, and where: the codebook, or the population file that it names.

use std::fmt;

/// One thing that is wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectProblem {
    /// The file, as messages show it.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Character in the line, from 1.
    pub column: u64,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// `file:line:column: message`.
impl fmt::Display for ProjectProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// Everything that is wrong, by place; at least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectProblems(Vec<ProjectProblem>);

impl ProjectProblems {
    /// `Err` with the problems in the order of their places, or `Ok(found)` where there are none.
    pub(crate) fn none_or<T>(mut problems: Vec<ProjectProblem>, found: T) -> Result<T, Self> {
        if problems.is_empty() {
            return Ok(found);
        }
        problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Err(Self(problems))
    }

    /// The problems by place.
    #[must_use]
    pub fn list(&self) -> &[ProjectProblem] {
        &self.0
    }
}

/// One line per problem; a hint follows the first problem that has it.
impl fmt::Display for ProjectProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hints: Vec<&str> = Vec::new();
        for (index, problem) in self.0.iter().enumerate() {
            let end = if index > 0 { "\n" } else { "" };
            write!(f, "{end}{problem}")?;
            if let Some(hint) = problem.hint.as_deref()
                && !hints.contains(&hint)
            {
                write!(f, "\n  hint: {hint}")?;
                hints.push(hint);
            }
        }
        Ok(())
    }
}

impl std::error::Error for ProjectProblems {}
