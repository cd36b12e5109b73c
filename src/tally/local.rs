//! The tally on this machine: batches are reduced in parallel, and polars aggregates the partial sums by cell.
//!
//! Every sum is an integer ([`Grid`](super::Grid)), so the result is the same bits whatever the order of batches,
//! rows or threads.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, anyhow};
use polars::prelude::*;
use rayon::prelude::*;

use super::accumulate::{Partial, Radix, accumulate};
use super::error::TallyError;
use super::plan::{Frame, Plan, Tally};
use super::units::UnitStratum;
use super::{Cells, ClassSums, Group, Question, Reply, StratumSize, Sums};
use crate::ingest::Batches;

/// Sums the respondents of `parts` as `plan` says. Cost: one scan; for a panel another one, over
/// the ids.
///
/// # Errors
/// [`TallyError`] when the plan does not fit the parts; whatever [`Batches::batch`] reports.
pub fn tally(parts: &[&dyn Batches], plan: &Plan) -> Result<Tally> {
    let frame = Frame::new(parts, plan)?;
    let (strata, psus) = (frame.units.strata.len() as u64, u64::from(frame.units.psus.unwrap_or(1)));
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
            long_frame(&accumulate(&rows, part, &frame, &radix)?)
        })
        .collect::<Result<Vec<DataFrame>>>()?;
    let summed = aggregate(partials)?;
    let (cells, classes) = cells(&summed, &frame, &radix)?;
    let panel = frame.units.links;
    if panel.is_some() {
        frame.units.check_sizes(&cells.strata)?;
    }
    let is_number = |question: &Question| {
        let Question::Item(item) = question else { return false };
        parts.iter().flat_map(|part| &part.schema().numbers).any(|number| number.item == *item)
    };
    Ok(Tally {
        cells,
        panel,
        numbers: plan.variables.iter().map(|variable| variable.0.iter().map(is_number).collect()).collect(),
        strata: frame.units.strata.into_iter().map(|stratum| stratum.label).collect(),
        stratified: parts.iter().any(|part| part.schema().stratified),
        weighted: frame.weighted,
        dimensions: frame.dimensions,
        variables: plan.variables.clone(),
        classes,
    })
}

const KEY: &str = "key";
const VARIABLE: &str = "variable";
const CLASS: &str = "class";
const N: &str = "n";
const W: &str = "w";
const W2: &str = "w2";

/// Stands for a variable where the number of rows of a group is counted, whatever their weight.
const ROWS: u32 = u32::MAX;

/// Partial sums as a long frame, with one more row per group whose `n` is its number of rows.
fn long_frame(partial: &Partial) -> Result<DataFrame> {
    let key = |group: u32| partial.keys[group as usize];
    let rows = partial.keys.iter().zip(&partial.rows);
    let entries: Vec<Entry> = partial
        .sums
        .iter()
        .map(|entry| (key(entry.group), entry.variable, entry.class, entry.sums))
        .chain(rows.map(|(&key, &rows)| (key, ROWS, 0, Sums { n: rows, ..Sums::default() })))
        .collect();
    Ok(df!(
        KEY => entries.iter().map(|entry| entry.0).collect::<Vec<u64>>(),
        VARIABLE => entries.iter().map(|entry| entry.1).collect::<Vec<u32>>(),
        CLASS => entries.iter().map(|entry| entry.2).collect::<Vec<u64>>(),
        N => entries.iter().map(|entry| entry.3.n).collect::<Vec<u64>>(),
        W => entries.iter().map(|entry| entry.3.w).collect::<Vec<i128>>(),
        W2 => entries.iter().map(|entry| entry.3.w2).collect::<Vec<i128>>(),
    )?)
}

/// Adds partial sums of the same cell, variable and class, and sorts by these.
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
    let mut summed = all.group_by([KEY, VARIABLE, CLASS])?.select([N, W, W2]).sum()?;
    summed.set_column_names(&[KEY, VARIABLE, CLASS, N, W, W2])?;
    summed.sort([KEY, VARIABLE, CLASS], SortMultipleOptions::default())
}

/// The aggregated frame as [`Cells`], and what the classes of every variable mean.
fn cells(summed: &DataFrame, frame: &Frame, radix: &Radix) -> Result<(Cells, Vec<Vec<Vec<Reply>>>)> {
    let entries = rows(summed)?.collect::<Result<Vec<Entry>>>()?;
    let size = |stratum: &UnitStratum| StratumSize { psus: 0, fpc: stratum.fpc };
    let mut strata: Vec<StratumSize> = frame.units.strata.iter().map(size).collect();
    let mut occurring: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); frame.replies.len()];
    let mut last_psu = None;
    for &(key, variable, class, sums) in &entries {
        if variable != ROWS {
            occurring[variable as usize].insert(class);
            continue;
        }
        let (stratum, psu, _) = radix.decode(key);
        if !frame.clustered() {
            strata[stratum as usize].psus += sums.n;
        } else if last_psu.replace((stratum, psu)) != Some((stratum, psu)) {
            strata[stratum as usize].psus += 1;
        }
    }
    let codes: Vec<BTreeMap<u64, u32>> =
        occurring.iter().map(|classes| classes.iter().copied().zip(0..).collect()).collect();
    let cardinalities = frame.dimensions.iter().map(|dimension| dimension.levels.len()).collect();
    let mut cells = Cells::new(frame.grid, frame.clustered(), strata, cardinalities, codes.len());
    for entries in entries.chunk_by(|a, b| a.0 == b.0) {
        let (stratum, psu, levels) = radix.decode(entries[0].0);
        let group = Group { stratum, psu: frame.clustered().then_some(psu), levels };
        cells.push(
            group,
            codes.iter().zip(0..).map(|(codes, index)| {
                let own = entries.iter().filter(move |(_, variable, ..)| *variable == index);
                own.map(|&(_, _, class, sums)| ClassSums { class: codes[&class], sums })
            }),
        );
    }
    let classes = occurring
        .iter()
        .enumerate()
        .map(|(variable, classes)| classes.iter().map(|&class| frame.class(variable, class)).collect())
        .collect();
    Ok((cells, classes))
}

/// Key, variable, class, sums.
type Entry = (u64, u32, u64, Sums);

/// The rows of the aggregated frame.
fn rows(summed: &DataFrame) -> Result<impl Iterator<Item = Result<Entry>> + '_> {
    let columns = summed
        .column(KEY)?
        .u64()?
        .iter()
        .zip(summed.column(VARIABLE)?.u32()?.iter())
        .zip(summed.column(CLASS)?.u64()?.iter())
        .zip(summed.column(N)?.u64()?.iter())
        .zip(summed.column(W)?.i128()?.iter())
        .zip(summed.column(W2)?.i128()?.iter());
    Ok(columns.map(|(((((key, variable), class), n), w), w2)| {
        let entry = || Some((key?, variable?, class?, Sums { n: n?, w: w?, w2: w2? }));
        entry().ok_or_else(|| anyhow!("polars returned a cell without a value"))
    }))
}
