//! The interval and test of a gap one of whose rates is 0 or 1.
//!
//! There the rate's own linearised variance is 0 and a t test too sharp. MOVER (Zou & Donner 2008; Newcombe 1998)
//! recovers the variance from the limits of the two rates; they do not covary, as one influence function is 0.

use super::Interval;
use super::interval::{largest_alpha, limits};
use super::proportion::Proportion;

/// Limits of p̂₁ − p̂₂ at level 1 − `alpha`, each from the limits of the two rates at that level.
pub(super) fn interval(first: &Proportion, second: &Proportion, kind: Interval, alpha: f64) -> (f64, f64) {
    let (low_1, high_1) = limits(first, kind, alpha);
    let (low_2, high_2) = limits(second, kind, alpha);
    let difference = first.p - second.p;
    (
        difference - libm::hypot(first.p - low_1, high_2 - second.p),
        difference + libm::hypot(high_1 - first.p, second.p - low_2),
    )
}

/// Limits of p̂₁/p̂₂ at level 1 − `alpha`, for rates > 0: the same on logarithms. The upper one is infinite where p̂₂ has no
/// lower limit above 0.
pub(super) fn ratio_interval(
    first: &Proportion,
    second: &Proportion,
    kind: Interval,
    alpha: f64,
) -> (f64, f64) {
    let below = |rate: &Proportion| libm::log(rate.p / limits(rate, kind, alpha).0.max(0.0));
    let above = |rate: &Proportion| libm::log(limits(rate, kind, alpha).1 / rate.p);
    let ratio = first.p / second.p;
    (
        ratio * libm::exp(-libm::hypot(below(first), above(second))),
        ratio * libm::exp(libm::hypot(above(first), below(second))),
    )
}

/// Two-sided p-value: the largest α whose interval contains 0; 0 when it is less than 10⁻³⁰⁰.
pub(super) fn p_value(first: &Proportion, second: &Proportion, kind: Interval) -> f64 {
    largest_alpha(|alpha| {
        let (low, high) = interval(first, second, kind, alpha);
        low <= 0.0 && high >= 0.0
    })
}
