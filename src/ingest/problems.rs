//! `Problems`: everything that is wrong with one file, found in one pass.
//!
//! In: problems in any order, as they are found. Out: a list sorted by position, the first [`Problems::LISTED`] of
//! each code in full and the others counted. A message shows a cell's text only where the column is a level
//! (segment, city, answer, weight, …), and then through [`quoted`](super::shown::quoted); ids, free text and
//! undeclared columns never appear.

use std::{collections::BTreeMap, fmt};

use super::code::Code;

/// A place in a file. Lines and columns count from 1; a column counts characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, ended by LF or CRLF.
    pub line: u64,
    /// Character in the line.
    pub column: u64,
}

impl Position {
    /// The first character of a file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place right after `text`, which begins here.
    #[must_use]
    pub fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self { line: self.line, column: self.column + count_chars(text) },
            Some(last) => Self {
                line: self.line + text.bytes().filter(|&b| b == b'\n').count() as u64,
                column: 1 + count_chars(&text[last + 1..]),
            },
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

fn count_chars(text: &str) -> u64 {
    text.chars().count() as u64
}

/// One thing that is wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Position,
    /// What kind, for scripts.
    pub code: Code,
    /// What, in words.
    pub message: String,
    /// What to do about it, where that can be said.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem without a hint.
    pub fn new(at: Position, code: Code, message: impl Into<String>) -> Self {
        Self { at, code, message: message.into(), hint: None }
    }

    /// The same problem with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// All problems of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems {
    file: String,
    listed: Vec<Problem>,
    counts: BTreeMap<Code, u64>,
}

impl Problems {
    /// How many problems of one code are listed; the others are counted.
    pub const LISTED: u64 = 20;

    /// No problems yet of the file that is displayed as `file`.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), listed: Vec::new(), counts: BTreeMap::new() }
    }

    /// Notes one problem. Problems of one code must come in the order of their positions, so that the first are
    /// the ones listed.
    pub fn add(&mut self, problem: Problem) {
        let count = self.counts.entry(problem.code).or_default();
        *count += 1;
        if *count <= Self::LISTED {
            self.listed.push(problem);
        }
    }

    /// Takes those of the stretch of the file that follows what has been looked at so far.
    pub(super) fn absorb(&mut self, later: Self) {
        for problem in later.listed {
            let listed = self.listed.iter().filter(|listed| listed.code == problem.code).count() as u64;
            if listed < Self::LISTED {
                self.listed.push(problem);
            }
        }
        for (code, count) in later.counts {
            *self.counts.entry(code).or_default() += count;
        }
    }

    /// Whether the file is in order.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The file's display name.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The listed problems by position.
    #[must_use]
    pub fn listed(&self) -> Vec<&Problem> {
        let mut sorted: Vec<&Problem> = self.listed.iter().collect();
        sorted.sort_by_key(|problem| (problem.at, problem.code));
        sorted
    }

    /// How many problems of each code there are, listed or not.
    #[must_use]
    pub fn counts(&self) -> &BTreeMap<Code, u64> {
        &self.counts
    }

    /// How many problems there are, listed or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }
}

/// One line per problem, `file:line:column: message [code]`; a hint follows the first problem that has it.
impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hints: Vec<&str> = Vec::new();
        for problem in self.listed() {
            writeln!(f, "{}:{}: {} [{}]", self.file, problem.at, problem.message, problem.code)?;
            if let Some(hint) = problem.hint.as_deref()
                && !hints.contains(&hint)
            {
                writeln!(f, "  hint: {hint}")?;
                hints.push(hint);
            }
        }
        for (code, &count) in &self.counts {
            if count > Self::LISTED {
                writeln!(f, "{}: … and {} more [{code}]", self.file, count - Self::LISTED)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u64, column: u64) -> Position {
        Position { line, column }
    }

    #[test]
    fn positions_count_characters_and_lines() {
        assert_eq!(at(3, 5).after("苏州,"), at(3, 8));
        assert_eq!(at(3, 5).after("a\r\nb\n😀"), at(5, 2));
    }

    #[test]
    fn the_first_of_each_code_are_listed_by_position_and_the_others_counted() {
        let mut problems = Problems::new("s.csv");
        for line in 2..30 {
            problems.add(Problem::new(at(line, 4), Code::EmptyCity, "no city").hint("fill it in"));
        }
        problems.add(Problem::new(at(2, 1), Code::EmptyId, "no id"));
        let shown = problems.to_string();
        let expected = "s.csv:2:1: no id [empty-id]\ns.csv:2:4: no city [empty-city]\n  hint: fill it in\n\
                        s.csv:3:4: no city [empty-city]\n";
        assert!(shown.starts_with(expected), "{shown}");
        assert!(shown.ends_with("s.csv: … and 8 more [empty-city]\n"), "{shown}");
        assert_eq!((problems.total(), problems.listed().len()), (29, 21));
    }

    #[test]
    fn codes_are_distinct_kebab_case() {
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(
            names
                .iter()
                .all(|n| n.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
