//! Questions of which several options may be ticked: in one cell, or one column for each.

use std::collections::BTreeMap;

use super::super::mapping::{Joined, is_tick};
use super::super::platforms::Heading;
use super::profile::Column;
use crate::codebook::Platform;

/// The options of a question.
#[derive(Debug)]
pub(super) struct Ticks {
    /// What stands between them in a cell; `None` where each has a column.
    pub(super) separator: Option<String>,
    /// The options and how often each was ticked, in the order of the columns, or else the most frequent first.
    pub(super) options: Vec<(String, u64)>,
    /// How many different options were seen once or twice only, as what respondents write themselves is.
    pub(super) rare: usize,
}

/// The most options of a question.
const MOST: usize = 60;
/// An option that fewer ticked is more likely something that respondents wrote themselves.
const FEWEST: u64 = 3;

/// The columns as one question, if every cell is a tick.
pub(super) fn own_columns(group: &[(&Heading, &Column)]) -> Option<Ticks> {
    let is_ticked = |(heading, column): &(&Heading, &Column)| {
        !heading.part.is_empty()
            && column.values.iter().all(|(value, _)| is_tick(value, &heading.part).is_some())
    };
    let anyone = group.iter().any(|(_, column)| column.said > 0);
    if group.len() < 2 || !anyone || !group.iter().all(is_ticked) {
        return None;
    }
    let ticks = |(heading, column): &(&Heading, &Column)| {
        let yes = column.values.iter().filter(|(value, _)| is_tick(value, &heading.part) == Some(true));
        (heading.part.clone(), yes.map(|(_, count)| count).sum())
    };
    Some(Ticks { separator: None, options: group.iter().map(ticks).collect(), rare: 0 })
}

/// The column as a question whose options are joined in one cell.
pub(super) fn joined(column: &Column, platform: Platform) -> Option<Ticks> {
    const OTHERS: [&str; 6] = ["┋", " / ", ";", "|", ", ", ","];
    let own = platform.separator();
    // Options of 问卷星 hold commas and slashes; only its own mark stands between them.
    let others = if platform == Platform::Wjx { &[] } else { &OTHERS[..] };
    std::iter::once(&own).chain(others).find_map(|separator| split(column, separator))
}

/// The options between which `separator` stands, if they repeat as options do.
fn split(column: &Column, separator: &str) -> Option<Ticks> {
    let with: u64 = column.values.iter().filter(|(value, _)| value.contains(separator)).map(|(_, n)| n).sum();
    if with * 20 < column.said || with < 2 {
        return None;
    }
    let runs = if separator.contains(',') { fixed_runs(column, separator) } else { Vec::new() };
    let known = Joined::new(separator, runs.into_iter());
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut ticks, mut several) = (0, 0);
    for (value, count) in &column.values {
        let before = ticks;
        for (option, _) in known.options(value) {
            *counts.entry(option).or_default() += count;
            ticks += count;
        }
        several += if ticks > before + count { *count } else { 0 };
    }
    let rare: u64 = counts.values().filter(|&&count| count < FEWEST).sum();
    let mut options: Vec<(String, u64)> = counts
        .iter()
        .filter(|&(_, &count)| count >= FEWEST || column.said < 4 * FEWEST)
        .map(|(option, &count)| ((*option).to_owned(), count))
        .collect();
    let are_options = (2..=MOST).contains(&options.len()) && rare * 4 <= ticks && several * 20 >= column.said;
    options.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let rare = counts.len() - options.len();
    are_options.then(|| Ticks { separator: Some(separator.to_owned()), options, rare })
}

/// Options that contain the separator: parts that (nearly) never occur without their neighbour.
fn fixed_runs(column: &Column, separator: &str) -> Vec<String> {
    let mut single: BTreeMap<&str, u64> = BTreeMap::new();
    let mut pairs: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for (value, count) in &column.values {
        let parts: Vec<&str> = value.split(separator).map(str::trim).collect();
        for part in &parts {
            *single.entry(part).or_default() += count;
        }
        for pair in parts.windows(2) {
            *pairs.entry((pair[0], pair[1])).or_default() += count;
        }
    }
    let is_fixed = |(one, two): (&str, &str), together: u64| {
        let nearly = |alone: Option<&u64>| alone.is_some_and(|&alone| together * 100 >= alone * 95);
        together >= 5 && nearly(single.get(one)) && nearly(single.get(two))
    };
    let next: BTreeMap<&str, &str> = pairs
        .iter()
        .filter(|&(&pair, &together)| is_fixed(pair, together))
        .map(|(&(one, two), _)| (one, two))
        .collect();
    let starts = next.keys().filter(|one| !next.values().any(|two| two == *one));
    starts
        .map(|start| {
            let chain = std::iter::successors(Some(*start), |part| next.get(part).copied());
            chain.take(MOST).collect::<Vec<_>>().join(separator)
        })
        .collect()
}
