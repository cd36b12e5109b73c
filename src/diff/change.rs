//! [`Diff`]: the changes between a before and an after.

use super::files::{FileChange, Input};
use crate::codebook::Name;
use crate::estimate::{Settings, adjusted};
use crate::table::{Label, Mark, MeasureLabel};

/// What changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// What the two are, and how they are compared.
    pub kind: Kind,
    /// What stands for the one before: a wave, or a bundle.
    pub before: String,
    /// What stands for the one after.
    pub after: String,
    /// How changes are tested.
    pub settings: Settings,
    /// Every figure of either side, in the order of the one after, then those that are gone.
    pub changes: Vec<Change>,
    /// What the two rest on.
    pub inputs: (Vec<Input>, Vec<Input>),
    /// The files of the bundles that differ.
    pub files: Vec<FileChange>,
    /// What must be known of the figures.
    pub notes: Vec<Name>,
}

/// What the two sides are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Waves of one survey, which are independent samples.
    Waves,
    /// Waves of a panel, with the covariance of the people who are in both.
    PanelWaves,
    /// Bundles, as independent samples.
    Independent,
    /// Bundles made for publishing: listed, not tested.
    Published,
    /// Bundles of a panel, which do not hold how the waves go together: listed, not tested.
    Panel,
    /// Bundles that rest on the same data, which are no two samples: listed, not tested.
    SameData,
}

/// One figure before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Dimensions and levels.
    pub by: Vec<(Label, Label)>,
    /// What the figures say.
    pub measure: MeasureLabel,
    /// Before; `None` where the figure is new.
    pub before: Option<Side>,
    /// After; `None` where it is gone.
    pub after: Option<Side>,
    /// Whether the change is more than noise, or why that is not tested.
    pub test: Result<Tested, Untested>,
}

/// A figure on one side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// Respondents in the base.
    pub n: u64,
    /// The figure; `None` when withheld or not estimable.
    pub value: Option<f64>,
}

/// A tested change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// After minus before.
    pub difference: f64,
    /// Its standard error.
    pub se: f64,
    /// Its confidence limits.
    pub interval: (f64, f64),
    /// Degrees of freedom.
    pub df: u64,
    /// Two-sided p-value, uncorrected.
    pub p: f64,
    /// The same, corrected over all tested changes.
    pub p_adjusted: f64,
}

/// Why a change is not tested.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Untested {
    /// The figure is on one side only.
    OneSide,
    /// It may not be shown, or cannot be had, on a side.
    Hidden,
    /// As the mark says.
    Marked(Mark),
    /// Bundles do not tell what a rate of 0 or 1, without a standard error, could have been.
    NoError,
    /// The two sides are no two samples that could be tested: see [`Diff::kind`].
    Listed,
}

impl Change {
    /// After minus before, where both are there.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(self.after?.value? - self.before?.value?)
    }

    /// Whether anything about the figure is different.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.before.and_then(|side| side.value) != self.after.and_then(|side| side.value)
            || self.before.is_some() != self.after.is_some()
    }
}

impl Diff {
    /// Whether a change is more than noise.
    #[must_use]
    pub fn is_clear(&self, change: &Change) -> bool {
        change.test.is_ok_and(|test| test.p_adjusted < self.settings.alpha())
    }

    /// The changes that are more than noise.
    pub fn clear(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| self.is_clear(change))
    }

    /// How many changes were tested: the family of the correction.
    #[must_use]
    pub fn family(&self) -> usize {
        self.changes.iter().filter(|change| change.test.is_ok()).count()
    }

    /// Corrects the p-values over all tested changes.
    pub(super) fn corrected(mut self) -> Self {
        let tests = || self.changes.iter().filter_map(|change| change.test.as_ref().ok());
        let mut family =
            adjusted(&tests().map(|test| test.p).collect::<Vec<_>>(), self.settings.correction).into_iter();
        for test in self.changes.iter_mut().filter_map(|change| change.test.as_mut().ok()) {
            test.p_adjusted = family.next().unwrap_or(1.0);
        }
        self
    }
}
