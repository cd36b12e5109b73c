//! Where in the margins the sample stands: the target of every group in every margin, and what is missing on either side.

use std::collections::{BTreeMap, BTreeSet};

use super::{CalibrationError, Covers, Margin};
use crate::tally::{Cells, Sums};

/// The targets of one margin by level.
pub(super) struct Lookup<'a> {
    /// Index of the margin.
    pub(super) index: usize,
    /// The margin.
    pub(super) margin: &'a Margin,
    targets: BTreeMap<&'a [u16], usize>,
    others: Option<usize>,
}

impl<'a> Lookup<'a> {
    /// Refuses targets that are no totals, and levels with two targets.
    pub(super) fn new(index: usize, margin: &'a Margin) -> Result<Self, CalibrationError> {
        let mut lookup = Self { index, margin, targets: BTreeMap::new(), others: None };
        for (target, of) in margin.targets.iter().enumerate() {
            if !(of.total > 0.0 && of.total.is_finite()) {
                return Err(CalibrationError::BadTarget { margin: index, target, total: of.total });
            }
            let is_new = match &of.covers {
                Covers::Others => lookup.others.replace(target).is_none(),
                Covers::Levels(levels) => {
                    levels.iter().all(|levels| lookup.targets.insert(levels, target).is_none())
                }
            };
            if !is_new {
                return Err(CalibrationError::TargetTwice { margin: index, target });
            }
        }
        Ok(lookup)
    }

    /// Whether the margin covers respondents on these levels of all dimensions.
    fn covers(&self, levels: &[u16]) -> bool {
        self.margin.within.iter().all(|&(dimension, level)| levels[dimension] == level)
    }

    /// The margin's own levels.
    fn own(&self, levels: &[u16]) -> Vec<u16> {
        self.margin.dimensions.iter().map(|&dimension| levels[dimension]).collect()
    }
}

/// Where in the margins the sample stands.
#[derive(Default)]
pub(super) struct Occupancy {
    /// Sums and groups of every calibration cell that has weight.
    pub(super) cells: BTreeMap<Vec<Option<usize>>, (Sums, Vec<usize>)>,
    /// The (margin, target) that have a respondent, whatever the weight.
    seen: BTreeSet<(usize, usize)>,
    /// The (margin, levels) that have weight and no target.
    untargeted: BTreeSet<(usize, Vec<u16>)>,
}

impl Occupancy {
    /// Adds the rows of one group.
    pub(super) fn add(&mut self, cells: &Cells, group: usize, lookups: &[Lookup<'_>]) {
        let sums = cells.everyone(group);
        let levels = &cells.groups()[group].levels;
        let mut key = Vec::new();
        for lookup in lookups {
            if !lookup.covers(levels) {
                key.push(None);
                continue;
            }
            let own = lookup.own(levels);
            let target = lookup.targets.get(own.as_slice()).copied().or(lookup.others);
            match target {
                Some(target) => _ = self.seen.insert((lookup.index, target)),
                None if sums.w > 0 => _ = self.untargeted.insert((lookup.index, own)),
                None => {}
            }
            key.push(target);
        }
        if sums.w > 0 {
            let cell = self.cells.entry(key).or_default();
            cell.0 += sums;
            cell.1.push(group);
        }
    }

    /// Sees that each respondent has a target in each margin that covers them, and each target has respondents.
    pub(super) fn check(&self, lookups: &[Lookup<'_>]) -> Result<(), CalibrationError> {
        if self.cells.is_empty() {
            return Err(CalibrationError::NoWeight);
        }
        for &Lookup { index: margin, margin: Margin { targets, .. }, .. } in lookups {
            let levels: Vec<Vec<u16>> = self
                .untargeted
                .iter()
                .filter(|(index, _)| *index == margin)
                .map(|(_, levels)| levels.clone())
                .collect();
            if !levels.is_empty() {
                return Err(CalibrationError::MissingInTargets { margin, levels });
            }
            let has_weight = |target: &usize| self.cells.keys().any(|key| key[margin] == Some(*target));
            let empty: Vec<usize> = (0..targets.len()).filter(|target| !has_weight(target)).collect();
            let (weightless, missing): (Vec<usize>, Vec<usize>) =
                empty.into_iter().partition(|&target| self.seen.contains(&(margin, target)));
            if !missing.is_empty() {
                return Err(CalibrationError::MissingInSample { margin, targets: missing });
            }
            if !weightless.is_empty() {
                return Err(CalibrationError::Weightless { margin, targets: weightless });
            }
        }
        Ok(())
    }
}
