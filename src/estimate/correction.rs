//! Correction of p-values for the number of comparisons.

use super::Correction;

/// The corrected p-values of one family, in its order. R: `p.adjust`.
#[must_use]
pub fn adjusted(family: &[f64], correction: Correction) -> Vec<f64> {
    let mut ranked: Vec<usize> = (0..family.len()).collect();
    ranked.sort_by(|&a, &b| family[a].total_cmp(&family[b]));
    let mut adjusted = family.to_vec();
    match correction {
        Correction::None => {}
        Correction::Holm => holm(&ranked, &mut adjusted),
        Correction::BenjaminiHochberg => benjamini_hochberg(&ranked, &mut adjusted),
    }
    adjusted
}

/// Holm (1979): the i-th smallest of m p-values times m − i + 1, at most 1, and never less than the one before.
fn holm(ranked: &[usize], p: &mut [f64]) {
    let m = ranked.len();
    let mut floor = 0.0_f64;
    for (before, &index) in ranked.iter().enumerate() {
        floor = floor.max((m - before) as f64 * p[index]).min(1.0);
        p[index] = floor;
    }
}

/// Benjamini & Hochberg (1995): the i-th smallest of m p-values times m/i, and never more than the one after.
fn benjamini_hochberg(ranked: &[usize], p: &mut [f64]) {
    let m = ranked.len() as f64;
    let mut ceiling = 1.0_f64;
    for (before, &index) in ranked.iter().enumerate().rev() {
        ceiling = ceiling.min(m / (before + 1) as f64 * p[index]);
        p[index] = ceiling;
    }
}
