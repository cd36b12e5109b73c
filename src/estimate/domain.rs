//! Which groups make up a domain, and the exact roll-up of their sums.
//!
//! In: cells and the dimensions to break down by. Out: [`Domain`]s, and per measure its [`Support`] (domain ∩ base ∩
//! weight ≠ 0). Integer sums are added first and become doubles once per calibration cell (once, without calibration),
//! so nothing depends on how cells are cut.

use std::collections::BTreeMap;

use super::design::{Place, Sample};
use super::{Base, Measure, Point, Role, Statistic};
use crate::tally::{Cells, Sums};

/// All respondents who agree on the levels of the requested dimensions.
pub(super) struct Domain {
    /// Level codes, in the order of the request.
    pub(super) levels: Vec<u16>,
    /// Indices of the cells' groups, ascending.
    groups: Vec<usize>,
}

/// The base of one figure: those of a domain who count for the measure, with weight ≠ 0.
pub(super) struct Support {
    /// Counts, and the sum of (calibrated) weights.
    pub(super) base: Base,
    /// The different points of those who count, in the order of the measure's classes.
    pub(super) points: Vec<Point>,
    /// Σw by point.
    pub(super) weights: Vec<f64>,
    /// The base by place and point, sorted; none is empty.
    pub(super) units: Vec<Unit>,
}

/// Those of a base in one place who share a point. Its sums are of base weights.
pub(super) struct Unit {
    /// Where.
    pub(super) place: Place,
    /// Index into [`Support::points`].
    pub(super) point: usize,
    /// Those who are there.
    pub(super) sums: Sums,
}

impl Domain {
    /// The domains of `by` that have a respondent, sorted by levels.
    pub(super) fn all(cells: &Cells, by: &[usize]) -> Vec<Self> {
        let mut domains: BTreeMap<Vec<u16>, Vec<usize>> = BTreeMap::new();
        for (index, group) in cells.groups().iter().enumerate() {
            let levels = by.iter().map(|&dimension| group.levels[dimension]).collect();
            domains.entry(levels).or_default().push(index);
        }
        domains.into_iter().map(|(levels, groups)| Self { levels, groups }).collect()
    }

    /// The base of `measure` in this domain.
    pub(super) fn support(&self, sample: &Sample<'_>, measure: &Measure) -> Support {
        let points = Points::of(measure);
        let mut counts = Counts::default();
        let mut units: Vec<Unit> = Vec::new();
        for &group in &self.groups {
            let place = sample.place(group);
            for entry in sample.cells.classes(group, measure.variable) {
                let class = entry.class as usize;
                counts.add(measure, class, entry.sums.n);
                if let Some(point) = points.by_class[class] {
                    units.push(Unit { place, point, sums: entry.sums });
                }
            }
        }
        merge(&mut units);
        let (weights, weighted_n) = weighted(sample, &units, points.distinct.len());
        let Counts { n, yes, blank, not_asked, outside } = counts;
        let is_yes_no = |point: &Point| point.y.abs() <= 0.0 || (point.y - 1.0).abs() <= 0.0;
        let counts_yes = measure.statistic != Statistic::Difference && points.distinct.iter().all(is_yes_no);
        let yes = counts_yes.then_some(yes);
        let base = Base { n, yes, blank, not_asked, outside, weighted_n };
        Support { base, points: points.distinct, weights, units }
    }
}

/// The points of a measure: classes that count the same share one.
struct Points {
    distinct: Vec<Point>,
    by_class: Vec<Option<usize>>,
}

impl Points {
    fn of(measure: &Measure) -> Self {
        let mut points = Self { distinct: Vec::new(), by_class: Vec::new() };
        for role in &measure.roles {
            let Role::Counts(point) = role else {
                points.by_class.push(None);
                continue;
            };
            let known = points.distinct.iter().position(|known| known == point).unwrap_or_else(|| {
                points.distinct.push(*point);
                points.distinct.len() - 1
            });
            points.by_class.push(Some(known));
        }
        points
    }
}

#[derive(Default)]
struct Counts {
    n: u64,
    yes: u64,
    blank: u64,
    not_asked: u64,
    outside: u64,
}

impl Counts {
    fn add(&mut self, measure: &Measure, class: usize, n: u64) {
        match measure.roles[class] {
            Role::NotAsked => self.not_asked += n,
            Role::Blank => self.blank += n,
            Role::Outside => self.outside += n,
            Role::Counts(point) => {
                self.n += n;
                self.yes += if point.y > 0.0 { n } else { 0 };
            }
        }
    }
}

/// Joins the units of each place and point into one, and sorts them.
fn merge(units: &mut Vec<Unit>) {
    units.sort_by_key(|unit| (unit.place, unit.point));
    units.dedup_by(|next, kept| {
        let same = (next.place, next.point) == (kept.place, kept.point);
        if same {
            kept.sums += next.sums;
        }
        same
    });
}

/// Σw′ by point, and of all; w′ = d·g, with Σd exact in every calibration cell.
fn weighted(sample: &Sample<'_>, units: &[Unit], points: usize) -> (Vec<f64>, f64) {
    let mut cells: BTreeMap<u32, Vec<Sums>> = BTreeMap::new();
    for unit in units {
        let sums = cells.entry(unit.place.cell).or_insert_with(|| vec![Sums::default(); points]);
        sums[unit.point] += unit.sums;
    }
    let (g, grid) = (sample.g(), sample.cells.grid);
    let (mut weights, mut all) = (vec![0.0; points], 0.0);
    for (&cell, sums) in &cells {
        let w = |sums| g[cell as usize] * grid.weight(sums);
        for (weight, &sums) in weights.iter_mut().zip(sums) {
            *weight += w(sums);
        }
        all += w(sums.iter().fold(Sums::default(), |all, &sums| all + sums));
    }
    (weights, all)
}
