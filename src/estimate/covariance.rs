//! Covariance matrices of totals of influence values, from the variance kernel alone.
//!
//! The variance is a quadratic form of the influence values, so covariances are differences of variances: the kernel
//! stays the only place that knows the design.

use super::NotEstimable;
use super::design::Sample;
use super::domain::Support;
use super::matrix::Matrix;
use super::variance::{Influence, variance};

/// An influence function on several disjoint bases: per base the influence per unit of weight, by point.
pub(super) type Function = Vec<Vec<f64>>;

/// The covariance matrix of the sums of `functions` on the disjoint `bases`.
///
/// # Errors
/// Those of the variance.
pub(super) fn covariance(
    sample: &Sample<'_>,
    bases: &[&Support],
    functions: &[Function],
) -> Result<Matrix, NotEstimable> {
    let size = functions.len();
    let mut matrix = Matrix::new(size, size);
    for (i, f) in functions.iter().enumerate() {
        matrix[(i, i)] = variance_of(sample, bases, f)?;
        for (j, g) in functions[..i].iter().enumerate() {
            let (a, b) = (matrix[(i, i)].sqrt(), matrix[(j, j)].sqrt());
            if a <= 0.0 || b <= 0.0 {
                continue;
            }
            // Standardised, the two have a sum of variance 2 + 2ρ, from which ρ comes without loss.
            let sum = |(f, g): (&Vec<f64>, &Vec<f64>)| f.iter().zip(g).map(|(f, g)| f / a + g / b).collect();
            let sum: Function = f.iter().zip(g).map(sum).collect();
            let covariance = (0.5 * variance_of(sample, bases, &sum)? - 1.0) * a * b;
            matrix[(i, j)] = covariance;
            matrix[(j, i)] = covariance;
        }
    }
    Ok(matrix)
}

fn variance_of(sample: &Sample<'_>, bases: &[&Support], function: &[Vec<f64>]) -> Result<f64, NotEstimable> {
    let parts: Vec<Influence<'_>> = bases
        .iter()
        .zip(function)
        .map(|(&support, by_point)| Influence { units: &support.units, by_point: by_point.clone() })
        .collect();
    variance(sample, &parts)
}
