//! Weights as three integers each, so that a cluster adds them exactly.
//!
//! A weight on the [grid](crate::tally::Grid) is an integer below 2⁹⁴. It is cut into limbs of 32, 31 and 31 bits, the last rounded
//! half to even. Cutting multiplies by powers of two, truncates, and subtracts what was cut off, which are all exact; so the limbs are the
//! integer that it is here, bit for bit. A limb is below 2³² and there are at most 2³¹ respondents, so its sum fits a BIGINT.

use super::sql;

/// The most respondents of a wave.
pub(super) const MOST: u64 = 1 << 31;

/// Bits below the highest limb, and below the middle one.
const HIGH: i32 = 62;
const MIDDLE: i32 = 31;

/// Columns `{limb}h`, `{limb}m` and `{limb}l` of the limbs of a column of doubles from 0 to 2^(unit + 94), beside the columns of `from`.
pub(super) fn cut(from: &str, column: &str, limb: &str, unit: i32) -> String {
    let power = |exponent: i32| sql::double(libm::ldexp(1.0, exponent));
    let (high, per_high) = (power(unit + HIGH), power(-unit - HIGH));
    let (middle, per_middle) = (power(unit + MIDDLE), power(-unit - MIDDLE));
    let per_low = power(-unit);
    format!(
        "SELECT *, CAST(RINT(({limb}r - CAST({limb}m AS DOUBLE) * {middle}) * {per_low}) AS BIGINT) AS {limb}l FROM (\
         SELECT *, CAST({limb}r * {per_middle} AS BIGINT) AS {limb}m FROM (\
         SELECT *, {column} - CAST({limb}h AS DOUBLE) * {high} AS {limb}r FROM (\
         SELECT *, CAST({column} * {per_high} AS BIGINT) AS {limb}h FROM ({from}))))"
    )
}

/// The integer that three sums of limbs are.
pub(super) fn joined([high, middle, low]: [i64; 3]) -> i128 {
    (i128::from(high) << HIGH) + (i128::from(middle) << MIDDLE) + i128::from(low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the SQL of [`cut`] does to a double.
    fn limbs(value: f64, unit: i32) -> [i64; 3] {
        let power = |exponent: i32| libm::ldexp(1.0, exponent);
        let high = (value * power(-unit - HIGH)) as i64;
        let rest = value - high as f64 * power(unit + HIGH);
        let middle = (rest * power(-unit - MIDDLE)) as i64;
        let low = libm::rint((rest - middle as f64 * power(unit + MIDDLE)) * power(-unit)) as i64;
        [high, middle, low]
    }

    /// [`crate::tally::Grid::quantize`] is above this room; this is what it says, slowly.
    fn quantized(value: f64, unit: i32) -> i128 {
        let scaled = value * libm::ldexp(1.0, -unit);
        let floor = libm::floor(scaled);
        let (rest, floor) = (scaled - floor, floor as i128);
        floor + i128::from(rest > 0.5 || ((rest - 0.5).abs() <= 0.0 && floor % 2 == 1))
    }

    proptest! {
        #[test]
        fn limbs_are_the_integer_on_the_grid(mantissa in 1_u64..1 << 53, down in 0..120_i32, most in -330..330_i32) {
            // Weights and squares of weights, from the largest to what is far below the unit.
            for exponent in [most, 2 * most] {
                let value = libm::ldexp(mantissa as f64, exponent - 53 - down);
                let unit = exponent - 94;
                let limbs = limbs(value, unit);
                prop_assert_eq!(joined(limbs), quantized(value, unit));
                prop_assert!(limbs[0] < 1 << 32 && limbs[1] < 1 << 31 && limbs[2] <= 1 << 31);
            }
        }
    }

    #[test]
    fn a_sum_of_the_most_limbs_fits() {
        assert!(i64::try_from(u128::from(MOST) * ((1 << 32) - 1)).is_ok());
        assert!(i64::try_from(u128::from(MOST) << 31).is_ok());
    }

    #[test]
    fn the_sql_of_a_cut() {
        assert_eq!(
            cut("SELECT w FROM people", "w", "w", -90),
            "SELECT *, CAST(RINT((wr - CAST(wm AS DOUBLE) * 1.734723475976807E-18D) * 1.2379400392853803E27D) AS BIGINT) AS wl \
             FROM (SELECT *, CAST(wr * 5.764607523034235E17D AS BIGINT) AS wm FROM (SELECT *, w - CAST(wh AS DOUBLE) * \
             3.725290298461914E-9D AS wr FROM (SELECT *, CAST(w * 2.68435456E8D AS BIGINT) AS wh FROM (SELECT w FROM people))))"
        );
    }
}
