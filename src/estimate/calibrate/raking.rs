//! The iteration: every column in turn is brought to its total, until all are there.
//!
//! g = exp(Σλ) over the columns of a calibration cell, cut to the bounds; a step changes one λ so that its column's
//! total is met exactly. That is coordinate ascent on the dual of the calibration problem (Deville & Särndal 1992,
//! case 2, truncated), so bounds hold inside the iteration and the result does not depend on the order of margins.

use super::overlay::{Column, Overlay};
use super::{CalibrationError, Options};

/// Every total is met to this relative accuracy.
const ACCURACY: f64 = 1e-10;
/// Factors are kept within 1/FARTHEST and FARTHEST where margins contradict each other and they run away.
const FARTHEST: f64 = 1e150;

/// What raking arrives at.
pub(super) struct Raked {
    /// g by calibration cell.
    pub(super) g: Vec<f64>,
    /// Cycles over all margins.
    pub(super) iterations: u32,
}

/// Rakes to all columns in cycles.
pub(super) fn rake(overlay: &Overlay, options: &Options) -> Result<Raked, CalibrationError> {
    check_bounds(overlay, options)?;
    let mut raking = Raking { overlay, bounds: options.bounds, factors: vec![1.0; overlay.cells.len()] };
    let mut worst = raking.worst();
    let mut iterations = 0;
    while worst.is_some_and(|(_, discrepancy)| discrepancy.abs() > ACCURACY) {
        if iterations == options.max_iterations {
            break;
        }
        overlay.columns.iter().for_each(|column| raking.step(column));
        worst = raking.worst();
        iterations += 1;
    }
    match worst {
        Some((&Column { margin, target, .. }, discrepancy)) if discrepancy.abs() > ACCURACY => {
            Err(CalibrationError::NotConverging { margin, target, discrepancy, iterations })
        }
        _ => Ok(Raked { g: (0..overlay.cells.len()).map(|cell| raking.g(cell)).collect(), iterations }),
    }
}

/// The bounds must be bounds, and leave room for every column on its own.
fn check_bounds(overlay: &Overlay, options: &Options) -> Result<(), CalibrationError> {
    let Some(bounds @ (lower, upper)) = options.bounds else { return Ok(()) };
    if !(0.0 <= lower && lower < upper) {
        return Err(CalibrationError::BadBounds { bounds });
    }
    for &Column { margin, target, total, ref cells } in &overlay.columns {
        let g = total / cells.iter().map(|&cell| overlay.cells[cell].weight).sum::<f64>();
        if g < lower * (1.0 - ACCURACY) || g > upper * (1.0 + ACCURACY) {
            return Err(CalibrationError::OutOfBounds { margin, target, g });
        }
    }
    Ok(())
}

struct Raking<'a> {
    overlay: &'a Overlay,
    bounds: Option<(f64, f64)>,
    /// exp(Σλ) by calibration cell.
    factors: Vec<f64>,
}

impl Raking<'_> {
    /// g of a calibration cell; cells that no margin covers are not bounded.
    fn g(&self, cell: usize) -> f64 {
        match self.bounds {
            Some((lower, upper)) if self.overlay.cells[cell].columns.iter().any(Option::is_some) => {
                self.factors[cell].clamp(lower, upper)
            }
            _ => self.factors[cell],
        }
    }

    /// The column that is farthest from its total, and by what share; `None` without columns.
    fn worst(&self) -> Option<(&Column, f64)> {
        let discrepancy = |column: &Column| {
            let sum = |cell: &usize| self.overlay.cells[*cell].weight * self.g(*cell);
            column.cells.iter().map(sum).sum::<f64>() / column.total - 1.0
        };
        let columns = self.overlay.columns.iter().map(|column| (column, discrepancy(column)));
        columns.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
    }

    /// Brings `column` to its total.
    fn step(&mut self, column: &Column) {
        let step = match self.bounds {
            None => column.total / self.sum(column, |factor| factor),
            Some(bounds) => self.bounded_step(column, bounds),
        };
        for &cell in &column.cells {
            self.factors[cell] = (self.factors[cell] * step).clamp(1.0 / FARTHEST, FARTHEST);
        }
    }

    /// Σd·`of`(factor) over the column.
    fn sum(&self, column: &Column, of: impl Fn(f64) -> f64) -> f64 {
        column.cells.iter().map(|&cell| self.overlay.cells[cell].weight * of(self.factors[cell])).sum()
    }

    /// The step x with Σd·clamp(factor·x) = total. The sum grows with x, in straight lines between the turns where a cell
    /// leaves the lower bound or reaches the upper one.
    fn bounded_step(&self, column: &Column, (lower, upper): (f64, f64)) -> f64 {
        let turn = |&cell: &usize| [lower / self.factors[cell], upper / self.factors[cell]];
        let mut turns: Vec<f64> = column.cells.iter().flat_map(turn).collect();
        turns.sort_by(f64::total_cmp);
        let reached = |x: f64| self.sum(column, |factor| (factor * x).clamp(lower, upper)) >= column.total;
        let next = turns.partition_point(|&x| !reached(x));
        if next == 0 || next == turns.len() {
            return turns[next.min(turns.len() - 1)];
        }
        let (from, to) = (turns[next - 1], turns[next]);
        // Asked of the turns themselves, in which there is no rounding.
        let is_free = |factor: f64| lower / factor <= from && upper / factor >= to;
        let free = self.sum(column, |factor| if is_free(factor) { factor } else { 0.0 });
        let fixed = self.sum(column, |factor| match factor {
            factor if is_free(factor) => 0.0,
            factor if upper / factor <= from => upper,
            _ => lower,
        });
        if free > 0.0 { ((column.total - fixed) / free).clamp(from, to) } else { to }
    }
}
