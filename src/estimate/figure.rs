//! One measure in one domain: value, variance, and what follows from them.

use super::design::Sample;
use super::domain::{Domain, Support};
use super::linear::{self, Linear};
use super::median::Median;
use super::proportion::{self, Proportion};
use super::variance::{Influence, degrees_of_freedom, is_census, variance};
use super::{
    Estimate, EstimateRow, Flag, Measure, NotEstimable, Settings, Statistic, Test, flag, interval, student,
};

/// A figure with its base, or the reason why there is none.
pub(super) struct Figure {
    /// The base.
    pub(super) support: Support,
    /// What is made of it.
    pub(super) statistic: Statistic,
    /// The estimate.
    pub(super) estimated: Result<Estimated, NotEstimable>,
    /// How it may be shown.
    pub(super) flag: Option<Flag>,
}

/// An estimated figure and all that gaps need of it.
pub(super) struct Estimated {
    /// θ̂.
    pub(super) value: f64,
    /// Influence on θ̂ per unit of weight, by point of the base.
    pub(super) by_point: Vec<f64>,
    /// V(θ̂); 0 in a census, and where a rate is 0 or 1.
    pub(super) variance: f64,
    /// Degrees of freedom, ≥ 1.
    pub(super) df: u64,
    /// Whether there is no sampling error.
    pub(super) census: bool,
    /// The rate, if it is one.
    pub(super) proportion: Option<Proportion>,
    /// What the interval of a median is read from.
    median: Option<Median>,
}

impl Figure {
    pub(super) fn of(sample: &Sample<'_>, domain: &Domain, measure: &Measure) -> Self {
        Self::on(sample, domain.support(sample, measure), measure.statistic)
    }

    /// What a statistic makes of a base.
    pub(super) fn on(sample: &Sample<'_>, support: Support, statistic: Statistic) -> Self {
        let estimated = Estimated::of(sample, &support, statistic);
        let flag = estimated.as_ref().ok().and_then(|estimated| match estimated.proportion {
            Some(proportion) => flag::of_proportion(&proportion),
            None if statistic == Statistic::Total => flag::of_total(sample, &support, estimated.df),
            None if statistic == Statistic::Difference => flag::of_difference(sample, &support, estimated.df),
            None => flag::of_base(&support, effective_n(&support, statistic, estimated), estimated.df),
        });
        Self { support, statistic, estimated, flag }
    }

    /// The influence on θ̂; `None` when there is no estimate.
    pub(super) fn influence(&self) -> Option<Influence<'_>> {
        let estimated = self.estimated.as_ref().ok()?;
        Some(Influence { units: &self.support.units, by_point: estimated.by_point.clone() })
    }

    /// The rate, if it is one and could be estimated.
    pub(super) fn proportion(&self) -> Option<&Proportion> {
        self.estimated.as_ref().ok()?.proportion.as_ref()
    }

    pub(super) fn row(&self, levels: &[u16], measure: usize, settings: &Settings) -> EstimateRow {
        EstimateRow {
            levels: levels.to_vec(),
            measure,
            base: self.support.base,
            estimate: match &self.estimated {
                Ok(estimated) => Ok(estimated.estimate(&self.support, self.statistic, settings)),
                Err(why) => Err(*why),
            },
            flag: self.flag,
            letters: Vec::new(),
        }
    }
}

impl Estimated {
    pub(super) fn of(
        sample: &Sample<'_>,
        support: &Support,
        statistic: Statistic,
    ) -> Result<Self, NotEstimable> {
        // Weights may all lie below the grid's unit: then nobody counts.
        if support.base.n == 0 || support.base.weighted_n <= 0.0 {
            return Err(NotEstimable::Empty);
        }
        if statistic == Statistic::Median {
            let (median, Linear { value, by_point }, variance) = Median::of(sample, support)?;
            let Proportion { df, census, .. } = median.share;
            return Ok(Self {
                value,
                by_point,
                variance,
                df,
                census,
                proportion: None,
                median: Some(median),
            });
        }
        let Linear { value, by_point } = Linear::of(support, statistic)?;
        let variance = variance(sample, &[Influence { units: &support.units, by_point: by_point.clone() }])?;
        let df = degrees_of_freedom(sample, &[&support.units]);
        if df == 0 {
            return Err(NotEstimable::ZeroDf);
        }
        let census = is_census(sample, &support.units);
        let proportion = matches!(statistic, Statistic::Rate | Statistic::Share).then(|| {
            let (p, q) = proportion::shares(support);
            Proportion { p, q, variance, n: support.denominators[0], df, census }
        });
        if variance <= 0.0 && !census && !proportion.is_some_and(|rate| rate.at_boundary()) {
            return Err(NotEstimable::ZeroVariance);
        }
        Ok(Self { value, by_point, variance, df, census, proportion, median: None })
    }

    fn estimate(&self, support: &Support, statistic: Statistic, settings: &Settings) -> Estimate {
        let n = (support.base.n - 1) as f64;
        let (interval, deff) = if let Some(rate) = &self.proportion {
            let has_deff = statistic == Statistic::Rate && !rate.at_boundary();
            (
                interval::limits(rate, settings.interval, settings.alpha()),
                has_deff.then(|| self.variance * n / (rate.p * rate.q)),
            )
        } else if let Some(median) = &self.median {
            (median.limits(settings.interval, settings.alpha()), None)
        } else {
            let spread = linear::spread(support, self.value);
            let has_deff = statistic == Statistic::Mean && spread > 0.0;
            (self.limits(settings.alpha()), has_deff.then(|| self.variance * n / spread))
        };
        Estimate {
            value: self.value,
            se: self.variance.sqrt(),
            interval,
            df: self.df,
            deff,
            n_eff: effective_n(support, statistic, self),
            test: (statistic == Statistic::Difference && self.variance > 0.0).then(|| self.test()),
        }
    }

    /// θ̂ ± t·s; a point in a census.
    fn limits(&self, alpha: f64) -> (f64, f64) {
        let half = student::quantile(alpha, self.df) * self.variance.sqrt();
        (self.value - half, self.value + half)
    }

    /// The test of θ̂ against 0.
    fn test(&self) -> Test {
        let t = self.value / self.variance.sqrt();
        Test { t, p: student::two_sided(t, self.df) }
    }
}

/// `n_e = S²/V`, at most n, of rates and means: the base on which a simple random sample would be as exact.
fn effective_n(support: &Support, statistic: Statistic, estimated: &Estimated) -> Option<f64> {
    let rate = estimated.proportion.as_ref().or(estimated.median.as_ref().map(|median| &median.share));
    match (rate, statistic) {
        (Some(rate), _) => Some(rate.effective_n()),
        (None, Statistic::Mean) => {
            let n = support.base.n as f64;
            let spread = linear::spread(support, estimated.value);
            Some(if estimated.variance > 0.0 { n.min(spread / estimated.variance) } else { n })
        }
        _ => None,
    }
}
