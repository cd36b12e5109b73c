//! Questions of which several options may be ticked: in one cell, or one column for each.

use std::collections::BTreeMap;

use super::super::mapping::{Joined, is_tick};
use super::super::platforms::Heading;
use super::super::survey::is_personal_level;
use super::choice::FEWEST;
use super::order::in_order;
use super::profile::Column;
use crate::codebook::Platform;

/// The options of a question.
#[derive(Debug)]
pub(super) struct Ticks {
    /// What stands between them in a cell; `None` where each has a column.
    pub(super) separator: Option<String>,
    /// The options and how often each was ticked, in the order of the columns or of the cells.
    pub(super) options: Vec<(String, u64)>,
    /// How many different options were seen once or twice only, as what respondents write themselves is.
    pub(super) rare: usize,
    /// Options that contain the separator, as far as can be told.
    pub(super) joined: Vec<String>,
    /// Columns of what respondents write beside an option.
    pub(super) write_ins: usize,
}

/// What 问卷星 puts between options.
const MARK: &str = "┋";
/// The most options of a question.
const MOST: usize = 60;

/// The columns as one question, if every cell is a tick, but for what respondents write beside an option.
pub(super) fn own_columns(group: &[(&Heading, &Column)]) -> Option<Ticks> {
    let is_ticked = |(heading, column): &&(&Heading, &Column)| {
        !heading.part.is_empty()
            && column.values.iter().all(|(value, _)| is_tick(value, &heading.part).is_some())
    };
    let options: Vec<&(&Heading, &Column)> = group.iter().filter(is_ticked).collect();
    let mut others = group.iter().filter(|column| !is_ticked(column));
    let anyone = options.iter().any(|(_, column)| column.said > 0);
    if options.len() < 2 || !anyone || !others.all(|(heading, _)| is_write_in(heading)) {
        return None;
    }
    let ticks = |(heading, column): &&(&Heading, &Column)| {
        let yes = column.values.iter().filter(|(value, _)| is_tick(value, &heading.part) == Some(true));
        (heading.part.clone(), yes.map(|(_, count)| count).sum())
    };
    let write_ins = group.len() - options.len();
    Some(Ticks {
        separator: None,
        options: options.iter().map(ticks).collect(),
        rare: 0,
        joined: Vec::new(),
        write_ins,
    })
}

/// Whether respondents write in the column, beside the options of a question.
pub(super) fn is_write_in(heading: &Heading) -> bool {
    const SPELT: [&str; 7] = ["其他", "其它", "请注明", "请填写", "other", "specify", "open-ended"];
    let part = heading.part.to_lowercase();
    heading.name.ends_with("_TEXT")
        || heading.name.ends_with("_oe")
        || SPELT.iter().any(|word| part.contains(word))
}

/// The column as a question whose options are joined in one cell.
pub(super) fn joined(column: &Column, platform: Platform) -> Option<Ticks> {
    const OTHERS: [&str; 6] = [MARK, " / ", ";", "|", ", ", ","];
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
    let known = Joined::new(separator, runs.iter().cloned());
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut cells: Vec<(Vec<&str>, u64)> = Vec::with_capacity(column.values.len());
    for (value, count) in &column.values {
        let options: Vec<&str> = known.options(value).map(|(option, _)| option).collect();
        for option in &options {
            *counts.entry(option).or_default() += count;
        }
        cells.push((options, *count));
    }
    let ticks: u64 = counts.values().sum();
    let several: u64 = cells.iter().filter(|(options, _)| options.len() > 1).map(|(_, count)| count).sum();
    let rare: u64 = counts.values().filter(|&&count| count < FEWEST).sum();
    // Only the mark of 问卷星 is nobody's comma: in few cells that are joined by it every text is an option.
    let is_mark = separator == MARK;
    let is_kept = |option: &str, count: u64| {
        (count >= FEWEST || (is_mark && column.said < 4 * FEWEST)) && !is_personal_level(option)
    };
    let names: Vec<&str> =
        counts.iter().filter(|&(option, &count)| is_kept(option, count)).map(|(option, _)| *option).collect();
    // Answers that go together in many ways are ticks; a few texts with commas in them are answers as they are.
    let is_free = is_mark || column.values.len() > names.len();
    let are_options = (2..=MOST).contains(&names.len())
        && (rare * 4 <= ticks || is_mark)
        && several * 20 >= column.said
        && is_free;
    if !are_options {
        return None;
    }
    let options: Vec<(String, u64)> =
        in_order(&names, &cells, &counts).into_iter().map(|name| (name.to_owned(), counts[name])).collect();
    let joined = runs.into_iter().filter(|run| names.contains(&run.as_str())).collect();
    Some(Ticks {
        separator: Some(separator.to_owned()),
        rare: counts.len() - options.len(),
        options,
        joined,
        write_ins: 0,
    })
}

/// Options that contain the separator: parts that (nearly) never occur without their neighbour.
fn fixed_runs(column: &Column, separator: &str) -> Vec<String> {
    let mut single: BTreeMap<&str, u64> = BTreeMap::new();
    let mut pairs: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for (value, count) in &column.values {
        let parts: Vec<&str> = value.split(separator).collect();
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
