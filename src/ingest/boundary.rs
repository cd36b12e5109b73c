//! Where a text can be cut, so that its parts can be read by themselves.
//!
//! In: a text that begins with a record. Out: where the last record ends that is whole, judged as [`split`](super::split)
//! judges it, record after record: after a quote out of place, that is the end of its line. Only quotes and line ends are
//! looked at, and of a text without quotes only its last line end.

use memchr::{memchr, memrchr};

use super::delimiter::Delimiter;

/// The length of the whole records, line ends included, that stand at the front of `text`.
pub(super) fn whole_records(text: &str, delimiter: Delimiter) -> usize {
    let bytes = text.as_bytes();
    // Where a cell begins, and where the last whole record ends.
    let (mut cell, mut end) = (0, 0);
    while let Some(quote) = memchr(b'"', &bytes[cell..]).map(|found| cell + found) {
        if let Some(line) = memrchr(b'\n', &bytes[cell..quote]) {
            end = cell + line + 1;
        }
        let before = &bytes[cell..quote];
        let opens = before.is_empty() || quote == end || before.ends_with(delimiter.as_str().as_bytes());
        let after = if opens { after_quoted(bytes, quote, delimiter) } else { After::Fault { at: quote } };
        match after {
            After::Cell { next } => cell = next,
            After::Line { next } => (cell, end) = (next, next),
            After::Fault { at } => match memchr(b'\n', &bytes[at..]) {
                Some(line) => (cell, end) = (at + line + 1, at + line + 1),
                None => return end,
            },
            After::Nothing => return end,
        }
    }
    memrchr(b'\n', &bytes[cell..]).map_or(end, |line| cell + line + 1)
}

/// What follows a quoted cell.
enum After {
    /// Another cell, at `next`.
    Cell { next: usize },
    /// A line end; the next record begins at `next`.
    Line { next: usize },
    /// What may not stand there.
    Fault { at: usize },
    /// The text ends before that can be told.
    Nothing,
}

/// Passes over the cell whose opening quote stands at `quote`.
fn after_quoted(bytes: &[u8], quote: usize, delimiter: Delimiter) -> After {
    let mut from = quote + 1;
    loop {
        let Some(close) = memchr(b'"', &bytes[from..]).map(|found| from + found) else {
            return After::Nothing;
        };
        match &bytes[close + 1..] {
            [b'"', ..] => from = close + 2,
            [b'\n', ..] => return After::Line { next: close + 2 },
            [b'\r', b'\n', ..] => return After::Line { next: close + 3 },
            [] | [b'\r'] => return After::Nothing,
            rest if delimiter.is_at(rest) => return After::Cell { next: close + 1 + delimiter.len() },
            _ => return After::Fault { at: close + 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::split::{Cells, Split, split};
    use super::*;

    /// Record after record.
    fn one_by_one(text: &str, delimiter: Delimiter) -> usize {
        let (mut cells, mut end) = (Cells::default(), 0);
        loop {
            match split(&text[end..], false, delimiter, &mut cells) {
                Split::Record { next, .. } | Split::Fault { next, .. } => end += next,
                Split::Incomplete { .. } => return end,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

        #[test]
        fn the_last_whole_record_is_the_one_that_reading_finds(
            parts in prop::collection::vec(
                prop::sample::select(vec!["a", ",", "，", "\"", "\"\"", "\n", "\r\n", "\r", ",\"", "\","]), 0..24,
            ),
        ) {
            let text = parts.concat();
            for delimiter in [Delimiter::Comma, Delimiter::FullWidthComma] {
                prop_assert_eq!(whole_records(&text, delimiter), one_by_one(&text, delimiter), "{:?}", text);
            }
        }
    }
}
