//! Small dense matrices: products, and symmetric systems by Cholesky's method.
//!
//! In and out: row-major doubles; every sum runs in a fixed order. A symmetric system may be semi-definite: its
//! redundant equations are found, and their unknowns set to 0.

use std::ops::{Index, IndexMut};

/// A pivot below this share of its own diagonal entry is rounding error: the equation repeats earlier ones.
const SINGULAR: f64 = 1e-10;

/// A dense matrix; entries are `matrix[(row, column)]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    rows: usize,
    columns: usize,
    entries: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, entries: vec![0.0; rows * columns] }
    }

    /// Sum of the diagonal.
    pub(super) fn trace(&self) -> f64 {
        (0..self.rows.min(self.columns)).map(|i| self[(i, i)]).sum()
    }

    /// Trace of the square of a square matrix: Σ aᵢⱼaⱼᵢ.
    pub(super) fn trace_of_square(&self) -> f64 {
        let row = |i| (0..self.columns).map(move |j| self[(i, j)] * self[(j, i)]);
        (0..self.rows).flat_map(row).sum()
    }

    /// The number of equations that are not redundant, of a symmetric, positive semi-definite matrix.
    pub(super) fn rank(&self) -> usize {
        let lower = self.cholesky();
        (0..self.rows).filter(|&i| lower[(i, i)] > 0.0).count()
    }

    /// The X of A·X = `right` for the symmetric, positive semi-definite A = `self` (of which the lower triangle is read).
    ///
    /// Where A is singular, X solves the system if `right` lies in A's range, as it does in normal equations; its rows
    /// of redundant equations are 0.
    pub(super) fn solve_symmetric(&self, right: &Self) -> Self {
        let lower = self.cholesky();
        let size = self.rows;
        let mut x = right.clone();
        for column in 0..right.columns {
            for i in 0..size {
                let known: f64 = (0..i).map(|k| lower[(i, k)] * x[(k, column)]).sum();
                x[(i, column)] = quotient(x[(i, column)] - known, lower[(i, i)]);
            }
            for i in (0..size).rev() {
                let known: f64 = (i + 1..size).map(|k| lower[(k, i)] * x[(k, column)]).sum();
                x[(i, column)] = quotient(x[(i, column)] - known, lower[(i, i)]);
            }
        }
        x
    }

    /// The lower L of A = L·Lᵀ; columns of redundant equations are 0.
    fn cholesky(&self) -> Self {
        let size = self.rows;
        let mut lower = Self::new(size, size);
        for j in 0..size {
            let pivot = self[(j, j)] - (0..j).map(|k| lower[(j, k)] * lower[(j, k)]).sum::<f64>();
            if pivot <= SINGULAR * self[(j, j)] {
                continue;
            }
            let root = pivot.sqrt();
            lower[(j, j)] = root;
            for i in j + 1..size {
                let known: f64 = (0..j).map(|k| lower[(i, k)] * lower[(j, k)]).sum();
                lower[(i, j)] = (self[(i, j)] - known) / root;
            }
        }
        lower
    }
}

/// `a / b`, 0 for the unknown of a redundant equation.
fn quotient(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { 0.0 }
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.entries[row * self.columns + column]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.entries[row * self.columns + column]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix<const N: usize>(rows: &[[f64; N]]) -> Matrix {
        Matrix { rows: rows.len(), columns: N, entries: rows.concat() }
    }

    #[test]
    fn a_regular_system_is_solved() {
        let a = matrix(&[[4.0, 2.0, 0.6], [2.0, 5.0, 3.0], [0.6, 3.0, 9.0]]);
        let right = matrix(&[[9.8, 4.0], [21.0, 2.0], [33.6, 0.6]]);
        let x = a.solve_symmetric(&right);
        assert_eq!(a.rank(), 3);
        for (ours, theirs) in x.entries.iter().zip([1.0, 1.0, 2.0, 0.0, 3.0, 0.0]) {
            assert!((ours - theirs).abs() < 1e-14, "{x:?}");
        }
    }

    #[test]
    fn a_redundant_equation_is_left_out() {
        // Dummies of a constant and of both halves: the third column repeats the first two.
        let a = matrix(&[[10.0, 4.0, 6.0], [4.0, 4.0, 0.0], [6.0, 0.0, 6.0]]);
        let x = a.solve_symmetric(&matrix(&[[26.0], [8.0], [18.0]]));
        assert_eq!(a.rank(), 2);
        assert!((x[(0, 0)] - 3.0).abs() < 1e-14 && (x[(1, 0)] + 1.0).abs() < 1e-14, "{x:?}");
        assert!(x[(2, 0)].abs() < f64::EPSILON);
    }

    #[test]
    fn traces() {
        let a = matrix(&[[1.0, 2.0], [3.0, 4.0]]);
        assert!((a.trace() - 5.0).abs() < 1e-15 && (a.trace_of_square() - 29.0).abs() < 1e-15);
    }
}
