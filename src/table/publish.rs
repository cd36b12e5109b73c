//! [`Table`]s → the same tables as they may leave the company together: small counts withheld, figures rounded.

use std::collections::BTreeMap;

use super::complement::{added_up, completed};
use super::{
    Base, Disclosure, Figure, Gap, GapLine, ItemLabel, Label, Mark, MeasureLabel, Row, Table, TestFigure,
    TestLine,
};
use crate::codebook::Name;
use crate::estimate::letter;
use crate::measure::Unit;
use crate::writing::fixed;

/// The largest count that is not told.
const LARGEST_SMALL: u64 = 9;
/// Bases, and totals below a thousand, are multiples of this.
const BASE_STEP: u64 = 5;
/// What a p-value is not rounded across.
const SIGNIFICANT: f64 = 0.05;

/// Tables for everybody, which may all be seen by the same people.
///
/// - A figure is withheld ([`Mark::Disclosure`]) where its base, or the number of those in it who said yes or who said no,
///   on either side of a difference, is from 1 to 9; and so are others, until none of these can be had by subtracting what
///   is shown in one of the tables from what is shown in another. Letters that name a withheld column go.
/// - Bases are rounded to 5; from 1 to 9 they read 5, and those of sums of which one is a part are the sums of what is read. Of all other counts, and of standard errors, degrees of freedom,
///   design effects and test statistics, nothing is left.
/// - Rates and differences of rates, with their limits, are rounded to whole points, net promoter scores to whole numbers,
///   means, ratios and totals to 3 significant digits (totals below a thousand to multiples of 5), their limits to the
///   digit of the figure.
/// - A gap is that of the two rounded figures, its limits are rounded and widened to hold it; whether it is clear stays as
///   it was tested. It is withheld where either figure is.
/// - Tests keep their p-value in three decimals, neither rounded to 0 nor across 0.05; they go where a tested rate stands on
///   few.
/// - Marks lose the value that crossed the line, and figures that a flag withholds are withheld whatever was shown.
///
/// The points of a scale, which add up to all answers, are withheld together. What is published apart may tell more. Notes stay as
/// they are, and one is added that says what was done. Publishing twice changes nothing more.
#[must_use]
pub fn publish(tables: &[Table]) -> Vec<Table> {
    let is_hidden = |row: &Row| row.figure.is_none() || row.mark.is_some_and(|mark| mark.hides());
    let withheld = completed(tables, stands_on_few, is_hidden);
    let sums = added_up(tables, rounded_base);
    let row = |at: (usize, usize), row: &Row| {
        let n = sums.get(&at).copied().unwrap_or_else(|| rounded_base(row.base.n));
        published_row(row, n, withheld.contains(&at))
    };
    tables.iter().enumerate().map(|(at, table)| published(table, |place, of| row((at, place), of))).collect()
}

fn published(table: &Table, row: impl Fn(usize, &Row) -> Row) -> Table {
    if table.disclosure == Disclosure::Publish {
        return table.clone();
    }
    let mut rows: Vec<Row> = table.rows.iter().enumerate().map(|(at, of)| row(at, of)).collect();
    drop_letters(&mut rows, table);
    let gaps = published_gaps(table, &rows);
    let tests = table.tests.iter().map(|line| published_test(line, &rows)).collect();
    let mut notes = table.notes.clone();
    notes.push(note());
    Table { disclosure: Disclosure::Publish, rows, gaps, tests, notes, ..table.clone() }
}

/// A row as it is shown, on a base of `n`.
fn published_row(row: &Row, n: u64, is_withheld: bool) -> Row {
    let mark = if is_withheld { Some(Mark::Disclosure) } else { row.mark.map(Mark::published) };
    let unit = row.measure.shown.unit();
    let is_hidden = mark.is_some_and(|mark| mark.hides());
    let figure = row.figure.filter(|_| !is_hidden).map(|figure| {
        let step = Step::of(unit, figure.value);
        Figure {
            value: step.round(figure.value),
            interval: both(figure.interval, |limit| step.round(limit)),
            accuracy: None,
        }
    });
    Row {
        base: Base { n, counts: None, ..row.base },
        letters: if is_hidden { String::new() } else { row.letters.clone() },
        figure,
        mark,
        ..row.clone()
    }
}

