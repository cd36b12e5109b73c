//! Figures as people read them: in tables, charts, sentences and footers.
//!
//! In charts and sentences rates are whole percents and gaps whole points, with one decimal where nothing that is shown
//! together reaches above 10%; tables of text choose their own (`scale.rs`). Gaps come from unrounded figures, but for those
//! of a published table. The data files hold every digit.

use super::{Figure, Gap};
use crate::codebook::Lang;
use crate::writing::{MINUS, fixed};

/// How many decimals the figures that are shown together have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimals(usize);

impl Decimals {
    /// `8%`.
    pub(crate) const NONE: Self = Self(0);
    /// `8.1%`.
    pub(crate) const ONE: Self = Self(1);

    /// One where no interval reaches above 10%, else none.
    pub(crate) fn of(rates: impl IntoIterator<Item = Figure>) -> Self {
        Self::up_to(rates.into_iter().map(|rate| rate.interval.1).fold(f64::NAN, f64::max))
    }

    /// One where nothing lies above 10%, given the largest fraction, so that 3.4% and 2.6% do not both become 3%.
    pub(crate) fn up_to(largest: f64) -> Self {
        if largest <= 0.1 + 1e-9 { Self::ONE } else { Self::NONE }
    }

    /// `0.0812` → `8` or `8.1`.
    pub(crate) fn hundredths(self, fraction: f64) -> String {
        fixed(fraction * 100.0, self.0)
    }

    /// `0.0812` → `8%`.
    pub(crate) fn percent(self, fraction: f64) -> String {
        format!("{}%", self.hundredths(fraction))
    }

    /// `-0.23` → `−23`, `0.04` → `+4`, and no sign where it rounds to 0.
    pub(crate) fn points(self, difference: f64) -> String {
        let size = self.hundredths(difference);
        if size.bytes().all(|b| matches!(b, b'0' | b'.')) {
            size
        } else if difference < 0.0 {
            format!("{MINUS}{size}")
        } else {
            format!("+{size}")
        }
    }

    /// The limits of a gap, without a plus sign: `−27 to −19`.
    pub(crate) fn gap_interval(self, gap: &Gap, lang: Lang) -> String {
        let limit = |value| self.points(value).trim_start_matches('+').to_owned();
        let (low, high) = (limit(gap.interval.0), limit(gap.interval.1));
        match lang {
            Lang::En => format!("{low} to {high}"),
            Lang::Zh => format!("{low} 至 {high}"),
        }
    }

    /// The limits of a rate: `6–12`.
    pub(crate) fn rate_interval(self, rate: &Figure) -> String {
        format!("{}–{}", self.hundredths(rate.interval.0), self.hundredths(rate.interval.1))
    }
}

/// The confidence level: `0.95` → `95%`, `0.9999` → `99.99%`.
pub(crate) fn level(level: f64) -> String {
    // What is left of 100% shows how many digits it takes.
    let rest = 100.0 * (1.0 - level);
    let decimals = (1.0 - libm::floor(libm::log10(rest))).clamp(2.0, 12.0);
    let scale = libm::pow(10.0, decimals);
    format!("{}%", (level * 100.0 * scale).round() / scale)
}

/// A p-value with three decimals. It never rounds across 0.05, nor to 0.
pub(crate) fn p_value(p: f64) -> String {
    if p < 0.001 {
        "<0.001".to_owned()
    } else if (0.0495..0.05).contains(&p) {
        "0.049".to_owned()
    } else {
        format!("{p:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        let whole = Decimals::NONE;
        assert_eq!(whole.percent(0.285), "29%");
        assert_eq!(whole.percent(0.0), "0%");
        assert_eq!(whole.percent(0.995), "100%");
        assert_eq!(whole.points(-0.285), "−29");
        assert_eq!(whole.points(-0.004), "0");
        assert_eq!(whole.points(0.042), "+4");
        assert_eq!(Decimals::ONE.percent(0.0345), "3.5%");
        assert_eq!(Decimals::ONE.points(-0.000_4), "0.0");
    }

    #[test]
    fn small_figures_get_a_decimal() {
        let rate = |high| Figure { value: 0.05, interval: (0.03, high), accuracy: None };
        assert_eq!(Decimals::of([rate(0.08), rate(0.1)]), Decimals::ONE);
        assert_eq!(Decimals::of([rate(0.08), rate(0.11)]), Decimals::NONE);
        assert_eq!(Decimals::of([]), Decimals::NONE);
    }

    #[test]
    fn p_values_never_cross_the_line_by_rounding() {
        assert_eq!(p_value(0.049_9), "0.049");
        assert_eq!(p_value(0.05), "0.050");
        assert_eq!(p_value(0.000_2), "<0.001");
        assert_eq!(level(0.999), "99.9%");
        assert_eq!(level(0.95), "95%");
    }
}
