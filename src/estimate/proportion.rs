//! A proportion: what intervals, flags and MOVER need to know of a rate.

use super::domain::Support;

/// An estimated proportion.
#[derive(Clone, Copy)]
pub(super) struct Proportion {
    /// p̂.
    pub(super) p: f64,
    /// 1 − p̂, from its own sum.
    pub(super) q: f64,
    /// V(p̂); 0 where p̂ is 0 or 1, and in a census.
    pub(super) variance: f64,
    /// Rows of the base.
    pub(super) n: u64,
    /// Degrees of freedom, ≥ 1.
    pub(super) df: u64,
    /// Whether there is no sampling error.
    pub(super) census: bool,
}

impl Proportion {
    /// Whether p̂ is 0 or 1, where the linearised variance is 0 and says nothing.
    pub(super) fn at_boundary(&self) -> bool {
        self.p <= 0.0 || self.q <= 0.0
    }

    /// `n_e = p̂(1−p̂)/V`, at most n; n where V is 0.
    pub(super) fn effective_n(&self) -> f64 {
        let n = self.n as f64;
        if self.variance > 0.0 { n.min(self.p * self.q / self.variance) } else { n }
    }
}

/// Σwy and Σw(x − y): the weights of yes and of no, or of what a share counts and what it does not.
pub(super) fn weights(support: &Support) -> (f64, f64) {
    let points = || support.points.iter().zip(&support.weights);
    let yes = points().map(|(point, weight)| point.y * weight).sum();
    let no = points().map(|(point, weight)| (point.x - point.y) * weight).sum();
    (yes, no)
}

/// p̂ and 1 − p̂.
pub(super) fn shares(support: &Support) -> (f64, f64) {
    let (yes, no) = weights(support);
    (yes / (yes + no), no / (yes + no))
}
