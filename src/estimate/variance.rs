//! The variance kernel: the design-based variance of a total of influence values.
//!
//! In: linear influence functions z = c·w on bases. Out: `V = Σ_h f_h · n_h/(n_h−1) · Σ_c (t_hc − t̄_h)²` with
//! `t_hc` the sum of z in PSU c of stratum h, `f_h` the finite population correction, and `n_h` counted on the full
//! sample (PSUs outside the domains count with t = 0). Sums run in the order of their values, so that nothing depends on
//! how strata and PSUs are numbered. First stage only (ultimate clusters). Every estimator is an influence function; this is the only place that knows the design. With calibrated weights z is first replaced by its residual,
//! which touches all of the sample. A lone PSU in a stratum that is touched is dealt with as [`LonelyPsu`] says.

use super::design::Sample;
use super::domain::Unit;
use super::residual::{Rows, residuals};
use super::{LonelyPsu, NotEstimable};
use crate::tally::{Cells, Grid, StratumSize, Sums};

/// An influence function: proportional to the weight on the points of a base, else 0.
#[derive(Clone)]
pub(super) struct Influence<'a> {
    /// The base outside of which the function is 0.
    pub(super) units: &'a [Unit],
    /// Influence per unit of (calibrated) weight, by point.
    pub(super) by_point: Vec<f64>,
}

impl Influence<'_> {
    /// The function times `factor`.
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.by_point.iter_mut().for_each(|influence| *influence *= factor);
        self
    }
}

/// PSUs of one stratum whose totals are handled together: those of one code, which are alike, or the respondents (each a PSU)
/// of an unclustered stratum that share a point and so an influence per unit of weight.
#[derive(Clone, Copy)]
struct Block {
    stratum: u32,
    psu: Option<u32>,
    /// Number of PSUs.
    count: f64,
    /// Sum of their totals.
    total: f64,
    /// Sum of squares of their totals about the block's mean.
    within: f64,
    /// Sum of the absolute influences, which bounds the rounding error in `total`.
    magnitude: f64,
}

/// A centred sum of squares below this share of the uncentred one is rounding error: it is 0. (Spread of the PSU
/// totals below one part in 10¹².)
const NOISE: f64 = 1e-24;

/// The variance of the sum of `parts`. Without clusters, and with calibrated weights, the parts must be disjoint.
///
/// # Errors
/// [`NotEstimable::LonePsu`] for the first stratum that is touched, has one PSU on the full sample, and is no census, as
/// [`LonelyPsu`] says.
pub(super) fn variance(sample: &Sample<'_>, parts: &[Influence<'_>]) -> Result<f64, NotEstimable> {
    let rows = parts.iter().flat_map(rows);
    let rows = match sample.calibration {
        None => rows.collect(),
        Some(calibration) => residuals(sample, calibration, rows),
    };
    let mut blocks: Vec<Block> = rows.iter().map(|rows| Block::new(rows, sample.cells)).collect();
    blocks.sort_by_key(|block| (block.stratum, block.psu));
    if sample.cells.clustered {
        merge(&mut blocks);
    }
    let (mut parts, mut strata, mut lonely) = (Vec::new(), 0_u32, Vec::new());
    for blocks in blocks.chunk_by_mut(|a, b| a.stratum == b.stratum) {
        let stratum = blocks[0].stratum;
        let size = &sample.cells.strata[stratum as usize];
        let unsampled = unsampled_fraction(size);
        strata += 1;
        if unsampled <= 0.0 {
            continue;
        }
        let n = size.psus as f64;
        if size.psus >= 2 {
            parts.push(unsampled * (n / (n - 1.0)) * squares_about_mean(n, blocks));
        } else {
            lonely.push((stratum, unsampled * square_about_zero(blocks)));
        }
    }
    with_lonely(sample.lonely, parts, strata, &lonely)
}

/// The variance, from its `parts` by stratum for those of the touched `strata` that are not lonely, and the lonely ones
/// with the squares of their PSUs' totals.
fn with_lonely(
    mode: LonelyPsu,
    mut parts: Vec<f64>,
    strata: u32,
    lonely: &[(u32, f64)],
) -> Result<f64, NotEstimable> {
    let mut factor = 1.0;
    if let Some(&(stratum, _)) = lonely.first() {
        let others = strata - lonely.len() as u32;
        match mode {
            LonelyPsu::Remove | LonelyPsu::Certainty => {}
            LonelyPsu::Adjust => parts.extend(lonely.iter().map(|(_, square)| square)),
            LonelyPsu::Average if others > 0 => factor = f64::from(strata) / f64::from(others),
            LonelyPsu::Average | LonelyPsu::Fail => return Err(NotEstimable::LonePsu { stratum }),
        }
    }
    parts.sort_unstable_by(f64::total_cmp);
    Ok(factor * parts.iter().fold(0.0, |sum, part| sum + part))
}

