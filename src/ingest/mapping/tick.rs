//! The cell of one option that has a column of its own.

use super::tokens::{Said, Tokens};

/// Yes, in the canonical schema.
pub(super) const YES: &str = "1";
/// No, in the canonical schema.
pub(super) const NO: &str = "0";

/// What is written where the option was ticked, besides the option itself.
const TICKED: [&str; 7] = ["1", "selected", "y", "yes", "true", "是", "checked"];
/// What is written where it was not.
const NOT_TICKED: [&str; 7] = ["0", "not selected", "n", "no", "false", "否", "unchecked"];

/// The answer that a cell of the column of `option` gives, as a canonical token; `None` where it is none.
pub(super) fn tick(cell: &str, option: &str, tokens: Tokens) -> Option<&'static str> {
    let said = tokens.read(cell);
    let text = match &said {
        Said::NotAsked => return Some("-3"),
        Said::Blank => return Some(""),
        Said::Text(text) => text.as_ref(),
    };
    is_tick(text, option).map(|ticked| if ticked { YES } else { NO })
}

/// Whether what a cell of the column of `option` says means that it was ticked; `None` where it means neither.
pub(in super::super) fn is_tick(text: &str, option: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if text == option || is(&TICKED) { Some(true) } else { is(&NOT_TICKED).then_some(false) }
}
