//! Confidence limits of a proportion: logit, exact binomial at 0 and 1, and Korn–Graubard for the flags.

use super::proportion::Proportion;
use super::{beta, student};

/// expit(logit p̂ ± t·s/(p̂(1−p̂))) at level 1 − `alpha`; needs 0 < p̂ < 1. R: `svyciprop(method = "xlogit")`.
pub(super) fn logit(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    let Proportion { p, q, variance, df, .. } = *proportion;
    let centre = libm::log(p / q);
    let half = student::quantile(alpha, df) * variance.sqrt() / (p * q);
    (expit(centre - half), expit(centre + half))
}

/// Clopper–Pearson limits for p̂ = 0 or 1 on the df-adjusted base, at level 1 − `alpha`: at 0 they are 0 and
/// 1 − (α/2)^{1/n*}, at 1 mirrored.
pub(super) fn boundary(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    let log = libm::log(alpha / 2.0) / adjusted_base(proportion, alpha);
    if proportion.p <= 0.0 { (0.0, -libm::expm1(log)) } else { (libm::exp(log), 1.0) }
}

/// Korn & Graubard (1998) limits at level 1 − `alpha`: Clopper–Pearson with n*·p̂ of n*.
pub(super) fn korn_graubard(proportion: &Proportion, alpha: f64) -> (f64, f64) {
    if proportion.at_boundary() {
        return boundary(proportion, alpha);
    }
    let n = adjusted_base(proportion, alpha);
    let (yes, no) = (n * proportion.p, n * proportion.q);
    let tail = alpha / 2.0;
    (beta::quantile(tail, yes, no + 1.0), beta::upper_quantile(tail, yes + 1.0, no))
}

/// `n* = min(n, n_e·(t_{n−1}/t_df)²)`: the effective base, adjusted for the degrees of freedom and never more than n.
fn adjusted_base(proportion: &Proportion, alpha: f64) -> f64 {
    let Proportion { p, q, variance, n, df, .. } = *proportion;
    let ratio =
        if df == n - 1 { 1.0 } else { student::quantile(alpha, n - 1) / student::quantile(alpha, df) };
    let n = n as f64;
    let effective = if variance > 0.0 { p * q / variance } else { n };
    n.min(effective * ratio * ratio)
}

fn expit(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}
