//! Respondents who stay where they are, such as on a cluster, and of whom only sums can be had: what is [`Asked`], and what comes
//! back ([`Alike`]).

use std::collections::BTreeSet;

use super::dataset::Batch;

/// What is summed, in which units. Columns are places in the [`Schema`](super::Schema) of the part that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Dimensions that every sum tells apart, beside strata and PSUs.
    pub dimensions: BTreeSet<usize>,
    /// What is told apart together; everybody is summed anew for each.
    pub together: Vec<Together>,
    /// Exponent of the unit of Σw.
    pub w: i32,
    /// Exponent of the unit of Σw².
    pub w2: i32,
}

/// Items whose answers are told apart together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Together {
    /// Those answered with yes or no.
    pub items: BTreeSet<usize>,
    /// Those answered with a number.
    pub numbers: BTreeSet<usize>,
}

/// Groups of respondents who agree in stratum, PSU, the dimensions and what was asked together, and their sums.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alike {
    /// A row for every group, as for one of its respondents, without id and weight; what was not asked has the code 0.
    pub batch: Batch,
    /// How many they are, whatever they weigh.
    pub respondents: Vec<u64>,
    /// How many of them have a weight ≠ 0.
    pub n: Vec<u64>,
    /// Their weights and the squares of these, each on the grid of its unit; empty where everybody weighs 1.
    pub weights: Vec<(i128, i128)>,
}
