//! The days of one period of a log whose users are counted elsewhere.

use super::super::dataset::{Usage, UsageOf};
use super::super::intake::{Notice, UsageOptions};
use super::super::period::Day;
use super::days::{Covered, Days};

/// A period as far as a log covers it.
#[derive(Debug)]
pub struct Stretch(Covered);

impl Stretch {
    /// The period that a day begins, or the whole log, whose first and last day that count are `seen`.
    #[must_use]
    pub fn new(options: UsageOptions, seen: (Day, Day), first_day: Option<Day>) -> Self {
        let mut days = Days::new(options);
        days.take(seen.0);
        days.take(seen.1);
        Self(days.covered(first_day.map_or(0, Day::number)))
    }

    /// The label of its wave, what is said of its users, and what the reader of the log should hear.
    #[must_use]
    pub fn of_users(self, events: u64, movers: u64) -> (String, Usage, Option<Notice>) {
        let notice = self.0.notice();
        let Covered { label, period, from, to, is_partial } = self.0;
        (
            label,
            Usage { of: UsageOf::Users, period, from, to, is_partial, events, movers, export: None },
            notice,
        )
    }
}
