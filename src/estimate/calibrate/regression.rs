//! The regression of a variable on the margins' dummies, weighted by the base weights d.
//!
//! Dummies are constant within a calibration cell, so totals by cell are all it takes. Dummies of several margins are
//! redundant (those of each sum to 1); the fit does not depend on which of them are left out.

use super::overlay::Overlay;
use crate::estimate::matrix::Matrix;

/// The normal equations, solved once for all variables.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Regression {
    /// The columns of every calibration cell.
    cells: Vec<Vec<usize>>,
    /// A generalised inverse of X′dX.
    inverse: Matrix,
    /// Number of columns.
    size: usize,
}

impl Regression {
    pub(super) fn new(overlay: &Overlay) -> Self {
        let size = overlay.columns.len();
        let mut moments = Matrix::new(size, size);
        let mut unit = Matrix::new(size, size);
        for cell in &overlay.cells {
            for &i in cell.columns.iter().flatten() {
                for &j in cell.columns.iter().flatten() {
                    moments[(i, j)] += cell.weight;
                }
            }
        }
        for i in 0..size {
            unit[(i, i)] = 1.0;
        }
        Self {
            cells: overlay
                .cells
                .iter()
                .map(|cell| cell.columns.iter().copied().flatten().collect())
                .collect(),
            inverse: moments.solve_symmetric(&unit),
            size,
        }
    }

    /// The fitted value of every calibration cell, of a variable with these d-weighted totals.
    pub(super) fn fitted(&self, totals: &[f64]) -> Vec<f64> {
        let mut right = vec![0.0; self.size];
        for (columns, total) in self.cells.iter().zip(totals) {
            for &column in columns {
                right[column] += total;
            }
        }
        let coefficient = |i: usize| -> f64 {
            right.iter().enumerate().map(|(j, right)| self.inverse[(i, j)] * right).sum()
        };
        let coefficients: Vec<f64> = (0..self.size).map(coefficient).collect();
        self.cells.iter().map(|columns| columns.iter().map(|&i| coefficients[i]).sum()).collect()
    }
}
