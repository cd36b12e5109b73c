//! Questions with one answer out of a list.

use super::profile::Column;
use crate::codebook::vocabulary::action_key;

/// One of several options.
#[derive(Debug)]
pub(super) struct Choice {
    /// Options that say never or no, where there are such beside others: then the question tells who does a thing at all.
    pub(super) never: Vec<String>,
    /// The other options.
    pub(super) others: Vec<String>,
}

/// The most options of one question.
const MOST: usize = 40;
/// An answer that fewer gave is more likely something that respondents wrote themselves.
pub(super) const FEWEST: u64 = 3;
/// How people say that they do not.
const NEVER: [&str; 15] = [
    "从不",
    "从来不",
    "从未",
    "从没",
    "没用过",
    "没使用过",
    "不使用",
    "不用",
    "不会",
    "不",
    "不是",
    "never",
    "not at all",
    "i don't",
    "i do not",
];

/// What may also say that there is none of something: it says that they do not only where it is asked what they do.
const NONE: [&str; 5] = ["没有", "没", "无", "none", "no"];

/// The column as a choice, if its values are few and repeat. `wording` is what is asked.
pub(super) fn choice(column: &Column, wording: &str) -> Option<Choice> {
    let is_few =
        column.is_whole && column.values.len() <= MOST && column.values.len() as u64 * 2 <= column.said;
    if !is_few || (column.numbers().is_some() && column.values.len() > 12) {
        return None;
    }
    let asks_doing = action_key(wording).is_some();
    let is_yes_no = column.all(|value| ["y", "n"].contains(&value.to_lowercase().as_str()));
    let says_never = |value: &str| {
        let value = value.to_lowercase();
        let value = value.as_str();
        NEVER.contains(&value) || (asks_doing && NONE.contains(&value)) || (is_yes_no && value == "n")
    };
    let (never, others): (Vec<String>, Vec<String>) =
        column.values.iter().map(|(value, _)| value.clone()).partition(|value| says_never(value));
    Some(Choice { never, others })
}
