//! [`Reach`]: an axis for amounts of any size, linear or logarithmic.

use crate::codebook::Lang;
use crate::writing::magnitude;

/// More than so many times the smallest amount needs a logarithmic axis: two orders.
const ORDERS: f64 = 100.0;
/// A linear axis has so many steps at most.
const STEPS: f64 = 6.0;

/// The stretch of an axis that some amounts take, and its ticks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reach {
    /// Whether equal distances are equal ratios.
    pub(super) is_logarithmic: bool,
    /// Ends, as [`at`](Self::at) places them.
    pub(super) low: f64,
    pub(super) high: f64,
    /// Amounts, ascending; at least two.
    ticks: Vec<f64>,
}

impl Reach {
    /// From zero, or below, to beyond the largest; logarithmic where all amounts are above zero and span more than two orders.
    pub(super) fn of(amounts: impl Iterator<Item = f64> + Clone) -> Self {
        let low = amounts.clone().fold(f64::INFINITY, f64::min);
        let high = amounts.fold(f64::NEG_INFINITY, f64::max);
        if low > 0.0 && high / low > ORDERS { Self::logarithmic(low, high) } else { Self::linear(low, high) }
    }

    fn logarithmic(low: f64, high: f64) -> Self {
        let (first, last) = (libm::floor(libm::log10(low)) as i32, libm::ceil(libm::log10(high)) as i32);
        let powers = (last - first) as usize;
        // Every second power of ten, or third, where there would be too many.
        let step = powers.div_ceil(STEPS as usize).max(1);
        let ticks = (first..=last).step_by(step).map(|power| libm::pow(10.0, f64::from(power))).collect();
        Self { is_logarithmic: true, low: f64::from(first), high: f64::from(last), ticks }
    }

    fn linear(low: f64, high: f64) -> Self {
        let (low, high) = (low.min(0.0), high.max(0.0));
        let span = if high > low { high - low } else { 1.0 };
        let rough = span / STEPS;
        let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|of| of * power).find(|step| *step >= rough);
        let step = step.unwrap_or(rough);
        let (first, last) = (libm::floor(low / step) as i64, libm::ceil((low + span) / step) as i64);
        let ticks = (first..=last).map(|i| i as f64 * step).collect();
        Self { is_logarithmic: false, low: first as f64 * step, high: last as f64 * step, ticks }
    }

    /// Where an amount stands between `low` and `high`.
    pub(super) fn at(&self, amount: f64) -> f64 {
        if self.is_logarithmic { libm::log10(amount) } else { amount }
    }

    /// Places and labels of the ticks.
    pub(super) fn labels(&self, lang: Lang) -> Vec<(f64, String)> {
        self.ticks.iter().map(|tick| (self.at(*tick), magnitude(*tick, lang))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(amounts: &[f64]) -> (bool, Vec<String>) {
        let reach = Reach::of(amounts.iter().copied());
        assert!(
            amounts.iter().all(|amount| (reach.low..=reach.high).contains(&reach.at(*amount))),
            "{reach:?}"
        );
        (reach.is_logarithmic, reach.labels(Lang::En).into_iter().map(|(_, label)| label).collect())
    }

    #[test]
    fn two_orders_are_linear_and_more_are_not() {
        let (is_logarithmic, ticks) = labels(&[10e6, 1e9]);
        assert!(!is_logarithmic);
        assert_eq!(ticks, ["0", "200 million", "400 million", "600 million", "800 million", "1 billion"]);
        let (is_logarithmic, ticks) = labels(&[9e6, 1e9]);
        assert!(is_logarithmic);
        assert_eq!(ticks, ["1 million", "10 million", "100 million", "1 billion"]);
        assert!(!labels(&[0.0, 1e9]).0, "zero has no logarithm");
    }

    #[test]
    fn every_reach_holds_its_amounts() {
        for amounts in
            [[0.0, 0.0], [1.0, 1.0], [-12e6, 5e6], [1.0, 1e15], [15.0, 12.0], [91.0, 0.0], [-3.0, -2.0]]
        {
            let ticks = labels(&amounts).1;
            assert!((2..=9).contains(&ticks.len()), "{amounts:?}: {ticks:?}");
        }
    }
}
