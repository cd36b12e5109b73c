//! What all threads have summed → [`Cells`], and what the classes mean.

use std::collections::BTreeSet;

use anyhow::Result;
use rayon::prelude::*;

use super::accumulate::Summed;
use super::key::Radix;
use super::lane::Values;
use super::plan::Frame;
use super::rows::Rows;
use super::sheet::{Counter, Form, Sheet};
use super::together::together;
use super::units::{People, UnitStratum};
use super::{Cells, ClassSums, Group, Reply, StratumSize};

/// Groups that are made into cells at once.
const CHUNK: usize = 1 << 11;

/// The sums of all threads, in the order of the groups' keys.
struct Gathered {
    /// Ascending, none twice.
    keys: Vec<u64>,
    /// Number of rows of each group, whatever their weight.
    rows: Vec<u64>,
    /// Sums by group (index into `keys`), ascending; not every group has some.
    sheets: Vec<(usize, Sheet)>,
    /// Rows that are in no sheet, in the order of their groups.
    waiting: Option<Rows>,
}

/// The cells, and the replies that each class of each variable stands for.
///
/// # Errors
/// Those of [`together`].
pub(super) fn gather(
    summed: Vec<Summed>,
    frame: &Frame,
    form: &Form,
    radix: &Radix,
) -> Result<(Cells, Vec<Vec<Vec<Reply>>>)> {
    let gathered = Gathered::new(summed, form)?;
    let occurring = gathered.occurring(form);
    let cardinalities = frame.dimensions.iter().map(|dimension| dimension.levels.len()).collect();
    let strata = gathered.strata(frame, radix);
    let mut cells = Cells::new(frame.grid, frame.clustered(), strata, cardinalities, form.variables());
    let starts = (0..gathered.keys.len()).into_par_iter().step_by(CHUNK);
    let chunks: Vec<Cells> = starts
        .map(|start| {
            let groups = start..gathered.keys.len().min(start + CHUNK);
            let none = Cells::new(frame.grid, frame.clustered(), Vec::new(), Vec::new(), form.variables());
            gathered.cells(groups, form, radix, &occurring, none)
        })
        .collect();
    for chunk in chunks {
        cells.append(chunk);
    }
    let classes = occurring
        .iter()
        .enumerate()
        .map(|(variable, classes)| classes.iter().map(|&class| frame.class(variable, class)).collect())
        .collect();
    Ok((cells, classes))
}

impl Gathered {
    fn new(summed: Vec<Summed>, form: &Form) -> Result<Self> {
        let mut keys: Vec<u64> = summed.iter().flat_map(|summed| &summed.keys).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        let mut gathered = Self { rows: vec![0; keys.len()], keys, sheets: Vec::new(), waiting: None };
        for Summed { keys, rows, sheets, waiting } in summed {
            let place = |key: &u64| gathered.keys.partition_point(|known| known < key);
            let places: Vec<usize> = keys.iter().map(place).collect();
            for (&place, rows) in places.iter().zip(rows) {
                gathered.rows[place] += rows;
            }
            let sheets = places.iter().zip(sheets);
            gathered.sheets.extend(sheets.filter_map(|(&place, sheet)| Some((place, sheet?))));
            let Some(mut waiting) = waiting else { continue };
            for group in &mut waiting.groups {
                *group = places[*group as usize] as u32;
            }
            match &mut gathered.waiting {
                None => gathered.waiting = Some(waiting),
                Some(all) => all.append(waiting),
            }
        }
        gathered.sheets = together(&gathered.sheets, form)?;
        gathered.waiting = gathered.waiting.map(|rows| rows.sorted(gathered.keys.len()));
        Ok(gathered)
    }

    /// By variable: the classes in which somebody is, ascending.
    fn occurring(&self, form: &Form) -> Vec<Vec<u64>> {
        let mut classes: Vec<BTreeSet<u64>> = vec![BTreeSet::new(); form.variables()];
        for (_, sheet) in &self.sheets {
            for (variable, classes) in classes.iter_mut().enumerate() {
                classes.extend(form.classes(sheet, variable).map(|(class, _)| class));
            }
        }
        for (lane, values) in form.lanes.iter().zip(self.waiting.iter().flat_map(|rows| &rows.values)) {
            let mut values: Vec<u64> = match values {
                Values::Narrow(values) => {
                    let mut seen = [false; 256];
                    for &value in values {
                        seen[usize::from(value)] = true;
                    }
                    (0..).zip(seen).filter(|(_, seen)| *seen).map(|(value, _)| value).collect()
                }
                Values::Wide(values) => values.clone(),
            };
            values.sort_unstable();
            values.dedup();
            for (variable, class) in values.into_iter().flat_map(|value| lane.classes(value)) {
                classes[variable].insert(class);
            }
        }
        classes.into_iter().map(|classes| classes.into_iter().collect()).collect()
    }

    /// How many PSUs every stratum has.
    fn strata(&self, frame: &Frame, radix: &Radix) -> Vec<StratumSize> {
        let size = |stratum: &UnitStratum| StratumSize { psus: 0, fpc: stratum.fpc };
        let mut strata: Vec<StratumSize> = frame.units.strata.iter().map(size).collect();
        if let People::Counted(people) = &frame.units.people {
            for (stratum, &people) in strata.iter_mut().zip(people) {
                stratum.psus = people;
            }
            return strata;
        }
        let mut last_psu = None;
        for (&key, &rows) in self.keys.iter().zip(&self.rows) {
            let (stratum, psu, _) = radix.decode(key);
            if !frame.clustered() {
                strata[stratum as usize].psus += rows;
            } else if last_psu.replace((stratum, psu)) != Some((stratum, psu)) {
                strata[stratum as usize].psus += 1;
            }
        }
        strata
    }

    /// Some groups as cells, added to those that have none.
    fn cells(
        &self,
        groups: std::ops::Range<usize>,
        form: &Form,
        radix: &Radix,
        occurring: &[Vec<u64>],
        mut cells: Cells,
    ) -> Cells {
        let mut counter = Counter::new(form);
        let mut sum = form.empty();
        let of_rows = self.waiting.as_ref().map_or(&[][..], |rows| &rows.groups);
        let mut row = of_rows.partition_point(|&group| (group as usize) < groups.start);
        let mut sheets =
            self.sheets[self.sheets.partition_point(|(group, _)| *group < groups.start)..].iter();
        let mut sheet = sheets.next();
        for group in groups {
            sum.clear();
            if let Some((_, own)) = sheet.take_if(|(own, _)| *own == group) {
                sum.add_all(own);
                sheet = sheets.next();
            }
            let run = of_rows[row..].iter().take_while(|&&own| own as usize == group).count();
            if let Some(rows) = &self.waiting {
                counter.count(rows, row..row + run, &mut sum);
            }
            row += run;
            let (stratum, psu, levels) = radix.decode(self.keys[group]);
            let key = Group { stratum, psu: cells.clustered.then_some(psu), levels };
            cells.push(
                key,
                occurring.iter().enumerate().map(|(variable, codes)| {
                    let code = |class: u64| codes.partition_point(|&known| known < class) as u32;
                    form.classes(&sum, variable)
                        .map(move |(class, sums)| ClassSums { class: code(class), sums })
                }),
            );
        }
        cells
    }
}
