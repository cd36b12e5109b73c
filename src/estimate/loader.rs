//! The binomial density without cancellation, and from it the kernel of the beta distribution.
//!
//! Loader, "Fast and accurate computation of binomial probabilities" (2000): Stirling errors and deviances keep full
//! relative accuracy where differences of log-gammas lose it (parameters to 10⁹).

use std::f64::consts::PI;

/// ln(xᵃ yᵇ / B(a, b)) with y = 1 − x, both given so that neither loses its accuracy near 0.
pub(super) fn ln_beta_kernel(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    stirling_error(n) - stirling_error(a) - stirling_error(b) - deviance(a, n * x) - deviance(b, n * y)
        + 0.5 * libm::log(a / (2.0 * PI) * (b / n))
}

/// δ(x) = ln Γ(x+1) − (x+½) ln x + x − ½ ln 2π, for x > 0: by its asymptotic series above 16, below by recurrence
/// δ(x) = δ(x+1) + (x+½) ln(1+1/x) − 1.
fn stirling_error(x: f64) -> f64 {
    let (mut x, mut sum) = (x, 0.0);
    while x < 16.0 {
        sum += (x + 0.5) * libm::log1p(1.0 / x) - 1.0;
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = 1.0 / 12.0
        - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square / 1188.0)));
    sum + series * inverse
}

/// x ln(x/m) + m − x, for x, m > 0: near x = m by the series of ln(x/m) = 2 artanh v, v = (x−m)/(x+m).
fn deviance(x: f64, m: f64) -> f64 {
    let v = (x - m) / (x + m);
    if v.abs() >= 0.1 {
        return x * libm::log(x / m) + m - x;
    }
    let square = v * v;
    let mut power = 2.0 * x * v;
    let mut sum = (x - m) * v;
    // v < 0.1: eight terms are below 10⁻¹⁷ of the first.
    for odd in [3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0] {
        power *= square;
        sum += power / odd;
    }
    sum
}
