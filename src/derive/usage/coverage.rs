//! [`Coverage`]: the periods of a log on the calendar, and which of them it tells of in full.

use std::fmt;
use std::sync::Arc;

use crate::ingest::{Batches, Period, Usage, UsageOf};

/// The periods of one log, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Their length.
    pub period: Period,
    /// The periods that the log tells of, none twice.
    pub covered: Vec<Covered>,
}

/// One period that a log tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// Its label.
    pub label: String,
    /// Its number on the calendar; the next period has the next number.
    pub number: i32,
    /// Whether the log has all of its days.
    pub is_whole: bool,
}

/// Why nothing can be said of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// It lies after the end of the log.
    NotYet,
    /// The log covers only some of its days.
    NotWhole,
    /// The log has a hole there.
    NoData,
}

/// Parts are not the periods of one log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotALog {
    /// A part is no period of a usage log.
    NoUsers,
    /// The log was left whole.
    NotCut,
    /// There is one period only.
    OnePeriod,
}

impl fmt::Display for NotALog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoUsers => "the dataset is no usage log",
            Self::NotCut => "the log is not cut into periods",
            Self::OnePeriod => "the log has one period only",
        })
    }
}

impl std::error::Error for NotALog {}

impl Coverage {
    /// The periods of these parts, and the parts in their order.
    ///
    /// # Errors
    /// [`NotALog`].
    pub(super) fn of(parts: &[Arc<dyn Batches>]) -> Result<(Self, Vec<usize>), NotALog> {
        let mut length = None;
        let mut covered = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let schema = part.schema();
            let usage = schema.usage.filter(|usage| usage.of == UsageOf::Users);
            let Usage { period, from, is_partial, .. } = usage.ok_or(NotALog::NoUsers)?;
            let period = period.ok_or(NotALog::NotCut)?;
            length = Some(period);
            let (label, number) = (schema.wave.clone(), period.number(from));
            covered.push((Covered { label, number, is_whole: !is_partial }, at));
        }
        covered.sort_by_key(|(period, _)| period.number);
        let (covered, order): (Vec<Covered>, Vec<usize>) = covered.into_iter().unzip();
        match length {
            Some(period) if covered.len() > 1 => Ok((Self { period, covered }, order)),
            _ => Err(NotALog::OnePeriod),
        }
    }

    /// The place of the period that is so many periods after another, or why nothing is known of it.
    ///
    /// # Errors
    /// [`Unseen`].
    pub fn after(&self, place: usize, periods: u32) -> Result<usize, Unseen> {
        let number = self.covered[place].number + periods as i32;
        if self.covered.last().is_none_or(|last| last.number < number) {
            return Err(Unseen::NotYet);
        }
        let found = self.covered.binary_search_by_key(&number, |period| period.number);
        let place = found.map_err(|_| Unseen::NoData)?;
        if self.covered[place].is_whole { Ok(place) } else { Err(Unseen::NotWhole) }
    }

    /// How many periods after the first the last one is.
    #[must_use]
    pub fn reach(&self) -> u32 {
        let ends = self.covered.first().zip(self.covered.last());
        ends.map_or(0, |(first, last)| last.number.abs_diff(first.number))
    }
}
