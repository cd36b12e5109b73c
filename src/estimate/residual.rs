//! What calibrated weights do to an influence function: its residual on the calibration's margins.
//!
//! Calibrated weights w′ = d·g vary with the sample, so an influence z = w′·u does not vary as under fixed weights: u is
//! replaced by its residual in the regression on the margins' dummies with base weights d (Deville & Särndal 1992; the
//! margins' totals are known and vary no more). Outside the domain u is 0 but its residual is not.

use std::collections::BTreeMap;

use super::calibrate::Calibration;
use super::design::{Place, Sample};
use crate::tally::{Grid, Sums};

/// Rows of one place with the same influence per unit of base weight.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// Where.
    pub(super) place: Place,
    /// Sums of base weights.
    pub(super) sums: Sums,
    /// Influence per unit of base weight.
    pub(super) influence: f64,
}

/// A residual below this share of the largest influence per unit of weight is rounding error: it is 0.
const NOISE: f64 = 1e-12;

/// The influence of all rows of the sample after calibration, from `rows` that are disjoint and carry their influence per
/// unit of calibrated weight; the others have none.
pub(super) fn residuals(
    sample: &Sample<'_>,
    calibration: &Calibration,
    rows: impl Iterator<Item = Rows>,
) -> Vec<Rows> {
    let mut rows: Vec<Rows> = rows.collect();
    let fitted = calibration.fitted(&totals(calibration, &rows, sample.cells.grid));
    let largest = rows.iter().map(|rows| rows.influence.abs()).fold(0.0, f64::max);
    let rest = without(&sample.everyone, &rows);
    rows.extend(rest);
    for rows in &mut rows {
        let cell = rows.place.cell as usize;
        let residual = rows.influence - fitted[cell];
        rows.influence =
            if residual.abs() <= NOISE * largest { 0.0 } else { calibration.g()[cell] * residual };
    }
    rows
}

/// Σd·influence by calibration cell. Rows of the same influence are added as integers first, and these in the order of
/// their influence, so that nothing depends on how strata and PSUs are numbered.
fn totals(calibration: &Calibration, rows: &[Rows], grid: Grid) -> Vec<f64> {
    let mut sums: BTreeMap<(u32, u64), Sums> = BTreeMap::new();
    for rows in rows {
        *sums.entry((rows.place.cell, rows.influence.to_bits())).or_default() += rows.sums;
    }
    let mut totals = vec![0.0; calibration.g().len()];
    for ((cell, influence), sums) in sums {
        totals[cell as usize] += f64::from_bits(influence) * grid.weight(sums);
    }
    totals
}

/// Those of `everyone` who are not among `rows`, without influence.
fn without(everyone: &[(Place, Sums)], rows: &[Rows]) -> impl Iterator<Item = Rows> + use<> {
    let mut rest = everyone.to_vec();
    for Rows { place, sums, .. } in rows {
        if let Ok(index) = rest.binary_search_by_key(place, |(place, _)| *place) {
            let left = &mut rest[index].1;
            *left = Sums { n: left.n - sums.n, w: left.w - sums.w, w2: left.w2 - sums.w2 };
        }
    }
    rest.into_iter().filter(|(_, sums)| sums.n > 0).map(|(place, sums)| Rows { place, sums, influence: 0.0 })
}
