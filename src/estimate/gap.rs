//! Gaps: differences of two figures of one measure, and ratios of two rates, from the contrast of their influence functions on the joint
//! design.

use super::comparison::Comparison;
use super::correction::adjusted;
use super::figure::{Estimated, Figure};
use super::proportion::Proportion;
use super::variance::{degrees_of_freedom, variance};
use super::{Compare, Correction, Flag, Gap, GapRow, NotEstimable, Reason, Settings, mover, student};

impl Comparison<'_> {
    /// The gaps of `compare`, sorted by the other levels, then in the order of its pairs. A pair neither side of which has
    /// a respondent is left out.
    pub(super) fn gaps(&self, compare: &Compare) -> Vec<GapRow> {
        let mut rows = Vec::new();
        for (levels, columns) in &self.banners(compare.position) {
            for &of in &compare.pairs {
                let (first, second) = (columns.get(&of.0), columns.get(&of.1));
                if first.is_none() && second.is_none() {
                    continue;
                }
                let figure = |&domain: &usize| &self.figures[domain];
                let sides = first.map(figure).zip(second.map(figure));
                let gap =
                    sides.ok_or(NotEstimable::Empty).and_then(|(first, second)| self.gap(first, second));
                let flag = sides.filter(|_| gap.is_ok()).and_then(|(first, second)| flag(first, second));
                rows.push(GapRow { levels: levels.clone(), of, measure: self.measure, gap, flag });
            }
        }
        rows
    }

    /// The first figure minus the second; `p_adjusted` is still the uncorrected p.
    pub(super) fn gap(&self, first: &Figure, second: &Figure) -> Result<Gap, NotEstimable> {
        let (Ok(a), Ok(b)) = (&first.estimated, &second.estimated) else {
            return Err(NotEstimable::Side);
        };
        let z = first.influence().zip(second.influence());
        let parts = z.map(|(z_1, z_2)| [z_1, z_2.times(-1.0)]).ok_or(NotEstimable::Side)?;
        let variance = variance(self.sample, &parts)?;
        let df = degrees_of_freedom(self.sample, &[&first.support.units, &second.support.units]);
        let gap = tested(self.settings, (a, b), variance, df)?;
        Ok(Gap { ratio: self.ratio(first, second, df)?, ..gap })
    }
}

/// Interval and test of θ̂₁ − θ̂₂, given its variance and degrees of freedom; `p_adjusted` is the uncorrected p.
///
/// # Errors
/// [`NotEstimable::ZeroVariance`].
pub(super) fn tested(
    settings: &Settings,
    (a, b): (&Estimated, &Estimated),
    variance: f64,
    df: u64,
) -> Result<Gap, NotEstimable> {
    let gap = Gap {
        difference: a.value - b.value,
        se: variance.sqrt(),
        interval: (a.value - b.value, a.value - b.value),
        df,
        t: None,
        p: if a.value.total_cmp(&b.value).is_eq() { 1.0 } else { 0.0 },
        p_adjusted: 1.0,
        ratio: None,
    };
    let gap = if a.census && b.census {
        gap
    } else if let Some((a, b)) = at_boundary(a, b) {
        by_mover(settings, gap, a, b)
    } else if variance > 0.0 {
        by_t(settings, gap)
    } else {
        return Err(NotEstimable::ZeroVariance);
    };
    Ok(Gap { p_adjusted: gap.p, ..gap })
}

/// Interval and test from the t distribution.
pub(super) fn by_t(settings: &Settings, gap: Gap) -> Gap {
    let half = student::quantile(settings.alpha(), gap.df) * gap.se;
    let t = gap.difference / gap.se;
    Gap {
        interval: (gap.difference - half, gap.difference + half),
        t: Some(t),
        p: student::two_sided(t, gap.df),
        ..gap
    }
}

/// Interval and test from the intervals of the two rates.
fn by_mover(settings: &Settings, gap: Gap, a: &Proportion, b: &Proportion) -> Gap {
    let interval = mover::interval(a, b, settings.interval, settings.alpha());
    Gap { interval, p: mover::p_value(a, b, settings.interval), ..gap }
}

/// The two rates if they are rates and one of them is 0 or 1.
fn at_boundary<'a>(a: &'a Estimated, b: &'a Estimated) -> Option<(&'a Proportion, &'a Proportion)> {
    let rates = a.proportion.as_ref().zip(b.proportion.as_ref());
    rates.filter(|(a, b)| a.at_boundary() || b.at_boundary())
}

/// Sets `p_adjusted` of every gap that could be estimated; these are the family.
pub(super) fn adjust<'a>(rows: impl Iterator<Item = &'a mut GapRow>, correction: Correction) {
    let mut gaps: Vec<&mut Gap> = rows.filter_map(|row| row.gap.as_mut().ok()).collect();
    let family: Vec<f64> = gaps.iter().map(|gap| gap.p).collect();
    for (gap, p) in gaps.iter_mut().zip(adjusted(&family, correction)) {
        gap.p_adjusted = p;
    }
}

/// Withheld with either figure; caution with either, or where a rate lies at 0 or 1.
fn flag(first: &Figure, second: &Figure) -> Option<Flag> {
    let flags = || [first.flag, second.flag].into_iter().flatten();
    let boundary = || {
        let at = |figure: &Figure| figure.proportion().is_some_and(Proportion::at_boundary);
        (at(first) || at(second)).then_some(Flag::Caution(Reason::Boundary))
    };
    flags().find(|flag| matches!(flag, Flag::Withheld(_))).or_else(boundary).or_else(|| flags().next())
}
