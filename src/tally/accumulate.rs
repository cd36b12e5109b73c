//! Rows of one batch → partial sums by key. The inner loop of the scan.

use foldhash::{HashMap, HashMapExt};

use super::error::TallyError;
use super::plan::{Codes, Frame, PartCodes, ReplyCodes};
use super::units::PartUnits;
use super::{Grid, Reply, Sums};
use crate::codebook::Answer;
use crate::ingest::Batch;

/// How a group's key is made of its codes: a mixed-radix number, so that keys sort as (stratum, PSU, levels) do.
pub(super) struct Radix {
    psus: u64,
    levels: Vec<u64>,
}

impl Radix {
    /// `None` when the largest key would not fit 63 bits.
    pub(super) fn new(strata: u64, psus: u64, levels: impl Iterator<Item = usize>) -> Option<Self> {
        let levels: Vec<u64> = levels.map(|count| count as u64).collect();
        let size =
            levels.iter().try_fold(strata.checked_mul(psus)?, |size, &count| size.checked_mul(count))?;
        (size < 1 << 63).then_some(Self { psus, levels })
    }

    /// Stratum, PSU and levels of a key.
    pub(super) fn decode(&self, mut key: u64) -> (u32, u32, Vec<u16>) {
        let mut levels = vec![0; self.levels.len()];
        for (level, &count) in levels.iter_mut().zip(&self.levels).rev() {
            *level = (key % count) as u16;
            key /= count;
        }
        ((key / self.psus) as u32, (key % self.psus) as u32, levels)
    }

    /// The key of every row of a batch.
    fn keys(&self, batch: &Batch, codes: &PartCodes, units: &PartUnits) -> Vec<u64> {
        let mut keys: Vec<u64> = batch
            .strata
            .iter()
            .map(|&stratum| u64::from(units.strata[stratum as usize]) * self.psus)
            .collect();
        if let Some(psus) = units.psus(batch) {
            for (key, psu) in keys.iter_mut().zip(psus) {
                *key += u64::from(psu);
            }
        }
        for (codes, &count) in codes.dimensions.iter().zip(&self.levels) {
            match codes {
                Codes::Constant(code) => {
                    for key in &mut keys {
                        *key = *key * count + u64::from(*code);
                    }
                }
                Codes::Column { column, translation } => {
                    for (key, &code) in keys.iter_mut().zip(&batch.dimensions[*column]) {
                        *key = *key * count + u64::from(translation[usize::from(code)]);
                    }
                }
            }
        }
        keys
    }
}

/// Sums over the rows of one batch.
#[derive(Default)]
pub(super) struct Partial {
    /// Keys of the groups, in order of first appearance.
    pub(super) keys: Vec<u64>,
    /// Number of rows of each group, whatever their weight.
    pub(super) rows: Vec<u64>,
    /// Sums by group (an index into `keys`), variable and class; none empty.
    pub(super) sums: Vec<PartialSums>,
}

/// The rows of one group that are in one class of a variable.
pub(super) struct PartialSums {
    pub(super) group: u32,
    pub(super) variable: u32,
    pub(super) class: u64,
    pub(super) sums: Sums,
}

/// Sums the rows of one batch of a part.
pub(super) fn accumulate(
    batch: &Batch,
    part: usize,
    frame: &Frame,
    radix: &Radix,
) -> Result<Partial, TallyError> {
    let codes = &frame.parts[part];
    let keys = radix.keys(batch, codes, &frame.units.parts[part]);
    let mut partial = Partial::default();
    let groups = partial.assign_groups(&keys);
    let Grid { w, w2 } = frame.grid;
    let of_weight = |weight: f64| match weight {
        0.0 => Sums::default(),
        weight => Sums { n: 1, w: Grid::quantize(weight, w), w2: Grid::quantize(weight * weight, w2) },
    };
    let rows: Vec<Sums> = match &batch.weights {
        Some(weights) => weights.iter().map(|&weight| of_weight(weight)).collect(),
        None => vec![of_weight(1.0); batch.len()],
    };
    for (variable, questions) in codes.questions.iter().enumerate() {
        let cardinality = frame.cardinality(variable)?;
        let classes = classes(batch, questions, &frame.replies[variable]);
        let mut slots = Slots::new(partial.keys.len() as u64, cardinality);
        for ((&group, &class), &row) in groups.iter().zip(&classes).zip(&rows) {
            slots.add(u64::from(group) * cardinality + class, row);
        }
        partial.sums.extend(slots.into_sums().map(|(slot, sums)| PartialSums {
            group: (slot / cardinality) as u32,
            variable: variable as u32,
            class: slot % cardinality,
            sums,
        }));
    }
    Ok(partial)
}

