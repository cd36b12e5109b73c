//! Which groups make up a domain, and the exact roll-up of their sums.
//!
//! In: cells and the dimensions to break down by. Out: [`Domain`]s, and per measure its [`Support`] (domain ∩ base ∩
//! weight ≠ 0). Integer sums are added first and become doubles once per calibration cell (once, without calibration),
//! so nothing depends on how cells are cut.

use std::collections::BTreeMap;

use super::design::{Place, Sample};
use super::{Base, Measure, Point, Role, Statistic};
use crate::tally::{Cells, Group, Sums};

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
    /// How many stand in the denominator of each side; the second is 0 but for differences.
    pub(super) denominators: [u64; 2],
    /// The different points of those who count, in the order of the measure's classes.
    pub(super) points: Vec<Point>,
    /// Σw by point.
    pub(super) weights: Vec<f64>,
    /// The base by place and point, sorted; none is empty.
    pub(super) units: Vec<Unit>,
}

/// Those of a base in one place who share a point. Its sums are of base weights.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    /// Where.
    pub(super) place: Place,
    /// Index into [`Support::points`].
    pub(super) point: usize,
    /// Those who are there.
    pub(super) sums: Sums,
}

impl Domain {
    /// The domains of `by` that have a respondent on the level `within`, sorted by levels.
    pub(super) fn all(cells: &Cells, by: &[usize], within: Option<(usize, u16)>) -> Vec<Self> {
        let is_within = |levels: &[u16]| within.is_none_or(|(dimension, level)| levels[dimension] == level);
        let mut domains: BTreeMap<Vec<u16>, Vec<usize>> = BTreeMap::new();
        for (index, group) in cells.groups().iter().enumerate().filter(|(_, group)| is_within(&group.levels))
        {
            let levels = by.iter().map(|&dimension| group.levels[dimension]).collect();
            domains.entry(levels).or_default().push(index);
        }
        domains.into_iter().map(|(levels, groups)| Self { levels, groups }).collect()
    }

    /// Those who stand at all of the levels, given with their dimensions, and not at all of those of a list in `without`.
    pub(super) fn within(cells: &Cells, levels: &[(usize, u16)], without: &[Vec<(usize, u16)>]) -> Self {
        let stands_at = |group: &Group, levels: &[(usize, u16)]| {
            levels.iter().all(|&(dimension, level)| group.levels[dimension] == level)
        };
        let is_inside = |group: &Group| {
            stands_at(group, levels) && !without.iter().any(|levels| stands_at(group, levels))
        };
        let groups = cells.groups().iter().enumerate().filter(|(_, group)| is_inside(group));
        Self {
            levels: levels.iter().map(|&(_, level)| level).collect(),
            groups: groups.map(|(at, _)| at).collect(),
        }
    }

    /// Whether a group of the cells belongs to it.
    pub(super) fn contains(&self, group: usize) -> bool {
        self.groups.binary_search(&group).is_ok()
    }

    /// Everybody, with a yes of those who stand at `level` of `dimension`: point 0 is the yes, 1 the no.
    pub(super) fn support_of_level(&self, sample: &Sample<'_>, dimension: usize, level: u16) -> Support {
        let unit = |&group: &usize| Unit {
            place: sample.place(group),
            point: usize::from(sample.cells.groups()[group].levels[dimension] != level),
            sums: sample.cells.everyone(group),
        };
        let mut units: Vec<Unit> = self.groups.iter().map(unit).filter(|unit| unit.sums.n > 0).collect();
        merge(&mut units);
        let (weights, weighted_n) = weighted(sample, &units, 2);
        let count =
            |point| units.iter().filter(|unit| unit.point == point).map(|unit| unit.sums.n).sum::<u64>();
        let [yes, no] = [0, 1].map(count);
        let base = Base {
            n: yes + no,
            yes: Some(yes),
            fewest: [yes, no].into_iter().filter(|&n| n > 0).min().unwrap_or(0),
            blank: 0,
            not_asked: 0,
            outside: 0,
            weighted_n,
        };
        let points = [1.0, 0.0].map(Point::value).to_vec();
        Support { base, denominators: [yes + no, 0], points, weights, units }
    }

