//! Gaps: differences and ratios of two rates of one item, from the contrast of their influence functions on the joint
//! design.

use super::comparison::Comparison;
use super::correction::adjusted;
use super::proportion::{Figure, Proportion};
use super::variance::{degrees_of_freedom, variance};
use super::{Compare, Flag, Gap, GapRow, NotEstimable, Reason, mover, student};

impl Comparison<'_> {
    /// The gaps of `compare`, sorted by the other levels, then in the order of its pairs, then by item. A pair neither
    /// side of which has a respondent is left out.
    pub(super) fn gaps(&self, compare: &Compare) -> Vec<GapRow> {
        let mut rows = Vec::new();
        for (levels, columns) in &self.banners(compare.position) {
            for &of in &compare.pairs {
                let (first, second) = (columns.get(&of.0), columns.get(&of.1));
                if first.is_none() && second.is_none() {
                    continue;
                }
                rows.extend((0..self.sample.cells.items).map(|item| {
                    let figure = |&domain: &usize| &self.figures[domain][item];
                    let sides = first.map(figure).zip(second.map(figure));
                    let gap =
                        sides.ok_or(NotEstimable::Empty).and_then(|(first, second)| self.gap(first, second));
                    let flag = sides.filter(|_| gap.is_ok()).and_then(|(first, second)| flag(first, second));
                    GapRow { levels: levels.clone(), of, item, gap, flag }
                }));
            }
        }
        self.adjust(&mut rows);
        rows
    }

    /// Sets `p_adjusted` of every gap that could be estimated; these are the family.
    fn adjust(&self, rows: &mut [GapRow]) {
        let mut gaps: Vec<&mut Gap> = rows.iter_mut().filter_map(|row| row.gap.as_mut().ok()).collect();
        let family: Vec<f64> = gaps.iter().map(|gap| gap.p).collect();
        for (gap, p) in gaps.iter_mut().zip(adjusted(&family, self.settings.correction)) {
            gap.p_adjusted = p;
        }
    }

    /// The first rate minus the second; `p_adjusted` is still the uncorrected p.
    pub(super) fn gap(&self, first: &Figure, second: &Figure) -> Result<Gap, NotEstimable> {
        let (Ok(a), Ok(b)) = (&first.proportion, &second.proportion) else {
            return Err(NotEstimable::Side);
        };
        let parts = [a.influence(&first.domain, 1.0), b.influence(&second.domain, -1.0)];
        let variance = variance(self.sample, &parts)?;
        let df = degrees_of_freedom(self.sample, &[&first.domain, &second.domain]);
        let gap = Gap {
            difference: a.p - b.p,
            se: variance.sqrt(),
            interval: (a.p - b.p, a.p - b.p),
            df,
            t: None,
            p: if a.p.total_cmp(&b.p).is_eq() { 1.0 } else { 0.0 },
            p_adjusted: 1.0,
            ratio: None,
        };
        let gap = if a.census && b.census {
            gap
        } else if a.at_boundary() || b.at_boundary() {
            self.by_mover(gap, a, b)
        } else if variance > 0.0 {
            self.by_t(gap)
        } else {
            return Err(NotEstimable::ZeroVariance);
        };
        Ok(Gap { p_adjusted: gap.p, ratio: self.ratio(first, second, df)?, ..gap })
    }

    /// Interval and test from the t distribution.
    fn by_t(&self, gap: Gap) -> Gap {
        let half = student::quantile(self.settings.alpha(), gap.df) * gap.se;
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
        let kind = self.settings.interval;
        let interval = mover::interval(a, b, kind, self.settings.alpha());
        Gap { interval, p: mover::p_value(a, b, kind), ..gap }
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
