//! The variance kernel: the design-based variance of a total of influence values.
//!
//! In: linear influence functions z = c·w on item domains. Out: `V = Σ_h f_h · n_h/(n_h−1) · Σ_c (t_hc − t̄_h)²` with
//! `t_hc` the sum of z in PSU c of stratum h, `f_h` the finite population correction, and `n_h` counted on the full
//! sample (PSUs outside the domains count with t = 0). Sums run in the order of their values, so that nothing depends on
//! how strata and PSUs are numbered. First stage only (ultimate clusters). Every estimator is an influence
//! function; this is the only place that knows the design. Refuses a lone PSU in a stratum that the domains touch.

use std::collections::BTreeSet;

use super::NotEstimable;
use super::domain::{Answered, ItemDomain};
use crate::tally::{Cells, StratumSize};

/// The influence function that is `yes`·w on those of `domain` who said yes, `no`·w on those who said no, else 0.
#[derive(Clone, Copy)]
pub(super) struct Influence<'a> {
    /// Where the function is not 0.
    pub(super) domain: &'a ItemDomain,
    /// Influence per unit of weight of a yes.
    pub(super) yes: f64,
    /// Influence per unit of weight of a no.
    pub(super) no: f64,
}

/// PSUs of one stratum whose totals are handled together: one PSU, or the respondents (each a PSU) of an unclustered
/// stratum that share an answer and so an influence per unit of weight.
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

/// The variance of the sum of `parts`. Without clusters the parts must be disjoint.
///
/// # Errors
/// [`NotEstimable::LonePsu`] for the first stratum with a row in one of the domains, one PSU on the full sample, and no
/// census.
pub(super) fn variance(cells: &Cells, parts: &[Influence<'_>]) -> Result<f64, NotEstimable> {
    let mut blocks: Vec<Block> = parts.iter().flat_map(blocks).collect();
    blocks.sort_by_key(|block| (block.stratum, block.psu));
    if cells.clustered {
        merge(&mut blocks);
    }
    let mut strata = Vec::new();
    for stratum in blocks.chunk_by_mut(|a, b| a.stratum == b.stratum) {
        let size = &cells.strata[stratum[0].stratum as usize];
        let unsampled = unsampled_fraction(size);
        if unsampled <= 0.0 {
            continue;
        }
        if size.psus < 2 {
            return Err(NotEstimable::LonePsu { stratum: stratum[0].stratum });
        }
        let n = size.psus as f64;
        strata.push(unsampled * (n / (n - 1.0)) * squares_about_mean(n, stratum));
    }
    strata.sort_unstable_by(f64::total_cmp);
    Ok(strata.iter().sum())
}

/// Degrees of freedom of the union of `domains`: their PSUs minus their strata, among rows with weight ≠ 0. Without
/// clusters the domains must be disjoint.
pub(super) fn degrees_of_freedom(cells: &Cells, domains: &[&ItemDomain]) -> u64 {
    let units = || domains.iter().flat_map(|domain| &domain.units);
    let strata: BTreeSet<u32> = units().map(|unit| unit.stratum).collect();
    let psus = if cells.clustered {
        units().map(|unit| (unit.stratum, unit.psu)).collect::<BTreeSet<_>>().len() as u64
    } else {
        domains.iter().map(|domain| domain.base.n).sum()
    };
    psus.saturating_sub(strata.len() as u64)
}

/// Whether every stratum that `domain` touches was taken whole, so that there is no sampling error.
pub(super) fn is_census(cells: &Cells, domain: &ItemDomain) -> bool {
    domain.units.iter().all(|unit| unsampled_fraction(&cells.strata[unit.stratum as usize]) <= 0.0)
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

fn blocks<'a>(part: &'a Influence<'_>) -> impl Iterator<Item = Block> + 'a {
    part.domain.units.iter().flat_map(move |unit| {
        let block = |rows: Answered, c: f64| {
            let total = c * rows.w;
            let block = |count, within| Block {
                stratum: unit.stratum,
                psu: unit.psu,
                count,
                total,
                within,
                magnitude: total.abs(),
            };
            if unit.psu.is_some() { block(1.0, 0.0) } else { block(rows.n as f64, c * c * spread(rows)) }
        };
        [(unit.yes, part.yes), (unit.no, part.no)]
            .into_iter()
            .filter(|(rows, _)| rows.n > 0)
            .map(move |(rows, c)| block(rows, c))
    })
}

/// Σ(w − w̄)² from Σw and Σw²; what is within the rounding of the two terms is 0 (equal weights).
fn spread(rows: Answered) -> f64 {
    let squares = rows.w2 - rows.w * rows.w / rows.n as f64;
    if squares <= 4.0 * f64::EPSILON * rows.w2 { 0.0 } else { squares }
}

/// Joins the blocks of each PSU into one.
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

/// `Σ_c (t_c − t̄)²` over the `n` PSUs of a stratum; those that stand in no block have t = 0.
fn squares_about_mean(n: f64, blocks: &mut [Block]) -> f64 {
    blocks.sort_unstable_by(|a, b| {
        let by = |value: fn(&Block) -> f64| value(a).total_cmp(&value(b));
        by(|block| block.total).then(by(|block| block.count)).then(by(|block| block.within))
    });
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
