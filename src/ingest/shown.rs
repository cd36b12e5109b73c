//! What of a file may be shown in a message, and how: level values and column names, cut short and made harmless.

use super::survey::is_personal_level;
use crate::codebook::is_invisible;

/// The most characters of a file's text that one message repeats.
const LONGEST: usize = 40;

/// A cell of a level column for a message: in quotes, without control, bidi and other
/// invisible characters, cut to 40 characters. What looks like a person's number or address is not repeated.
pub(crate) fn quoted(cell: &str) -> String {
    if is_personal_level(cell) {
        "what looks like personal data".to_owned()
    } else {
        format!("\"{}\"", plain(cell))
    }
}

/// As [`quoted`], without the quotes.
pub(crate) fn plain(text: &str) -> String {
    let mut visible =
        text.trim().chars().filter(|&c| !(c.is_control() || is_line_break(c) || is_invisible(c)));
    let mut shown: String = visible.by_ref().take(LONGEST).collect();
    if visible.next().is_some() {
        shown.push('…');
    }
    shown
}

/// Unicode's line and paragraph separators.
fn is_line_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// A column for a message: its quoted name, or its number (from 1) where the header looks like somebody's data,
/// as in a file without a header.
pub(super) fn column(header: &str, index: usize) -> String {
    if header.trim().is_empty() || looks_like_data(header) { number(index) } else { quoted(header) }
}

/// A column by its number, from 1, as the codebook writes it.
pub(super) fn number(index: usize) -> String {
    format!("#{}", index + 1)
}

/// Whether a header is more likely a person's data than a name: an address, a number, a key, a long text.
pub(super) fn looks_like_data(header: &str) -> bool {
    let is_key = |word: &str| {
        word.len() >= 20
            && word.bytes().any(|b| b.is_ascii_digit())
            && word.bytes().any(|b| b.is_ascii_uppercase())
    };
    header.contains('@')
        || header.chars().count() > 2 * LONGEST
        || header.chars().filter(char::is_ascii_digit).count() >= 5
        || header.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').any(is_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_removes_what_could_fool_a_reader_and_cuts() {
        assert_eq!(quoted(" a\u{202e}b\u{1b}[31m\n"), "\"ab[31m\"");
        assert_eq!(quoted(&"苏".repeat(41)), format!("\"{}…\"", "苏".repeat(40)));
    }

    #[test]
    fn headers_that_are_data_are_shown_by_number() {
        for data in ["13812345678", "a@b.cn", "10.0.12.34", "oX1y2zABCDEFGHIJKLmnopqrstuv", "", " "] {
            assert_eq!(column(data, 3), "#4", "{data}");
        }
        assert_eq!(column("age group", 3), "\"age group\"");
    }
}
