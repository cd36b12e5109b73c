//! Rows of one batch → partial sums by key. The inner loop of the scan.

use foldhash::{HashMap, HashMapExt};

use super::plan::{Codes, Frame, PartCodes};
use super::{Grid, Sums};
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
    fn keys(&self, batch: &Batch, codes: &PartCodes) -> Vec<u64> {
        let mut keys: Vec<u64> = batch
            .strata
            .iter()
            .map(|&stratum| u64::from(codes.first_stratum + stratum) * self.psus)
            .collect();
        if let Some(psus) = &batch.psus {
            for (key, &psu) in keys.iter_mut().zip(psus) {
                *key += u64::from(codes.first_psu + psu);
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

/// Sums over some rows, by group.
#[derive(Default)]
pub(super) struct Partial {
    /// Keys of the groups, in order of first appearance.
    pub(super) keys: Vec<u64>,
    /// Number of rows of each group, whatever their weight.
    pub(super) rows: Vec<u64>,
    /// Sums of group `g`, item `i` at `g * items + i`, by answer.
    pub(super) sums: Vec<[Sums; 4]>,
}

/// Sums the rows of one batch of the part whose codes are given.
pub(super) fn accumulate(batch: &Batch, codes: &PartCodes, frame: &Frame, radix: &Radix) -> Partial {
    let keys = radix.keys(batch, codes);
    let mut partial = Partial::default();
    let groups = partial.assign_groups(&keys, codes.items.len());
    let Grid { w, w2 } = frame.grid;
    for (row, &group) in groups.iter().enumerate() {
        let weight = batch.weights.as_ref().map_or(1.0, |weights| weights[row]);
        if weight == 0.0 {
            continue;
        }
        let one = Sums { n: 1, w: Grid::quantize(weight, w), w2: Grid::quantize(weight * weight, w2) };
        let first = group as usize * codes.items.len();
        for (sums, item) in partial.sums[first..first + codes.items.len()].iter_mut().zip(&codes.items) {
            let answer = item.map_or(Answer::NotAsked, |item| batch.answer(row, item));
            sums[answer as usize] += one;
        }
    }
    partial
}

impl Partial {
    /// The group of every row, counting rows on the way.
    fn assign_groups(&mut self, keys: &[u64], items: usize) -> Vec<u32> {
        let mut known: HashMap<u64, u32> = HashMap::new();
        let groups = keys
            .iter()
            .map(|&key| {
                let group = *known.entry(key).or_insert_with(|| {
                    self.keys.push(key);
                    self.rows.push(0);
                    (self.keys.len() - 1) as u32
                });
                self.rows[group as usize] += 1;
                group
            })
            .collect();
        self.sums = vec![[Sums::default(); 4]; self.keys.len() * items];
        groups
    }
}
