//! [`Filter`]: which respondents figures are of, as people write it: `os = iOS and city in (广州, 深圳)`.
//!
//! In: the text of a condition. Out: its [`Expr`] with the place of every word, written back in one spelling
//! (`Display`) and in words ([`Filter::name`]). Refuses, with the place and what was expected, whatever does not follow
//! the grammar; whether dimensions and levels exist is for those to say who know a survey.
//!
//! ```text
//! any    = all { "or" all }
//! all    = not { "and" not }
//! not    = "not" not | "(" any ")" | test
//! test   = word ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) word
//!        | word [ "not" ] "in" "(" word { "," word } ")"
//! ```
//!
//! A word is quoted where it has spaces or signs of the grammar in it. Full-width signs count as their plain ones.

mod error;
mod parse;
mod tokens;
mod words;

use std::fmt;

pub use error::FilterError;

/// A condition on respondents.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// What it says.
    pub expr: Expr,
}

/// What a condition says.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// One statement.
    Test(Test),
    /// What does not hold.
    Not(Box<Expr>),
    /// All of them hold; at least two.
    All(Vec<Expr>),
    /// Any of them holds; at least two.
    Any(Vec<Expr>),
}

/// One statement on a dimension or an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// The dimension or item.
    pub of: Word,
    /// What is said of it.
    pub relation: Relation,
}

/// What is said of a dimension or item.
#[derive(Debug, Clone, PartialEq)]
pub enum Relation {
    /// It is one of these levels, answers or numbers; none of them, where `negated`.
    In {
        /// At least one.
        levels: Vec<Word>,
        /// Written with `!=` or `not in`.
        negated: bool,
    },
    /// Its number stands so to this one.
    Compared(Comparison, Word),
}

/// How one number stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// A word of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Without quotes.
    pub text: String,
    /// The place of its first character, from 1.
    pub column: usize,
}

impl Comparison {
    /// Whether `value` stands so to `bound`.
    #[must_use]
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::Below => value < bound,
            Self::AtMost => value <= bound,
            Self::Above => value > bound,
            Self::AtLeast => value >= bound,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::AtLeast => ">=",
        }
    }
}

impl Expr {
    /// All its statements, from left to right.
    #[must_use]
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Self::Test(test) => vec![test],
            Self::Not(inner) => inner.tests(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
        }
    }

    /// Whether it holds, given which statements do; `None` where that cannot be told (Kleene's logic).
    pub fn truth(&self, test: &mut impl FnMut(&Test) -> Option<bool>) -> Option<bool> {
        let mut decided_by = |parts: &[Self], end: bool| {
            let truths: Vec<Option<bool>> = parts.iter().map(|part| part.truth(test)).collect();
            if truths.contains(&Some(end)) {
                return Some(end);
            }
            (!truths.contains(&None)).then_some(!end)
        };
        match self {
            Self::All(parts) => decided_by(parts, false),
            Self::Any(parts) => decided_by(parts, true),
            Self::Not(inner) => inner.truth(test).map(|holds| !holds),
            Self::Test(statement) => test(statement),
        }
    }
}

/// In the one spelling of data files: `os = iOS and city in (Guangzhou, Shenzhen)`.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::written(&self.expr, &words::Plain))
    }
}
