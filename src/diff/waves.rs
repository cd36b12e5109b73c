//! Tables by wave, with the gaps between two of them → [`Diff`].

use super::change::{Change, Diff, Kind, Side, Tested, Untested};
use super::files::Input;
use crate::table::{GapLine, Label, Row, Source, Table, filtered, synthetic};
use crate::tally::WAVE;

/// The changes from the wave `before` to the wave `after`, which every one of `tables` compares as its last dimension.
#[must_use]
pub fn of_waves(tables: &[Table], before: &str, after: &str) -> Diff {
    let changes = tables.iter().flat_map(|table| {
        let of_pair = |line: &&GapLine| line.of.0.key == after && line.of.1.key == before;
        table.gaps.iter().filter(of_pair).map(|line| change(table, line, before, after))
    });
    let inputs = |wave: &str| {
        let sources = tables.first().map_or(&[][..], |table| &table.sources);
        sources.iter().filter(|source| source.wave == wave).map(Input::from).collect::<Vec<_>>()
    };
    let is_panel = tables.first().is_some_and(|table| table.panel.is_some());
    let notes = tables.first().map_or_else(Vec::new, |table| {
        let filter = table.filter.as_ref().map(filtered);
        synthetic(&table.sources).into_iter().chain(filter).chain([table.weights.note()]).collect()
    });
    Diff {
        kind: if is_panel { Kind::PanelWaves } else { Kind::Waves },
        before: before.to_owned(),
        after: after.to_owned(),
        settings: tables.first().map(|table| table.settings).unwrap_or_default(),
        changes: changes.collect(),
        inputs: (inputs(before), inputs(after)),
        files: Vec::new(),
        notes,
    }
    .corrected()
}

fn change(table: &Table, line: &GapLine, before: &str, after: &str) -> Change {
    let dimensions = table.by.iter().filter(|dimension| dimension.key != WAVE);
    let by: Vec<(Label, Label)> = dimensions.cloned().zip(line.by.iter().cloned()).collect();
    let side = |wave: &str| {
        let is_own = |row: &&Row| {
            let is_there = |(last, others): (&Label, &[Label])| last.key == wave && others == line.by;
            row.by.split_last().is_some_and(is_there) && row.measure == line.measure
        };
        let row = table.rows.iter().find(is_own)?;
        Some(Side { n: row.base.n, value: row.figure.map(|figure| figure.value) })
    };
    let (before, after) = (side(before), side(after));
    let tested = line.gap.and_then(|gap| {
        let accuracy = gap.accuracy?;
        Some(Tested {
            difference: gap.difference,
            se: accuracy.se,
            interval: gap.interval,
            df: accuracy.df,
            p: accuracy.p,
            p_adjusted: accuracy.p_adjusted,
        })
    });
    let why = || match line.mark {
        _ if before.is_none() || after.is_none() => Untested::OneSide,
        Some(mark) => Untested::Marked(mark),
        None => Untested::Hidden,
    };
    Change { by, measure: line.measure.clone(), before, after, test: tested.ok_or_else(why) }
}

impl From<&Source> for Input {
    fn from(source: &Source) -> Self {
        Self {
            dataset: source.dataset.clone(),
            wave: source.wave.clone(),
            file: source.origin.file.clone(),
            blake3: source.origin.blake3.clone(),
            respondents: source.respondents,
        }
    }
}
