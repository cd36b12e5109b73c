//! Confidence limits of a proportion: the five intervals, exact binomial at 0 and 1, and Korn–Graubard for the flags.

use std::f64::consts::FRAC_PI_2;

use super::proportion::Proportion;
use super::{Interval, beta, student};

/// The smallest p-value that is told from 0.
const SMALLEST: f64 = 1e-300;
/// Halvings of ln p: from 690 to 6·10⁻¹³, the relative accuracy of the p-value.
const HALVINGS: u32 = 50;
/// Below this adjusted base a Korn–Graubard limit is closer to 0 or 1 than ½^1000, whatever the level.
const NO_BASE: f64 = 1e-3;

/// Limits at level 1 − `alpha`: a point in a census, exact binomial at 0 and 1, else as `kind` says.
pub(super) fn limits(proportion: &Proportion, kind: Interval, alpha: f64) -> (f64, f64) {
    if proportion.census {
        return (proportion.p, proportion.p);
    }
    if proportion.at_boundary() {
        return boundary(proportion, alpha);
    }
    match kind {
        Interval::Logit => logit(proportion, alpha),
        Interval::Wilson => wilson(proportion, alpha),
        Interval::Beta => korn_graubard(proportion, alpha),
        Interval::Asin => asin(proportion, alpha),
        Interval::Mean => mean(proportion, alpha),
    }
}

/// Two-sided p-value of p = `share`: the largest α whose interval contains it; 0 when it is less than 10⁻³⁰⁰. So test and
/// interval never disagree.
pub(super) fn p_value(proportion: &Proportion, kind: Interval, share: f64) -> f64 {
    largest_alpha(|alpha| {
        let (low, high) = limits(proportion, kind, alpha);
        low <= share && high >= share
    })
}

/// The largest α in (0, 1) for which `contains` holds, of a value that leaves the interval for good as α grows; 0 when it
/// is less than 10⁻³⁰⁰.
pub(super) fn largest_alpha(contains: impl Fn(f64) -> bool) -> f64 {
    let mut inside = libm::log(SMALLEST);
    let mut outside = 0.0;
    if !contains(libm::exp(inside)) {
        return 0.0;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(inside, outside);
        if contains(libm::exp(middle)) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    libm::exp(outside)
}

/// expit(logit p̂ ± t·s/(p̂(1−p̂))). R: `svyciprop(method = "xlogit")`.
fn logit(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    let Proportion { p, q, variance, df, .. } = *proportion;
    let centre = libm::log(p / q);
    let half = student::quantile(alpha, df) * variance.sqrt() / (p * q);
    (expit(centre - half), expit(centre + half))
}

/// Wilson's score interval on `n_e = p̂(1−p̂)/V`: with k = `n_e`/t² it is (k·p̂ + ½ ± √(k·p̂(1−p̂) + ¼))/(k + 1).
fn wilson(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    let Proportion { p, q, variance, df, .. } = *proportion;
    let t = student::quantile(alpha, df);
    let k = p * q / variance / t / t;
    let root = (k * p * q + 0.25).sqrt();
    // The lower root of the quadratic from the upper one: their product is p̂²k/(k + 1).
    let upper = k * p + 0.5 + root;
    (p * p * k / upper, upper / (k + 1.0))
}

/// sin²(asin √p̂ ± t·s/(2√(p̂(1−p̂)))), the angle kept in [0, π/2]. R, which does not: `svyciprop(method = "asin")`.
fn asin(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    let Proportion { p, q, variance, df, .. } = *proportion;
    let angle = libm::atan2(p.sqrt(), q.sqrt());
    let half = student::quantile(alpha, df) * (variance / (p * q)).sqrt() / 2.0;
    let share = |angle: f64| {
        let sine = libm::sin(angle.clamp(0.0, FRAC_PI_2));
        sine * sine
    };
    (share(angle - half), share(angle + half))
}

/// p̂ ± t·s. R: `svyciprop(method = "mean")`.
fn mean(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    let half = student::quantile(alpha, proportion.df) * proportion.variance.sqrt();
    (proportion.p - half, proportion.p + half)
}

/// Clopper–Pearson limits for p̂ = 0 or 1 on the df-adjusted base, at level 1 − `alpha`: at 0 they are 0 and
/// 1 − (α/2)^{1/n*}, at 1 mirrored.
fn boundary(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    let log = libm::log(alpha / 2.0) / adjusted_base(proportion, alpha);
    if proportion.p <= 0.0 { (0.0, -libm::expm1(log)) } else { (libm::exp(log), 1.0) }
}

/// Korn & Graubard (1998) limits at level 1 − `alpha`: Clopper–Pearson with n*·p̂ of n*.
pub(super) fn korn_graubard(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    if proportion.at_boundary() {
        return boundary(proportion, alpha);
    }
    let n = adjusted_base(proportion, alpha);
    if n < NO_BASE {
        return (0.0, 1.0);
    }
    let (yes, no) = (n * proportion.p, n * proportion.q);
    let tail = alpha / 2.0;
    (beta::quantile(tail, yes, no + 1.0), beta::upper_quantile(tail, yes + 1.0, no))
}

/// `n* = min(n, n_e·(t_{n−1}/t_df)²)`: the effective base, adjusted for the degrees of freedom and never more than n.
fn adjusted_base(proportion: &Proportion, alpha: f64) -> f64 {
    let Proportion { p, q, variance, n, df, .. } = *proportion;
    let ratio = if proportion.census || df == n - 1 {
        1.0
    } else {
        student::quantile(alpha, n - 1) / student::quantile(alpha, df)
    };
    let n = n as f64;
    let effective = if variance > 0.0 { p * q / variance } else { n };
    n.min(effective * ratio * ratio)
}

fn expit(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}
