//! Ratios of two rates of one item, by the delta method on the logarithm.

use super::comparison::Comparison;
use super::figure::Figure;
use super::variance::variance;
use super::{NotEstimable, Ratio, mover, student};

impl Comparison<'_> {
    /// The first rate over the second, with `df` degrees of freedom; `None` where a rate is 0 or missing, and where the
    /// interval is infinite, or a point without being a census, and of other figures than rates.
    ///
    /// # Errors
    /// Those of the variance.
    pub(super) fn ratio(
        &self,
        first: &Figure,
        second: &Figure,
        df: u64,
    ) -> Result<Option<Ratio>, NotEstimable> {
        let (Some(a), Some(b)) = (first.proportion(), second.proportion()) else { return Ok(None) };
        if a.p <= 0.0 || b.p <= 0.0 {
            return Ok(None);
        }
        let estimate = a.p / b.p;
        if a.census && b.census {
            return Ok(Some(Ratio { estimate, interval: (estimate, estimate) }));
        }
        let alpha = self.settings.alpha();
        let interval = if a.at_boundary() || b.at_boundary() {
            mover::ratio_interval(a, b, self.settings.interval, alpha)
        } else {
            // ln p̂₁ − ln p̂₂ has the influence z₁/p̂₁ − z₂/p̂₂.
            let z = first.influence().zip(second.influence());
            let Some((z_1, z_2)) = z else { return Ok(None) };
            let parts = [z_1.times(1.0 / a.p), z_2.times(-1.0 / b.p)];
            let half = student::quantile(alpha, df) * variance(self.sample, &parts)?.sqrt();
            (estimate * libm::exp(-half), estimate * libm::exp(half))
        };
        let sound = interval.1.is_finite() && interval.0 < interval.1;
        Ok(sound.then_some(Ratio { estimate, interval }))
    }
}
