//! [`Rows`]: respondents with their group, weight and values in every lane, and how they are put in the order of groups.

use std::ops::Range;

use super::lane::Values;

/// Rows, column by column.
pub(super) struct Rows {
    /// The number of each row's group.
    pub(super) groups: Vec<u32>,
    /// Empty where everybody weighs 1.
    pub(super) weights: Vec<f64>,
    /// By lane.
    pub(super) values: Vec<Values>,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// The rows of weight ≠ 0 in the order of their groups, which are below `count`; those of a group keep their order.
    pub(super) fn sorted(&self, count: usize) -> Self {
        let has_weight = |row: usize| self.weights.get(row).is_none_or(|&weight| weight > 0.0);
        let mut next = vec![0_u32; count + 1];
        for (row, &group) in self.groups.iter().enumerate() {
            next[group as usize + 1] += u32::from(has_weight(row));
        }
        let mut sum = 0;
        for next in &mut next {
            sum += *next;
            *next = sum;
        }
        let mut order = vec![0_u32; sum as usize];
        for (row, &group) in self.groups.iter().enumerate().filter(|&(row, _)| has_weight(row)) {
            let place = &mut next[group as usize];
            order[*place as usize] = row as u32;
            *place += 1;
        }
        self.pick(&order)
    }

    /// Where the rows of each group stand, of rows in the order of their groups.
    pub(super) fn runs(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut start = 0;
        self.groups.chunk_by(|a, b| a == b).map(move |run| {
            let range = start..start + run.len();
            start = range.end;
            range
        })
    }

    /// Adds rows of the same columns.
    pub(super) fn append(&mut self, mut more: Self) {
        self.groups.append(&mut more.groups);
        self.weights.append(&mut more.weights);
        for (own, more) in self.values.iter_mut().zip(more.values) {
            match (own, more) {
                (Values::Narrow(own), Values::Narrow(mut more)) => own.append(&mut more),
                (Values::Wide(own), Values::Wide(mut more)) => own.append(&mut more),
                _ => {}
            }
        }
    }

    /// These rows in this order.
    pub(super) fn pick(&self, order: &[u32]) -> Self {
        fn picked<T: Copy>(column: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|&row| column[row as usize]).collect()
        }
        Self {
            groups: picked(&self.groups, order),
            weights: if self.weights.is_empty() { Vec::new() } else { picked(&self.weights, order) },
            values: self
                .values
                .iter()
                .map(|values| match values {
                    Values::Narrow(values) => Values::Narrow(picked(values, order)),
                    Values::Wide(values) => Values::Wide(picked(values, order)),
                })
                .collect(),
        }
    }
}
