//! The codes of a part of a file in those of its wave.

use std::ops::Range;

use super::super::dataset::Batch;

/// What each code of a part is in the wave that the part belongs to.
#[derive(Debug)]
pub(super) struct Codes {
    /// By dimension.
    pub(super) dimensions: Vec<Vec<u16>>,
    pub(super) strata: Vec<u32>,
    pub(super) psus: Vec<u32>,
    /// By column of numbers.
    pub(super) numbers: Vec<Vec<u32>>,
}

impl Codes {
    /// Appends rows of a part to a batch of the wave.
    pub(super) fn append(&self, part: &Batch, rows: Range<usize>, wave: &mut Batch) {
        wave.pseudonyms.extend_from_slice(&part.pseudonyms[rows.clone()]);
        append_columns(&mut wave.dimensions, &part.dimensions, &rows, |column, code| {
            self.dimensions[column][usize::from(code)]
        });
        wave.strata.extend(part.strata[rows.clone()].iter().map(|&code| self.strata[code as usize]));
        if let Some(psus) = &part.psus {
            let codes = psus[rows.clone()].iter().map(|&code| self.psus[code as usize]);
            wave.psus.get_or_insert_default().extend(codes);
        }
        if let Some(weights) = &part.weights {
            wave.weights.get_or_insert_default().extend_from_slice(&weights[rows.clone()]);
        }
        append_columns(&mut wave.answers, &part.answers, &rows, |_, word| word);
        append_columns(&mut wave.numbers, &part.numbers, &rows, |column, code| {
            self.numbers[column][code as usize]
        });
    }
}

/// Appends rows of columns, each value through `code`.
fn append_columns<T: Copy>(
    to: &mut Vec<Vec<T>>,
    from: &[Vec<T>],
    rows: &Range<usize>,
    code: impl Fn(usize, T) -> T,
) {
    to.resize_with(from.len(), Vec::new);
    for (column, (to, from)) in to.iter_mut().zip(from).enumerate() {
        to.extend(from[rows.clone()].iter().map(|&value| code(column, value)));
    }
}