/// Degrees of freedom of the union of `bases`: their PSUs minus their strata, among rows with weight ≠ 0. Without
/// clusters they must be disjoint.
pub(super) fn degrees_of_freedom(sample: &Sample<'_>, bases: &[&[Unit]]) -> u64 {
    let units = || bases.iter().copied().flatten();
    let mut psus: Vec<(u32, Option<u32>)> =
        units().map(|unit| (unit.place.stratum, unit.place.psu)).collect();
    psus.sort_unstable();
    psus.dedup();
    let strata = psus.chunk_by(|a, b| a.0 == b.0).count() as u64;
    let psus: u64 = if sample.cells.clustered {
        psus.into_iter().filter_map(|(_, psu)| psu).map(|psu| sample.cells.alike(psu)).sum()
    } else {
        units().map(|unit| unit.sums.n).sum()
    };
    psus.saturating_sub(strata)
}

/// Whether every stratum that a figure on a base touches was taken whole, so that there is no sampling error.
pub(super) fn is_census(sample: &Sample<'_>, base: &[Unit]) -> bool {
    let inside = base.iter().map(|unit| unit.place);
    let outside = sample.everyone.iter().map(|(place, _)| *place);
    let is_whole = |stratum: u32| unsampled_fraction(&sample.cells.strata[stratum as usize]) <= 0.0;
    inside.chain(outside).all(|place| is_whole(place.stratum))
}

/// `1 − n_h/N_h`, or 1 minus the sampling fraction; 0 in a census, 1 without a finite population correction.
fn unsampled_fraction(size: &StratumSize) -> f64 {
    let fraction = match size.fpc {
        None => 1.0,
        Some(population) if population > 1.0 => (population - size.psus as f64) / population,
        Some(fraction) => 1.0 - fraction,
    };
    fraction.max(0.0)
}

/// The rows of a part by place and point.
fn rows(part: &Influence<'_>) -> impl Iterator<Item = Rows> {
    let rows =
        |unit: &Unit| Rows { place: unit.place, sums: unit.sums, influence: part.by_point[unit.point] };
    part.units.iter().map(rows)
}

impl Block {
    fn new(rows: &Rows, cells: &Cells) -> Self {
        let Rows { place, sums, influence } = *rows;
        let total = influence * cells.grid.weight(sums);
        let (count, within) = match place.psu {
            Some(psu) => (cells.alike(psu) as f64, 0.0),
            None => (sums.n as f64, influence * influence * spread(sums, cells.grid)),
        };
        Self { stratum: place.stratum, psu: place.psu, count, total, within, magnitude: total.abs() }
    }
}

/// Σ(w − w̄)² from Σw and Σw²; what is within the rounding of the two terms is 0 (equal weights).
fn spread(sums: Sums, grid: Grid) -> f64 {
    let (w, w2) = (grid.weight(sums), grid.weight_squared(sums));
    let squares = w2 - w * w / sums.n as f64;
    if squares <= 4.0 * f64::EPSILON * w2 { 0.0 } else { squares }
}

/// Joins the blocks of each PSU code into one.
fn merge(blocks: &mut Vec<Block>) {
    blocks.dedup_by(|next, kept| {
        let same = (next.stratum, next.psu) == (kept.stratum, kept.psu);
        if same {
            kept.total += next.total;
            kept.magnitude += next.magnitude;
        }
        same
    });
}

fn sort_by_value(blocks: &mut [Block]) {
    blocks.sort_unstable_by(|a, b| {
        let by = |value: fn(&Block) -> f64| value(a).total_cmp(&value(b));
        by(|block| block.total).then(by(|block| block.count)).then(by(|block| block.within))
    });
}

/// `Σ_c (t_c − t̄)²` over the `n` PSUs of a stratum; those that stand in no block have t = 0.
fn squares_about_mean(n: f64, blocks: &mut [Block]) -> f64 {
    sort_by_value(blocks);
    let mean = blocks.iter().map(|block| block.total).sum::<f64>() / n;
    let outside = n - blocks.iter().map(|block| block.count).sum::<f64>();
    let mut squares = outside * mean * mean;
    let mut uncentred = 0.0;
    for block in blocks {
        let deviation = block.total / block.count - mean;
        squares += block.within + block.count * deviation * deviation;
        uncentred += block.magnitude * block.magnitude / block.count;
    }
    if squares <= NOISE * uncentred { 0.0 } else { squares }
}

/// `t²` of the one PSU of a stratum; 0 where that is within rounding.
fn square_about_zero(blocks: &mut [Block]) -> f64 {
    sort_by_value(blocks);
    let total: f64 = blocks.iter().map(|block| block.total).sum();
    let magnitude: f64 = blocks.iter().map(|block| block.magnitude).sum();
    let square = total * total;
    if square <= NOISE * magnitude * magnitude { 0.0 } else { square }
}
