//! The tally on this machine: every thread takes one batch after the other and sums it, and polars adds up what the threads
//! have, with what was summed elsewhere.
//!
//! Every sum is an integer ([`Grid`](super::Grid)), so the result is the same bits whatever the order of batches,
//! rows or threads.

use std::slice;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use rayon::prelude::*;

use super::accumulate::{Accumulator, Summed};
use super::elsewhere;
use super::error::TallyError;
use super::gather::gather;
use super::key::Radix;
use super::linked::{self, Counted};
use super::plan::{Frame, Plan, Tally};
use super::sheet::Form;
use super::units::{Linked, People};
use super::{Question, Variable};
use crate::ingest::{Batches, Ids};

/// Sums the respondents of `parts` as `plan` says. Cost: one scan; for a panel another one, over the ids.
///
/// # Errors
/// [`TallyError`] when the plan does not fit the parts; whatever [`Batches::batch`] reports.
pub fn tally(parts: &[&dyn Batches], plan: &Plan) -> Result<Tally> {
    let scan = Scan::new(parts, plan)?;
    let all: Vec<usize> = (0..plan.variables.len()).collect();
    match &scan.frame.units.people {
        People::Linked(people) => {
            let counted =
                scan.linked(people, slice::from_ref(&all))?.pop().ok_or(TallyError::TooManyCells)?;
            scan.tally(counted, &all)
        }
        People::Counted(_) | People::NoUnits => scan.tally(scan.counted()?, &all),
    }
}

/// The same with a tally of every variable by itself where people are linked, who so share cells as long as they are alike in
/// one; elsewhere one of all variables.
///
/// # Errors
/// As [`tally`].
pub fn tally_apart(parts: &[&dyn Batches], plan: &Plan) -> Result<Vec<Tally>> {
    let scan = Scan::new(parts, plan)?;
    let People::Linked(people) = &scan.frame.units.people else {
        return Ok(vec![tally(parts, plan)?]);
    };
    if plan.variables.len() < 2 {
        return Ok(vec![tally(parts, plan)?]);
    }
    let each: Vec<Vec<usize>> = (0..plan.variables.len()).map(|variable| vec![variable]).collect();
    let counted = scan.linked(people, &each)?.into_iter();
    counted.zip(&each).map(|(counted, variables)| scan.tally(counted, variables)).collect()
}

/// What is scanned, and how its codes are understood.
struct Scan<'a> {
    parts: &'a [&'a dyn Batches],
    plan: &'a Plan,
    frame: Frame,
    radix: Radix,
    form: Form,
}

impl<'a> Scan<'a> {
    fn new(parts: &'a [&'a dyn Batches], plan: &'a Plan) -> Result<Self> {
        let frame = Frame::new(parts, plan)?;
        let (strata, psus) = (frame.units.strata.len() as u64, u64::from(frame.units.psus.unwrap_or(1)));
        let radix = Radix::new(strata, psus.max(1), frame.dimensions.iter().map(|d| d.levels.len()))
            .ok_or(TallyError::TooManyCells)?;
        let questions: Vec<&[Question]> =
            plan.variables.iter().map(|variable| variable.0.as_slice()).collect();
        let form = Form::new(&frame, &questions)?;
        Ok(Self { parts, plan, frame, radix, form })
    }

    fn counted(&self) -> Result<Counted> {
        let Self { parts, frame, form, radix, .. } = self;
        gather(scan(parts, frame, form, radix)?, frame, form, radix)
    }

    fn linked(&self, people: &Linked, sets: &[Vec<usize>]) -> Result<Vec<Counted>> {
        linked::cells(self.parts, &self.frame, &self.form, &self.radix, people, sets)
    }

    /// What was counted of some variables.
    fn tally(&self, (cells, classes): Counted, variables: &[usize]) -> Result<Tally> {
        let Self { parts, plan, frame, .. } = self;
        let panel = frame.units.links;
        if panel.is_some() {
            frame.units.check_sizes(&cells.strata)?;
        }
        let is_number = |question: &Question| {
            let Question::Item(item) = question else { return false };
            parts.iter().flat_map(|part| &part.schema().numbers).any(|number| number.item == *item)
        };
        let variables: Vec<Variable> = variables.iter().map(|&at| plan.variables[at].clone()).collect();
        Ok(Tally {
            cells,
            panel,
            numbers: variables.iter().map(|variable| variable.0.iter().map(is_number).collect()).collect(),
            strata: frame.units.strata.iter().map(|stratum| stratum.label.clone()).collect(),
            stratified: parts.iter().any(|part| part.schema().stratified),
            weighted: frame.weighted,
            dimensions: frame.dimensions.clone(),
            variables,
            classes,
        })
    }
}

/// Every batch of every part, summed by as many accumulators as there are threads; parts whose respondents stay elsewhere as
/// they are summed there.
fn scan(parts: &[&dyn Batches], frame: &Frame, form: &Form, radix: &Radix) -> Result<Vec<Summed>> {
    let (mut all, mut batches) = (Vec::new(), Vec::new());
    for (index, part) in parts.iter().enumerate() {
        match elsewhere::summed(*part, index, frame, form, radix) {
            Some(summed) => all.push(summed?),
            None => batches.extend((0..part.count()).map(|batch| (index, batch))),
        }
    }
    let next = AtomicUsize::new(0);
    let here = (0..rayon::current_num_threads().min(batches.len()))
        .into_par_iter()
        .map(|_| {
            let mut accumulator = Accumulator::new(frame, form, radix);
            while let Some(&(part, batch)) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                accumulator.add(&*parts[part].batch(batch, Ids::Skip)?, part);
            }
            Ok(accumulator.into_summed())
        })
        .collect::<Result<Vec<Summed>>>()?;
    all.extend(here);
    Ok(all)
}
