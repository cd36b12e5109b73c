//! Who stands where: shares of the levels of dimensions, laid out as a table like all figures.

use super::lay_out::{Layout, figure, lay_out};
use super::{Base, ItemLabel, MeasureLabel, Row, Table};
use crate::estimate::{EstimateRow, Estimates};
use crate::measure::Shown;

/// The share of those on one level among those of a domain.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelShare {
    /// Level codes of the domain, in the order of the request's dimensions.
    pub within: Vec<u16>,
    /// The dimension, an index into the tally's.
    pub dimension: usize,
    /// The code of the level.
    pub level: u16,
    /// The share.
    pub row: EstimateRow,
}

/// Shares as a table whose items are `dimension.level`; `layout` has no quantities.
#[must_use]
pub fn composition(shares: &[LevelShare], layout: &Layout<'_>) -> Table {
    let nothing = Estimates { rows: Vec::new(), gaps: Vec::new(), tests: Vec::new() };
    let row = |LevelShare { within, dimension, level, row }: &LevelShare| {
        let (estimate, mark) = layout.visible(row.estimate, row.flag);
        let item =
            ItemLabel { feature: layout.dimension(*dimension), action: layout.level(*dimension, *level) };
        Row {
            by: layout.levels(&layout.request.by, within),
            measure: MeasureLabel { item, shown: Shown::Rate, per: None, counted: None },
            base: Base { n: row.base.n, some_not_asked: false, counts: Some(row.base) },
            figure: estimate.map(figure),
            letters: String::new(),
            mark,
        }
    };
    Table { rows: shares.iter().map(row).collect(), ..lay_out(&nothing, layout) }
}
