//! Cells and population targets → [`Calibration`]: post-stratification and raking.
//!
//! In: [`Cells`] and [`Margin`]s, each with a target total for every level it has in the sample. Out: one factor g per
//! *calibration cell* (respondents who agree on the target of every margin), so that the weights w′ = d·g meet all
//! targets, d being the base weights. g depends on levels only, so it needs no respondents, and cells stay sufficient.
//! Refuses targets that do not fit the sample or each other, and raking that does not converge.
//!
//! One margin is post-stratification: done after one cycle. Sums of base weights are exact ([`Sums`])
//! up to the calibration cell; there they become doubles, and from there on exactness ends but not the fixed order.

mod diagnostics;
mod error;
mod margin;
mod occupancy;
mod overlay;
mod raking;
mod regression;
mod totals;

use crate::tally::{Cells, Sums};
pub use diagnostics::{Diagnostics, TargetLine, Weights};
pub use error::CalibrationError;
pub use margin::{Covers, Margin, Options, Scale, Target};
use overlay::Overlay;
use regression::Regression;

/// Weights that meet population targets, and what the estimators need to know of how they came about.
///
/// It belongs to the very cells that it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The calibration cell of each of the cells' groups.
    group_cells: Vec<u32>,
    /// g by calibration cell.
    g: Vec<f64>,
    regression: Regression,
    diagnostics: Diagnostics,
}

/// Calibrates the weights of `cells` to `margins`: g of least Σ d·(g ln g − g + 1), by cyclic raking to a relative 10⁻¹⁰.
///
/// `margins` must name dimensions that `cells` has. Respondents whom no margin covers keep g = 1. Source: Deville &
/// Särndal (1992), Deville, Särndal & Sautory (1993); R: `calibrate(calfun = "raking")`.
///
/// # Errors
/// [`CalibrationError`], naming the margin and its levels.
pub fn rake(cells: &Cells, margins: &[Margin], options: &Options) -> Result<Calibration, CalibrationError> {
    let overlay = Overlay::new(cells, margins)?;
    let raked = raking::rake(&overlay, options)?;
    Ok(Calibration {
        regression: Regression::new(&overlay),
        diagnostics: Diagnostics::new(&overlay, &raked, margins),
        g: raked.g,
        group_cells: overlay.group_cells,
    })
}

impl Calibration {
    /// What was reached, for whom, and at what cost in precision.
    #[must_use]
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// g of the respondents of a group (an index into [`Cells::groups`]).
    #[must_use]
    pub fn g_of_group(&self, group: usize) -> f64 {
        self.g[self.cell(group) as usize]
    }

    /// The weights of those groups (indices into [`Cells::groups`]) for whom `is_in` holds: how many respondents with weight ≠ 0,
    /// base weights, calibrated weights.
    #[must_use]
    pub fn weights_of(&self, cells: &Cells, is_in: impl Fn(usize) -> bool) -> (u64, Weights, Weights) {
        let sums = (0..cells.groups().len()).filter(|&group| is_in(group));
        let sums: Vec<(f64, Sums)> =
            sums.map(|group| (self.g_of_group(group), cells.everyone(group))).collect();
        let n = sums.iter().map(|(_, sums)| sums.n).sum();
        (n, Weights::of(cells.grid, &sums, |_| 1.0), Weights::of(cells.grid, &sums, |g| g))
    }

    /// The calibration cell of a group.
    pub(super) fn cell(&self, group: usize) -> u32 {
        self.group_cells[group]
    }

    /// g by calibration cell.
    pub(super) fn g(&self) -> &[f64] {
        &self.g
    }

    /// The fit, by calibration cell, of the regression on the margins' dummies with base weights d, of a variable of
    /// which `totals` holds the d-weighted total of each calibration cell.
    pub(super) fn fitted(&self, totals: &[f64]) -> Vec<f64> {
        self.regression.fitted(totals)
    }
}
