//! Respondents who stay elsewhere → [`Summed`]: the plan in terms of a part's columns, and the sums that come back by group, variable
//! and class.
//!
//! Other sums are asked than the tally keeps: of all combinations of answers to what is told apart together. Each of them is a
//! class of every variable that is made of these items, so what is derived is derived here, and nowhere else.

use std::collections::BTreeSet;

use anyhow::Result;
use foldhash::{HashMap, HashMapExt};

use super::accumulate::Summed;
use super::key::Radix;
use super::lane::Values;
use super::plan::{Codes, Frame, ReplyCodes};
use super::sheet::{Form, unweighted};
use super::{Grid, Sums};
use crate::ingest::{Alike, Asked, Batches, Together};

/// How many items of yes and no are told apart together for variables of one item each: as many as share a byte.
const SHARING: usize = 4;

/// What a part sums; `None` where its respondents can be had one by one.
///
/// # Errors
/// Whatever [`Batches::alike`] reports.
pub(super) fn summed(
    part: &dyn Batches,
    index: usize,
    frame: &Frame,
    form: &Form,
    radix: &Radix,
) -> Option<Result<Summed>> {
    let (asked, variables) = ask(frame, index);
    let alike = part.alike(&asked)?;
    Some(alike.map(|alike| {
        let mut groups = Groups { summed: Summed::default(), known: HashMap::new() };
        for (place, (alike, variables)) in alike.iter().zip(&variables).enumerate() {
            let numbers =
                groups.number(&radix.keys(&alike.batch, &frame.parts[index], &frame.units.parts[index]));
            // Everybody is in each of them, and is counted once.
            if place == 0 {
                for (&group, respondents) in numbers.iter().zip(&alike.respondents) {
                    groups.summed.rows[group as usize] += respondents;
                }
            }
            groups.add(&numbers, alike, variables, index, (frame, form));
        }
        groups.summed
    }))
}

/// What to ask of a part, and the variables that each of what is told apart together is asked for.
fn ask(frame: &Frame, part: usize) -> (Asked, Vec<BTreeSet<usize>>) {
    let codes = &frame.parts[part];
    let dimensions = codes.dimensions.iter().filter_map(|codes| match codes {
        Codes::Constant(_) => None,
        Codes::Column { column, .. } => Some(*column),
    });
    let mut together: Vec<Together> = Vec::new();
    let mut variables: Vec<BTreeSet<usize>> = Vec::new();
    for (variable, questions) in codes.questions.iter().enumerate() {
        let needed = needed(questions);
        let place = together.iter().position(|known| {
            let is_there = needed.items.is_subset(&known.items) && needed.numbers.is_subset(&known.numbers);
            let are_few = needed.items.union(&known.items).count() <= SHARING;
            is_there || (are_few && needed.numbers.is_empty() && known.numbers.is_empty())
        });
        if let Some(place) = place {
            together[place].items.extend(&needed.items);
            variables[place].insert(variable);
        } else {
            together.push(needed);
            variables.push(BTreeSet::from([variable]));
        }
    }
    if together.is_empty() {
        together.push(Together::default());
        variables.push(BTreeSet::new());
    }
    let Grid { w, w2 } = frame.grid;
    (Asked { dimensions: dimensions.collect(), together, w, w2 }, variables)
}

/// The columns that the replies to some questions are read from.
fn needed(questions: &[ReplyCodes]) -> Together {
    let mut needed = Together::default();
    for codes in questions {
        match codes {
            ReplyCodes::NotAsked => {}
            ReplyCodes::Answers(item) => needed.items.extend([*item]),
            ReplyCodes::Numbers { column, .. } => needed.numbers.extend([*column]),
            ReplyCodes::Mentions(items) => needed.items.extend(items),
        }
    }
    needed
}

/// What comes together by group.
struct Groups {
    summed: Summed,
    known: HashMap<u64, u32>,
}

impl Groups {
    /// The group of every key.
    fn number(&mut self, keys: &[u64]) -> Vec<u32> {
        let Summed { keys: own, rows, sheets, .. } = &mut self.summed;
        let mut number = |&key: &u64| {
            *self.known.entry(key).or_insert_with(|| {
                own.push(key);
                rows.push(0);
                sheets.push(None);
                (own.len() - 1) as u32
            })
        };
        keys.iter().map(&mut number).collect()
    }

    /// Adds sums to the classes of some variables.
    fn add(
        &mut self,
        groups: &[u32],
        alike: &Alike,
        variables: &BTreeSet<usize>,
        part: usize,
        (frame, form): (&Frame, &Form),
    ) {
        let is_for = |variable: &usize| variables.contains(variable);
        for lane in &form.lanes {
            if !lane.variables.iter().any(|own| is_for(&own.variable)) {
                continue;
            }
            let values: Vec<u64> = match lane.values(&alike.batch, &frame.parts[part]) {
                Values::Narrow(values) => values.into_iter().map(u64::from).collect(),
                Values::Wide(values) => values,
            };
            for (row, (&group, value)) in groups.iter().zip(values).enumerate() {
                let n = alike.n[row];
                if n == 0 {
                    continue;
                }
                let sums = match alike.weights.get(row) {
                    Some(&(w, w2)) => Sums { n, w, w2 },
                    None => unweighted(n, frame.grid),
                };
                let sheet = self.summed.sheets[group as usize].get_or_insert_with(|| form.empty());
                for place in lane.classes(value).filter(|(variable, _)| is_for(variable)) {
                    sheet.add(form, place, sums);
                }
            }
        }
    }
}
