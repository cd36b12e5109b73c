//! [`Period`]: the year, half-year, quarter or month that a figure is of.

use std::fmt;
use std::str::FromStr;

use crate::codebook::Name;

/// A calendar period. Periods are ordered by their beginning, and those that begin together from the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    year: i32,
    part: Part,
}

/// Which part of its year, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Half(i32),
    Quarter(i32),
    Month(i32),
}

impl Part {
    /// Months in such a part.
    fn months(self) -> i32 {
        match self {
            Self::Year => 12,
            Self::Half(_) => 6,
            Self::Quarter(_) => 3,
            Self::Month(_) => 1,
        }
    }

    /// How many such parts of the year came before.
    fn before(self) -> i32 {
        match self {
            Self::Year => 0,
            Self::Half(number) | Self::Quarter(number) | Self::Month(number) => number - 1,
        }
    }
}

/// The text is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAPeriod;

impl fmt::Display for NotAPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is not a period")
    }
}

impl std::error::Error for NotAPeriod {}

impl Period {
    /// What the parser reads, for messages.
    pub const ACCEPTED: &'static str = "a period is a year (2015, 2015年), half-year (2015H1), quarter (2017Q1, 2017年第一季度) or month (2017-03, 2017年3月)";

    /// Months from the year 0 to its beginning.
    fn start(self) -> i32 {
        self.year * 12 + self.part.before() * self.part.months()
    }

    /// Months from the beginning of another period of the same length to this one's; `None` where lengths differ.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> Option<i32> {
        (self.part.months() == earlier.part.months()).then(|| self.start() - earlier.start())
    }

    /// The period of the same length so many months earlier; `None` where none begins there.
    #[must_use]
    pub fn earlier(self, months: i32) -> Option<Self> {
        let (start, length) = (self.start() - months, self.part.months());
        let (year, within) = (start.div_euclid(12), start.rem_euclid(12));
        let number = within / length + 1;
        let part = match self.part {
            Part::Year => Part::Year,
            Part::Half(_) => Part::Half(number),
            Part::Quarter(_) => Part::Quarter(number),
            Part::Month(_) => Part::Month(number),
        };
        (within % length == 0).then_some(Self { year, part })
    }

    /// Whether it is a quarter.
    #[must_use]
    pub fn is_quarter(self) -> bool {
        matches!(self.part, Part::Quarter(_))
    }

    /// As people read it: `Q1 2017`, 2017年第一季度.
    #[must_use]
    pub fn name(self) -> Name {
        const NUMERALS: [&str; 5] = ["", "一", "二", "三", "四"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let year = self.year;
        match self.part {
            Part::Year => Name::new(year.to_string(), format!("{year}年")),
            Part::Half(half) => {
                let zh = if half == 1 { "上" } else { "下" };
                Name::new(format!("H{half} {year}"), format!("{year}年{zh}半年"))
            }
            Part::Quarter(quarter) => Name::new(
                format!("Q{quarter} {year}"),
                format!("{year}年第{}季度", NUMERALS[quarter as usize]),
            ),
            Part::Month(month) => {
                Name::new(format!("{} {year}", MONTHS[month as usize - 1]), format!("{year}年{month}月"))
            }
        }
    }
}

/// The key in data files: `2015`, `2015H1`, `2017Q1`, `2017-03`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Year => write!(f, "{:04}", self.year),
            Part::Half(half) => write!(f, "{:04}H{half}", self.year),
            Part::Quarter(quarter) => write!(f, "{:04}Q{quarter}", self.year),
            Part::Month(month) => write!(f, "{:04}-{month:02}", self.year),
        }
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start(), -self.part.months()).cmp(&(other.start(), -other.part.months()))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let year = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        let year = year.and_then(|year| year.parse::<i32>().ok()).filter(|year| (1900..=2100).contains(year));
        let year = year.ok_or(NotAPeriod)?;
        let rest = text[4..].to_ascii_uppercase();
        let part = part(&rest).ok_or(NotAPeriod)?;
        Ok(Self { year, part })
    }
}

/// What stands behind the year.
fn part(rest: &str) -> Option<Part> {
    let rest = rest.strip_prefix('年').unwrap_or(rest);
    let numbered = |text: &str, most: i32| {
        let number = match text {
            "一" => 1,
            "二" => 2,
            "三" => 3,
            "四" => 4,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
            _ => return None,
        };
        (1..=most).contains(&number).then_some(number)
    };
    match rest {
        "" => return Some(Part::Year),
        "上半年" => return Some(Part::Half(1)),
        "下半年" => return Some(Part::Half(2)),
        _ => {}
    }
    let bare = rest.strip_prefix('-').unwrap_or(rest);
    if let Some(half) = bare.strip_prefix('H') {
        return numbered(half, 2).map(Part::Half);
    }
    if let Some(quarter) = bare.strip_prefix('Q') {
        return numbered(quarter, 4).map(Part::Quarter);
    }
    if let Some(quarter) = rest.strip_suffix("季度") {
        return numbered(quarter.strip_prefix('第').unwrap_or(quarter), 4).map(Part::Quarter);
    }
    if let Some(month) = rest.strip_suffix('月') {
        return numbered(month, 12).map(Part::Month);
    }
    let month = rest.strip_prefix('-').filter(|month| month.len() == 2)?;
    numbered(month, 12).map(Part::Month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap_or_else(|_| panic!("{text}"))
    }

    #[test]
    fn every_form_is_read() {
        for (text, key) in [
            ("2015", "2015"),
            ("2015年", "2015"),
            ("2017Q1", "2017Q1"),
            ("2017 q1", "2017Q1"),
            ("2017-Q1", "2017Q1"),
            ("2017年第一季度", "2017Q1"),
            ("2017年1季度", "2017Q1"),
            ("2015H2", "2015H2"),
            ("2015年下半年", "2015H2"),
            ("2017-03", "2017-03"),
            ("2017年3月", "2017-03"),
        ] {
            assert_eq!(period(text).to_string(), key, "{text}");
        }
        for text in
            ["", "15", "2017Q5", "2017Q0", "2017-13", "2017-3", "2017-05-31", "Q1 2017", "2017Q", "0999"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_know_what_came_before() {
        assert_eq!(period("2017Q1").earlier(12), Some(period("2016Q1")));
        assert_eq!(period("2017Q1").earlier(3), Some(period("2016Q4")));
        assert_eq!(period("2017").earlier(3), None);
        assert_eq!(period("2015").months_since(period("2013")), Some(24));
        assert_eq!(period("2017Q1").months_since(period("2013")), None);
        let mut periods = ["2017-03", "2017", "2016Q4", "2017Q1", "2017H1"].map(period);
        periods.sort();
        assert_eq!(
            periods.map(|period| period.to_string()),
            ["2016Q4", "2017", "2017H1", "2017Q1", "2017-03"]
        );
        assert_eq!(period("2017Q1").name(), Name::new("Q1 2017", "2017年第一季度"));
    }
}
