//! Rows of a platform's table of articles, to rows of the canonical schema.
//!
//! Counts lose what only serves the eye (`20,816`, `1.2万`). Who read to the end is told as a rate of the readers; the number of
//! people is the one whole number that gives this rate to the digits shown. A count that the platform does not tell is blank.

use crate::codebook::amount;

use super::super::intake::Notice;
use super::super::platforms::{ArticleTable, STATED};
use super::row::{MappedRow, RawCells};

/// The counts that the canonical schema requires.
const REQUIRED: [&str; 4] = ["readers", "reads", "sharers", "shares"];

/// Half a unit of the fourth decimal, to which the platform rounds its rates, and room for the last bit.
const ROUNDING: f64 = 0.5e-4 + 1e-9;

/// How the cells of one canonical column are made.
#[derive(Debug)]
pub(super) enum ArticleRule {
    /// The cells that tell articles apart, one behind the other.
    Id(Vec<usize>),
    /// A cell as it is.
    Same(usize),
    /// A count.
    Count { column: usize, rounded: u64 },
    /// People who read to the end, of a rate and the readers.
    Finishers { rate: usize, readers: usize, unclear: u64 },
    /// What the platform does not tell.
    Unknown,
}

/// A rate that the platform states, held against its counts.
#[derive(Debug)]
pub(super) struct StatedRate {
    name: &'static str,
    column: usize,
    part: usize,
    whole: usize,
    /// Rows in which it is another.
    differ: u64,
}

/// The canonical columns of a table, each with the columns of the file that it is made of.
pub(super) fn rules(table: &ArticleTable) -> Vec<(&'static str, ArticleRule, Vec<usize>)> {
    let mut rules = vec![
        ("article_id", ArticleRule::Id(table.id.clone()), table.id.clone()),
        ("published", ArticleRule::Same(table.published), vec![table.published]),
    ];
    for name in REQUIRED.into_iter().filter(|name| table.place(name).is_none()) {
        rules.push((name, ArticleRule::Unknown, Vec::new()));
    }
    for &(name, column) in &table.counts {
        rules.push((name, ArticleRule::Count { column, rounded: 0 }, vec![column]));
    }
    if let (Some(rate), Some(readers)) = (table.finish_rate, table.place("readers")) {
        rules.push(("finishers", ArticleRule::Finishers { rate, readers, unclear: 0 }, vec![rate]));
    }
    rules
}

/// The rates of a table that can be held against its counts.
pub(super) fn stated(table: &ArticleTable, header: &[String]) -> Vec<StatedRate> {
    let rate = |&(name, part, whole): &(&'static str, &str, &str)| {
        let column = header.iter().position(|known| known.trim() == name)?;
        Some(StatedRate { name, column, part: table.place(part)?, whole: table.place(whole)?, differ: 0 })
    };
    STATED.iter().filter_map(rate).collect()
}

impl ArticleRule {
    pub(super) fn write(&mut self, raw: &dyn RawCells, row: &mut MappedRow) {
        match self {
            Self::Id(columns) => {
                let cells: Vec<&str> = columns.iter().map(|&column| raw.cell(column).trim()).collect();
                let is_whole = cells.iter().all(|cell| !cell.is_empty());
                row.push(&if is_whole { cells.join("\n") } else { String::new() }, raw.position(columns[0]));
            }
            Self::Same(column) => row.push(raw.cell(*column), raw.position(*column)),
            Self::Count { column, rounded } => {
                let cell = raw.cell(*column).trim();
                let count = whole(cell);
                *rounded += u64::from(count.is_some() && cell.chars().any(char::is_alphabetic));
                row.push(
                    &count.map_or_else(|| cell.to_owned(), |count| count.to_string()),
                    raw.position(*column),
                );
            }
            Self::Finishers { rate, readers, unclear } => {
                let cell = raw.cell(*rate).trim();
                let people = whole(raw.cell(*readers).trim());
                let finishers =
                    fraction(cell).zip(people).and_then(|(rate, readers)| finishers(rate, readers));
                *unclear += u64::from(finishers.is_none() && !cell.is_empty());
                let text = finishers.map_or_else(String::new, |finishers| finishers.to_string());
                row.push(&text, raw.position(*rate));
            }
            Self::Unknown => row.push("", raw.start()),
        }
    }

    /// What the user should hear of the column `name` once the file is read.
    pub(super) fn notice(&self, name: &str) -> Option<Notice> {
        match *self {
            Self::Count { rounded: rows, .. } if rows > 0 => {
                Some(Notice::RoundedCounts { column: name.to_owned(), rows })
            }
            Self::Finishers { unclear: rows, .. } if rows > 0 => Some(Notice::UnclearFinishers { rows }),
            Self::Unknown => Some(Notice::UntoldCount { column: name.to_owned() }),
            _ => None,
        }
    }
}

impl StatedRate {
    pub(super) fn compare(&mut self, raw: &dyn RawCells) {
        let [part, whole] = [self.part, self.whole].map(|column| whole(raw.cell(column).trim()));
        let stated = fraction(raw.cell(self.column).trim());
        if let (Some(stated), Some(part), Some(whole)) = (stated, part, whole)
            && whole > 0
            && (stated - part as f64 / whole as f64).abs() > ROUNDING
        {
            self.differ += 1;
        }
    }

    pub(super) fn notice(&self) -> Option<Notice> {
        let rows = self.differ;
        (rows > 0).then(|| Notice::RateDiffers { rate: self.name.to_owned(), rows })
    }
}

/// A whole number of at least 0, however it is written.
fn whole(cell: &str) -> Option<u64> {
    let number = amount(cell).ok()?;
    (number >= 0.0 && number.fract().abs() <= 0.0).then_some(number as u64)
}

/// A rate: `9.34%`, or `0.0934`.
fn fraction(cell: &str) -> Option<f64> {
    match cell.strip_suffix(['%', '％']) {
        Some(percent) => amount(percent).ok().map(|percent| percent / 100.0),
        None => amount(cell).ok(),
    }
}

/// The number of people that is `rate` of `readers`, to the digits of the rate; `None` where there is no such number.
fn finishers(rate: f64, readers: u64) -> Option<u64> {
    let people = rate * readers as f64;
    let nearest = people.round();
    let is_near = (people - nearest).abs() <= ROUNDING * readers as f64 + 1e-9;
    ((0.0..=1.0).contains(&rate) && is_near).then_some(nearest as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_the_backend_shows_them() {
        for (cell, count) in [
            ("20,816", Some(20_816)),
            ("1.2万", Some(12_000)),
            ("０", Some(0)),
            ("94.0", Some(94)),
            ("1.5", None),
            ("-1", None),
            ("", None),
            ("约100", None),
        ] {
            assert_eq!(whole(cell), count, "{cell}");
        }
        assert_eq!(
            [fraction("9.34%"), fraction("0.0934"), fraction("0%")].map(|read| read.unwrap().to_bits()),
            [0.0934, 0.0934, 0.0].map(f64::to_bits)
        );
    }

    #[test]
    fn who_read_to_the_end_is_a_whole_number_of_people() {
        // 47/94 = 0.5; 31/94 = 0.32978…, written 0.3298; 0.333 of 94 would be 31.3 people.
        assert_eq!(finishers(0.5, 94), Some(47));
        assert_eq!(finishers(0.3298, 94), Some(31));
        assert_eq!(finishers(0.333, 94), None);
        assert_eq!(finishers(32.98, 94), None);
        assert_eq!(finishers(0.0, 0), Some(0));
    }
}
