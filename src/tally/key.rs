//! Keys of groups: stratum, PSU and levels as one number.

use super::plan::{Codes, PartCodes};
use super::units::PartUnits;
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
    pub(super) fn keys(&self, batch: &Batch, codes: &PartCodes, units: &PartUnits) -> Vec<u64> {
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
