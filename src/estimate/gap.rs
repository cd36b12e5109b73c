//! Gaps: differences of two rates of one item, from the contrast of their influence functions on the joint design.

use std::collections::BTreeMap;

use super::domain::Domain;
use super::proportion::{Figure, Proportion};
use super::variance::{degrees_of_freedom, variance};
use super::{Compare, Flag, Gap, GapRow, NotEstimable, Reason, Settings, mover, student};
use crate::tally::Cells;

/// The rates between which gaps are taken.
pub(super) struct Sides<'a> {
    /// The cells that the rates were made from.
    pub(super) cells: &'a Cells,
    /// All domains, sorted by levels.
    pub(super) domains: &'a [Domain],
    /// By domain and item.
    pub(super) figures: &'a [Vec<Figure>],
    /// How to estimate.
    pub(super) settings: &'a Settings,
}

impl Sides<'_> {
    /// The gaps of `compare`, sorted by the other levels, then in the order of its pairs, then by item. A pair neither
    /// side of which has a respondent is left out. `p_adjusted` is still the uncorrected p.
    pub(super) fn gaps(&self, compare: &Compare) -> Vec<GapRow> {
        let mut combinations: BTreeMap<Vec<u16>, BTreeMap<u16, &[Figure]>> = BTreeMap::new();
        for (domain, figures) in self.domains.iter().zip(self.figures) {
            let mut others = domain.levels.clone();
            let compared = others.remove(compare.position);
            combinations.entry(others).or_default().insert(compared, figures);
        }
        let mut rows = Vec::new();
        for (levels, sides) in &combinations {
            for &of in &compare.pairs {
                let (first, second) = (sides.get(&of.0), sides.get(&of.1));
                if first.is_none() && second.is_none() {
                    continue;
                }
                rows.extend((0..self.cells.items).map(|item| {
                    let sides = first.zip(second).map(|(first, second)| (&first[item], &second[item]));
                    let gap =
                        sides.ok_or(NotEstimable::Empty).and_then(|(first, second)| self.gap(first, second));
                    let flag = sides.filter(|_| gap.is_ok()).and_then(|(first, second)| flag(first, second));
                    GapRow { levels: levels.clone(), of, item, gap, flag }
                }));
            }
        }
        rows
    }

    fn gap(&self, first: &Figure, second: &Figure) -> Result<Gap, NotEstimable> {
        let (Ok(a), Ok(b)) = (&first.proportion, &second.proportion) else {
            return Err(NotEstimable::Side);
        };
        let parts = [a.influence(&first.domain, 1.0), b.influence(&second.domain, -1.0)];
        let variance = variance(self.cells, &parts)?;
        let df = degrees_of_freedom(self.cells, &[&first.domain, &second.domain]);
        let gap = Gap {
            difference: a.p - b.p,
            se: variance.sqrt(),
            interval: (a.p - b.p, a.p - b.p),
            df,
            t: None,
            p: if a.p.total_cmp(&b.p).is_eq() { 1.0 } else { 0.0 },
            p_adjusted: 1.0,
        };
        if a.census && b.census {
            Ok(gap)
        } else if a.at_boundary() || b.at_boundary() {
            Ok(self.by_mover(gap, a, b))
        } else if variance > 0.0 {
            Ok(self.by_t(gap))
        } else {
            Err(NotEstimable::ZeroVariance)
        }
    }

    /// Interval and test from the t distribution.
    fn by_t(&self, gap: Gap) -> Gap {
        let half = student::quantile(1.0 - self.settings.level, gap.df) * gap.se;
        let t = gap.difference / gap.se;
        Gap {
            interval: (gap.difference - half, gap.difference + half),
            t: Some(t),
            p: student::two_sided(t, gap.df),
            ..gap
        }
    }

    /// Interval and test from the intervals of the two rates.
    fn by_mover(&self, gap: Gap, a: &Proportion, b: &Proportion) -> Gap {
        Gap { interval: mover::interval(a, b, 1.0 - self.settings.level), p: mover::p_value(a, b), ..gap }
    }
}

/// Withheld with either rate; caution with either rate, or where one lies at 0 or 1.
fn flag(first: &Figure, second: &Figure) -> Option<Flag> {
    let flags = || [first.flag, second.flag].into_iter().flatten();
    let boundary = || {
        let at = |figure: &Figure| figure.proportion.is_ok_and(|proportion| proportion.at_boundary());
        (at(first) || at(second)).then_some(Flag::Caution(Reason::Boundary))
    };
    flags().find(|flag| matches!(flag, Flag::Withheld(_))).or_else(boundary).or_else(|| flags().next())
}
