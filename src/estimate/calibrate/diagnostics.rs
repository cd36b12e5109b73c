//! What calibration did to the weights, for `wxstats weight`.

use super::Margin;
use super::overlay::{CalibrationCell, Overlay};
use super::raking::Raked;
use crate::tally::{Grid, Sums};

/// What calibration reached, for whom, and at what cost in precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostics {
    /// By margin, by target.
    pub margins: Vec<Vec<TargetLine>>,
    /// Cycles over all margins.
    pub iterations: u32,
    /// Respondents with weight ≠ 0.
    pub n: u64,
    /// The base weights d.
    pub before: Weights,
    /// The calibrated weights w′ = d·g.
    pub after: Weights,
    /// Smallest and largest g. (The range of w′ itself is not a function of cells.)
    pub g: (f64, f64),
}

/// One target before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TargetLine {
    /// The total to be met, in the unit of w′.
    pub target: f64,
    /// Σd.
    pub before: f64,
    /// Σw′.
    pub after: f64,
    /// Respondents with weight ≠ 0.
    pub n: u64,
}

/// A set of weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Their sum.
    pub sum: f64,
    /// Kish's design effect n·Σw²/(Σw)².
    pub deff: f64,
    /// n/deff.
    pub effective_n: f64,
}

impl Diagnostics {
    pub(super) fn new(overlay: &Overlay, raked: &Raked, margins: &[Margin]) -> Self {
        let mut lines: Vec<Vec<TargetLine>> = margins.iter().map(|_| Vec::new()).collect();
        for column in &overlay.columns {
            let cells = || column.cells.iter().map(|&cell| (&overlay.cells[cell], raked.g[cell]));
            lines[column.margin].push(TargetLine {
                target: column.total,
                before: cells().map(|(cell, _)| cell.weight).sum(),
                after: cells().map(|(cell, g)| g * cell.weight).sum(),
                n: cells().map(|(cell, _)| cell.n).sum(),
            });
        }
        let range = |(low, high): (f64, f64), &g: &f64| (low.min(g), high.max(g));
        Self {
            margins: lines,
            iterations: raked.iterations,
            n: overlay.cells.iter().map(|cell| cell.n).sum(),
            before: Weights::new(&overlay.cells, |_| 1.0),
            after: Weights::new(&overlay.cells, |cell| raked.g[cell]),
            g: raked.g.iter().fold((f64::INFINITY, 0.0), range),
        }
    }
}

impl Weights {
    /// Of some rows that share a factor, each with its sums of base weights; `scale` says by what they count.
    pub(super) fn of(grid: Grid, rows: &[(f64, Sums)], scale: impl Fn(f64) -> f64) -> Self {
        let (mut n, mut sum, mut squares) = (0, 0.0, 0.0);
        for &(g, sums) in rows {
            let g = scale(g);
            n += sums.n;
            sum += g * grid.weight(sums);
            squares += g * g * grid.weight_squared(sums);
        }
        Self::from_sums(n, sum, squares)
    }

    fn from_sums(n: u64, sum: f64, squares: f64) -> Self {
        let effective_n = sum * sum / squares;
        Self { sum, deff: n as f64 / effective_n, effective_n }
    }

    fn new(cells: &[CalibrationCell], g: impl Fn(usize) -> f64) -> Self {
        let (mut n, mut sum, mut squares) = (0, 0.0, 0.0);
        for (index, cell) in cells.iter().enumerate() {
            let g = g(index);
            n += cell.n;
            sum += g * cell.weight;
            squares += g * g * cell.weight_squared;
        }
        Self::from_sums(n, sum, squares)
    }
}
