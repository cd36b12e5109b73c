//! [`Bands`]: a number cut into ranges that are the levels of a dimension.

use super::Name;

/// Ranges of numbers: below the first bound, from each bound to below the next, and from the last bound on.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Where a band begins; at least one, finite, ≥ 0, ascending.
    bounds: Vec<f64>,
    /// Whether bounds were given as whole numbers; then the bands are of whole numbers: 18-24, not 18 to below 25.
    whole: bool,
}

impl Bands {
    /// Bands between bounds; `None` where there is none, or one that is negative, not finite or not above the one before.
    #[must_use]
    pub fn new(bounds: Vec<f64>, whole: bool) -> Option<Self> {
        let is_good = !bounds.is_empty()
            && bounds.iter().all(|bound| bound.is_finite() && *bound >= 0.0)
            && bounds.array_windows().all(|[low, high]| low < high);
        is_good.then_some(Self { bounds, whole })
    }

    /// Key of the band that holds `value`; `None` where the bands are of whole numbers and `value` is not one.
    #[must_use]
    pub fn key(&self, value: f64) -> Option<String> {
        let is_between = self.whole && value.fract().abs() > 0.0;
        (!is_between).then(|| self.key_of(self.bounds.partition_point(|bound| *bound <= value)))
    }

    /// Display names of all bands by key, from the lowest.
    pub fn names(&self) -> impl Iterator<Item = (String, Name)> + '_ {
        (0..=self.bounds.len()).map(|band| {
            let key = self.key_of(band);
            let name = if band == 0 {
                let first = self.bounds[0];
                Name::new(format!("Under {first}"), format!("{first} 以下"))
            } else if band == self.bounds.len() {
                Name::new(key.clone(), format!("{} 及以上", self.bounds[band - 1]))
            } else {
                let dashed = key.replacen('-', "–", 1);
                Name::new(dashed.clone(), dashed)
            };
            (key, name)
        })
    }

    /// `<18`, `18-24`, `50+`; where numbers need not be whole `18-<25`.
    fn key_of(&self, band: usize) -> String {
        let low = band.checked_sub(1).map(|below| self.bounds[below]);
        match (low, self.bounds.get(band)) {
            (None, high) => format!("<{}", high.copied().unwrap_or_default()),
            (Some(low), None) => format!("{low}+"),
            (Some(low), Some(high)) if !self.whole => format!("{low}-<{high}"),
            (Some(low), Some(high)) if high - low <= 1.0 => format!("{low}"),
            (Some(low), Some(high)) => format!("{low}-{}", high - 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(bounds: &[f64], whole: bool) -> Bands {
        Bands::new(bounds.to_vec(), whole).unwrap()
    }

    #[test]
    fn every_number_is_in_one_band() {
        let ages = bands(&[18.0, 25.0, 35.0, 36.0, 50.0], true);
        for (age, key) in [
            (-3.0, "<18"),
            (17.0, "<18"),
            (18.0, "18-24"),
            (24.0, "18-24"),
            (25.0, "25-34"),
            (35.0, "35"),
            (49.0, "36-49"),
            (50.0, "50+"),
            (1e9, "50+"),
        ] {
            assert_eq!(ages.key(age).as_deref(), Some(key), "{age}");
        }
        assert_eq!(ages.key(24.5), None, "between two bands of whole numbers");
        let hours = bands(&[0.5, 2.0], false);
        assert_eq!([0.4, 0.5, 1.99, 2.0].map(|h| hours.key(h).unwrap()), ["<0.5", "0.5-<2", "0.5-<2", "2+"]);
    }

    #[test]
    fn bands_have_names_in_both_languages() {
        let names: Vec<(String, Name)> = bands(&[18.0, 25.0], true).names().collect();
        let expected = [
            ("<18", Name::new("Under 18", "18 以下")),
            ("18-24", Name::new("18–24", "18–24")),
            ("25+", Name::new("25+", "25 及以上")),
        ];
        assert_eq!(names, expected.map(|(key, name)| (key.to_owned(), name)));
    }

    #[test]
    fn bounds_must_ascend() {
        for bad in [&[][..], &[18.0, 18.0], &[25.0, 18.0], &[-1.0, 5.0], &[f64::INFINITY]] {
            assert_eq!(Bands::new(bad.to_vec(), true), None, "{bad:?}");
        }
    }
}
