//! The beta distribution: tails and quantiles, on `libm` only, so that bytes agree across platforms.
//!
//! Tails by the continued fraction of Didonato & Morris (ACM TOMS 18, 1992), in logarithms, whichever tail is smaller;
//! quantiles by Newton's method on the logarithm of the tail as a function of the logit. That function is concave, so
//! the iteration converges from everywhere and without a bracket.

use super::loader::ln_beta_kernel;

/// The x whose lower tail `I_x(a, b)` is `tail`; for `tail` ≤ ½.
pub(super) fn quantile(tail: f64, a: f64, b: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit_quantile(libm::log(tail), a, b)))
}

/// The x whose upper tail `1 − I_x(a, b)` is `tail`; for `tail` ≤ ½.
pub(super) fn upper_quantile(tail: f64, a: f64, b: f64) -> f64 {
    1.0 / (1.0 + libm::exp(logit_quantile(libm::log(tail), b, a)))
}

/// The logit of the x with `ln I_x(a, b) = ln_tail`; ±700 when it lies farther out, where x or 1 − x is below 10⁻³⁰³.
pub(super) fn logit_quantile(ln_tail: f64, a: f64, b: f64) -> f64 {
    const MOST_STEPS: u32 = 100;
    const FARTHEST: f64 = 700.0;
    let mut logit = libm::log(a / b);
    for _ in 0..MOST_STEPS {
        let (x, y) = (1.0 / (1.0 + libm::exp(-logit)), 1.0 / (1.0 + libm::exp(logit)));
        let ln_kernel = ln_beta_kernel(a, b, x, y);
        let ln_lower = ln_lower_of(ln_kernel, a, b, x, y);
        let slope = libm::exp(ln_kernel - ln_lower);
        let next = (logit + (ln_tail - ln_lower) / slope).clamp(-FARTHEST, FARTHEST);
        let step = (next - logit).abs();
        logit = next;
        if step <= 2.0 * f64::EPSILON * logit.abs().max(1.0) {
            break;
        }
    }
    logit
}

/// `ln I_x(a, b)` with y = 1 − x.
pub(super) fn ln_lower_tail(a: f64, b: f64, x: f64, y: f64) -> f64 {
    ln_lower_of(ln_beta_kernel(a, b, x, y), a, b, x, y)
}

/// The same, from the kernel.
fn ln_lower_of(ln_kernel: f64, a: f64, b: f64, x: f64, y: f64) -> f64 {
    // (a+b)·(mean − x), from whichever side does not cancel.
    let lambda = if a > b { (a + b) * y - b } else { a - (a + b) * x };
    if lambda >= 0.0 {
        ln_kernel - libm::log(fraction(a, b, x, y, lambda))
    } else {
        libm::log1p(-libm::exp(ln_kernel - libm::log(fraction(b, a, y, x, -lambda))))
    }
}

/// The continued fraction β₁ + α₂/(β₂ + α₃/(β₃ + …)) whose reciprocal times the kernel is `I_x(a, b)`, by Lentz's method;
/// for x at or below the mean.
fn fraction(a: f64, b: f64, x: f64, y: f64, lambda: f64) -> f64 {
    const MOST_TERMS: u32 = 100_000;
    let denominator = |m: f64| {
        m + m * (b - m) * x / (a + 2.0 * m - 1.0)
            + (a + m) / (a + 2.0 * m + 1.0) * (lambda + 1.0 + m * (1.0 + y))
    };
    let numerator = |m: f64| {
        let x = x / (a + 2.0 * m - 1.0);
        (a + m - 1.0) * x * (a + b + m - 1.0) * x * m * (b - m)
    };
    let mut value = a / (a + 1.0) * (lambda + 1.0);
    let mut c = value;
    let mut d = 0.0;
    for term in 1..=MOST_TERMS {
        let m = f64::from(term);
        let (alpha, beta) = (numerator(m), denominator(m));
        d = 1.0 / (beta + alpha * d);
        c = beta + alpha / c;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}
