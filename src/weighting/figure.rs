//! Numbers of persons, shares and factors as people read them.

use crate::writing::{decimal, fixed};

/// Persons or sums of weights: `235,000`, `398.3`, `0.6`.
pub(super) fn quantity(value: f64) -> String {
    decimal(value, decimals_for(value))
}

/// How many decimals figures have of which the largest is this.
pub(super) fn decimals_for(largest: f64) -> usize {
    match largest.abs() {
        large if large >= 1000.0 => 0,
        middle if middle >= 1.0 => 1,
        _ => 4,
    }
}

/// A factor with three significant digits: `0.62`, `2.1`, `196`; never in scientific notation.
pub(super) fn factor(value: f64) -> String {
    let magnitude = if value > 0.0 && value.is_finite() { libm::floor(libm::log10(value)) } else { 0.0 };
    let decimals = (2.0 - magnitude).clamp(0.0, 6.0) as usize;
    let written = decimal(value, decimals);
    if written.contains('.') {
        written.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        written
    }
}

/// A fraction as a percentage with one decimal: `29.4%`.
pub(super) fn percent(fraction: f64) -> String {
    format!("{}%", fixed(fraction * 100.0, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_short() {
        assert_eq!(quantity(1_234_567.4), "1,234,567");
        assert_eq!(quantity(398.25), "398.3");
        assert_eq!(quantity(0.25), "0.2500");
        let written: Vec<String> =
            [0.0, 0.000_001_234, 0.621, 1.0, 2.104, 19.96, 196.4, 12_345.6].into_iter().map(factor).collect();
        assert_eq!(written, ["0", "0.000001", "0.621", "1", "2.1", "20", "196", "12,346"]);
        assert_eq!([percent(0.2938), percent(0.0005), percent(1.0)], ["29.4%", "0.1%", "100.0%"]);
    }
}
