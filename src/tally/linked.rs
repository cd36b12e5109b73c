//! The tally of waves that are linked by person, each person a PSU over all of them.
//!
//! In: the parts, and who stands in which row. Out: [`Cells`]. What a variance needs of a person is where they stood, what they
//! replied and with which weight, wave by wave: their history. People of one history are alike, and share a PSU code that says how
//! many they are. So memory is bounded by the histories that occur, which of one variable are few, and by a number per person.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

use super::key::Radix;
use super::lane::Values;
use super::plan::Frame;
use super::sheet::Form;
use super::units::{Linked, UnitStratum};
use super::{Cells, ClassSums, Grid, Group, Reply, StratumSize, Sums};
use crate::ingest::{Batches, Ids};

/// Cells, and by variable and class the replies that it stands for.
pub(super) type Counted = (Cells, Vec<Vec<Vec<Reply>>>);

/// What one row adds to the history of a person: where they stood, the bits of their weight, and the class of every variable.
type Step = Box<[u64]>;

/// Where the classes begin in a [`Step`].
const CLASSES: usize = 2;

/// The histories of all people in some variables, as paths of a tree: every row moves its person on by a step.
struct Histories {
    steps: Vec<Step>,
    codes: HashMap<Step, u32>,
    /// By node: the node before it, and the step from there. Node 0 is the root.
    nodes: Vec<(u32, u32)>,
    known: HashMap<(u32, u32), u32>,
    /// By person: the node at which they stand.
    at: Vec<u32>,
}

/// A history: its steps as they stand in order, and how many people have it.
type History = (Box<[u32]>, u32);

impl Histories {
    fn new(people: usize) -> Self {
        Self {
            steps: Vec::new(),
            codes: HashMap::new(),
            nodes: vec![(0, 0)],
            known: HashMap::new(),
            at: vec![0; people],
        }
    }

    fn add(&mut self, person: u32, step: &[u64]) {
        let code = self.codes.get(step).copied().unwrap_or_else(|| {
            let code = self.steps.len() as u32;
            self.steps.push(step.into());
            self.codes.insert(step.into(), code);
            code
        });
        let at = &mut self.at[person as usize];
        *at = *self.known.entry((*at, code)).or_insert_with(|| {
            self.nodes.push((*at, code));
            (self.nodes.len() - 1) as u32
        });
    }

    /// The steps in order, and the histories that somebody has, in the order of their steps: nothing depends on that of rows.
    fn counted(self) -> (Vec<Step>, Vec<History>) {
        let Self { steps, nodes, at, .. } = self;
        let mut order: Vec<u32> = (0..steps.len() as u32).collect();
        order.sort_unstable_by(|&a, &b| steps[a as usize].cmp(&steps[b as usize]));
        let mut ranks = vec![0; steps.len()];
        for (rank, &step) in (0..).zip(&order) {
            ranks[step as usize] = rank;
        }
        let mut people = vec![0_u32; nodes.len()];
        for node in at {
            people[node as usize] += 1;
        }
        let path = |mut node: usize| {
            let mut path: Vec<u32> = Vec::new();
            while node != 0 {
                let (before, step) = nodes[node];
                path.push(ranks[step as usize]);
                node = before as usize;
            }
            path.sort_unstable();
            path.into_boxed_slice()
        };
        let ends = people.iter().enumerate().skip(1).filter(|(_, people)| **people > 0);
        let mut histories: Vec<History> = ends.map(|(node, &people)| (path(node), people)).collect();
        histories.sort_unstable();
        // Waves need not come in order, so that two paths may be one history.
        histories.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        (order.into_iter().map(|step| steps[step as usize].clone()).collect(), histories)
    }
}

