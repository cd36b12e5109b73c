//! How a figure may be shown: the NCHS presentation standards for proportions (Parker et al. 2017).
//!
//! Judged on the 95 % Korn–Graubard interval, whatever interval is shown. Of the standards, other figures than rates
//! keep what is not about proportions: the smallest bases, and the degrees of freedom.

use super::design::Sample;
use super::domain::Support;
use super::figure::Estimated;
use super::interval::korn_graubard;
use super::proportion::Proportion;
use super::{Flag, Point, Reason, Statistic};

/// The smallest base, nominal and effective.
const SMALLEST_BASE: u64 = 30;
/// From this width on an interval says too little.
const WIDEST: f64 = 0.30;
/// Up to this width an interval is good whatever its relation to the rate.
const NARROW: f64 = 0.05;
/// The largest width relative to the rate or its complement.
const WIDEST_RELATIVE: f64 = 1.30;
/// Fewer degrees of freedom call for caution.
const FEWEST_DF: u64 = 8;
/// Slack on the effective base, so that rounding does not decide at 30.
const SLACK: f64 = 1e-9;

/// The first rule that `proportion` breaks, those that withhold it first; `None` when it is plain.
pub(super) fn of_proportion(proportion: &Proportion) -> Option<Flag> {
    let Proportion { p, q, n, df, .. } = *proportion;
    if let Some(flag) = too_small(n, Some(proportion.effective_n())) {
        return Some(flag);
    }
    let (low, high) = korn_graubard(proportion, 0.05);
    let width = high - low;
    if width >= WIDEST {
        return Some(Flag::Withheld(Reason::Width(width)));
    }
    if width > NARROW && p > 0.0 && width / p > WIDEST_RELATIVE {
        return Some(Flag::Withheld(Reason::RelativeWidth(width / p)));
    }
    if df < FEWEST_DF {
        return Some(Flag::Caution(Reason::FewDf(df)));
    }
    if proportion.at_boundary() {
        return Some(Flag::Caution(Reason::Boundary));
    }
    if width > NARROW && width / q > WIDEST_RELATIVE {
        return Some(Flag::Caution(Reason::ComplementWidth(width / q)));
    }
    None
}

/// The rule that a total breaks: as the rate of those whom it counts, if it counts people, else as other figures.
pub(super) fn of_total(sample: &Sample<'_>, support: &Support, df: u64) -> Option<Flag> {
    match support.base.yes {
        Some(_) => of_rate(sample, support),
        None => of_base(support, None, df),
    }
}

/// The rule that a difference within people breaks: that of either rate, those that withhold it first, if it is one of
/// rates, else as other figures.
pub(super) fn of_difference(sample: &Sample<'_>, support: &Support, df: u64) -> Option<Flag> {
    if !support.points.iter().all(Point::is_yes_no) {
        return of_base(support, None, df);
    }
    let flags: Vec<Flag> = support.sides().iter().filter_map(|side| of_rate(sample, side)).collect();
    flags.iter().find(|flag| matches!(flag, Flag::Withheld(_))).or(flags.first()).copied()
}

/// The rule that the rate of a base whose points are yes and no breaks; none if it cannot be estimated.
fn of_rate(sample: &Sample<'_>, support: &Support) -> Option<Flag> {
    of_proportion(&Estimated::of(sample, support, Statistic::Rate).ok()?.proportion?)
}

/// The rule that a figure other than a rate breaks. Each of its denominators must have a base.
pub(super) fn of_base(support: &Support, effective: Option<f64>, df: u64) -> Option<Flag> {
    let subtracts = support.points.iter().any(|point| point.minus.1 > 0.0);
    let [first, second] = support.denominators;
    let n = if subtracts { first.min(second) } else { first };
    too_small(n, effective).or_else(|| (df < FEWEST_DF).then_some(Flag::Caution(Reason::FewDf(df))))
}

fn too_small(n: u64, effective: Option<f64>) -> Option<Flag> {
    if n < SMALLEST_BASE {
        return Some(Flag::Withheld(Reason::Base(n)));
    }
    let effective = effective.filter(|&effective| effective < SMALLEST_BASE as f64 - SLACK)?;
    Some(Flag::Withheld(Reason::EffectiveBase(effective)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// p̂ with the variance of simple random sampling times `deff`.
    fn proportion(p: f64, n: u64, deff: f64, df: u64) -> Proportion {
        let q = 1.0 - p;
        Proportion { p, q, variance: deff * p * q / (n - 1) as f64, n, df, census: false }
    }

    #[test]
    fn the_first_broken_rule_is_named() {
        let of = |p, n, deff, df| of_proportion(&proportion(p, n, deff, df));
        assert_eq!(of(0.5, 29, 1.0, 28), Some(Flag::Withheld(Reason::Base(29))));
        assert!(matches!(of(0.5, 100, 4.0, 99), Some(Flag::Withheld(Reason::EffectiveBase(_)))));
        assert!(matches!(of(0.5, 40, 1.0, 39), Some(Flag::Withheld(Reason::Width(_)))));
        assert!(matches!(of(0.05, 60, 1.0, 59), Some(Flag::Withheld(Reason::RelativeWidth(_)))));
        assert_eq!(of(0.5, 2000, 1.0, 7), Some(Flag::Caution(Reason::FewDf(7))));
        assert_eq!(of(0.0, 100, 1.0, 99), Some(Flag::Caution(Reason::Boundary)));
        assert!(matches!(of(0.95, 60, 1.0, 59), Some(Flag::Caution(Reason::ComplementWidth(_)))));
        assert_eq!(of(0.5, 200, 1.0, 199), None);
    }

    #[test]
    fn narrow_intervals_pass_whatever_their_relation_to_the_rate() {
        assert_eq!(of_proportion(&proportion(0.005, 1000, 1.0, 999)), None);
    }

    #[test]
    fn rounding_does_not_decide_at_the_smallest_base() {
        for p in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] {
            let flag = of_proportion(&proportion(p, 31, 1.0, 30));
            assert!(!matches!(flag, Some(Flag::Withheld(Reason::EffectiveBase(_)))), "{p}: {flag:?}");
        }
    }
}
