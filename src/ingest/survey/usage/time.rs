//! The time of an event: a day, and the second of the day where one is given.

use super::super::super::period::Day;

/// When something happened, by the clock that the log was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::survey) struct Time {
    pub(in crate::ingest::survey) day: Day,
    /// 0 where only the day is given.
    second: u32,
}

impl Time {
    pub(in crate::ingest::survey) const HINT: &'static str = "a time is written 2026-03-01, or 2026-03-01 08:30:00, in the zone whose days count, without an offset";

    /// `2026-03-01`, `2026/3/1 8:30` or `2026-03-01T08:30:00.250`; fractions of seconds are cut.
    pub(in crate::ingest::survey) fn parse(text: &str) -> Option<Self> {
        let (date, clock) = match text.split_once([' ', 'T']) {
            Some((date, clock)) => (date, Some(clock.trim_start())),
            None => (text, None),
        };
        let day = date.parse().ok()?;
        let second = clock.map_or(Some(0), second_of_day)?;
        Some(Self { day, second })
    }

    /// Seconds after 1970-01-01 00:00 by the same clock.
    pub(in crate::ingest::survey) fn seconds(self) -> i64 {
        i64::from(self.day.number()) * 86_400 + i64::from(self.second)
    }
}

/// `8:30`, `08:30:00`, `08:30:00.250`.
fn second_of_day(clock: &str) -> Option<u32> {
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = whole.split(':');
    let mut part = |below: u32| -> Option<u32> {
        let text = parts.next()?;
        let number = (is_digits(text) && text.len() <= 2).then(|| text.parse().ok()).flatten()?;
        (number < below).then_some(number)
    };
    let (hour, minute) = (part(24)?, part(60)?);
    let second = if whole.matches(':').count() == 2 { part(60)? } else { 0 };
    let is_whole = parts.next().is_none() && is_digits(fraction);
    is_whole.then_some(hour * 3600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_by_the_clock_of_the_log() {
        let seconds = |text| Time::parse(text).map(Time::seconds);
        assert_eq!(seconds("1970-01-02"), Some(86_400));
        for text in ["1970-01-02 8:30", "1970/1/2 08:30:00", "1970-01-02T08:30:00.999", "19700102 08:30"] {
            assert_eq!(seconds(text), Some(86_400 + 8 * 3600 + 30 * 60), "{text}");
        }
    }

    #[test]
    fn zones_and_numbers_of_seconds_are_no_times() {
        for text in
            ["2026-03-01T08:30:00Z", "2026-03-01T08:30:00+08:00", "1772323200", "2026-03-01 24:00", ""]
        {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }
}
