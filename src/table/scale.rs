//! [`Scale`]: how the figures of one measure are written in a table for people, so that they can be read across.
//!
//! Internal tables have one decimal for shares (`8.1%`), points (`+4.0`) and scores, none for counts, and for other
//! numbers as many as give the largest three digits. Published figures are rounded already: they show the digits that
//! they have.

use crate::codebook::Lang;
use crate::measure::Unit;
use crate::writing::{Counts, MINUS, fixed, grouped};

/// Digits that the largest of some numbers shows.
const DIGITS: i32 = 3;
/// Decimals of the smallest numbers.
const MOST_DECIMALS: i32 = 6;

/// How the figures of one measure are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale {
    unit: Unit,
    lang: Lang,
    digits: Digits,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Digits {
    /// So many decimals.
    Decimals(usize),
    /// As many as it takes.
    Own,
    /// Those of whole numbers.
    Counts(Counts),
}

impl Scale {
    /// The scale on which all of `values` are written, limits included.
    pub(crate) fn of(unit: Unit, published: bool, lang: Lang, values: impl Iterator<Item = f64>) -> Self {
        let digits = match unit {
            Unit::Share | Unit::Points | Unit::Score => Digits::Decimals(usize::from(!published)),
            Unit::Number if published => Digits::Own,
            Unit::Number => Digits::Decimals(decimals(values.map(f64::abs).fold(0.0, f64::max))),
            Unit::Count => Digits::Counts(Counts::of(lang, values)),
        };
        Self { unit, lang, digits }
    }

    /// A figure: `8.1%`, `+4.0`, `19.9`, `12,345`.
    pub(crate) fn value(self, value: f64) -> String {
        let signed = matches!(self.unit, Unit::Points | Unit::Score);
        let percent = if self.unit == Unit::Share { "%" } else { "" };
        format!("{}{percent}", self.number(value, signed))
    }

    /// A difference of figures on this scale, which is that of differences: `−13.1`, `+1,200`.
    pub(crate) fn gap(self, difference: f64) -> String {
        self.number(difference, true)
    }

    /// Confidence limits: `6.0–11.2`, or with signs `−27.2 to −19.0`.
    pub(crate) fn limits(self, (low, high): (f64, f64)) -> String {
        let (low, high) = (self.number(low, false), self.number(high, false));
        let signed = matches!(self.unit, Unit::Points | Unit::Score) || low.starts_with(MINUS);
        let between = if signed { self.lang.pick(" to ", " 至 ") } else { "–" };
        format!("{low}{between}{high}")
    }

    /// What the cell of a spreadsheet holds for a figure: points in hundredths, all else as it is.
    pub(super) fn stored(self, value: f64) -> f64 {
        if self.unit == Unit::Points { value * 100.0 } else { value }
    }

    /// The number format under which a spreadsheet writes what is [`Self::stored`], with `mark` behind it; points and scores
    /// with a plus where it is asked for.
    pub(super) fn number_format(self, plus: bool, mark: &str) -> String {
        let number = match self.digits {
            Digits::Decimals(0) | Digits::Counts(_) => "#,##0".to_owned(),
            Digits::Decimals(decimals) => format!("#,##0.{}", "0".repeat(decimals)),
            Digits::Own => "General".to_owned(),
        };
        let percent = if self.unit == Unit::Share { "%" } else { "" };
        let mark = if mark.is_empty() { String::new() } else { format!("\"{mark}\"") };
        let sign = if plus && matches!(self.unit, Unit::Points | Unit::Score) { "+" } else { "" };
        let size = format!("{number}{percent}{mark}");
        format!("{sign}{size};\"{MINUS}\"{size};{size}")
    }

    fn number(self, value: f64, plus: bool) -> String {
        let size = self.size(value);
        if !size.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            size
        } else if value < 0.0 {
            format!("{MINUS}{size}")
        } else if plus {
            format!("+{size}")
        } else {
            size
        }
    }

    /// The magnitude.
    fn size(self, value: f64) -> String {
        let value = match self.unit {
            Unit::Share | Unit::Points => value.abs() * 100.0,
            Unit::Score | Unit::Number | Unit::Count => value.abs(),
        };
        match self.digits {
            Digits::Decimals(decimals) => grouped(&fixed(value, decimals)),
            Digits::Own => grouped(&value.to_string()),
            Digits::Counts(counts) => counts.write(value),
        }
    }
}

/// As many as show the first [`DIGITS`] digits of a number.
fn decimals(largest: f64) -> usize {
    if largest <= 0.0 {
        return 0;
    }
    (DIGITS - 1 - libm::floor(libm::log10(largest)) as i32).clamp(0, MOST_DECIMALS) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(unit: Unit, published: bool, lang: Lang, values: &[f64]) -> Scale {
        Scale::of(unit, published, lang, values.iter().copied())
    }

    #[test]
    fn every_unit_has_its_form() {
        let en = |unit, values: &[f64]| scale(unit, false, Lang::En, values);
        let share = en(Unit::Share, &[0.0812]);
        assert_eq!(share.value(0.0812), "8.1%");
        assert_eq!(share.limits((0.06, 0.112)), "6.0–11.2");
        assert_eq!(share.limits((-0.004, 0.02)), "−0.4 to 2.0");
        let points = en(Unit::Points, &[0.04]);
        assert_eq!([0.04, -0.131, 0.0001].map(|x| points.value(x)), ["+4.0", "−13.1", "0.0"]);
        assert_eq!(points.limits((0.01, 0.07)), "1.0 to 7.0");
        assert_eq!(en(Unit::Score, &[12.34]).value(12.34), "+12.3");
        assert_eq!(en(Unit::Count, &[12_345.6]).value(12_345.6), "12,346");
        assert_eq!(en(Unit::Count, &[12_345.6]).gap(1_200.0), "+1,200");
    }

    #[test]
    fn numbers_show_three_digits_of_the_largest() {
        let number = |values: &[f64]| scale(Unit::Number, false, Lang::En, values);
        assert_eq!(number(&[3.227_9]).value(3.227_9), "3.23");
        assert_eq!(number(&[19.856, 0.31]).value(0.31), "0.3");
        assert_eq!(number(&[0.001_234]).value(0.001_234), "0.00123");
        assert_eq!(number(&[1234.5]).value(1234.5), "1,235");
        assert_eq!(number(&[0.0]).value(0.0), "0");
        assert_eq!(scale(Unit::Number, false, Lang::Zh, &[2.0]).limits((-1.0, 2.0)), "−1.00 至 2.00");
    }

    #[test]
    fn published_figures_show_the_digits_they_have() {
        assert_eq!(scale(Unit::Share, true, Lang::En, &[0.08]).value(0.08), "8%");
        let number = scale(Unit::Number, true, Lang::En, &[8.2, 20.0]);
        assert_eq!([8.2, 20.0, 0.034, 12_000.0].map(|x| number.value(x)), ["8.2", "20", "0.034", "12,000"]);
    }

    #[test]
    fn chinese_counts_are_in_myriads_where_that_is_exact() {
        let zh = |values: &[f64]| scale(Unit::Count, true, Lang::Zh, values);
        let exact = zh(&[235_000.0, 9_870.0, 123_000_000.0]);
        let written = [235_000.0, 12_300.0, 9_870.0, 123_000_000.0].map(|x| exact.value(x));
        assert_eq!(written, ["23.5万", "1.23万", "9,870", "1.23亿"]);
        assert_eq!(zh(&[234_567.0, 250_000.0]).value(250_000.0), "250,000");
    }
}
