//! Amounts of any size, told in the words of a language: `938 million`, 9.38亿.

use super::number::{MINUS, grouped};
use crate::codebook::Lang;

/// A word for a power of ten: English from a million on.
const ENGLISH: [(i32, &str); 3] = [(12, " trillion"), (9, " billion"), (6, " million")];
const CHINESE: [(i32, &str); 3] = [(12, "万亿"), (8, "亿"), (4, "万")];
/// A word is used where the number before it takes so many decimals at most.
const DECIMALS: usize = 3;

/// An amount as it is, never rounded: `938000000` → `938 million`, `1234567` → `1,234,567`, `-0.5` → `−0.5`.
pub(crate) fn magnitude(value: f64, lang: Lang) -> String {
    let digits = value.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let sign = if value < 0.0 { MINUS.to_string() } else { String::new() };
    for (power, word) in lang.pick(ENGLISH, CHINESE) {
        if whole.len() <= power as usize {
            continue;
        }
        let (before, after) = whole.split_at(whole.len() - power as usize);
        let decimals = format!("{after}{fraction}");
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() <= DECIMALS {
            let point = if decimals.is_empty() { "" } else { "." };
            return format!("{sign}{}{point}{decimals}{word}", grouped(before));
        }
    }
    format!("{sign}{}", grouped(&digits))
}

/// The number with so many significant digits, halves away from zero.
pub(crate) fn rounded(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let last = libm::floor(libm::log10(value.abs())) as i32 + 1 - digits;
    let unit = libm::pow(10.0, f64::from(last.abs()));
    let size = if last >= 0 { value.abs() / unit } else { value.abs() * unit };
    let size = (size + 1e-9).round();
    (if last >= 0 { size * unit } else { size / unit }).copysign(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_amounts_are_told_in_words_and_none_is_rounded() {
        let en = |value| magnitude(value, Lang::En);
        let zh = |value| magnitude(value, Lang::Zh);
        assert_eq!(
            [en(938e6), en(1.24e9), en(410e6), en(80e9)],
            ["938 million", "1.24 billion", "410 million", "80 billion"]
        );
        assert_eq!([en(1_234_567.0), en(999_999.0), en(25.0), en(0.0)], ["1,234,567", "999,999", "25", "0"]);
        assert_eq!(
            [zh(938e6), zh(12_000.0), zh(1.24e9), zh(1.5e12)],
            ["9.38亿", "1.2万", "12.4亿", "1.5万亿"]
        );
        assert_eq!([en(-3.5), zh(123_456.0)], ["−3.5", "123,456"]);
    }

    #[test]
    fn significant_digits_are_kept() {
        for (value, digits, expected) in
            [(762_601_626.016, 4, "762600000"), (0.123_45, 3, "0.123"), (-9.999_6, 4, "-10"), (0.0, 4, "0")]
        {
            assert_eq!(rounded(value, digits).to_string(), expected);
        }
    }
}
