//! What separates the cells of a text, read off its first records.
//!
//! In: the first records of a text. Out: the delimiter that gives them all the same number of cells, more than one.
//! Refuses to choose where several do.

use std::fmt;
use std::str::FromStr;

use super::code::Code;
use super::decode::Fault;
use super::split::{Cells, Split, split};

/// What separates cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// A tab.
    Tab,
    /// `;`
    Semicolon,
    /// `|`
    Bar,
    /// `，`
    FullWidthComma,
}

impl Delimiter {
    /// How many records are looked at, the header among them.
    const RECORDS: usize = 20;

    /// It, as it stands in a text.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Tab => "\t",
            Self::Semicolon => ";",
            Self::Bar => "|",
            Self::FullWidthComma => "，",
        }
    }

    /// Its bytes.
    pub(super) fn len(self) -> usize {
        self.as_str().len()
    }

    /// Whether it begins `bytes`.
    pub(super) fn is_at(self, bytes: &[u8]) -> bool {
        match self {
            Self::FullWidthComma => bytes.starts_with(self.as_str().as_bytes()),
            _ => bytes.first() == self.as_str().as_bytes().first(),
        }
    }

    /// One of it, in words.
    pub(super) fn one(self) -> &'static str {
        match self {
            Self::Comma => "a comma",
            Self::Tab => "a tab",
            Self::Semicolon => "a semicolon",
            Self::Bar => "a bar",
            Self::FullWidthComma => "a full-width comma",
        }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comma => "commas",
            Self::Tab => "tabs",
            Self::Semicolon => "semicolons",
            Self::Bar => "bars",
            Self::FullWidthComma => "full-width commas",
        })
    }
}

impl FromStr for Delimiter {
    type Err = String;

    /// The character itself, or `tab`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "," => Ok(Self::Comma),
            "\t" | "tab" => Ok(Self::Tab),
            ";" => Ok(Self::Semicolon),
            "|" => Ok(Self::Bar),
            "，" => Ok(Self::FullWidthComma),
            _ => Err("a delimiter is one of  ,  ;  |  ，  tab".to_owned()),
        }
    }
}

/// What separates the cells of a text that begins with `text`; `is_all` says that nothing follows.
///
/// # Errors
/// When several delimiters would do.
pub(super) fn delimiter(text: &str, is_all: bool) -> Result<Delimiter, Fault> {
    let candidates = [Delimiter::Comma, Delimiter::Tab, Delimiter::Semicolon, Delimiter::Bar];
    let tables = candidates.map(|delimiter| (delimiter, widths(text, is_all, delimiter)));
    let split: Vec<(Delimiter, usize, bool)> = tables
        .iter()
        .filter_map(|(delimiter, widths)| {
            let header = *widths.first().filter(|&&header| header > 1)?;
            Some((*delimiter, header, widths.iter().all(|&width| width == header)))
        })
        .collect();
    let even: Vec<Delimiter> =
        split.iter().filter(|(_, _, is_even)| *is_even).map(|(delimiter, ..)| *delimiter).collect();
    let widest = split.iter().map(|(_, header, _)| *header).max().unwrap_or_default();
    let most: Vec<Delimiter> =
        split.iter().filter(|(_, header, _)| *header == widest).map(|(delimiter, ..)| *delimiter).collect();
    match (even.as_slice(), most.as_slice()) {
        ([only], _) | ([], [only]) => Ok(*only),
        ([], []) => {
            let header = widths(text, is_all, Delimiter::FullWidthComma).first().copied();
            Ok(if header > Some(1) { Delimiter::FullWidthComma } else { Delimiter::Comma })
        }
        (several, _) => Err(unclear(if several.is_empty() { &most } else { several })),
    }
}

/// Whether `text` has as many records as are looked at, whatever separates their cells: what follows it does not matter.
pub(super) fn is_enough(text: &str) -> bool {
    let all =
        [Delimiter::Comma, Delimiter::Tab, Delimiter::Semicolon, Delimiter::Bar, Delimiter::FullWidthComma];
    all.into_iter().all(|delimiter| widths(text, false, delimiter).len() == Delimiter::RECORDS)
}

fn unclear(several: &[Delimiter]) -> Fault {
    let names: Vec<String> = several.iter().map(ToString::to_string).collect();
    Fault {
        code: Code::UnclearDelimiter,
        message: format!("the cells may be separated by {}", names.join(" or by ")),
        hint: Some("say which: --delimiter , or ; or | or tab"),
    }
}

/// The numbers of cells of the first records, as far as their quotes are in order.
fn widths(text: &str, is_all: bool, delimiter: Delimiter) -> Vec<usize> {
    let (mut cells, mut widths, mut rest) = (Cells::default(), Vec::new(), text);
    while widths.len() < Delimiter::RECORDS && !rest.is_empty() {
        let Split::Record { len, next, .. } = split(rest, is_all, delimiter, &mut cells) else { break };
        if len > 0 {
            widths.push(cells.len());
        }
        rest = &rest[next..];
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Delimiter, &'static str> {
        delimiter(text, true).map_err(|fault| fault.code.as_str())
    }

    #[test]
    fn the_delimiter_is_the_one_that_gives_equal_records() {
        assert_eq!(found("a,b\n1,2\n"), Ok(Delimiter::Comma));
        assert_eq!(found("a\tb, c\n1\tx, y, z\n"), Ok(Delimiter::Tab));
        assert_eq!(found("a;b\n1;2,5\n"), Ok(Delimiter::Semicolon));
        assert_eq!(found("\"a\";\"b\"\r\n\"1;2\";\"3\"\r\n"), Ok(Delimiter::Semicolon));
        assert_eq!(found("a|b\n1|2\n"), Ok(Delimiter::Bar));
        assert_eq!(found("编号，城市\n1，北京\n"), Ok(Delimiter::FullWidthComma));
        assert_eq!(found("a,b，c\n1,2\n"), Ok(Delimiter::Comma));
        assert_eq!(found("a\n1\n"), Ok(Delimiter::Comma));
        assert_eq!(found(""), Ok(Delimiter::Comma));
    }

    #[test]
    fn uneven_records_are_for_the_reader_to_refuse() {
        assert_eq!(found("a,b\n1\n"), Ok(Delimiter::Comma));
        assert_eq!(found("a;b;c, d\n1\n"), Ok(Delimiter::Semicolon));
    }

    #[test]
    fn where_several_would_do_none_is_chosen() {
        assert_eq!(found("a,b;c\n1,2;3\n"), Err("unclear-delimiter"));
        assert_eq!(found("a,b;c\n1\n"), Err("unclear-delimiter"));
    }
}