fn stands_on_few(row: &Row) -> bool {
    is_small(row.base.n) || row.base.counts.is_some_and(|counts| is_small(counts.fewest))
}

pub(super) fn is_small(count: u64) -> bool {
    (1..=LARGEST_SMALL).contains(&count)
}

fn rounded_base(n: u64) -> u64 {
    if is_small(n) { BASE_STEP } else { (n + BASE_STEP / 2) / BASE_STEP * BASE_STEP }
}

/// What figures are rounded to.
#[derive(Clone, Copy)]
enum Step {
    /// So many decimals; with −2, hundreds.
    Decimals(i32),
    /// Multiples of [`BASE_STEP`].
    Fives,
}

impl Step {
    /// What a figure of this size is rounded to; its limits follow it.
    fn of(unit: Unit, value: f64) -> Self {
        /// Significant digits, less one.
        const MORE_DIGITS: i32 = 2;
        /// Decimals of the smallest numbers.
        const FINEST: i32 = 12;
        match unit {
            Unit::Share | Unit::Points => Self::Decimals(2),
            Unit::Score => Self::Decimals(0),
            Unit::Count if value.abs() < 1000.0 => Self::Fives,
            Unit::Number | Unit::Count if value.abs() > 0.0 => {
                let digits = libm::floor(libm::log10(value.abs())) as i32;
                Self::Decimals((MORE_DIGITS - digits).min(FINEST))
            }
            Unit::Number | Unit::Count => Self::Decimals(MORE_DIGITS),
        }
    }

    fn round(self, value: f64) -> f64 {
        let fixed = |value: f64, decimals: i32| {
            let size = parsed(&fixed(value.abs(), decimals as usize));
            if value < 0.0 { -size } else { size }
        };
        let rounded = match self {
            Self::Fives => fixed(value / BASE_STEP as f64, 0) * BASE_STEP as f64,
            Self::Decimals(decimals) if decimals >= 0 => fixed(value, decimals),
            Self::Decimals(decimals) => {
                let step = libm::pow(10.0, f64::from(-decimals));
                fixed(value / step, 0) * step
            }
        };
        // No negative zero.
        rounded + 0.0
    }

    /// The coarser of two.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Decimals(a), Self::Decimals(b)) => Self::Decimals(a.min(b)),
            (Self::Decimals(decimals), Self::Fives) | (Self::Fives, Self::Decimals(decimals)) => {
                if decimals < 0 { Self::Decimals(decimals) } else { Self::Fives }
            }
            (Self::Fives, Self::Fives) => Self::Fives,
        }
    }
}

/// A number that was written a moment ago.
fn parsed(number: &str) -> f64 {
    number.parse().unwrap_or(0.0)
}

fn both((low, high): (f64, f64), round: impl Fn(f64) -> f64) -> (f64, f64) {
    (round(low), round(high))
}

/// Takes the letters of withheld columns out of the rows that name them.
fn drop_letters(rows: &mut [Row], table: &Table) {
    let lettered = table.lettered.as_ref();
    let Some(position) = table.by.iter().position(|dimension| Some(dimension) == lettered) else { return };
    let beside = |row: &Row| {
        let mut others = row.by.clone();
        others.remove(position);
        (others, row.measure.item.clone(), row.measure.shown.key(), row.measure.per.clone())
    };
    let mut hidden: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.figure.is_none()) {
        if let Some(column) = table.columns.iter().position(|column| *column == row.by[position]) {
            hidden.entry(beside(row)).or_default().push(letter(column));
        }
    }
    for row in rows.iter_mut().filter(|row| !row.letters.is_empty()) {
        if let Some(hidden) = hidden.get(&beside(row)) {
            let named = row.letters.split(' ').filter(|one| !hidden.contains(&one.to_uppercase()));
            row.letters = named.collect::<Vec<_>>().join(" ");
        }
    }
}

