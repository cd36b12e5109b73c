//! The sheets of all threads → one of each group. polars aggregates them: sums of the same group, variable and class are added.
//!
//! Every sum is an integer, so nothing depends on the order in which polars adds them.

use anyhow::{Result, anyhow};
use polars::prelude::*;

use super::Sums;
use super::sheet::{Form, Sheet};

const GROUP: &str = "group";
const VARIABLE: &str = "variable";
const CLASS: &str = "class";
const N: &str = "n";
const W: &str = "w";
const W2: &str = "w2";

/// One sheet a group, ascending by group, of those that threads have summed.
///
/// # Errors
/// What polars reports.
pub(super) fn together(sheets: &[(usize, Sheet)], form: &Form) -> Result<Vec<(usize, Sheet)>> {
    if sheets.is_empty() {
        return Ok(Vec::new());
    }
    let summed = aggregate(&frame(sheets, form)?)?;
    let mut merged: Vec<(usize, Sheet)> = Vec::new();
    for entry in entries(&summed)? {
        let (group, place, sums) = entry?;
        if merged.last().is_none_or(|(last, _)| *last != group) {
            merged.push((group, form.empty()));
        }
        if let Some((_, sheet)) = merged.last_mut() {
            sheet.add(form, place, sums);
        }
    }
    Ok(merged)
}

/// A row for every group, variable and class of every sheet.
fn frame(sheets: &[(usize, Sheet)], form: &Form) -> PolarsResult<DataFrame> {
    let (mut groups, mut variables, mut classes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut n, mut w, mut w2) = (Vec::new(), Vec::new(), Vec::new());
    for (group, sheet) in sheets {
        for variable in 0..form.variables() {
            for (class, sums) in form.classes(sheet, variable) {
                groups.push(*group as u64);
                variables.push(variable as u32);
                classes.push(class);
                n.push(sums.n);
                w.push(sums.w);
                w2.push(sums.w2);
            }
        }
    }
    df!(GROUP => groups, VARIABLE => variables, CLASS => classes, N => n, W => w, W2 => w2)
}

/// The sums of the same group, variable and class, sorted by these.
fn aggregate(all: &DataFrame) -> PolarsResult<DataFrame> {
    #[expect(deprecated, reason = "the eager group-by is the one that needs no lazy engine in the build")]
    let mut summed = all.group_by([GROUP, VARIABLE, CLASS])?.select([N, W, W2]).sum()?;
    summed.set_column_names(&[GROUP, VARIABLE, CLASS, N, W, W2])?;
    summed.sort([GROUP, VARIABLE, CLASS], SortMultipleOptions::default())
}

/// Group, variable and class, sums.
type Entry = (usize, (usize, u64), Sums);

/// The rows of the aggregated frame.
fn entries(summed: &DataFrame) -> Result<impl Iterator<Item = Result<Entry>> + '_> {
    let columns = summed
        .column(GROUP)?
        .u64()?
        .iter()
        .zip(summed.column(VARIABLE)?.u32()?.iter())
        .zip(summed.column(CLASS)?.u64()?.iter())
        .zip(summed.column(N)?.u64()?.iter())
        .zip(summed.column(W)?.i128()?.iter())
        .zip(summed.column(W2)?.i128()?.iter());
    Ok(columns.map(|(((((group, variable), class), n), w), w2)| {
        let entry = || Some((group? as usize, (variable? as usize, class?), Sums { n: n?, w: w?, w2: w2? }));
        entry().ok_or_else(|| anyhow!("polars returned a cell without a value"))
    }))
}
