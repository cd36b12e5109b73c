//! Whom a margin covers in the sample.

use std::collections::BTreeMap;

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
    Level(String, String),
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
    /// Looks up the codes of a margin's labels.
    pub(super) fn new(margin: LabelledMargin, tally: &Tally) -> Result<Self, NotInSample> {
        let position = |name: &String| {
            let found = tally.dimensions.iter().position(|dimension| dimension.name == *name);
            found.ok_or_else(|| NotInSample::Dimension(name.clone()))
        };
        let code = |dimension: usize, level: &String| {
            let levels = &tally.dimensions[dimension].levels;
            levels.iter().position(|known| known == level).map(|code| code as u16)
        };
        let dimensions = margin.by.iter().map(position).collect::<Result<Vec<_>, _>>()?;
        let mut within = Vec::new();
        for (name, level) in &margin.within {
            let dimension = position(name)?;
            let code =
                code(dimension, level).ok_or_else(|| NotInSample::Level(name.clone(), level.clone()))?;
            within.push((dimension, code));
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

    /// The targets that nobody in the sample has, and the levels without a target with their respondents.
    pub(super) fn mismatch(&self, tally: &Tally) -> (Vec<usize>, Vec<(Vec<String>, u64)>) {
        let mut met = vec![false; self.targets.len()];
        let mut untargeted: BTreeMap<Vec<u16>, u64> = BTreeMap::new();
        for (group, key) in tally.cells.groups().iter().enumerate() {
            if !self.covers(&key.levels) {
                continue;
            }
            let own: Vec<u16> = self.dimensions.iter().map(|&dimension| key.levels[dimension]).collect();
            if let Some(target) = self.target(&own) {
                met[target] = true;
            } else {
                *untargeted.entry(own).or_default() += tally.cells.everyone(group).n;
            }
        }
        let missing = (0..met.len()).filter(|&target| !met[target]).collect();
        let label = |codes: Vec<u16>| {
            let levels = self.dimensions.iter().zip(codes);
            levels.map(|(&at, code)| tally.dimensions[at].levels[usize::from(code)].clone()).collect()
        };
        let unlisted = untargeted.into_iter().filter(|&(_, n)| n > 0).map(|(codes, n)| (label(codes), n));
        (missing, unlisted.collect())
    }
}

/// Respondents with weight ≠ 0 whom none of the margins covers.
pub(super) fn uncovered(tally: &Tally, margins: &[&CodedMargin]) -> u64 {
    let groups = tally.cells.groups().iter().enumerate();
    groups
        .filter(|(_, key)| !margins.iter().any(|margin| margin.covers(&key.levels)))
        .map(|(group, _)| tally.cells.everyone(group).n)
        .sum()
}
