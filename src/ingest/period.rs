//! Days of the calendar, and the periods that they fall in.
//!
//! In: dates as logs write them. Out: [`Day`]s that can be compared and counted, and the labels of days, weeks and months
//! that sort in their order. Refuses what is no day of the Gregorian calendar.

use std::fmt;
use std::str::FromStr;

/// A day, as the number of days after 1970-01-01.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// A day of the Gregorian calendar from year 1 to 9999; `None` when there is no such day.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let made = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        let counted = made.then(|| Self::count(year, month, day))?;
        (counted.date() == (year, month, day)).then_some(counted)
    }

    /// Days are counted in eras of 400 years that begin on 1 March (Hinnant, "chrono-compatible low-level date algorithms").
    fn count(year: i32, month: u32, day: u32) -> Self {
        let (month, day) = (month as i32, day as i32);
        let year = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Year, month and day of the month.
    #[must_use]
    pub fn date(self) -> (i32, u32, u32) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year + era * 400 + i32::from(month <= 2), month as u32, day as u32)
    }

    /// How many days after 1970-01-01.
    pub(super) fn number(self) -> i32 {
        self.0
    }

    /// The day that is `number` days after 1970-01-01.
    pub(super) fn of_number(number: i32) -> Self {
        Self(number)
    }

    /// The day that is `days` later.
    fn later(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// The Monday of its week; 1970-01-01 was a Thursday.
    fn monday(self) -> Self {
        self.later(-(self.0 + 3).rem_euclid(7))
    }

    /// Year and number of its week by ISO 8601: the week belongs to the year of its Thursday.
    fn week(self) -> (i32, i32) {
        let thursday = self.monday().later(3);
        let (year, ..) = thursday.date();
        (year, (thursday.0 - Self::count(year, 1, 1).0) / 7 + 1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDay;

impl fmt::Display for NoDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day is written 2026-03-01, 2026/3/1 or 20260301")
    }
}

impl std::error::Error for NoDay {}

impl FromStr for Day {
    type Err = NoDay;

    fn from_str(text: &str) -> Result<Self, NoDay> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok());
        let number = |part: &str| digits(part).flatten();
        let parts: Vec<&str> = match text.split_once('-') {
            Some(_) => text.split('-').collect(),
            None if text.contains('/') => text.split('/').collect(),
            None if text.len() == 8 && text.is_ascii() => vec![&text[..4], &text[4..6], &text[6..]],
            None => return Err(NoDay),
        };
        let [year, month, day] = parts.as_slice() else { return Err(NoDay) };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return Err(NoDay);
        }
        let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
            return Err(NoDay);
        };
        i32::try_from(year).ok().and_then(|year| Self::new(year, month, day)).ok_or(NoDay)
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The length of the periods that a log is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Calendar days.
    Day,
    /// Weeks by ISO 8601, from Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
}

impl Period {
    /// First and last day of the period that `day` falls in.
    #[must_use]
    pub fn of(self, day: Day) -> (Day, Day) {
        match self {
            Self::Day => (day, day),
            Self::Week => (day.monday(), day.monday().later(6)),
            Self::Month => {
                let (year, month, _) = day.date();
                let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                (Day::count(year, month, 1), Day::count(next.0, next.1, 1).later(-1))
            }
        }
    }

    /// The number of the period that `day` falls in; the next period has the next number.
    #[must_use]
    pub fn number(self, day: Day) -> i32 {
        match self {
            Self::Day => day.0,
            Self::Week => (day.0 + 3).div_euclid(7),
            Self::Month => {
                let (year, month, _) = day.date();
                year * 12 + month as i32
            }
        }
    }

    /// The period's label: `2026-03-01`, `2026-W09` or `2026-03`. Labels of one length sort in the order of time.
    #[must_use]
    pub fn label(self, day: Day) -> String {
        match self {
            Self::Day => day.to_string(),
            Self::Week => {
                let (year, week) = day.week();
                format!("{year:04}-W{week:02}")
            }
            Self::Month => {
                let (year, month, _) = day.date();
                format!("{year:04}-{month:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!((day("1970-01-01").number(), day("2026/3/1").number()), (0, 20_513));
        assert_eq!(day("20240229").to_string(), "2024-02-29");
        for number in -719_162..=2_932_896 {
            let (year, month, of_month) = Day(number).date();
            assert_eq!(Day::new(year, month, of_month), Some(Day(number)));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in
            ["2026-02-29", "2026-13-01", "2026-3", "26-03-01", "2026-03-01 ", "1772323200", "+026-03-01", ""]
        {
            assert_eq!(text.parse::<Day>(), Err(NoDay), "{text}");
        }
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        // The cases of ISO 8601 where a week belongs to the year before or after.
        for (date, label) in [
            ("2005-01-01", "2004-W53"),
            ("2007-12-31", "2008-W01"),
            ("2008-12-28", "2008-W52"),
            ("2010-01-03", "2009-W53"),
            ("2026-03-01", "2026-W09"),
            ("2026-03-02", "2026-W10"),
        ] {
            assert_eq!(Period::Week.label(day(date)), label, "{date}");
        }
        assert_eq!(Period::Week.of(day("2026-03-01")), (day("2026-02-23"), day("2026-03-01")));
        assert_eq!(Period::Month.of(day("2024-02-10")), (day("2024-02-01"), day("2024-02-29")));
        assert_eq!(Period::Month.of(day("2026-12-31")).1, day("2026-12-31"));
    }

    #[test]
    fn the_next_period_has_the_next_number() {
        for period in [Period::Day, Period::Week, Period::Month] {
            for date in ["1969-12-28", "1970-01-01", "2024-02-29", "2026-12-31", "2026-12-28"] {
                let (first, last) = period.of(day(date));
                assert_eq!(period.number(first), period.number(last), "{date}");
                assert_eq!(period.number(last.later(1)), period.number(first) + 1, "{date}");
            }
        }
    }
}
