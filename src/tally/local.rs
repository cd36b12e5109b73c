//! The tally on this machine: batches are reduced in parallel, and polars aggregates the partial sums by cell.
//!
//! Every sum is an integer ([`Grid`](super::Grid)), so the result is the same bits whatever the order of batches,
//! rows or threads.

use anyhow::{Result, anyhow};
use polars::prelude::*;
use rayon::prelude::*;

use super::accumulate::{Partial, Radix, accumulate};
use super::plan::{Frame, Plan, Tally, TallyError};
use super::{Cells, Group, StratumSize, Sums};
use crate::ingest::Batches;

/// Sums the respondents of `parts` as `plan` says. Cost: one scan.
///
/// # Errors
/// [`TallyError`] when the plan does not fit the parts; whatever [`Batches::batch`] reports.
pub fn tally(parts: &[&dyn Batches], plan: &Plan) -> Result<Tally> {
    let frame = Frame::new(parts, plan)?;
    let strata: u64 = parts.iter().map(|part| part.schema().strata.len() as u64).sum();
    let psus: u64 = parts.iter().map(|part| u64::from(part.schema().psus.unwrap_or(0))).sum();
    let radix = Radix::new(strata, psus.max(1), frame.dimensions.iter().map(|d| d.levels.len()))
        .ok_or(TallyError::TooManyCells)?;
    let batches: Vec<(usize, usize)> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, batches)| (0..batches.count()).map(move |batch| (part, batch)))
        .collect();
    let partials = batches
        .into_par_iter()
        .map(|(part, batch)| {
            let rows = parts[part].batch(batch)?;
            long_frame(&accumulate(&rows, &frame.parts[part], &frame, &radix), frame.items.len())
        })
        .collect::<Result<Vec<DataFrame>>>()?;
    let summed = aggregate(partials)?;
    let cells = cells(&summed, &frame, &radix, parts)?;
    let schemas = || parts.iter().map(|part| part.schema());
    Ok(Tally {
        cells,
        strata: schemas()
            .flat_map(|schema| {
                schema.strata.iter().map(|stratum| stratum_label(&schema.wave, &stratum.label))
            })
            .collect(),
        stratified: schemas().any(|schema| schema.stratified),
        weighted: frame.weighted,
        dimensions: frame.dimensions,
        items: frame.items,
    })
}

fn stratum_label(wave: &str, stratum: &str) -> String {
    match (wave, stratum) {
        ("", stratum) => stratum.to_owned(),
        (wave, "") => wave.to_owned(),
        (wave, stratum) => format!("{wave}, {stratum}"),
    }
}

const KEY: &str = "key";
const COLUMN: &str = "column";
const N: &str = "n";
const W: &str = "w";
const W2: &str = "w2";

/// Partial sums as a long frame: one row per group and column that is not all zero. Column `4 * item + answer` holds
/// that answer's sums; column `4 * items` holds the group's number of rows in `n`.
fn long_frame(partial: &Partial, items: usize) -> Result<DataFrame> {
    let mut entries: Vec<(u64, u32, Sums)> = Vec::new();
    for (group, (&key, &rows)) in partial.keys.iter().zip(&partial.rows).enumerate() {
        for (item, answers) in partial.sums[group * items..(group + 1) * items].iter().enumerate() {
            let used = answers.iter().enumerate().filter(|(_, sums)| sums.n > 0);
            entries.extend(used.map(|(answer, sums)| (key, (4 * item + answer) as u32, *sums)));
        }
        entries.push((key, 4 * items as u32, Sums { n: rows, ..Sums::default() }));
    }
    Ok(df!(
        KEY => entries.iter().map(|entry| entry.0).collect::<Vec<u64>>(),
        COLUMN => entries.iter().map(|entry| entry.1).collect::<Vec<u32>>(),
        N => entries.iter().map(|entry| entry.2.n).collect::<Vec<u64>>(),
        W => entries.iter().map(|entry| entry.2.w).collect::<Vec<i128>>(),
        W2 => entries.iter().map(|entry| entry.2.w2).collect::<Vec<i128>>(),
    )?)
}

/// Adds partial sums of the same cell and column, and sorts by both.
fn aggregate(partials: Vec<DataFrame>) -> PolarsResult<DataFrame> {
    let mut all = DataFrame::empty();
    for partial in partials {
        if all.width() == 0 {
            all = partial;
        } else {
            all.vstack_mut(&partial)?;
        }
    }
    #[expect(deprecated, reason = "the eager group-by is the one that needs no lazy engine in the build")]
    let mut summed = all.group_by([KEY, COLUMN])?.select([N, W, W2]).sum()?;
    summed.set_column_names(&[KEY, COLUMN, N, W, W2])?;
    summed.sort([KEY, COLUMN], SortMultipleOptions::default())
}

/// The aggregated frame as [`Cells`].
fn cells(summed: &DataFrame, frame: &Frame, radix: &Radix, parts: &[&dyn Batches]) -> Result<Cells> {
    let items = frame.items.len();
    let mut strata: Vec<StratumSize> = parts
        .iter()
        .flat_map(|part| &part.schema().strata)
        .map(|stratum| StratumSize { psus: 0, fpc: stratum.fpc })
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut sums: Vec<[Sums; 4]> = Vec::new();
    let mut last_key = None;
    let mut last_psu = None;
    for row in rows(summed)? {
        let (key, column, entry) = row?;
        if last_key.replace(key) != Some(key) {
            let (stratum, psu, levels) = radix.decode(key);
            if frame.clustered && last_psu.replace((stratum, psu)) != Some((stratum, psu)) {
                strata[stratum as usize].psus += 1;
            }
            groups.push(Group { stratum, psu: frame.clustered.then_some(psu), levels });
            sums.resize(groups.len() * items, [Sums::default(); 4]);
        }
        let (item, answer) = (column as usize / 4, column as usize % 4);
        if item < items {
            let group = groups.len() - 1;
            sums[group * items + item][answer] = entry;
        } else if let (false, Some(group)) = (frame.clustered, groups.last()) {
            strata[group.stratum as usize].psus += entry.n;
        }
    }
    Ok(Cells {
        grid: frame.grid,
        clustered: frame.clustered,
        strata,
        cardinalities: frame.dimensions.iter().map(|dimension| dimension.levels.len()).collect(),
        groups,
        items,
        sums,
    })
}

type Entry = (u64, u32, Sums);

/// The rows of the aggregated frame.
fn rows(summed: &DataFrame) -> Result<impl Iterator<Item = Result<Entry>> + '_> {
    let columns = summed
        .column(KEY)?
        .u64()?
        .iter()
        .zip(summed.column(COLUMN)?.u32()?.iter())
        .zip(summed.column(N)?.u64()?.iter())
        .zip(summed.column(W)?.i128()?.iter())
        .zip(summed.column(W2)?.i128()?.iter());
    Ok(columns.map(|((((key, column), n), w), w2)| {
        let entry = || Some((key?, column?, Sums { n: n?, w: w?, w2: w2? }));
        entry().ok_or_else(|| anyhow!("polars returned a cell without a value"))
    }))
}