/// The cells of every one of some sets of variables, each by itself. Cost: one scan.
///
/// # Errors
/// Whatever [`Batches::batch`] reports.
pub(super) fn cells(
    parts: &[&dyn Batches],
    frame: &Frame,
    form: &Form,
    radix: &Radix,
    people: &Linked,
    sets: &[Vec<usize>],
) -> Result<Vec<Counted>> {
    let mut all: Vec<Histories> =
        sets.iter().map(|_| Histories::new(people.sizes.iter().sum::<u64>() as usize)).collect();
    for (part, batches) in parts.iter().enumerate() {
        let codes = &frame.parts[part];
        for (index, rows) in people.rows[part].iter().enumerate() {
            let batch = batches.batch(index, Ids::Skip)?;
            let keys = radix.keys(&batch, codes, &frame.units.parts[part]);
            let values: Vec<Values> = form.lanes.par_iter().map(|lane| lane.values(&batch, codes)).collect();
            all.par_iter_mut().zip(sets).for_each(|(histories, variables)| {
                let classes: Vec<Vec<u64>> =
                    variables.iter().map(|&variable| form.column(&values, variable)).collect();
                let mut step = vec![0; CLASSES + variables.len()];
                for (row, (&person, &key)) in rows.iter().zip(&keys).enumerate() {
                    let weight = batch.weights.as_ref().map_or(1.0, |weights| weights[row]);
                    step[..CLASSES].copy_from_slice(&[key, weight.to_bits()]);
                    for (own, column) in step[CLASSES..].iter_mut().zip(&classes) {
                        *own = column[row];
                    }
                    histories.add(person, &step);
                }
            });
        }
    }
    let counted = all.into_par_iter().zip(sets).map(|(histories, variables)| {
        let (steps, histories) = histories.counted();
        assembled(&steps, &histories, variables, (frame, radix, people))
    });
    Ok(counted.collect())
}

/// Histories as cells; their PSU codes are the numbers of the histories.
fn assembled(
    steps: &[Step],
    histories: &[History],
    variables: &[usize],
    (frame, radix, people): (&Frame, &Radix, &Linked),
) -> Counted {
    let weight = |step: &Step| f64::from_bits(step[1]);
    let codes: Vec<BTreeMap<u64, u32>> = (0..variables.len())
        .map(|at| {
            let weighted = steps.iter().filter(|step| weight(step) > 0.0);
            let classes: BTreeSet<u64> = weighted.map(|step| step[CLASSES + at]).collect();
            classes.into_iter().zip(0..).collect()
        })
        .collect();
    let size = |(stratum, &psus): (&UnitStratum, &u64)| StratumSize { psus, fpc: stratum.fpc };
    let strata = frame.units.strata.iter().zip(&people.sizes).map(size).collect();
    let cardinalities = frame.dimensions.iter().map(|dimension| dimension.levels.len()).collect();
    let mut cells = Cells::new(frame.grid, true, strata, cardinalities, variables.len());
    for (path, alike) in histories {
        let psu = cells.add_alike(*alike);
        for place in path.chunk_by(|&a, &b| steps[a as usize][0] == steps[b as usize][0]) {
            let (stratum, _, levels) = radix.decode(steps[place[0] as usize][0]);
            let here = || place.iter().map(|&step| &steps[step as usize]).filter(|step| weight(step) > 0.0);
            let classes = codes.iter().enumerate().map(|(at, codes)| {
                let mut sums: BTreeMap<u32, Sums> = BTreeMap::new();
                for step in here() {
                    *sums.entry(codes[&step[CLASSES + at]]).or_default() +=
                        rows(*alike, weight(step), frame.grid);
                }
                sums.into_iter().map(|(class, sums)| ClassSums { class, sums })
            });
            cells.push(Group { stratum, psu: Some(psu), levels }, classes);
        }
    }
    let meaning = |(&variable, codes): (&usize, &BTreeMap<u64, u32>)| {
        codes.keys().map(|&class| frame.class(variable, class)).collect()
    };
    (cells, variables.iter().zip(&codes).map(meaning).collect())
}

/// The sums of so many rows of one weight.
fn rows(count: u32, weight: f64, grid: Grid) -> Sums {
    let times = |value: f64, unit| i128::from(count) * Grid::quantize(value, unit);
    Sums { n: u64::from(count), w: times(weight, grid.w), w2: times(weight * weight, grid.w2) }
}
