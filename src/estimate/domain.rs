//! Which groups make up a domain, and the exact roll-up of their sums.
//!
//! In: cells and the dimensions to break down by. Out: [`Domain`]s, and per item an [`ItemDomain`] (domain ∩ answered
//! ∩ weight ≠ 0). Integer sums are added first and become doubles once per calibration cell (once, without calibration),
//! so nothing depends on how cells are cut.

use std::collections::BTreeMap;

use super::Base;
use super::design::{Place, Sample};
use crate::codebook::Answer;
use crate::tally::{Cells, Sums};

/// All respondents who agree on the levels of the requested dimensions.
pub(super) struct Domain {
    /// Level codes, in the order of the request.
    pub(super) levels: Vec<u16>,
    /// Indices into [`Cells::groups`], ascending.
    groups: Vec<usize>,
}

/// The base of one rate: those of a domain who answered the item, with weight ≠ 0.
pub(super) struct ItemDomain {
    /// Counts, and the sum of (calibrated) weights.
    pub(super) base: Base,
    /// Σw over those who said yes.
    pub(super) yes: f64,
    /// Σw over those who said no.
    pub(super) no: f64,
    /// The base by place, sorted; none is empty.
    pub(super) units: Vec<Unit>,
}

/// The part of an item domain in one place. Its sums are of base weights.
pub(super) struct Unit {
    /// Where.
    pub(super) place: Place,
    /// Those who said yes.
    pub(super) yes: Sums,
    /// Those who said no.
    pub(super) no: Sums,
}

impl Domain {
    /// The domains of `by` that have a respondent, sorted by levels.
    pub(super) fn all(cells: &Cells, by: &[usize]) -> Vec<Self> {
        let mut domains: BTreeMap<Vec<u16>, Vec<usize>> = BTreeMap::new();
        for (index, group) in cells.groups.iter().enumerate() {
            let levels = by.iter().map(|&dimension| group.levels[dimension]).collect();
            domains.entry(levels).or_default().push(index);
        }
        domains.into_iter().map(|(levels, groups)| Self { levels, groups }).collect()
    }

    /// The base of `item` in this domain.
    pub(super) fn item(&self, sample: &Sample<'_>, item: usize) -> ItemDomain {
        let mut total = [Sums::default(); 4];
        let mut units: Vec<Unit> = Vec::new();
        for &index in &self.groups {
            let sums = sample.cells.sums[index * sample.cells.items + item];
            for (total, &sums) in total.iter_mut().zip(&sums) {
                *total += sums;
            }
            let (yes, no) = (sums[Answer::Yes as usize], sums[Answer::No as usize]);
            if yes.n + no.n > 0 {
                units.push(Unit { place: sample.place(index), yes, no });
            }
        }
        merge(&mut units);
        let (yes, no, weighted_n) = weighted(sample, &units);
        let [not_asked, blank, no_rows, yes_rows] = total.map(|sums| sums.n);
        let base = Base { n: yes_rows + no_rows, yes: yes_rows, blank, not_asked, weighted_n };
        ItemDomain { base, yes, no, units }
    }
}

/// Joins the units of each place into one, and sorts them.
fn merge(units: &mut Vec<Unit>) {
    units.sort_by_key(|unit| unit.place);
    units.dedup_by(|next, kept| {
        let same = next.place == kept.place;
        if same {
            kept.yes += next.yes;
            kept.no += next.no;
        }
        same
    });
}

/// Σw′ over those who said yes, those who said no, and both; w′ = d·g, with Σd exact in every calibration cell.
fn weighted(sample: &Sample<'_>, units: &[Unit]) -> (f64, f64, f64) {
    let mut answers: BTreeMap<u32, (Sums, Sums)> = BTreeMap::new();
    for unit in units {
        let (yes, no) = answers.entry(unit.place.cell).or_default();
        *yes += unit.yes;
        *no += unit.no;
    }
    let (g, grid) = (sample.g(), sample.cells.grid);
    answers.iter().fold((0.0, 0.0, 0.0), |sum, (&cell, &(yes, no))| {
        let w = |sums| g[cell as usize] * grid.weight(sums);
        (sum.0 + w(yes), sum.1 + w(no), sum.2 + w(yes + no))
    })
}
