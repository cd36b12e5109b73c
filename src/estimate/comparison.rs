//! The figures that are compared with each other, and which of them share a banner.

use std::collections::BTreeMap;

use super::Settings;
use super::design::Sample;
use super::domain::Domain;
use super::figure::Figure;

/// All figures of one request, as gaps, letters and tests need them.
pub(super) struct Comparison<'a> {
    /// The sample that the figures were made from.
    pub(super) sample: &'a Sample<'a>,
    /// All domains, sorted by levels.
    pub(super) domains: &'a [Domain],
    /// By domain and measure.
    pub(super) figures: &'a [Vec<Figure>],
    /// Number of measures.
    pub(super) measures: usize,
    /// The size of one point of each measure.
    pub(super) points: &'a [Option<f64>],
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
