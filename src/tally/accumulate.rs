//! Batches → [`Accumulator`]: what one thread has summed so far. The inner loop of the scan.
//!
//! Rows are put in the order of their groups batch by batch. Groups with many rows in a batch are summed at once; the rows of the others
//! wait, which takes less room than sums by variable and class, until they are many or the scan is over. So room is
//! bounded by the respondents and by the groups, whichever are fewer.

use foldhash::{HashMap, HashMapExt};

use super::key::Radix;
use super::plan::Frame;
use super::rows::Rows;
use super::sheet::{Counter, Form, Sheet};
use crate::ingest::Batch;

/// How many rows of a group are worth a sheet.
const MANY: usize = 128;

/// What one thread has summed so far.
pub(super) struct Accumulator<'a> {
    frame: &'a Frame,
    form: &'a Form,
    radix: &'a Radix,
    counter: Counter<'a>,
    known: HashMap<u64, u32>,
    sums: Summed,
    /// How many rows may wait.
    patience: usize,
}

/// What was summed: groups by number, in order of first appearance.
#[derive(Default)]
pub(super) struct Summed {
    /// Keys of the groups.
    pub(super) keys: Vec<u64>,
    /// Number of rows of each group, whatever their weight.
    pub(super) rows: Vec<u64>,
    /// Sums of the groups that had many rows.
    pub(super) sheets: Vec<Option<Sheet>>,
    /// Rows that are in no sheet.
    pub(super) waiting: Option<Rows>,
}

impl<'a> Accumulator<'a> {
    pub(super) fn new(frame: &'a Frame, form: &'a Form, radix: &'a Radix) -> Self {
        let (counter, known, sums) = (Counter::new(form), HashMap::new(), Summed::default());
        Self { frame, form, radix, counter, known, sums, patience: Batch::ROWS }
    }

    /// Adds the rows of a batch of a part.
    pub(super) fn add(&mut self, batch: &Batch, part: usize) {
        let codes = &self.frame.parts[part];
        let keys = self.radix.keys(batch, codes, &self.frame.units.parts[part]);
        let rows = Rows {
            groups: self.number(&keys),
            weights: batch.weights.clone().unwrap_or_default(),
            values: self.form.lanes.iter().map(|lane| lane.values(batch, codes)).collect(),
        };
        let few = self.settle(&rows);
        match &mut self.sums.waiting {
            None => self.sums.waiting = Some(few),
            Some(waiting) => waiting.append(few),
        }
        if let Some(waiting) = self.sums.waiting.take_if(|waiting| waiting.len() > self.patience) {
            let few = self.settle(&waiting);
            self.patience = Batch::ROWS.max(2 * few.len());
            self.sums.waiting = Some(few);
        }
    }

    pub(super) fn into_summed(self) -> Summed {
        self.sums
    }

    /// The group of every row, counting rows on the way.
    fn number(&mut self, keys: &[u64]) -> Vec<u32> {
        let Summed { keys: own, rows, sheets, .. } = &mut self.sums;
        let known = &mut self.known;
        keys.iter()
            .map(|&key| {
                let group = *known.entry(key).or_insert_with(|| {
                    own.push(key);
                    rows.push(0);
                    sheets.push(None);
                    (own.len() - 1) as u32
                });
                rows[group as usize] += 1;
                group
            })
            .collect()
    }

    /// Sums the rows of groups that have many, and gives the others back.
    fn settle(&mut self, rows: &Rows) -> Rows {
        let sorted = rows.sorted(self.sums.keys.len());
        let mut few = Vec::new();
        for run in sorted.runs() {
            if run.len() < MANY {
                few.extend(run.map(|row| row as u32));
                continue;
            }
            let sheet = &mut self.sums.sheets[sorted.groups[run.start] as usize];
            self.counter.count(&sorted, run, sheet.get_or_insert_with(|| self.form.empty()));
        }
        sorted.pick(&few)
    }
}
