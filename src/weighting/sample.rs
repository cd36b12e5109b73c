//! Whom a margin covers in the sample.

use std::collections::{BTreeMap, BTreeSet};

use crate::derive::DOMAIN;
use crate::ingest::{Batches, Dimension};
use crate::tally::{Tally, WAVE};

use super::margin::LabelledMargin;

/// A margin in the codes of one tally.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CodedMargin {
    /// The margin by label; with the wave that it is restricted to.
    pub(super) margin: LabelledMargin,
    /// Indices into the tally's dimensions.
    pub(super) dimensions: Vec<usize>,
    /// Dimension and level; all apply.
    pub(super) within: Vec<(usize, u16)>,
    /// The codes of each target; `None` for all others, and no codes for levels that the tally does not know.
    pub(super) targets: Vec<Option<Vec<Vec<u16>>>>,
}

/// Why a margin has no codes in a tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotInSample {
    /// The tally has no such dimension.
    Dimension(String),
    /// Nobody is on this level of a dimension.
    Level(Dimension, String),
}

/// The levels of a margin's own dimensions on which the sample and its targets differ.
pub(super) struct Mismatch {
    /// Targets that nobody in the sample has.
    pub(super) missing: Vec<usize>,
    /// Levels without a target, with their respondents.
    pub(super) unlisted: Vec<(Vec<String>, u64)>,
    /// Levels of respondents, whatever their weight, that no target names; those of all others are among them.
    pub(super) unnamed: Vec<Vec<String>>,
}

/// A tally of several waves is several samples: each of them meets the margin, unless it is of waves itself.
pub(super) fn wave_by_wave(margin: &LabelledMargin, tally: &Tally) -> Vec<LabelledMargin> {
    let waves = tally.dimensions.iter().find(|dimension| dimension.name == WAVE);
    let levels = waves.map_or(&[][..], |waves| &waves.levels);
    let names = margin.within.iter().map(|(dimension, _)| dimension).chain(&margin.by);
    if levels.len() < 2 || names.into_iter().any(|name| name == WAVE) {
        return vec![margin.clone()];
    }
    let of_wave = |level: &String| {
        let mut margin = margin.clone();
        margin.within.push((WAVE.to_owned(), level.clone()));
        margin
    };
    levels.iter().map(of_wave).collect()
}