impl Partial {
    /// The group of every row, counting rows on the way.
    fn assign_groups(&mut self, keys: &[u64]) -> Vec<u32> {
        let mut known: HashMap<u64, u32> = HashMap::new();
        keys.iter()
            .map(|&key| {
                let group = *known.entry(key).or_insert_with(|| {
                    self.keys.push(key);
                    self.rows.push(0);
                    (self.keys.len() - 1) as u32
                });
                self.rows[group as usize] += 1;
                group
            })
            .collect()
    }
}

/// The class of every row in one variable.
fn classes(batch: &Batch, questions: &[ReplyCodes], replies: &[Vec<Reply>]) -> Vec<u64> {
    let mut classes = vec![0; batch.len()];
    for (question, replies) in questions.iter().zip(replies) {
        let count = replies.len() as u64;
        match question {
            ReplyCodes::NotAsked => classes.iter_mut().for_each(|class| *class *= count),
            ReplyCodes::Answers(item) => {
                for (row, class) in classes.iter_mut().enumerate() {
                    *class = *class * count + batch.answer(row, *item) as u64;
                }
            }
            ReplyCodes::Numbers { column, translation } => {
                for (class, &code) in classes.iter_mut().zip(&batch.numbers[*column]) {
                    *class = *class * count + u64::from(translation[code as usize]);
                }
            }
            ReplyCodes::Mentions(items) => {
                for (row, class) in classes.iter_mut().enumerate() {
                    *class = *class * count + mentions(batch, row, items);
                }
            }
        }
    }
    classes
}

/// The code of what one respondent mentions of `items`: not asked, blank, or 2 plus the number of yes.
fn mentions(batch: &Batch, row: usize, items: &[usize]) -> u64 {
    let (mut asked, mut answered, mut yes) = (false, false, 0);
    for &item in items {
        match batch.answer(row, item) {
            Answer::NotAsked => {}
            Answer::Blank => asked = true,
            Answer::No => answered = true,
            Answer::Yes => {
                answered = true;
                yes += 1;
            }
        }
    }
    match (answered, asked) {
        (true, _) => 2 + yes,
        (false, asked) => u64::from(asked),
    }
}

/// Sums by slot: an array where there are few slots, a map where most of very many would stay empty.
enum Slots {
    Few(Vec<Sums>),
    Many(HashMap<u64, Sums>),
}

impl Slots {
    fn new(groups: u64, cardinality: u64) -> Self {
        const FEW: u64 = 1 << 18;
        match groups.checked_mul(cardinality) {
            Some(size) if size <= FEW => Self::Few(vec![Sums::default(); size as usize]),
            _ => Self::Many(HashMap::new()),
        }
    }

    fn add(&mut self, slot: u64, sums: Sums) {
        match self {
            Self::Few(slots) => slots[slot as usize] += sums,
            Self::Many(slots) => *slots.entry(slot).or_default() += sums,
        }
    }

    /// What is not empty, in any order.
    fn into_sums(self) -> Box<dyn Iterator<Item = (u64, Sums)>> {
        let all: Box<dyn Iterator<Item = (u64, Sums)>> = match self {
            Self::Few(slots) => Box::new((0..).zip(slots)),
            Self::Many(slots) => Box::new(slots.into_iter()),
        };
        Box::new(all.filter(|(_, sums)| sums.n > 0))
    }
}
