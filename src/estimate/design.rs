//! What is estimated from: cells, the calibration of their weights if there is one, and how lonely PSUs are dealt with.

use super::calibrate::Calibration;
use super::{LonelyPsu, Settings};
use crate::tally::{Cells, Sums};

/// Cells with the weights they are to be estimated with.
#[derive(Debug, Clone, Copy)]
pub struct Design<'a> {
    /// The cells.
    pub cells: &'a Cells,
    /// The calibration of their weights, made from these very cells; `None`: base weights.
    pub calibration: Option<&'a Calibration>,
}

impl<'a> From<&'a Cells> for Design<'a> {
    fn from(cells: &'a Cells) -> Self {
        Self { cells, calibration: None }
    }
}

/// Rows that share a PSU (a stratum, when every respondent is a PSU) and a calibration cell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Index into [`Cells::strata`].
    pub(super) stratum: u32,
    /// The PSU; `None` when every respondent is one.
    pub(super) psu: Option<u32>,
    /// The calibration cell; 0 without calibration.
    pub(super) cell: u32,
}

/// A design as the estimators use it.
pub(super) struct Sample<'a> {
    pub(super) cells: &'a Cells,
    pub(super) calibration: Option<&'a Calibration>,
    pub(super) lonely: LonelyPsu,
    /// Base weights of all rows with weight ≠ 0 by place, sorted; none without calibration, where rows outside a domain
    /// have no influence.
    pub(super) everyone: Vec<(Place, Sums)>,
}

impl<'a> Sample<'a> {
    pub(super) fn new(Design { cells, calibration }: Design<'a>, settings: &Settings) -> Self {
        let mut sample = Self { cells, calibration, lonely: settings.lonely, everyone: Vec::new() };
        if calibration.is_some() {
            let mut everyone: Vec<(Place, Sums)> =
                (0..cells.groups().len()).map(|group| (sample.place(group), cells.everyone(group))).collect();
            everyone.retain(|(_, sums)| sums.n > 0);
            everyone.sort_by_key(|(place, _)| *place);
            everyone.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
            sample.everyone = everyone;
        }
        sample
    }

    /// Where the rows of a group stand.
    pub(super) fn place(&self, group: usize) -> Place {
        let cell = self.calibration.map_or(0, |calibration| calibration.cell(group));
        let group = &self.cells.groups()[group];
        Place { stratum: group.stratum, psu: group.psu, cell }
    }

    /// w′/d by calibration cell.
    pub(super) fn g(&self) -> &[f64] {
        self.calibration.map_or(&[1.0], Calibration::g)
    }
}
