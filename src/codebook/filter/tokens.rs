//! The text of a filter as tokens with their places.

use super::{Comparison, FilterError, Word};
use crate::codebook::clean;

/// A piece of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A word without quotes, which may be one of the grammar.
    Bare(Word),
    /// A word in quotes.
    Quoted(Word),
    /// `=`, or `!=` where negated.
    Equals {
        negated: bool,
    },
    /// `<` and the like.
    Compares(Comparison),
    Open,
    Close,
    Comma,
}

/// A token and the place of its first character, from 1.
pub(super) type Placed = (Token, usize);

/// Quotes and what closes them.
const QUOTES: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];

/// All tokens, from left to right.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, FilterError> {
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(&first) = chars.get(at) {
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let (token, end) = match sign(&chars[at..]) {
            Some((token, length)) => (token, at + length),
            None => match QUOTES.iter().find(|(open, _)| *open == first) {
                Some(&(_, close)) => quoted(&chars, at, close)?,
                None => bare(&chars, at)?,
            },
        };
        found.push((token, at + 1));
        at = end;
    }
    Ok(found)
}

/// The sign at the beginning, and its length.
fn sign(chars: &[char]) -> Option<(Token, usize)> {
    let equals = |at: usize| matches!(chars.get(at), Some('=' | '＝'));
    let compared = |loose, strict| {
        if equals(1) { (Token::Compares(loose), 2) } else { (Token::Compares(strict), 1) }
    };
    Some(match chars.first()? {
        '(' | '（' => (Token::Open, 1),
        ')' | '）' => (Token::Close, 1),
        ',' | '，' | '、' => (Token::Comma, 1),
        '=' | '＝' => (Token::Equals { negated: false }, if equals(1) { 2 } else { 1 }),
        '≠' => (Token::Equals { negated: true }, 1),
        '!' | '！' if equals(1) => (Token::Equals { negated: true }, 2),
        '≤' => (Token::Compares(Comparison::AtMost), 1),
        '≥' => (Token::Compares(Comparison::AtLeast), 1),
        '<' | '＜' => compared(Comparison::AtMost, Comparison::Below),
        '>' | '＞' => compared(Comparison::AtLeast, Comparison::Above),
        _ => return None,
    })
}

/// A word in quotes, and where it ends.
fn quoted(chars: &[char], start: usize, close: char) -> Result<(Token, usize), FilterError> {
    let Some(length) = chars[start + 1..].iter().position(|char| *char == close) else {
        return Err(FilterError::new(start + 1, format!("the quote is not closed; a {close} was expected")));
    };
    let end = start + 1 + length;
    let text = chars[start + 1..end].iter().collect::<String>();
    Ok((Token::Quoted(Word { text: clean(&text), column: start + 1 }), end + 1))
}

/// A word without quotes, and where it ends; quotes inside it belong to it, as in `Xi'an`.
fn bare(chars: &[char], start: usize) -> Result<(Token, usize), FilterError> {
    let is_end = |at: usize| {
        chars[at].is_whitespace() || sign(&chars[at..]).is_some() || matches!(chars[at], '!' | '！' | '"')
    };
    let end = (start..chars.len()).find(|&at| is_end(at)).unwrap_or(chars.len());
    if end == start {
        let message = format!("\"{}\" means nothing here", chars[start]);
        return Err(FilterError::new(start + 1, message).hint("not is written !=, or as the word not"));
    }
    let text = clean(&chars[start..end].iter().collect::<String>());
    Ok((Token::Bare(Word { text, column: start + 1 }), end))
}

/// Whether a word needs no quotes to be read as it is.
pub(super) fn is_bare(text: &str) -> bool {
    let is_keyword = ["and", "or", "not", "in"].iter().any(|keyword| text.eq_ignore_ascii_case(keyword));
    !is_keyword && matches!(tokens(text).as_deref(), Ok([(Token::Bare(word), 1)]) if word.text == text)
}
