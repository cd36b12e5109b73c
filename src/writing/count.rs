//! Counts: of respondents, persons, gaps. In Chinese those that 万 or 亿 tell exactly, in two decimals at most, are written
//! so; no count is rounded.

use super::number::{fixed, grouped};
use crate::codebook::Lang;

/// From here on counts are told in 万.
const MYRIAD: f64 = 1e4;
/// From here on counts are told in 亿.
const MYRIAD_MYRIADS: f64 = 1e8;

/// How the counts that are shown together are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// In 万 and 亿.
    in_myriads: bool,
}

impl Counts {
    /// Alike for all of `counts`: in 万 and 亿 where that tells each of them exactly.
    pub(crate) fn of(lang: Lang, mut counts: impl Iterator<Item = f64>) -> Self {
        Self { in_myriads: lang == Lang::Zh && counts.all(is_whole_in_myriads) }
    }

    /// The magnitude of a count, as a whole number: `12,300`, `1.23万`.
    pub(crate) fn write(self, count: f64) -> String {
        let count = count.abs().round();
        let (unit, name) = match count {
            _ if !self.in_myriads || count < MYRIAD => return grouped(&fixed(count, 0)),
            large if large >= MYRIAD_MYRIADS => (MYRIAD_MYRIADS, '亿'),
            _ => (MYRIAD, '万'),
        };
        format!("{}{name}", grouped(&(count / unit).to_string()))
    }
}

fn is_whole_in_myriads(count: f64) -> bool {
    let count = count.abs().round();
    let unit = if count >= MYRIAD_MYRIADS { MYRIAD_MYRIADS } else { MYRIAD };
    count < MYRIAD || (count * 100.0) % unit <= 0.0
}

/// One count: `12345` → `12,345`, and in Chinese `12300` → `1.23万`.
pub(crate) fn count(n: u64, lang: Lang) -> String {
    Counts::of(lang, std::iter::once(n as f64)).write(n as f64)
}

/// `402`, or `402–412` when the counts differ.
pub(crate) fn count_range(counts: impl IntoIterator<Item = u64>, lang: Lang) -> String {
    let mut range: Option<(u64, u64)> = None;
    for n in counts {
        let (low, high) = range.unwrap_or((n, n));
        range = Some((low.min(n), high.max(n)));
    }
    let (low, high) = range.unwrap_or((0, 0));
    let ends = [low as f64, high as f64];
    let written = Counts::of(lang, ends.into_iter());
    let [low, high] = ends.map(|end| written.write(end));
    if low == high { low } else { format!("{low}–{high}") }
}

/// A written count with a Chinese measure word: `1,100 人`, `23.5万人`.
pub(crate) fn counted(count: &str, measure: &str) -> String {
    let space = if count.ends_with(|last: char| last.is_ascii_digit()) { " " } else { "" };
    format!("{count}{space}{measure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped() {
        let en = |n| count(n, Lang::En);
        assert_eq!([en(0), en(999), en(1_234_567)], ["0", "999", "1,234,567"]);
        assert_eq!(count_range([412, 402, 410], Lang::En), "402–412");
        assert_eq!(count_range([], Lang::En), "0");
    }

    #[test]
    fn chinese_counts_are_in_myriads_where_that_is_exact() {
        let zh = |n| count(n, Lang::Zh);
        assert_eq!([zh(9_870), zh(12_300), zh(12_345), zh(235_000)], ["9,870", "1.23万", "12,345", "23.5万"]);
        assert_eq!([zh(123_000_000), zh(120_000_000_000)], ["1.23亿", "1,200亿"]);
        assert_eq!(count_range([12_000, 9_000], Lang::Zh), "9,000–1.2万");
        assert_eq!(count_range([12_000, 12_345], Lang::Zh), "12,000–12,345");
    }
}
