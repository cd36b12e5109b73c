//! Numbers with a fixed number of decimals.

/// U+2212, which is as wide as a digit.
pub(crate) const MINUS: char = '\u{2212}';

/// The magnitude of a number with so many decimals, rounded as the room says: `-2.25` → `2.3`.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    let scale = libm::pow(10.0, decimals as f64);
    format!("{:.decimals$}", (value.abs() * scale + 1e-9).round() / scale)
}

/// A decimal number without sign, with its whole part in thousands: `12345.6` → `12,345.6`.
pub(crate) fn grouped(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let mut out = String::with_capacity(number.len() + whole / 3);
    for (i, digit) in number.char_indices() {
        if i > 0 && i < whole && (whole - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with so many decimals and its sign, its whole part in thousands: `-12345.67` → `−12,345.7`.
pub(crate) fn decimal(value: f64, decimals: usize) -> String {
    let size = grouped(&fixed(value, decimals));
    let is_zero = !size.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if value < 0.0 && !is_zero { format!("{MINUS}{size}") } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!([fixed(0.285 * 100.0, 0), fixed(-2.25, 1), fixed(398.25, 1)], ["29", "2.3", "398.3"]);
        assert_eq!(
            [decimal(398.25, 1), decimal(-123_456.0, 0), decimal(-0.001, 2)],
            ["398.3", "−123,456", "0.00"]
        );
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped("1234.5678"), "1,234.5678");
        assert_eq!(grouped("999"), "999");
    }
}