impl CodedMargin {
    /// Looks up the codes of a margin's labels. Otherwise, all dimensions that the tally does not know, and the level that
    /// the margin is within.
    pub(super) fn new(margin: LabelledMargin, tally: &Tally) -> Result<Self, Vec<NotInSample>> {
        let position = |name: &String| tally.dimensions.iter().position(|dimension| dimension.name == *name);
        let code = |dimension: usize, level: &String| {
            let levels = &tally.dimensions[dimension].levels;
            levels.iter().position(|known| known == level).map(|code| code as u16)
        };
        let (mut dimensions, mut within, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for name in &margin.by {
            match position(name) {
                Some(dimension) => dimensions.push(dimension),
                None => unknown.push(NotInSample::Dimension(name.clone())),
            }
        }
        for (name, level) in &margin.within {
            match position(name).map(|dimension| (dimension, code(dimension, level))) {
                Some((dimension, Some(code))) => within.push((dimension, code)),
                Some((dimension, None)) => {
                    unknown.push(NotInSample::Level(tally.dimensions[dimension].clone(), level.clone()));
                }
                None => unknown.push(NotInSample::Dimension(name.clone())),
            }
        }
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let target_codes = |levels: &Vec<String>| {
            let codes = dimensions.iter().zip(levels).map(|(&dimension, level)| code(dimension, level));
            codes.collect::<Option<Vec<u16>>>().into_iter().collect()
        };
        let targets = margin.targets.iter().map(|target| target.levels.as_ref().map(target_codes)).collect();
        Ok(Self { margin, dimensions, within, targets })
    }

    /// Whether the margin covers respondents on these levels of all dimensions.
    pub(super) fn covers(&self, levels: &[u16]) -> bool {
        self.within.iter().all(|&(dimension, level)| levels[dimension] == level)
    }

    /// The target of respondents on these levels of the margin's own dimensions.
    fn target(&self, own: &[u16]) -> Option<usize> {
        let names = |codes: &Vec<Vec<u16>>| codes.iter().any(|code| code == own);
        let named = self.targets.iter().position(|codes| codes.as_ref().is_some_and(names));
        named.or_else(|| self.targets.iter().position(Option::is_none))
    }

    /// Compares the levels of the respondents with those of the targets.
    pub(super) fn mismatch(&self, tally: &Tally) -> Mismatch {
        let mut met = vec![false; self.targets.len()];
        let mut untargeted: BTreeMap<Vec<u16>, u64> = BTreeMap::new();
        let mut unnamed: BTreeSet<Vec<u16>> = BTreeSet::new();
        for (group, key) in tally.cells.groups().iter().enumerate() {
            if !self.covers(&key.levels) {
                continue;
            }
            let own: Vec<u16> = self.dimensions.iter().map(|&dimension| key.levels[dimension]).collect();
            let target = self.target(&own);
            if target.is_none_or(|target| self.targets[target].is_none()) {
                unnamed.insert(own.clone());
            }
            match target {
                Some(target) => met[target] = true,
                None => *untargeted.entry(own).or_default() += tally.cells.everyone(group).n,
            }
        }
        let label = |codes: Vec<u16>| labels(tally, &self.dimensions, &codes);
        let unlisted = untargeted.into_iter().filter(|&(_, n)| n > 0).map(|(codes, n)| (label(codes), n));
        Mismatch {
            missing: (0..met.len()).filter(|&target| !met[target]).collect(),
            unlisted: unlisted.collect(),
            unnamed: unnamed.into_iter().map(label).collect(),
        }
    }
}

/// The level keys of codes of these dimensions.
fn labels(tally: &Tally, dimensions: &[usize], codes: &[u16]) -> Vec<String> {
    let levels = dimensions.iter().zip(codes);
    levels.map(|(&at, &code)| tally.dimensions[at].levels[usize::from(code)].clone()).collect()
}

/// Respondents with weight ≠ 0 whom none of the margins covers: how many are on which levels of the dimensions that the
/// margins are within.
pub(super) fn uncovered(tally: &Tally, margins: &[&CodedMargin]) -> Vec<(Vec<(String, String)>, u64)> {
    let within = margins.iter().flat_map(|margin| &margin.within).map(|&(dimension, _)| dimension);
    let dimensions: Vec<usize> = within.collect::<BTreeSet<usize>>().into_iter().collect();
    let mut found: BTreeMap<Vec<u16>, u64> = BTreeMap::new();
    for (group, key) in tally.cells.groups().iter().enumerate() {
        if !margins.iter().any(|margin| margin.covers(&key.levels)) {
            let codes = dimensions.iter().map(|&dimension| key.levels[dimension]).collect();
            *found.entry(codes).or_default() += tally.cells.everyone(group).n;
        }
    }
    let named = |codes: &[u16]| {
        let names = dimensions.iter().map(|&dimension| tally.dimensions[dimension].name.clone());
        names.zip(labels(tally, &dimensions, codes)).collect()
    };
    found.into_iter().filter(|&(_, n)| n > 0).map(|(codes, n)| (named(&codes), n)).collect()
}

/// All dimensions by which the parts of a survey can be tallied and weighted.
#[must_use]
pub fn dimensions(parts: &[&dyn Batches]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let names = parts.iter().flat_map(|part| &part.schema().dimensions).map(|dimension| &dimension.name);
    for name in names {
        if !found.contains(name) && name != DOMAIN {
            found.push(name.clone());
        }
    }
    found.push(WAVE.to_owned());
    found
}
