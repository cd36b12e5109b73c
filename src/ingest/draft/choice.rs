//! Questions with one answer out of a list.

use super::profile::Column;

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
/// How people say that they do not.
const NEVER: [&str; 20] = [
    "从不",
    "从来不",
    "从未",
    "从没",
    "没有",
    "没用过",
    "没使用过",
    "不使用",
    "不用",
    "不会",
    "不",
    "不是",
    "没",
    "无",
    "never",
    "no",
    "not at all",
    "none",
    "i don't",
    "i do not",
];

/// The column as a choice, if its values are few and repeat.
pub(super) fn choice(column: &Column) -> Option<Choice> {
    let is_few =
        column.is_whole && column.values.len() <= MOST && column.values.len() as u64 * 2 <= column.said;
    if !is_few || (column.numbers().is_some() && column.values.len() > 12) {
        return None;
    }
    let says_never = |value: &str| NEVER.contains(&value.to_lowercase().as_str());
    let (never, others): (Vec<String>, Vec<String>) =
        column.values.iter().map(|(value, _)| value.clone()).partition(|value| says_never(value));
    Some(Choice { never, others })
}
