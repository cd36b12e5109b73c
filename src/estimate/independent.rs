//! The difference of two figures of independent samples, known by what was written down of them.

use super::{Gap, Settings, student};

/// A figure as it was written down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reported {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Its degrees of freedom, ≥ 1.
    pub df: u64,
}

/// `first` minus `second`: V = V₁ + V₂, with Satterthwaite's degrees of freedom (1946), rounded down and at least 1; `None`
/// where a standard error is 0, as that of a rate at 0 or 1 is, so that t would be too sharp. `p_adjusted` is the uncorrected p.
#[must_use]
pub fn independent_gap(first: &Reported, second: &Reported, settings: &Settings) -> Option<Gap> {
    let [v, w] = [first, second].map(|figure| figure.se * figure.se);
    if v <= 0.0 || w <= 0.0 {
        return None;
    }
    let variance = v + w;
    let df = variance * variance / (v * v / first.df as f64 + w * w / second.df as f64);
    let df = (df as u64).max(1);
    let (difference, se) = (first.value - second.value, variance.sqrt());
    let half = student::quantile(settings.alpha(), df) * se;
    let t = difference / se;
    let p = student::two_sided(t, df);
    let interval = (difference - half, difference + half);
    Some(Gap { difference, se, interval, df, t: Some(t), p, p_adjusted: p, ratio: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welch_by_hand() {
        // V = 0.02² + 0.03² = 0.0013; df = 0.0013²/(0.0004²/50 + 0.0009²/100) = 149.5…, down to 149;
        // t = −0.1/√0.0013 = −2.773501; R: 2 * pt(-2.773501, 149) is 0.006255099
        let [first, second] =
            [(0.3, 0.02, 50), (0.4, 0.03, 100)].map(|(value, se, df)| Reported { value, se, df });
        let gap = independent_gap(&first, &second, &Settings::default()).unwrap();
        assert_eq!(gap.df, 149);
        assert!((gap.t.unwrap() + 2.773_501).abs() < 1e-6 && (gap.p - 0.006_255_099).abs() < 1e-6, "{gap:?}");
        let extreme = Reported { se: 0.0, ..second };
        assert_eq!(independent_gap(&first, &extreme, &Settings::default()), None);
    }
}
