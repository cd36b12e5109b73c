//! The order of a question's options, from the cells in which they stand in that order.

use std::collections::BTreeMap;

/// The options as the questionnaire has them, as far as the cells tell: platforms write ticks in the order of the options. Where
/// cells contradict each other the majority counts, and where they say nothing the more frequent option stands first.
pub(super) fn in_order<'a>(
    names: &[&'a str],
    cells: &[(Vec<&'a str>, u64)],
    counts: &BTreeMap<&'a str, u64>,
) -> Vec<&'a str> {
    let place: BTreeMap<&str, usize> = names.iter().enumerate().map(|(place, name)| (*name, place)).collect();
    // By option, how often each other one stands before it.
    let mut before = vec![vec![0_u64; names.len()]; names.len()];
    for (options, count) in cells {
        let options: Vec<usize> = options.iter().filter_map(|option| place.get(option).copied()).collect();
        for (index, &second) in options.iter().enumerate() {
            for &first in &options[..index] {
                before[second][first] += count;
            }
        }
    }
    let mut waiting: Vec<usize> = (0..names.len()).collect();
    waiting.sort_by_key(|&option| std::cmp::Reverse(counts.get(names[option]).copied().unwrap_or_default()));
    let mut ordered = Vec::with_capacity(names.len());
    while !waiting.is_empty() {
        let is_next =
            |option: usize| waiting.iter().all(|&other| before[option][other] <= before[other][option]);
        // In a circle the most frequent goes first.
        let next = waiting.iter().position(|&option| is_next(option)).unwrap_or(0);
        ordered.push(names[waiting.remove(next)]);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(cells: &[(&[&'static str], u64)]) -> Vec<&'static str> {
        let cells: Vec<(Vec<&str>, u64)> =
            cells.iter().map(|(cell, count)| (cell.to_vec(), *count)).collect();
        let mut counts = BTreeMap::new();
        for (cell, count) in &cells {
            for option in cell {
                *counts.entry(*option).or_default() += count;
            }
        }
        let names: Vec<&str> = counts.keys().copied().collect();
        in_order(&names, &cells, &counts)
    }

    #[test]
    fn options_stand_as_in_the_cells_and_not_by_frequency() {
        assert_eq!(ordered(&[(&["b", "a"], 2), (&["a", "c"], 9), (&["c"], 30)]), ["b", "a", "c"]);
        assert_eq!(
            ordered(&[(&["a"], 2), (&["b"], 9)]),
            ["b", "a"],
            "nothing is known but how frequent they are"
        );
        assert_eq!(ordered(&[(&["a", "b"], 3), (&["b", "a"], 1)]), ["a", "b"], "the majority counts");
    }

    #[test]
    fn circles_end() {
        let found = ordered(&[(&["a", "b"], 1), (&["b", "c"], 1), (&["c", "a"], 2)]);
        assert_eq!(found.len(), 3);
    }
}
