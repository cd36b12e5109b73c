//! Random numbers that are the same everywhere.

/// `SplitMix64` (Steele, Lea & Flood 2014), and the polar method for pairs of normal numbers (Marsaglia & Bray 1964).
pub(crate) struct Chance {
    state: u64,
    spare: Option<f64>,
}

impl Chance {
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self { state: seed, spare: None }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to 1, without 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let scale = (-2.0 * libm::log(square) / square).sqrt();
                self.spare = Some(y * scale);
                return x * scale;
            }
        }
    }

    /// A place in cumulative shares, by its share.
    pub(crate) fn pick(&mut self, cumulative: &[f64]) -> usize {
        let chance = self.uniform();
        cumulative.iter().position(|&share| chance < share).unwrap_or(cumulative.len() - 1)
    }
}
