//! [`Family`]: figures that can share an axis.

use super::vocabulary::{self, PERCENT, is_currency};
use super::{Chapter, Landscape, Line, Series};
use crate::codebook::{Name, Names};

/// Figures of one chapter that are counts of the same thing, or of one metric where they are money or shares: revenue and
/// spending in one currency say nothing beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// The unit, with the metric where that matters; for file names.
    pub key: String,
    chapter: Chapter,
    unit: String,
    metric: Option<String>,
}

impl Family {
    fn of(series: &Series) -> Self {
        let by_metric = series.unit == PERCENT || is_currency(&series.unit);
        let metric = by_metric.then(|| series.metric.clone());
        let key = metric.iter().fold(series.unit.clone(), |key, metric| format!("{key}-{metric}"));
        Self { key, chapter: Chapter::of(&series.metric), unit: series.unit.clone(), metric }
    }

    /// Whether a line belongs to it.
    #[must_use]
    pub fn has(&self, line: &Line) -> bool {
        Self::of(&line.series) == *self
    }

    /// What is counted: `users`, 用户; or the metric.
    #[must_use]
    pub fn name(&self, names: &Names) -> Name {
        match &self.metric {
            Some(metric) => vocabulary::measure(metric, "", names),
            None => vocabulary::unit(&self.unit, names),
        }
    }

    /// In what its figures are: `users`, 用户.
    #[must_use]
    pub fn unit(&self, names: &Names) -> Name {
        vocabulary::unit(&self.unit, names)
    }
}

impl Landscape {
    /// The families of a chapter, in the order of its lines.
    #[must_use]
    pub fn families(&self, chapter: Chapter) -> Vec<Family> {
        let mut families: Vec<Family> = Vec::new();
        for family in self.lines_of(chapter).map(|line| Family::of(&line.series)) {
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }

    /// The lines of a family.
    pub fn lines_in(&self, family: &Family) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| family.has(line))
    }

    /// Some of the lines, without growth.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&Line) -> bool) -> Self {
        let lines = self.lines.iter().filter(|line| keep(line)).cloned().collect();
        Self { origin: self.origin.clone(), lines, growth: Vec::new() }
    }
}
