//! The days of a file whose rows have times: which of them count, and the periods that they fall in.

use std::collections::BTreeSet;

use super::super::code::Code;
use super::super::intake::{Notice, UsageOptions};
use super::super::period::{Day, Period};
use super::levels::MAX_LEVELS;
use super::row::Row;

/// The days of the rows so far.
#[derive(Debug)]
pub(super) struct Days {
    options: UsageOptions,
    /// First and last day of the rows that count.
    seen: Option<(Day, Day)>,
    /// Rows before the first or after the last day that was asked for.
    outside: u64,
    /// Numbers of the first days of the periods.
    periods: BTreeSet<i32>,
}

/// A period as far as the rows cover it.
#[derive(Debug)]
pub(super) struct Covered {
    pub(super) label: String,
    pub(super) period: Option<Period>,
    pub(super) from: Day,
    pub(super) to: Day,
    /// Whether that is not all of it.
    pub(super) is_partial: bool,
}

impl Days {
    pub(super) fn new(options: UsageOptions) -> Self {
        Self { options, seen: None, outside: 0, periods: BTreeSet::new() }
    }

    /// Whether a row of that day counts.
    pub(super) fn take(&mut self, day: Day) -> bool {
        let UsageOptions { from, to, .. } = self.options;
        if from.is_some_and(|from| day < from) || to.is_some_and(|to| day > to) {
            self.outside += 1;
            return false;
        }
        let (first, last) = self.seen.unwrap_or((day, day));
        self.seen = Some((first.min(day), last.max(day)));
        true
    }

    /// The number of the first day of the period that a day falls in, 0 where the file is not cut.
    pub(super) fn period(&mut self, row: &mut Row<'_>, column: usize, day: Day) -> Option<i32> {
        let first_day = self.options.period.map_or(0, |period| period.of(day).0.number());
        if self.periods.len() >= MAX_LEVELS && !self.periods.contains(&first_day) {
            let hint = "ask for longer periods, or leave out --period";
            row.refuse(column, Code::TooManyLevels, format!("more than {MAX_LEVELS} periods"), hint);
            return None;
        }
        self.periods.insert(first_day);
        Some(first_day)
    }

    /// The period whose first day has that number, as far as it is covered by the rows or by what was asked for.
    pub(super) fn covered(&self, first_day: i32) -> Covered {
        let UsageOptions { period, from, to } = self.options;
        let calendar = period.map(|period| period.of(Day::of_number(first_day)));
        let (first, last) = self.seen.or(calendar).unwrap_or_default();
        let (first, last) = (from.unwrap_or(first), to.unwrap_or(last));
        let (from, to) = calendar.map_or((first, last), |(from, to)| (from.max(first), to.min(last)));
        let label = period.map_or_else(|| format!("{from}..{to}"), |period| period.label(from));
        let is_partial = calendar.is_some_and(|whole| whole != (from, to));
        Covered { label, period, from, to, is_partial }
    }

    /// What the user should hear of rows that were left out.
    pub(super) fn notice(&self) -> Option<Notice> {
        (self.outside > 0).then_some(Notice::OutsideDays { rows: self.outside })
    }
}

impl Covered {
    /// What the user should hear of a period that is not whole.
    pub(super) fn notice(&self) -> Option<Notice> {
        let Self { label, from, to, .. } = self;
        let partial = Notice::PartialPeriod { period: label.clone(), from: *from, to: *to };
        self.is_partial.then_some(partial)
    }
}
