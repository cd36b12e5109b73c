//! Margins laid over the sample: the calibration cells, and a column (the dummy of one target) for every target.

use super::occupancy::{Lookup, Occupancy};
use super::{CalibrationError, Margin, Target};
use crate::tally::Cells;

/// The targets as columns, and who stands in them.
pub(super) struct Overlay {
    /// The columns: margin by margin, in the order of their targets.
    pub(super) columns: Vec<Column>,
    /// The calibration cells, sorted by their targets; none has weight 0.
    pub(super) cells: Vec<CalibrationCell>,
    /// The calibration cell of each of the cells' groups; 0 for groups of weight 0, where it does not matter.
    pub(super) group_cells: Vec<u32>,
}

/// One target.
pub(super) struct Column {
    /// Index of its margin.
    pub(super) margin: usize,
    /// Index of the target in its margin.
    pub(super) target: usize,
    /// The total of w′ to be met.
    pub(super) total: f64,
    /// Those of its calibration cells that have weight, ascending.
    pub(super) cells: Vec<usize>,
}

/// Respondents who agree on the target of every margin.
pub(super) struct CalibrationCell {
    /// By margin: the column, if the margin covers them.
    pub(super) columns: Vec<Option<usize>>,
    /// Respondents with weight ≠ 0.
    pub(super) n: u64,
    /// Σd.
    pub(super) weight: f64,
    /// Σd².
    pub(super) weight_squared: f64,
}

impl Overlay {
    /// Lays `margins` over `cells`, and sees that each target has weight, each respondent a target, and the totals agree.
    pub(super) fn new(cells: &Cells, margins: &[Margin]) -> Result<Self, CalibrationError> {
        let lookups: Vec<Lookup<'_>> = margins
            .iter()
            .enumerate()
            .map(|(index, margin)| Lookup::new(index, margin))
            .collect::<Result<_, _>>()?;
        let mut occupancy = Occupancy::default();
        for group in 0..cells.groups().len() {
            occupancy.add(cells, group, &lookups);
        }
        occupancy.check(&lookups)?;
        let mut overlay = Self::number(cells, &lookups, &occupancy);
        overlay.set_totals(margins);
        overlay.check_totals(margins.len())?;
        Ok(overlay)
    }

    /// Numbers the calibration cells and the columns.
    fn number(cells: &Cells, lookups: &[Lookup<'_>], occupancy: &Occupancy) -> Self {
        let mut first = Vec::new();
        let mut columns = Vec::new();
        for lookup in lookups {
            first.push(columns.len());
            let column = |(target, of): (usize, &Target)| Column {
                margin: lookup.index,
                target,
                total: of.total,
                cells: Vec::new(),
            };
            columns.extend(lookup.margin.targets.iter().enumerate().map(column));
        }
        let mut numbered = Vec::new();
        let mut group_cells = vec![0; cells.groups().len()];
        for (key, (sums, groups)) in &occupancy.cells {
            let of_margin = |(target, &first): (&Option<usize>, &usize)| target.map(|target| first + target);
            let cell = CalibrationCell {
                columns: key.iter().zip(&first).map(of_margin).collect(),
                n: sums.n,
                weight: cells.grid.weight(*sums),
                weight_squared: cells.grid.weight_squared(*sums),
            };
            for &column in cell.columns.iter().flatten() {
                columns[column].cells.push(numbered.len());
            }
            for &group in groups {
                group_cells[group] = numbered.len() as u32;
            }
            numbered.push(cell);
        }
        Self { columns, cells: numbered, group_cells }
    }
}
