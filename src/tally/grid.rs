//! [`Sums`], and the [`Grid`] that makes them exact.

/// Exact sums over some rows. Rows of weight 0 are not counted here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Number of rows with weight ≠ 0.
    pub n: u64,
    /// Σw in units of 2^[`Grid::w`].
    pub w: i128,
    /// Σw² in units of 2^[`Grid::w2`]; 0 where it is not kept: by class where respondents are clustered.
    pub w2: i128,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.n += other.n;
        self.w += other.w;
        self.w2 += other.w2;
    }
}

impl std::ops::SubAssign for Sums {
    fn sub_assign(&mut self, other: Self) {
        self.n -= other.n;
        self.w -= other.w;
        self.w2 -= other.w2;
    }
}

impl std::ops::Add for Sums {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

/// The grid to which every summand is rounded before it is added, so that sums are exact integers and do not depend on
/// the order of rows, batches or threads.
///
/// The unit is 2⁻⁹⁴ of the largest summand's power of two, so 2³¹ summands fit an `i128`, and a summand is rounded
/// only where it is less than 2⁻⁴¹ of the largest. After Demmel & Nguyen, "Fast reproducible floating-point
/// summation" (2013), with integers in place of their pre-rounded parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Exponent of the unit of Σw.
    pub w: i32,
    /// Exponent of the unit of Σw².
    pub w2: i32,
}

impl Grid {
    /// The grid for weights of at most `max_weight` (finite, > 0).
    #[must_use]
    pub fn for_weights_up_to(max_weight: f64) -> Self {
        Self { w: libm::ilogb(max_weight) + 1 - 94, w2: libm::ilogb(max_weight * max_weight) + 1 - 94 }
    }

    /// Σw as a double, rounded once.
    #[must_use]
    pub fn weight(self, sums: Sums) -> f64 {
        libm::ldexp(sums.w as f64, self.w)
    }

    /// Σw² as a double, rounded once.
    #[must_use]
    pub fn weight_squared(self, sums: Sums) -> f64 {
        libm::ldexp(sums.w2 as f64, self.w2)
    }

    /// `value` (finite, ≥ 0, within the grid's range) in units of 2^`unit`, rounded half to even.
    #[must_use]
    pub fn quantize(value: f64, unit: i32) -> i128 {
        const MANTISSA: u64 = (1 << 52) - 1;
        let bits = value.to_bits();
        let raw_exponent = ((bits >> 52) & 0x7ff) as i32;
        let (mantissa, exponent) = if raw_exponent == 0 {
            (bits & MANTISSA, -1074)
        } else {
            ((bits & MANTISSA) | (1 << 52), raw_exponent - 1075)
        };
        let shift = exponent - unit;
        if shift >= 0 {
            return i128::from(mantissa) << shift;
        }
        let down = -shift;
        if down > 54 {
            return 0;
        }
        let kept = mantissa >> down;
        let rest = mantissa & ((1 << down) - 1);
        let half = 1 << (down - 1);
        let up = rest > half || (rest == half && kept & 1 == 1);
        i128::from(kept + u64::from(up))
    }
}
