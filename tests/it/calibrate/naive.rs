//! The variance of calibrated figures row by row, by the definitions.

use std::collections::BTreeMap;

use wxstats::codebook::Answer;
use wxstats::estimate::LonelyPsu;
use wxstats::estimate::calibrate::{Covers, Margin};

use crate::estimate::naive::{Row, Survey, unit};

/// For every target of every margin: who stands in it.
pub(super) fn dummies(survey: &Survey, margins: &[Margin]) -> Vec<Vec<bool>> {
    let mut columns = Vec::new();
    for margin in margins {
        let own = |row: &Row| margin.dimensions.iter().map(|&d| row.levels[d]).collect::<Vec<u16>>();
        let covered = |row: &Row| margin.within.iter().all(|&(d, level)| row.levels[d] == level);
        let named = |row: &Row| {
            margin.targets.iter().any(|target| match &target.covers {
                Covers::Levels(levels) => levels.contains(&own(row)),
                Covers::Others => false,
            })
        };
        for target in &margin.targets {
            let inside = |row: &Row| {
                covered(row)
                    && match &target.covers {
                        Covers::Levels(levels) => levels.contains(&own(row)),
                        Covers::Others => !named(row),
                    }
            };
            columns.push(survey.rows.iter().map(inside).collect());
        }
    }
    columns
}

/// A rate: p̂, and the influence of every row per unit of calibrated weight.
pub(super) fn rate(
    survey: &Survey,
    weights: &[f64],
    inside: impl Fn(&Row) -> bool,
    item: usize,
) -> (f64, Vec<f64>) {
    let answered = |row: &Row| inside(row) && row.answers[item] >= Answer::No;
    let y = |row: &Row| f64::from(u8::from(row.answers[item] == Answer::Yes));
    let rows = || survey.rows.iter().zip(weights).filter(|(row, _)| answered(row));
    let sum: f64 = rows().map(|(_, w)| w).sum();
    let p = rows().map(|(row, w)| w * y(row)).sum::<f64>() / sum;
    let u = |row: &Row| if answered(row) { (y(row) - p) / sum } else { 0.0 };
    (p, survey.rows.iter().map(u).collect())
}

/// What is left of `u` when the columns are taken out of it one by one, made orthogonal in base weights (Gram–Schmidt).
pub(super) fn residual(survey: &Survey, columns: &[Vec<bool>], u: &[f64]) -> Vec<f64> {
    let product = |a: &[f64], b: &[f64]| -> f64 {
        survey.rows.iter().zip(a.iter().zip(b)).map(|(row, (a, b))| row.weight * a * b).sum()
    };
    let without = |of: &mut Vec<f64>, direction: &[f64]| {
        let share = product(of, direction) / product(direction, direction);
        of.iter_mut().zip(direction).for_each(|(of, direction)| *of -= share * direction);
    };
    let mut directions: Vec<Vec<f64>> = Vec::new();
    for column in columns {
        let mut direction: Vec<f64> = column.iter().map(|&inside| f64::from(u8::from(inside))).collect();
        let before = product(&direction, &direction);
        for _ in 0..2 {
            for known in &directions {
                without(&mut direction, known);
            }
        }
        if product(&direction, &direction) > 1e-9 * before {
            directions.push(direction);
        }
    }
    let mut rest = u.to_vec();
    for _ in 0..2 {
        for direction in &directions {
            without(&mut rest, direction);
        }
    }
    rest
}

/// The variance of Σz, PSU by PSU; `None` where lonely PSUs leave it undefined.
pub(super) fn variance(survey: &Survey, z: &[f64], mode: LonelyPsu) -> Option<f64> {
    let (mut sum, mut strata, mut lonely) = (0.0, 0, 0);
    for stratum in 0..survey.fpc.len() as u32 {
        let mut totals: BTreeMap<usize, f64> = BTreeMap::new();
        let mut touched = false;
        for (index, row) in survey.rows.iter().enumerate().filter(|(_, row)| row.stratum == stratum) {
            *totals.entry(unit(index, row)).or_default() += z[index];
            touched |= row.weight > 0.0;
        }
        if !touched {
            continue;
        }
        strata += 1;
        let n = totals.len() as f64;
        let mean = totals.values().sum::<f64>() / n;
        let squares: f64 = totals.values().map(|total| (total - mean).powi(2)).sum();
        let f = match survey.fpc[stratum as usize] {
            None => 1.0,
            Some(size) if size > 1.0 => 1.0 - n / size,
            Some(fraction) => 1.0 - fraction,
        };
        if n > 1.0 || f <= 0.0 {
            sum += if f <= 0.0 { 0.0 } else { f * n / (n - 1.0) * squares };
            continue;
        }
        lonely += 1;
        if mode == LonelyPsu::Adjust {
            sum += f * mean * mean;
        }
    }
    match mode {
        LonelyPsu::Fail => (lonely == 0).then_some(sum),
        LonelyPsu::Average => (lonely < strata).then(|| sum * f64::from(strata) / f64::from(strata - lonely)),
        _ => Some(sum),
    }
}
