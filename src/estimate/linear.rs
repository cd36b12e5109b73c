//! Values and influence functions of the statistics, from the points of a base and their weights.
//!
//! Every statistic is a function of totals; its influence is that of its linearisation (Binder 1983), here per unit of
//! weight and by point.

use super::domain::Support;
use super::{NotEstimable, Point, Statistic, proportion};

/// A value and its influence by point.
pub(super) struct Linear {
    pub(super) value: f64,
    pub(super) by_point: Vec<f64>,
}

/// A residual below this share of its terms is rounding error: it is 0.
const NOISE: f64 = 1e-14;

impl Linear {
    /// What `statistic` makes of `support`, which has weight; of a median, which is no function of totals and has a file of its
    /// own, that of the mean.
    ///
    /// # Errors
    /// [`NotEstimable::ZeroDenominator`].
    pub(super) fn of(support: &Support, statistic: Statistic) -> Result<Self, NotEstimable> {
        match statistic {
            Statistic::Rate | Statistic::Share => share(support),
            Statistic::Mean | Statistic::Median | Statistic::Ratio => {
                fraction(support, |point| (point.y, point.x))
            }
            Statistic::Total => Ok(Self {
                value: total(support, |point| point.y),
                by_point: support.points.iter().map(|point| point.y).collect(),
            }),
            Statistic::Difference => {
                let first = fraction(support, |point| (point.y, point.x))?;
                let second = fraction(support, |point| point.minus)?;
                let by_point = first.by_point.iter().zip(&second.by_point).map(|(a, b)| a - b).collect();
                Ok(Self { value: first.value - second.value, by_point })
            }
        }
    }
}

/// p̂ = Σwy/Σwx: z = w(y − p̂x)/Σwx, with 1 − p̂ from its own sum.
fn share(support: &Support) -> Result<Linear, NotEstimable> {
    let (yes, no) = proportion::weights(support);
    let scale = 1.0 / (yes + no);
    if yes + no <= 0.0 {
        return Err(NotEstimable::ZeroDenominator);
    }
    let (p, q) = proportion::shares(support);
    let influence = |point: &Point| (point.y * q - (point.x - point.y) * p) * scale;
    Ok(Linear { value: p, by_point: support.points.iter().map(influence).collect() })
}

/// R = Σwy/Σwx: z = w(y − Rx)/Σwx.
fn fraction(support: &Support, of: impl Fn(&Point) -> (f64, f64)) -> Result<Linear, NotEstimable> {
    let denominator = total(support, |point| of(point).1);
    if denominator <= 0.0 {
        return Err(NotEstimable::ZeroDenominator);
    }
    let value = total(support, |point| of(point).0) / denominator;
    let influence = |point: &Point| {
        let (y, x) = of(point);
        let residual = y - value * x;
        if residual.abs() <= NOISE * (y.abs() + (value * x).abs()) { 0.0 } else { residual / denominator }
    };
    Ok(Linear { value, by_point: support.points.iter().map(influence).collect() })
}

/// Σw·`of`(point).
fn total(support: &Support, of: impl Fn(&Point) -> f64) -> f64 {
    support.points.iter().zip(&support.weights).map(|(point, weight)| of(point) * weight).sum()
}

/// Σw(y − ȳ)²/Σw: the variance of y among respondents, whatever the design.
pub(super) fn spread(support: &Support, mean: f64) -> f64 {
    let square = |point: &Point| (point.y - mean) * (point.y - mean);
    total(support, square) / support.base.weighted_n
}
