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

/// How many problems are written out; the others are counted.
const LISTED: usize = 20;

/// Everything that is wrong, by place; at least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectProblems(Vec<ProjectProblem>);

impl ProjectProblems {
    /// The problems, of which there is at least one.
    pub(crate) fn new(mut problems: Vec<ProjectProblem>) -> Self {
        problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Self(problems)
    }

    /// `Err` with the problems, or `Ok(found)` where there are none.
    pub(crate) fn none_or<T>(problems: Vec<ProjectProblem>, found: T) -> Result<T, Self> {
        if problems.is_empty() { Ok(found) } else { Err(Self::new(problems)) }
    }

    /// All problems, by place.
    #[must_use]
    pub fn list(&self) -> &[ProjectProblem] {
        &self.0
    }
}

/// One line per problem, of the first 20; a hint follows the last of neighbours that share it.
impl fmt::Display for ProjectProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (listed, more) = self.0.split_at(self.0.len().min(LISTED));
        for (index, problem) in listed.iter().enumerate() {
            let end = if index > 0 { "\n" } else { "" };
            write!(f, "{end}{problem}")?;
            let next = listed.get(index + 1).and_then(|next| next.hint.as_ref());
            if let Some(hint) = problem.hint.as_ref().filter(|hint| next != Some(hint)) {
                write!(f, "\n  hint: {hint}")?;
            }
        }
        match more {
            [] => Ok(()),
            [next, ..] => write!(f, "\n{}: … and {} more", next.file, more.len()),
        }
    }
}

impl std::error::Error for ProjectProblems {}