/// Where the row of a domain and measure stands.
type Place<'a> = (Vec<&'a Label>, &'a ItemLabel, &'static str, Option<&'a Label>);

fn published_gaps(table: &Table, rows: &[Row]) -> Vec<GapLine> {
    let compared = table.compared.as_ref();
    let position = table.by.iter().position(|dimension| Some(dimension) == compared);
    let by_place: BTreeMap<Place, &Row> =
        rows.iter().map(|row| (place(row.by.iter().collect(), &row.measure), row)).collect();
    let side = |line: &GapLine, level: &Label| {
        let mut by: Vec<&Label> = line.by.iter().collect();
        by.insert(position.filter(|&position| position <= by.len())?, level);
        by_place.get(&place(by, &line.measure)).copied()
    };
    table
        .gaps
        .iter()
        .map(|line| published_gap(line, side(line, &line.of.0), side(line, &line.of.1)))
        .collect()
}

fn place<'a>(by: Vec<&'a Label>, measure: &'a MeasureLabel) -> Place<'a> {
    (by, &measure.item, measure.shown.key(), measure.per.as_ref())
}

fn published_gap(line: &GapLine, first: Option<&Row>, second: Option<&Row>) -> GapLine {
    let stands_on_few = |side: Option<&Row>| side.is_some_and(|row| row.mark == Some(Mark::Disclosure));
    let mark = if stands_on_few(first) || stands_on_few(second) {
        Some(Mark::Disclosure)
    } else {
        line.mark.map(Mark::published)
    };
    let figures = first.and_then(|row| row.figure).zip(second.and_then(|row| row.figure));
    let shown = line.gap.filter(|_| !mark.is_some_and(|mark| mark.hides())).zip(figures);
    let unit = line.measure.shown.unit();
    let gap = shown.map(|(gap, (a, b))| {
        let step = Step::of(unit, a.value).or(Step::of(unit, b.value));
        let difference = step.round(a.value - b.value);
        let (low, high) = both(gap.interval, |limit| step.round(limit));
        Gap { difference, interval: (low.min(difference), high.max(difference)), accuracy: None, ..gap }
    });
    let mark = mark.or_else(|| gap.is_none().then_some(Mark::Disclosure));
    GapLine { gap, mark, ..line.clone() }
}

/// Only the p-value is left, and that not where one of the tested rates stands on few.
fn published_test(line: &TestLine, rows: &[Row]) -> TestLine {
    let tested = rows.iter().filter(|row| row.by.get(1..) == Some(&line.by) && row.measure == line.measure);
    if tested.into_iter().any(|row| row.mark == Some(Mark::Disclosure)) {
        return TestLine { test: None, mark: Some(Mark::Disclosure), ..line.clone() };
    }
    let test = line.test.map(|test| TestFigure { p: rounded_p(test.p), statistic: None });
    TestLine { test, mark: line.mark.map(Mark::published), ..line.clone() }
}

fn rounded_p(p: f64) -> f64 {
    let rounded = (p * 1000.0).round() / 1000.0;
    if rounded < 0.001 {
        0.001
    } else if p < SIGNIFICANT && rounded >= SIGNIFICANT {
        0.049
    } else {
        rounded
    }
}

fn note() -> Name {
    Name::new(
        "For publication: figures are rounded, n to 5; withheld are those that stand on fewer than 10 people, or on fewer \
         than 10 (but not none) who said yes or no, and those from which one of these could be worked out.",
        "公开版：数字经取整，n 取整至 5；基数不足 10 人，或回答“是”或“否”的人数为 1 至 9 的，以及可据以推算出这些人数的，不予显示。",
    )
}