    /// The base of `measure` in this domain.
    pub(super) fn support(&self, sample: &Sample<'_>, measure: &Measure) -> Support {
        let points = Points::of(measure);
        let mut counts = Counts::default();
        let mut units: Vec<Unit> = Vec::new();
        let (mut first, mut psu) = (0, None);
        for &group in &self.groups {
            let place = sample.place(group);
            // Groups are sorted by PSU: what is complete need not be sorted with the rest.
            if psu.replace((place.stratum, place.psu)) != Some((place.stratum, place.psu)) {
                merge_from(&mut units, first);
                first = units.len();
            }
            for entry in sample.cells.classes(group, measure.variable) {
                let class = entry.class as usize;
                counts.add(measure, class, entry.sums.n);
                if let Some(point) = points.by_class[class] {
                    units.push(Unit { place, point, sums: entry.sums });
                }
            }
        }
        merge_from(&mut units, first);
        let (weights, weighted_n) = weighted(sample, &units, points.distinct.len());
        let [first, second] = counts.sides;
        let counts_yes = points.distinct.iter().all(Point::is_yes_no);
        let of_yes = counts_yes.then(|| [first.yes, first.no(), second.yes, second.no()]);
        let fewest =
            of_yes.into_iter().flatten().chain([counts.n, first.n, second.n]).filter(|&n| n > 0).min();
        let base = Base {
            n: counts.n,
            yes: (counts_yes && measure.statistic != Statistic::Difference).then_some(first.yes),
            fewest: fewest.unwrap_or(0),
            blank: counts.blank,
            not_asked: counts.not_asked,
            outside: counts.outside,
            weighted_n,
        };
        Support { base, denominators: [first.n, second.n], points: points.distinct, weights, units }
    }
}

impl Support {
    /// The two bases of a difference, each with the points of its own side.
    pub(super) fn sides(&self) -> [Self; 2] {
        let side = |which: usize, of: fn(&Point) -> (f64, f64)| {
            let inside = |point: usize| of(&self.points[point]).1 > 0.0;
            let units = self.units.iter().filter(|unit| inside(unit.point)).copied().collect();
            let points = self.points.iter().map(|point| Point::value(of(point).0)).collect();
            let weight = |(point, &weight): (usize, &f64)| if inside(point) { weight } else { 0.0 };
            let weights: Vec<f64> = self.weights.iter().enumerate().map(weight).collect();
            let n = self.denominators[which];
            let base = Base { n, weighted_n: weights.iter().sum(), ..self.base };
            Self { base, denominators: [n, 0], points, weights, units }
        };
        [side(0, |point| (point.y, point.x)), side(1, |point| point.minus)]
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
        let mut known: BTreeMap<[u64; 4], usize> = BTreeMap::new();
        for role in &measure.roles {
            let Role::Counts(point) = role else {
                points.by_class.push(None);
                continue;
            };
            let bits = [point.y, point.x, point.minus.0, point.minus.1].map(f64::to_bits);
            let index = *known.entry(bits).or_insert_with(|| {
                points.distinct.push(*point);
                points.distinct.len() - 1
            });
            points.by_class.push(Some(index));
        }
        points
    }
}

#[derive(Default)]
struct Counts {
    n: u64,
    sides: [SideCounts; 2],
    blank: u64,
    not_asked: u64,
    outside: u64,
}

/// Those in the denominator of one side of a difference; all figures but differences have one side.
#[derive(Default, Clone, Copy)]
struct SideCounts {
    n: u64,
    yes: u64,
}

impl SideCounts {
    fn add(&mut self, (y, x): (f64, f64), n: u64) {
        if x > 0.0 {
            self.n += n;
            self.yes += if y > 0.0 { n } else { 0 };
        }
    }

    fn no(self) -> u64 {
        self.n - self.yes
    }
}

impl Counts {
    fn add(&mut self, measure: &Measure, class: usize, n: u64) {
        match measure.roles[class] {
            Role::NotAsked => self.not_asked += n,
            Role::Blank => self.blank += n,
            Role::Outside => self.outside += n,
            Role::Counts(point) => {
                self.n += n;
                self.sides[0].add((point.y, point.x), n);
                self.sides[1].add(point.minus, n);
            }
        }
    }
}

/// Joins the units of each place and point into one, and sorts them.
pub(super) fn merge(units: &mut Vec<Unit>) {
    merge_from(units, 0);
}

/// The same of those from `first` on.
fn merge_from(units: &mut Vec<Unit>, first: usize) {
    let key = |unit: &Unit| (unit.place, unit.point);
    units[first..].sort_unstable_by_key(key);
    let mut kept = first;
    for next in first..units.len() {
        if kept > first && key(&units[kept - 1]) == key(&units[next]) {
            units[kept - 1].sums = units[kept - 1].sums + units[next].sums;
        } else {
            units[kept] = units[next];
            kept += 1;
        }
    }
    units.truncate(kept);
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
