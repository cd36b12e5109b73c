//! [`Rates`]: figures that somebody published about the people of a survey, by row of a file.
//!
//! In: the bytes of a rates file ([`Rates::parse`]). Out: the rows, for the reference marks of charts, and as [`Claims`](super::Claims)
//! ([`Rates::claims`]). What a row leaves open is not guessed at: its claim is not testable, and says why.

mod assertion;
mod file;

use assertion::hundredths;

use crate::codebook::{Item, Name};
use crate::ingest::Origin;

/// The rows of a rates file.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// The file.
    pub origin: Origin,
    /// In the order of the file; no two have the same id.
    pub rows: Vec<PublishedRate>,
}

/// What one row says.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedRate {
    /// Its name in the file.
    pub id: String,
    /// What it is said of.
    pub of: Whose,
    /// What is said.
    pub comparison: Comparison,
    /// The same in words, as published.
    pub statement: String,
    /// Who says so.
    pub source: String,
    /// Line of the file, from 1.
    pub line: u64,
}

/// An item of some people; what is blank is everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// Key of the segment.
    pub segment: Option<String>,
    /// Key of the city.
    pub city: Option<String>,
    /// `None`: the row is of no item.
    pub item: Option<Item>,
}

/// What is said of a rate.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// It is about `value`, and where the row says so within `margin` of it; fractions.
    About {
        /// In 0..1.
        value: f64,
        /// > 0.
        margin: Option<f64>,
    },
    /// It lies above this fraction.
    Over(f64),
    /// It lies below this fraction.
    Below(f64),
    /// It is higher than another, where the row says which.
    More(Option<Whose>),
    /// It is lower than another, where the row says which.
    Less(Option<Whose>),
    /// It has a place in a ranking, which the row cannot write down.
    Rank,
}

/// What a published row leaves open, so that it asserts nothing that could be tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// Of which item.
    Item,
    /// How far off still counts as about.
    Margin,
    /// More or less than what.
    Than,
    /// The places of a ranking.
    Rank,
}

impl PublishedRate {
    /// What is said, in a few words: `about 8%`, `over 50%`, `more`.
    #[must_use]
    pub fn said(&self) -> Name {
        let percent = self.value().map(|value| format!("{}%", hundredths(value))).unwrap_or_default();
        match self.comparison {
            Comparison::About { .. } => Name::new(format!("about {percent}"), format!("约 {percent}")),
            Comparison::Over(_) => Name::new(format!("over {percent}"), format!("超过 {percent}")),
            Comparison::Below(_) => Name::new(format!("below {percent}"), format!("低于 {percent}")),
            Comparison::More(_) => Name::new("more", "更多"),
            Comparison::Less(_) => Name::new("less", "更少"),
            Comparison::Rank => Name::new("ranked", "有名次"),
        }
    }

    /// The published figure, a fraction; `None` where the row has none.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self.comparison {
            Comparison::About { value, .. } | Comparison::Over(value) | Comparison::Below(value) => {
                Some(value)
            }
            Comparison::More(_) | Comparison::Less(_) | Comparison::Rank => None,
        }
    }
}
