//! Numbers of persons, shares and factors as people read them.

/// Persons or sums of weights: `235,000`, `398.2`, `0.6`.
pub(super) fn quantity(value: f64) -> String {
    with_decimals(value, decimals_for(value))
}

/// How many decimals figures have of which the largest is this.
pub(super) fn decimals_for(largest: f64) -> usize {
    match largest.abs() {
        large if large >= 1000.0 => 0,
        middle if middle >= 1.0 => 1,
        _ => 4,
    }
}

/// With thousands grouped and a fixed number of decimals.
pub(super) fn with_decimals(value: f64, decimals: usize) -> String {
    let written = format!("{value:.decimals$}");
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A factor with three significant digits: `0.62`, `2.1`, `196`; never in scientific notation.
pub(super) fn factor(value: f64) -> String {
    let magnitude = if value > 0.0 && value.is_finite() { libm::floor(libm::log10(value)) } else { 0.0 };
    let decimals = (2.0 - magnitude).clamp(0.0, 6.0) as usize;
    let written = with_decimals(value, decimals);
    if written.contains('.') {
        written.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        written
    }
}

/// A fraction as a percentage with one decimal: `29.4%`.
pub(super) fn percent(fraction: f64) -> String {
    format!("{:.1}%", libm::round(fraction * 1000.0 + 1e-9) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_and_short() {
        assert_eq!(quantity(1_234_567.4), "1,234,567");
        assert_eq!(quantity(398.25), "398.2");
        assert_eq!(quantity(0.25), "0.2500");
        assert_eq!(with_decimals(-123_456.0, 0), "-123,456");
        let written: Vec<String> =
            [0.0, 0.000_001_234, 0.621, 1.0, 2.104, 19.96, 196.4, 12_345.6].into_iter().map(factor).collect();
        assert_eq!(written, ["0", "0.000001", "0.621", "1", "2.1", "20", "196", "12,346"]);
        assert_eq!([percent(0.2938), percent(0.0005), percent(1.0)], ["29.4%", "0.1%", "100.0%"]);
    }
}
