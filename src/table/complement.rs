//! What else must be withheld, so that nothing that is withheld can be had by subtraction, and bases that add up.
//!
//! In: tables that are published together, and which of their rows stand on few. Out: those and the rows that go with them. A row
//! and those of a table by more dimensions that it is the sum of are a line: all but one of them tell the last. So of a line in
//! which something is withheld so are at least two, or the sum itself and a part; and the parts of it that are withheld are,
//! taken together, not few either. What goes first is what stands on the fewest. The points of a scale go together.

use std::collections::{BTreeMap, BTreeSet};

use super::publish::is_small;
use super::{ItemLabel, Label, Row, Table};
use crate::measure::Shown;

/// A row: its table, and its place there.
pub(super) type At = (usize, usize);

/// A row and the rows that add up to it.
struct Line {
    whole: At,
    parts: Vec<At>,
}

/// Rows with which those that are `few` must be withheld, and these; `hidden` says which figures are not shown anyway.
pub(super) fn completed(
    tables: &[Table],
    few: impl Fn(&Row) -> bool,
    hidden: impl Fn(&Row) -> bool,
) -> BTreeSet<At> {
    let row = |(table, row): At| &tables[table].rows[row];
    let (lines, scales) = (lines(tables), scales(tables));
    let with_scale = |at: At| scales.get(&scale(at, row(at))).cloned().unwrap_or_else(|| vec![at]);
    let all =
        tables.iter().enumerate().flat_map(|(at, table)| (0..table.rows.len()).map(move |row| (at, row)));
    let mut withheld: BTreeSet<At> = all.filter(|at| few(row(*at))).flat_map(with_scale).collect();
    while let Some(next) = lines.iter().find_map(|line| {
        let is_hidden = |at: &At| withheld.contains(at) || hidden(row(*at));
        let protects = |at: &At| withheld.contains(at);
        if !protects(&line.whole) && !line.parts.iter().any(protects) {
            return None;
        }
        let (gone, shown): (Vec<At>, Vec<At>) = line.parts.iter().partition(|at| is_hidden(at));
        let is_safe = match gone.as_slice() {
            [] => false,
            _ if is_hidden(&line.whole) => true,
            [_] => false,
            _ => !counts(gone.iter().map(|at| row(*at))).into_iter().any(is_small),
        };
        let whole = (!is_hidden(&line.whole)).then_some(line.whole);
        let fewest = shown.into_iter().chain(whole).min_by_key(|at| (row(*at).base.n, *at));
        fewest.filter(|_| !is_safe)
    }) {
        withheld.extend(with_scale(next));
    }
    withheld
}

/// Where a scale is asked about: its points there add up to all answers, so they are withheld together.
type Scale<'a> = (usize, &'a [Label], &'a ItemLabel, bool);

fn scale(at: At, row: &Row) -> Scale<'_> {
    (at.0, &row.by, &row.measure.item, row.measure.shown == Shown::Point)
}

fn scales(tables: &[Table]) -> BTreeMap<Scale<'_>, Vec<At>> {
    let mut scales: BTreeMap<Scale<'_>, Vec<At>> = BTreeMap::new();
    for (of, table) in tables.iter().enumerate() {
        let points = table.rows.iter().enumerate().filter(|(_, row)| row.measure.shown == Shown::Point);
        for (at, row) in points {
            scales.entry(scale((of, at), row)).or_default().push((of, at));
        }
    }
    scales
}

/// Bases of rows that are not those of the rows alone, rounded: where a part stands on few people, the base of the sum is the sum
/// of the rounded bases, from which nobody learns more of the part than is said of it.
pub(super) fn added_up(tables: &[Table], rounded: impl Fn(u64) -> u64) -> BTreeMap<At, u64> {
    let base = |(table, row): &At| tables[*table].rows[*row].base.n;
    let mut finest: BTreeMap<At, Vec<At>> = BTreeMap::new();
    for Line { whole, parts } in lines(tables) {
        let dimensions = |parts: &[At]| parts.first().map_or(0, |(table, _)| tables[*table].by.len());
        let is_finer = finest.get(&whole).is_none_or(|known| dimensions(known) < dimensions(&parts));
        if is_finer && parts.iter().map(base).sum::<u64>() == base(&whole) {
            finest.insert(whole, parts);
        }
    }
    finest.retain(|_, parts| parts.iter().any(|at| is_small(base(at))));
    finest.into_iter().map(|(whole, parts)| (whole, parts.iter().map(|at| rounded(base(at))).sum())).collect()
}

/// How many all of some rows stand on: of these who said yes, who said no.
fn counts<'a>(rows: impl Iterator<Item = &'a Row>) -> [u64; 3] {
    rows.fold([0; 3], |[n, yes, no], row| {
        let said = row.base.counts.and_then(|counts| counts.yes).unwrap_or(0);
        [n + row.base.n, yes + said, no + (row.base.n - said)]
    })
}

/// Every row and those of each table by more dimensions that it is the sum of. Nobody's rows are no part.
fn lines(tables: &[Table]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (of_whole, whole) in tables.iter().enumerate() {
        for (of_parts, parts) in tables.iter().enumerate() {
            if parts.by.len() <= whole.by.len() {
                continue;
            }
            let place = |dimension: &Label| parts.by.iter().position(|known| known == dimension);
            let Some(places) = whole.by.iter().map(place).collect::<Option<Vec<usize>>>() else { continue };
            let mut by_whole: BTreeMap<_, Vec<At>> = BTreeMap::new();
            for (at, row) in parts.rows.iter().enumerate().filter(|(_, row)| row.base.n > 0) {
                let levels: Vec<&Label> = places.iter().map(|&place| &row.by[place]).collect();
                by_whole.entry((levels, measure(row))).or_default().push((of_parts, at));
            }
            for (at, row) in whole.rows.iter().enumerate() {
                if let Some(parts) = by_whole.remove(&(row.by.iter().collect(), measure(row))) {
                    lines.push(Line { whole: (of_whole, at), parts });
                }
            }
        }
    }
    lines
}

fn measure(row: &Row) -> impl Ord + '_ {
    (&row.measure.item, row.measure.shown.key(), row.measure.per.as_ref())
}
