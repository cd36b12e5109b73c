//! Covariance matrices of totals of influence values, from the variance kernel alone.
//!
//! The variance is a quadratic form of the influence values, so covariances are differences of variances: the kernel
//! stays the only place that knows the design.

use super::NotEstimable;
use super::design::Sample;
use super::domain::ItemDomain;
use super::matrix::Matrix;
use super::variance::{Influence, variance};

/// An influence function on several disjoint domains: per domain the influence per unit of weight of a yes and of a no.
pub(super) type Function = Vec<(f64, f64)>;

/// The covariance matrix of the sums of `functions` on the disjoint `domains`.
///
/// # Errors
/// Those of the variance.
pub(super) fn covariance(
    sample: &Sample<'_>,
    domains: &[&ItemDomain],
    functions: &[Function],
) -> Result<Matrix, NotEstimable> {
    let size = functions.len();
    let mut matrix = Matrix::new(size, size);
    for (i, f) in functions.iter().enumerate() {
        matrix[(i, i)] = variance_of(sample, domains, f)?;
        for (j, g) in functions[..i].iter().enumerate() {
            let (a, b) = (matrix[(i, i)].sqrt(), matrix[(j, j)].sqrt());
            if a <= 0.0 || b <= 0.0 {
                continue;
            }
            // Standardised, the two have a sum of variance 2 + 2ρ, from which ρ comes without loss.
            let sum: Function =
                f.iter().zip(g).map(|(f, g)| (f.0 / a + g.0 / b, f.1 / a + g.1 / b)).collect();
            let covariance = (0.5 * variance_of(sample, domains, &sum)? - 1.0) * a * b;
            matrix[(i, j)] = covariance;
            matrix[(j, i)] = covariance;
        }
    }
    Ok(matrix)
}

fn variance_of(
    sample: &Sample<'_>,
    domains: &[&ItemDomain],
    function: &[(f64, f64)],
) -> Result<f64, NotEstimable> {
    let part = |(&domain, &(yes, no))| Influence { domain, yes, no };
    let parts: Vec<Influence<'_>> = domains.iter().zip(function).map(part).collect();
    variance(sample, &parts)
}
