//! What a metrics file states: figures, and growth that is given without them.

use super::Period;
use crate::codebook::Name;
use crate::ingest::Origin;

/// A metrics file whose every row was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// Name, length and hash of the file.
    pub origin: Origin,
    /// Figures, in the order of the rows.
    pub figures: Vec<Stated>,
    /// Growth, in the order of the rows.
    pub growth: Vec<StatedGrowth>,
}

/// What figures must have in common to be held against each other over time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    /// Whose it is: `WeChat`.
    pub platform: String,
    /// What is counted: `monthly_active_users`.
    pub metric: String,
    /// Of whom or where; empty where nothing is said.
    pub scope: String,
    /// In what: `users`, `USD`, `percent`.
    pub unit: String,
}

/// One figure as somebody stated it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// What it is of.
    pub series: Series,
    /// When.
    pub period: Period,
    /// How much, in the unit; finite.
    pub value: f64,
    /// Who says so; empty where the file does not tell.
    pub source: String,
    /// Line of the file, from 1.
    pub line: u64,
}

/// Growth as somebody stated it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedGrowth {
    /// Whose.
    pub platform: String,
    /// Of what: the metric without `_growth`.
    pub metric: String,
    /// Of whom or where; empty where nothing is said.
    pub scope: String,
    /// Over which time.
    pub pace: Pace,
    /// Up to which period.
    pub period: Period,
    /// A fraction, above −1: 0.23 is 23% more.
    pub rate: f64,
    /// Who says so; empty where the file does not tell.
    pub source: String,
    /// Line of the file, from 1.
    pub line: u64,
}

/// The time that growth is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// On the same period a year earlier.
    YearOnYear,
    /// On the quarter before.
    QuarterOnQuarter,
    /// From the first period to the last, per year, compounded.
    Compound,
}

impl Pace {
    /// As data files say it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::YearOnYear => "year on year",
            Self::QuarterOnQuarter => "quarter on quarter",
            Self::Compound => "compound annual",
        }
    }

    /// As people read it.
    #[must_use]
    pub fn name(self) -> Name {
        match self {
            Self::YearOnYear => Name::new("year on year", "同比"),
            Self::QuarterOnQuarter => Name::new("quarter on quarter", "环比"),
            Self::Compound => Name::new("a year, compound", "年均复合"),
        }
    }

    /// The pace that the scope of a stated growth begins with, and the scope that is left: `year on year, worldwide`.
    pub(crate) fn of_scope(text: &str) -> Option<(Self, &str)> {
        const SPELLINGS: [(&str, Pace); 6] = [
            ("year on year", Pace::YearOnYear),
            ("yoy", Pace::YearOnYear),
            ("同比", Pace::YearOnYear),
            ("quarter on quarter", Pace::QuarterOnQuarter),
            ("qoq", Pace::QuarterOnQuarter),
            ("环比", Pace::QuarterOnQuarter),
        ];
        let (pace, scope) = text.split_once([',', ';', '，', '；']).unwrap_or((text, ""));
        let pace = pace.trim().replace('-', " ");
        let known = SPELLINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&pace));
        known.map(|(_, pace)| (*pace, scope.trim()))
    }

    /// Months from the period compared with to the one that grew; `None` where that is not fixed.
    pub(super) fn months(self) -> Option<i32> {
        match self {
            Self::YearOnYear => Some(12),
            Self::QuarterOnQuarter => Some(3),
            Self::Compound => None,
        }
    }
}
