//! The upper tail of Fisher's F, from the beta distribution of ν₂/(ν₂ + ν₁f).

use super::beta;

/// P(F > f) for `f` ≥ 0 with `ndf` and `ddf` > 0 degrees of freedom, which may be fractions.
pub(super) fn upper_tail(f: f64, ndf: f64, ddf: f64) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    let ratio = f * (ndf / ddf);
    let (x, y) = (1.0 / (1.0 + ratio), ratio / (1.0 + ratio));
    libm::exp(beta::ln_lower_tail(0.5 * ddf, 0.5 * ndf, x, y))
}
