//! Correction of p-values for the number of gaps in a table.

use super::{Correction, Gap, GapRow};

/// Sets `p_adjusted` of every gap that could be estimated; these are the family. R: `p.adjust`.
pub(super) fn adjust(rows: &mut [GapRow], correction: Correction) {
    let mut gaps: Vec<&mut Gap> = rows.iter_mut().filter_map(|row| row.gap.as_mut().ok()).collect();
    match correction {
        Correction::None => gaps.iter_mut().for_each(|gap| gap.p_adjusted = gap.p),
        Correction::Holm => holm(&mut gaps),
    }
}

/// Holm (1979): the i-th smallest of m p-values times m − i + 1, at most 1, and never less than the one before.
fn holm(gaps: &mut [&mut Gap]) {
    gaps.sort_by(|a, b| a.p.total_cmp(&b.p));
    let m = gaps.len();
    let mut floor = 0.0_f64;
    for (index, gap) in gaps.iter_mut().enumerate() {
        floor = floor.max((m - index) as f64 * gap.p).min(1.0);
        gap.p_adjusted = floor;
    }
}
