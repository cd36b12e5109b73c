//! Amounts as people write them: `938000000`, `938,000,000`, `938 million`, `9.38亿`, `1.2万`.

use std::fmt;

/// The largest magnitude that is read.
const LARGEST: f64 = 1e15;

/// Words that multiply, with their power of ten.
const WORDS: [(&str, i32); 24] = [
    ("thousand", 3),
    ("million", 6),
    ("mn", 6),
    ("billion", 9),
    ("bn", 9),
    ("trillion", 12),
    ("tn", 12),
    ("千", 3),
    ("万", 4),
    ("萬", 4),
    ("十万", 5),
    ("十萬", 5),
    ("百万", 6),
    ("百萬", 6),
    ("千万", 7),
    ("千萬", 7),
    ("亿", 8),
    ("億", 8),
    ("十亿", 9),
    ("十億", 9),
    ("百亿", 10),
    ("千亿", 11),
    ("万亿", 12),
    ("萬億", 12),
];

/// The text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAnAmount {
    /// It is empty.
    Empty,
    /// It is no number, or followed by something that is no word for a power of ten.
    Unread,
    /// Its commas do not stand before groups of three digits.
    Grouping,
    /// Its magnitude is above 10¹⁵.
    TooLarge,
}

impl fmt::Display for NotAnAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "there is none",
            Self::Unread => "is not an amount",
            Self::Grouping => "has a comma that does not stand before three digits",
            Self::TooLarge => "is beyond what is read, 10¹⁵",
        })
    }
}

impl std::error::Error for NotAnAmount {}

/// Reads an amount. Full-width digits and signs, spaces at the ends and before a word, and the case of English words do
/// not matter. The result is the double nearest to what is written: `9.38亿` is 938000000.
///
/// # Errors
/// What keeps it from being read; `1亿2000万`, `20k` and `about 500` are not guessed at.
pub fn amount(text: &str) -> Result<f64, NotAnAmount> {
    let text: String = text.trim().chars().map(narrow).collect();
    if text.is_empty() {
        return Err(NotAnAmount::Empty);
    }
    let unsigned = text.strip_prefix(['-', '−', '+']).unwrap_or(&text);
    let end = unsigned.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(unsigned.len());
    let (digits, word) = unsigned.split_at(end);
    let digits = ungrouped(digits)?;
    let power = power(word.trim()).ok_or(NotAnAmount::Unread)?;
    let size = format!("{digits}e{power}").parse::<f64>().map_err(|_| NotAnAmount::Unread)?;
    if size > LARGEST {
        return Err(NotAnAmount::TooLarge);
    }
    Ok(if text.starts_with(['-', '−']) { -size } else { size })
}

/// A full-width digit or sign as the ASCII one.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '－' | '＋' | '％' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        '\u{a0}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// The number without its commas.
fn ungrouped(digits: &str) -> Result<String, NotAnAmount> {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(a, b)| (a, Some(b)));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.is_some_and(|fraction| !is_number(fraction)) {
        return Err(NotAnAmount::Unread);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if !is_number(first) {
        return Err(NotAnAmount::Unread);
    }
    let is_grouped = whole.contains(',');
    if is_grouped && (first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return Err(NotAnAmount::Grouping);
    }
    Ok(digits.replace(',', ""))
}

fn power(word: &str) -> Option<i32> {
    if word.is_empty() {
        return Some(0);
    }
    WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, power)| *power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_of_both_languages_are_read_exactly() {
        for (text, expected) in [
            ("938 million", 938e6),
            ("9.38亿", 938e6),
            ("938,000,000", 938e6),
            ("９３８００００００", 938e6),
            ("1.2万", 12_000.0),
            ("0.41 Billion", 410e6),
            (" 7.2bn ", 7.2e9),
            ("1.24 billion", 1_240_000_000.0),
            ("6千万", 60e6),
            ("1.5万亿", 1.5e12),
            ("80 thousand", 80e3),
            ("-3.5", -3.5),
            ("−3.5", -3.5),
            ("0", 0.0),
            ("25", 25.0),
        ] {
            assert_eq!(amount(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_clear_is_refused() {
        for text in [
            "about 500",
            "1亿2000万",
            "20k",
            "5 m",
            "1.2.3",
            ".5",
            "5.",
            "US$7",
            "nan",
            "inf",
            "million",
            "1e9",
        ] {
            assert_eq!(amount(text), Err(NotAnAmount::Unread), "{text}");
        }
        for text in ["9,38", "1,0000", "1234,567", "1,,000"] {
            assert_eq!(amount(text), Err(NotAnAmount::Grouping), "{text}");
        }
        assert_eq!(amount("  "), Err(NotAnAmount::Empty));
        assert_eq!(amount("2000 trillion"), Err(NotAnAmount::TooLarge));
    }
}
