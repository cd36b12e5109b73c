//! Medians, with Woodruff's (1952) interval: that of the share of values up to the median, turned back into values.
//!
//! In: a base whose points have values. Out: the median, its interval and its variance. The variance is that of which a
//! normal interval at the 95 % level would be as wide; the influence function is that of the share, scaled to it (Francisco
//! & Fuller 1991), so that differences of medians follow from the joint covariance like all others. Refuses a median above
//! which nothing lies, of which there is no interval, and one whose interval is a point.

use super::design::Sample;
use super::domain::Support;
use super::interval::limits;
use super::linear::Linear;
use super::proportion::Proportion;
use super::variance::{Influence, degrees_of_freedom, is_census, variance};
use super::{Interval, NotEstimable, student};

/// What rounding of the sums of weights may amount to.
const SLACK: f64 = 1e-12;
/// The level at which the standard error is read off the interval.
const ALPHA: f64 = 0.05;

/// A median.
pub(super) struct Median {
    /// The values in their order, each with the share of the weights up to it.
    steps: Vec<(f64, f64)>,
    /// The share of values up to the median.
    pub(super) share: Proportion,
}

impl Median {
    /// The smallest value up to which half of the weights lie, with the influences of its base's points and its variance. R:
    /// `svyquantile(qrule = "math")`.
    ///
    /// # Errors
    /// Those of a rate; [`NotEstimable::ZeroVariance`].
    pub(super) fn of(sample: &Sample<'_>, support: &Support) -> Result<(Self, Linear, f64), NotEstimable> {
        let mut values: Vec<(f64, f64)> =
            support.points.iter().zip(&support.weights).map(|(point, weight)| (point.y, *weight)).collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = values.iter().map(|(_, weight)| weight).sum();
        let mut sum = 0.0;
        let steps: Vec<(f64, f64)> = values
            .into_iter()
            .map(|(value, weight)| {
                sum += weight;
                (value, sum / total)
            })
            .collect();
        let value = at(&steps, 0.5);
        let is_up_to = |y: f64| y <= value;
        let points = || support.points.iter().zip(&support.weights);
        let up: f64 = points().filter(|(point, _)| is_up_to(point.y)).map(|(_, weight)| weight).sum();
        let above: f64 = points().filter(|(point, _)| !is_up_to(point.y)).map(|(_, weight)| weight).sum();
        let (p, q) = (up / (up + above), above / (up + above));
        let influence = |y: f64| (if is_up_to(y) { q } else { -p }) / (up + above);
        let mut by_point: Vec<f64> = support.points.iter().map(|point| influence(point.y)).collect();
        let of_share = variance(sample, &[Influence { units: &support.units, by_point: by_point.clone() }])?;
        let df = degrees_of_freedom(sample, &[&support.units]);
        if df == 0 {
            return Err(NotEstimable::ZeroDf);
        }
        let census = is_census(sample, &support.units);
        let share = Proportion { p, q, variance: of_share, n: support.base.n, df, census };
        let median = Self { steps, share };
        if census {
            return Ok((median, Linear { value, by_point }, 0.0));
        }
        if of_share <= 0.0 {
            return Err(NotEstimable::ZeroVariance);
        }
        let (low, high) = median.limits(Interval::Logit, ALPHA);
        let se = (high - low) / (2.0 * student::quantile(ALPHA, df));
        if se <= 0.0 {
            return Err(NotEstimable::ZeroVariance);
        }
        // More above the median is a higher median.
        for influence in &mut by_point {
            *influence *= -se / of_share.sqrt();
        }
        Ok((median, Linear { value, by_point }, se * se))
    }

    /// Limits at level 1 − `alpha`. R: `svyquantile(interval.type = "xlogit")` for the logit.
    pub(super) fn limits(&self, kind: Interval, alpha: f64) -> (f64, f64) {
        let (low, high) = if self.share.census { (0.5, 0.5) } else { limits(&self.share, kind, alpha) };
        (at(&self.steps, low), at(&self.steps, high))
    }
}

/// The smallest value up to which a share of the weights lies; the largest where rounding leaves none.
fn at(steps: &[(f64, f64)], share: f64) -> f64 {
    let reached = steps.iter().find(|(_, up_to)| *up_to >= share - SLACK);
    reached.or(steps.last()).map_or(0.0, |(value, _)| *value)
}
