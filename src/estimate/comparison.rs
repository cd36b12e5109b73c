//! The figures that are compared with each other, and which of them share a banner.

use std::collections::BTreeMap;

use super::Settings;
use super::design::Sample;
use super::domain::Domain;
use super::figure::Figure;

/// All figures of one measure, as gaps, letters and tests need them.
pub(super) struct Comparison<'a> {
    /// The sample that the figures were made from.
    pub(super) sample: &'a Sample<'a>,
    /// All domains, sorted by levels.
    pub(super) domains: &'a [Domain],
    /// By domain.
    pub(super) figures: &'a [Figure],
    /// Index of the measure.
    pub(super) measure: usize,
    /// The size of one point of the measure.
    pub(super) point: Option<f64>,
    /// How to estimate.
    pub(super) settings: &'a Settings,
}

/// The columns of one banner: indices of domains that agree on all dimensions but one, by their level on that one.
pub(super) type Columns = BTreeMap<u16, usize>;

impl Comparison<'_> {
    /// The banners whose columns are the levels at `position` of the request's dimensions, by the other levels.
    pub(super) fn banners(&self, position: usize) -> BTreeMap<Vec<u16>, Columns> {
        let mut banners: BTreeMap<Vec<u16>, Columns> = BTreeMap::new();
        for (index, domain) in self.domains.iter().enumerate() {
            let mut others = domain.levels.clone();
            let level = others.remove(position);
            banners.entry(others).or_default().insert(level, index);
        }
        banners
    }
}
