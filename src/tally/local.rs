//! The tally on this machine: every thread takes one batch after the other and sums it, and polars adds up what the threads
//! have.
//!
//! Every sum is an integer ([`Grid`](super::Grid)), so the result is the same bits whatever the order of batches,
//! rows or threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use rayon::prelude::*;

use super::Question;
use super::accumulate::{Accumulator, Summed};
use super::error::TallyError;
use super::gather::gather;
use super::key::Radix;
use super::plan::{Frame, Plan, Tally};
use super::sheet::Form;
use crate::ingest::{Batches, Ids};

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
    let questions: Vec<&[Question]> = plan.variables.iter().map(|variable| variable.0.as_slice()).collect();
    let form = Form::new(&frame, &questions)?;
    let (cells, classes) = gather(scan(parts, &frame, &form, &radix)?, &frame, &form, &radix)?;
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

/// Every batch of every part, summed by as many accumulators as there are threads.
fn scan(parts: &[&dyn Batches], frame: &Frame, form: &Form, radix: &Radix) -> Result<Vec<Summed>> {
    let batches: Vec<(usize, usize)> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, batches)| (0..batches.count()).map(move |batch| (part, batch)))
        .collect();
    let ids = if frame.units.need_ids() { Ids::Read } else { Ids::Skip };
    let next = AtomicUsize::new(0);
    (0..rayon::current_num_threads().min(batches.len()))
        .into_par_iter()
        .map(|_| {
            let mut accumulator = Accumulator::new(frame, form, radix);
            while let Some(&(part, batch)) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                accumulator.add(&*parts[part].batch(batch, ids)?, part);
            }
            Ok(accumulator.into_summed())
        })
        .collect()
}
