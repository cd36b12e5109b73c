//! The totals of margins: shares become totals of w′, and margins must agree on whom they share.

use std::collections::BTreeSet;

use super::overlay::{Column, Overlay};
use super::{CalibrationError, Margin, Scale};

/// Totals of two margins that differ by less than this share are the same.
const SAME_TOTAL: f64 = 1e-12;

impl Overlay {
    /// Scales shares to the total of their margin; margins in persons are settled first, then those before it.
    pub(super) fn set_totals(&mut self, margins: &[Margin]) {
        let is_shares = |margin: &usize| margins[*margin].scale == Scale::Shares;
        let mut settled: Vec<usize> = (0..margins.len()).filter(|margin| !is_shares(margin)).collect();
        for margin in (0..margins.len()).filter(is_shares) {
            let total = settled.iter().find_map(|&other| self.total_by(other, margin)).unwrap_or_else(|| {
                let inside = self.cells.iter().filter(|cell| cell.columns[margin].is_some());
                inside.map(|cell| cell.weight).sum()
            });
            let own = |column: &&mut Column| column.margin == margin;
            let shares: f64 = margins[margin].targets.iter().map(|target| target.total).sum();
            for column in self.columns.iter_mut().filter(own) {
                column.total *= total / shares;
            }
            settled.push(margin);
        }
    }

    /// Sees that no two margins give different totals to the same respondents.
    pub(super) fn check_totals(&self, margins: usize) -> Result<(), CalibrationError> {
        for margin in 0..margins {
            let Some(own) = self.total_by(margin, margin) else { continue };
            for other in (0..margins).filter(|&other| other != margin) {
                if let Some(total) = self.total_by(other, margin)
                    && (total - own).abs() > SAME_TOTAL * own
                {
                    return Err(CalibrationError::DifferentTotals {
                        margins: (other, margin),
                        totals: (total, own),
                    });
                }
            }
        }
        Ok(())
    }

    /// The total that `margin` gives to the respondents whom `of` covers; `None` when its targets do not say.
    fn total_by(&self, margin: usize, of: usize) -> Option<f64> {
        let mut inside = BTreeSet::new();
        for cell in self.cells.iter().filter(|cell| cell.columns[of].is_some()) {
            inside.insert(cell.columns[margin]?);
        }
        let whole = |&column: &usize| {
            self.columns[column].cells.iter().all(|&cell| self.cells[cell].columns[of].is_some())
        };
        inside.iter().all(whole).then(|| inside.iter().map(|&column| self.columns[column].total).sum())
    }
}
