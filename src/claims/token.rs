//! The text of a statement → words, quoted levels and signs, each with its place.

use std::ops::Range;

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind<'t>,
    /// Bytes of the statement.
    pub(super) at: Range<usize>,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// Anything without a space or a sign: a keyword, an item, a level, a number.
    Word(&'t str),
    /// A level in quotes, without them.
    Quoted(&'t str),
    /// One of the signs.
    Sign(char),
    /// The end of the statement.
    End,
}

/// What no statement can hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) hint: String,
}

const SIGNS: &str = "(),=<>%±:";
const QUOTES: &str = "'\"";
/// Signs of a Chinese keyboard, and what they stand for.
const WIDE: [(char, char); 13] = [
    ('（', '('),
    ('）', ')'),
    ('，', ','),
    ('、', ','),
    ('＝', '='),
    ('＜', '<'),
    ('＞', '>'),
    ('％', '%'),
    ('：', ':'),
    ('‘', '\''),
    ('’', '\''),
    ('“', '\''),
    ('”', '\''),
];

/// The pieces of a statement, the last of which is [`Kind::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Unreadable> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        if let Some((wide, plain)) = WIDE.iter().find(|(wide, _)| *wide == first) {
            return Err(Unreadable {
                at: start..start + wide.len_utf8(),
                message: format!("{wide} is no sign of a claim"),
                hint: format!("write the plain {plain}"),
            });
        }
        let (kind, length) = if SIGNS.contains(first) {
            (Kind::Sign(first), first.len_utf8())
        } else if QUOTES.contains(first) {
            let Some(end) = rest[1..].find(first) else {
                return Err(Unreadable {
                    at: start..text.len(),
                    message: format!("the level that begins with {first} does not end"),
                    hint: format!("close it with {first}"),
                });
            };
            (Kind::Quoted(&rest[1..=end]), end + 2)
        } else {
            let is_end = |c: char| c.is_whitespace() || SIGNS.contains(c) || QUOTES.contains(c) || is_wide(c);
            let end = rest.find(is_end).unwrap_or(rest.len());
            (Kind::Word(&rest[..end]), end)
        };
        tokens.push(Token { kind, at: start..start + length });
        rest = rest[length..].trim_start();
    }
    tokens.push(Token { kind: Kind::End, at: text.len()..text.len() });
    Ok(tokens)
}

fn is_wide(c: char) -> bool {
    WIDE.iter().any(|(wide, _)| *wide == c)
}

impl Kind<'_> {
    /// The piece as messages show it.
    pub(super) fn shown(self) -> String {
        const LONGEST: usize = 40;
        match self {
            Self::Word(text) | Self::Quoted(text) => {
                let cut: String = text.chars().take(LONGEST).collect();
                format!("\"{cut}\"")
            }
            Self::Sign(sign) => format!("\"{sign}\""),
            Self::End => "the end".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind<'_>> {
        tokens(text).unwrap().into_iter().map(|token| token.kind).collect()
    }

    #[test]
    fn words_levels_and_signs_are_told_apart() {
        use Kind::{End, Quoted, Sign, Word};
        assert_eq!(kinds("a.b/c.d 45+ 18-24"), [Word("a.b/c.d"), Word("45+"), Word("18-24"), End]);
        assert_eq!(kinds("8%±3"), [Word("8"), Sign('%'), Sign('±'), Word("3"), End]);
        assert_eq!(kinds("city='Suzhou (Anhui)'"), [Word("city"), Sign('='), Quoted("Suzhou (Anhui)"), End]);
        assert_eq!(kinds("city=广州)"), [Word("city"), Sign('='), Word("广州"), Sign(')'), End]);
    }

    #[test]
    fn places_count_bytes_of_the_statement() {
        let tokens = tokens(" 广州 > ''").unwrap();
        let places: Vec<Range<usize>> = tokens.into_iter().map(|token| token.at).collect();
        assert_eq!(places, [1..7, 8..9, 10..12, 12..12]);
    }

    #[test]
    fn signs_of_a_chinese_keyboard_and_open_quotes_are_refused() {
        let error = tokens("rate（moments.share）").unwrap_err();
        assert_eq!((error.at, error.hint.as_str()), (4..7, "write the plain ("));
        assert_eq!(tokens("city='a").unwrap_err().at, 5..7);
    }
}
