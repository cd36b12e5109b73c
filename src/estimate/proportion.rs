//! The rate of one item in one domain: Σwy/Σw among those who answered, with its variance and what follows from it.

use super::design::Sample;
use super::domain::{Domain, ItemDomain};
use super::variance::{Influence, degrees_of_freedom, is_census, variance};
use super::{Base, Flag, NotEstimable, Rate, RateRow, Settings, flag, interval};

/// A rate with its domain, or the reason why there is none.
pub(super) struct Figure {
    /// The base.
    pub(super) domain: ItemDomain,
    /// The estimate.
    pub(super) proportion: Result<Proportion, NotEstimable>,
    /// How it may be shown.
    pub(super) flag: Option<Flag>,
}

/// An estimated proportion and all that intervals, flags and gaps need of it.
#[derive(Clone, Copy)]
pub(super) struct Proportion {
    /// p̂.
    pub(super) p: f64,
    /// 1 − p̂, from its own sum.
    pub(super) q: f64,
    /// V(p̂); 0 where p̂ is 0 or 1, and in a census.
    pub(super) variance: f64,
    /// Rows of the base.
    pub(super) n: u64,
    /// Degrees of freedom, ≥ 1.
    pub(super) df: u64,
    /// Whether there is no sampling error.
    pub(super) census: bool,
}

impl Figure {
    pub(super) fn of(sample: &Sample<'_>, domain: &Domain, item: usize) -> Self {
        let domain = domain.item(sample, item);
        let proportion = Proportion::of(sample, &domain);
        let flag = proportion.as_ref().ok().and_then(flag::flag);
        Self { domain, proportion, flag }
    }

    pub(super) fn row(&self, levels: &[u16], item: usize, settings: &Settings) -> RateRow {
        RateRow {
            levels: levels.to_vec(),
            item,
            base: self.domain.base,
            rate: self.proportion.map(|proportion| proportion.rate(settings)),
            flag: self.flag,
            letters: Vec::new(),
        }
    }
}

impl Proportion {
    fn of(sample: &Sample<'_>, domain: &ItemDomain) -> Result<Self, NotEstimable> {
        let Base { n, weighted_n, .. } = domain.base;
        // Weights may all lie below the grid's unit: then nobody counts.
        if n == 0 || weighted_n <= 0.0 {
            return Err(NotEstimable::Empty);
        }
        let (p, q) = (domain.yes / weighted_n, domain.no / weighted_n);
        let variance = variance(sample, &[influence(domain, p, q, 1.0)])?;
        let df = degrees_of_freedom(sample, &[domain]);
        if df == 0 {
            return Err(NotEstimable::ZeroDf);
        }
        let proportion = Self { p, q, variance, n, df, census: is_census(sample, domain) };
        if variance <= 0.0 && !proportion.at_boundary() && !proportion.census {
            return Err(NotEstimable::ZeroVariance);
        }
        Ok(proportion)
    }

    /// Whether p̂ is 0 or 1, where the linearised variance is 0 and says nothing.
    pub(super) fn at_boundary(&self) -> bool {
        self.p <= 0.0 || self.q <= 0.0
    }

    /// The influence function of this proportion times `factor`: z = w(y − p̂)/Σw.
    pub(super) fn influence<'a>(&self, domain: &'a ItemDomain, factor: f64) -> Influence<'a> {
        influence(domain, self.p, self.q, factor)
    }

    /// `n_e = p̂(1−p̂)/V`, at most n; n where V is 0.
    pub(super) fn effective_n(&self) -> f64 {
        let n = self.n as f64;
        if self.variance > 0.0 { n.min(self.p * self.q / self.variance) } else { n }
    }

    fn rate(&self, settings: &Settings) -> Rate {
        let deff = (!self.at_boundary()).then(|| self.variance * (self.n - 1) as f64 / (self.p * self.q));
        Rate {
            estimate: self.p,
            se: self.variance.sqrt(),
            interval: interval::limits(self, settings.interval, settings.alpha()),
            df: self.df,
            deff,
            n_eff: self.effective_n(),
        }
    }
}

fn influence(domain: &ItemDomain, p: f64, q: f64, factor: f64) -> Influence<'_> {
    let scale = factor / domain.base.weighted_n;
    Influence { domain, yes: q * scale, no: -p * scale }
}
