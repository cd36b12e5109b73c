//! Which groups make up a domain, and the exact roll-up of their sums.
//!
//! In: cells and the dimensions to break down by. Out: [`Domain`]s, and per item an [`ItemDomain`] (domain ∩ answered
//! ∩ weight ≠ 0). Integer sums are added first and become doubles once, so nothing depends on how cells are cut.

use std::collections::BTreeMap;

use super::Base;
use crate::codebook::Answer;
use crate::tally::{Cells, Grid, Sums};

/// All respondents who agree on the levels of the requested dimensions.
pub(super) struct Domain {
    /// Level codes, in the order of the request.
    pub(super) levels: Vec<u16>,
    /// Indices into [`Cells::groups`], ascending.
    groups: Vec<usize>,
}

/// The base of one rate: those of a domain who answered the item, with weight ≠ 0.
pub(super) struct ItemDomain {
    /// Counts, and the sum of weights.
    pub(super) base: Base,
    /// Σw over those who said yes.
    pub(super) yes: f64,
    /// Σw over those who said no.
    pub(super) no: f64,
    /// The base by stratum and PSU (by stratum only when not clustered), sorted; none is empty.
    pub(super) units: Vec<Unit>,
}

/// The part of an item domain in one PSU, or in one stratum when every respondent is a PSU.
pub(super) struct Unit {
    /// Index into [`Cells::strata`].
    pub(super) stratum: u32,
    /// The PSU; `None` when every respondent is one.
    pub(super) psu: Option<u32>,
    /// Those who said yes.
    pub(super) yes: Answered,
    /// Those who said no.
    pub(super) no: Answered,
}

/// Sums over the rows of a unit that gave the same answer.
#[derive(Clone, Copy)]
pub(super) struct Answered {
    /// Number of rows.
    pub(super) n: u64,
    /// Σw.
    pub(super) w: f64,
    /// Σw².
    pub(super) w2: f64,
}

impl Answered {
    fn new(grid: Grid, sums: Sums) -> Self {
        Self { n: sums.n, w: grid.weight(sums), w2: grid.weight_squared(sums) }
    }
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
    pub(super) fn item(&self, cells: &Cells, item: usize) -> ItemDomain {
        let mut total = [Sums::default(); 4];
        let mut units: Vec<(u32, Option<u32>, Sums, Sums)> = Vec::new();
        for &index in &self.groups {
            let group = &cells.groups[index];
            let sums = &cells.sums[index * cells.items + item];
            for (total, &sums) in total.iter_mut().zip(sums) {
                *total += sums;
            }
            let (yes, no) = (sums[Answer::Yes as usize], sums[Answer::No as usize]);
            if yes.n + no.n == 0 {
                continue;
            }
            match units.last_mut() {
                Some(last) if (last.0, last.1) == (group.stratum, group.psu) => {
                    last.2 += yes;
                    last.3 += no;
                }
                _ => units.push((group.stratum, group.psu, yes, no)),
            }
        }
        let [not_asked, blank, no, yes] = total;
        let grid = cells.grid;
        ItemDomain {
            base: Base {
                n: yes.n + no.n,
                yes: yes.n,
                blank: blank.n,
                not_asked: not_asked.n,
                weighted_n: grid.weight(yes + no),
            },
            yes: grid.weight(yes),
            no: grid.weight(no),
            units: units
                .into_iter()
                .map(|(stratum, psu, yes, no)| Unit {
                    stratum,
                    psu,
                    yes: Answered::new(grid, yes),
                    no: Answered::new(grid, no),
                })
                .collect(),
        }
    }
}
