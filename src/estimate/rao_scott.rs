//! Whether a rate is the same at all levels of one dimension: Pearson's X² on the table of weighted shares, with
//! the second-order correction of Rao & Scott (1984). R: `svychisq(statistic = "F")`.
//!
//! In: the rate's bases, one per level. Out: [`TestRow`]s. Levels at which nobody answered are dropped first.
//!
//! With `p_rc` the share of answer r and level c, D the diagonal matrix of these, V their covariance matrix and C a basis
//! of the tables whose rows and columns sum to 0:
//!
//! ```text
//! X² = Σ (p_rc − p_r·p_c)²/(p_r·p_c),  Δ = (C′D⁻¹C)⁻¹ (C′D⁻¹VD⁻¹C),  F = X²/tr Δ,  ν₁ = (tr Δ)²/tr Δ²,  ν₂ = ν₁·df
//! ```
//!
//! (the sample size, by which others multiply X² and Δ, cancels). The traces do not depend on the basis; column k of ours
//! is +1 at (yes, k), −1 at (no, k), and the reverse at the last level. In D⁻¹ empty cells stand with 0, as in R.

use super::comparison::Comparison;
use super::covariance::{Function, covariance};
use super::design::Sample;
use super::domain::{Support, Unit};
use super::matrix::Matrix;
use super::variance::degrees_of_freedom;
use super::{NotEstimable, RaoScott, Statistic, TestRow, fisher, proportion};

/// The shares of those who said yes and no, per level; they sum to 1.
struct Shares(Vec<(f64, f64)>);

impl Comparison<'_> {
    /// The tests of the measure against the dimension at `position`, sorted by the other levels.
    pub(super) fn tests(&self, position: usize) -> Vec<TestRow> {
        let mut rows = Vec::new();
        for (levels, columns) in &self.banners(position) {
            let figures = || columns.values().map(|&index| &self.figures[index]);
            let bases: Vec<&Support> = figures()
                .map(|figure| &figure.support)
                .filter(|support| support.base.weighted_n > 0.0)
                .collect();
            let test = if figures().all(|figure| figure.statistic == Statistic::Rate) {
                rao_scott(self.sample, &bases)
            } else {
                Err(NotEstimable::NotARate)
            };
            rows.push(TestRow { levels: levels.clone(), measure: self.measure, test });
        }
        rows
    }
}

/// The test of one rate on the disjoint, non-empty `domains`.
fn rao_scott(sample: &Sample<'_>, domains: &[&Support]) -> Result<RaoScott, NotEstimable> {
    let Some(shares) = Shares::of(domains) else {
        return Err(if domains.is_empty() { NotEstimable::Empty } else { NotEstimable::Uniform });
    };
    let total: f64 = domains.iter().map(|domain| domain.base.weighted_n).sum();
    let numerator = covariance(sample, domains, &by_point(&shares.contrasts(1.0 / total), domains))?;
    let bases: Vec<&[Unit]> = domains.iter().map(|domain| domain.units.as_slice()).collect();
    let df = degrees_of_freedom(sample, &bases);
    if df == 0 {
        return Err(NotEstimable::ZeroDf);
    }
    if numerator.rank() < domains.len() - 1 {
        return Err(NotEstimable::Singular);
    }
    let delta = shares.multinomial().solve_symmetric(&numerator);
    let trace = delta.trace();
    let f = shares.pearson() / trace;
    let ndf = trace * trace / delta.trace_of_square();
    let ddf = ndf * df as f64;
    Ok(RaoScott { f, ndf, ddf, p: fisher::upper_tail(f, ndf, ddf) })
}

/// Functions of yes and no on every level, as functions of the points of its base.
fn by_point(contrasts: &[Vec<(f64, f64)>], domains: &[&Support]) -> Vec<Function> {
    let level = |(&(yes, no), support): (&(f64, f64), &&Support)| -> Vec<f64> {
        support.points.iter().map(|point| if point.y > 0.0 { yes } else { no }).collect()
    };
    contrasts.iter().map(|contrast| contrast.iter().zip(domains).map(level).collect()).collect()
}

impl Shares {
    /// `None` when there is but one level or one answer.
    fn of(domains: &[&Support]) -> Option<Self> {
        let weights: Vec<(f64, f64)> = domains.iter().map(|support| proportion::weights(support)).collect();
        let yes: f64 = weights.iter().map(|weights| weights.0).sum();
        let no: f64 = weights.iter().map(|weights| weights.1).sum();
        let share = |weights: &(f64, f64)| (weights.0 / (yes + no), weights.1 / (yes + no));
        (domains.len() > 1 && yes > 0.0 && no > 0.0).then(|| Self(weights.iter().map(share).collect()))
    }

    /// X² of a sample of one. With two answers both deviations of a level are the same but for their sign.
    fn pearson(&self) -> f64 {
        let yes: f64 = self.0.iter().map(|share| share.0).sum();
        let no: f64 = self.0.iter().map(|share| share.1).sum();
        let level = |&(a, b): &(f64, f64)| {
            let deviation = a * no - b * yes;
            deviation * deviation / ((a + b) * yes * no)
        };
        self.0.iter().map(level).sum()
    }

    /// D⁻¹ by level: of a yes, of a no.
    fn reciprocals(&self) -> Vec<(f64, f64)> {
        let reciprocal = |share: f64| if share > 0.0 { 1.0 / share } else { 0.0 };
        self.0.iter().map(|&(yes, no)| (reciprocal(yes), reciprocal(no))).collect()
    }

    /// C′D⁻¹C, the covariance matrix of the contrasts under multinomial sampling of one.
    fn multinomial(&self) -> Matrix {
        let diagonal: Vec<f64> = self.reciprocals().iter().map(|(yes, no)| yes + no).collect();
        let size = diagonal.len() - 1;
        let mut matrix = Matrix::new(size, size);
        for i in 0..size {
            for j in 0..size {
                matrix[(i, j)] = diagonal[size] + if i == j { diagonal[i] } else { 0.0 };
            }
        }
        matrix
    }

    /// The influence functions of the contrasts C′D⁻¹p, times `scale`: by level per unit of weight of a yes, of a no.
    fn contrasts(&self, scale: f64) -> Vec<Vec<(f64, f64)>> {
        let reciprocals = self.reciprocals();
        let last = reciprocals.len() - 1;
        let contrast = |k: usize| {
            let mut coefficients = vec![(0.0, 0.0); last + 1];
            coefficients[k] = (reciprocals[k].0, -reciprocals[k].1);
            coefficients[last] = (-reciprocals[last].0, reciprocals[last].1);
            // A share has the influence w(1 − p)/Σw inside its cell and −wp/Σw outside; 1/p times p is 1, or 0 if empty.
            let mean = self.filled(k) - self.filled(last);
            coefficients.iter().map(|c| (scale * (c.0 - mean), scale * (c.1 - mean))).collect()
        };
        (0..last).map(contrast).collect()
    }

    /// 1 if somebody said yes at `level`, minus 1 if somebody said no.
    fn filled(&self, level: usize) -> f64 {
        let one = |share: f64| f64::from(u8::from(share > 0.0));
        one(self.0[level].0) - one(self.0[level].1)
    }
}
