//! What stands in the columns of a file, counted.

use foldhash::{HashMap, HashSet};

use super::super::mapping::{RawCells, Said, Tokens};
use super::super::platforms::{Header, Meta};

/// What was counted.
#[derive(Debug)]
pub(super) struct Profile {
    /// Rows below the header.
    pub(super) rows: u64,
    /// By column.
    pub(super) columns: Vec<Column>,
}

/// What stands in one column.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// Cells that say that the respondent was routed past.
    pub(super) not_asked: u64,
    /// Cells without an answer.
    pub(super) blank: u64,
    /// The other cells.
    pub(super) said: u64,
    /// The different values in the order of first appearance, and how often each occurs.
    pub(super) values: Vec<(String, u64)>,
    /// Whether `values` has them all.
    pub(super) is_whole: bool,
    by_value: HashMap<String, usize>,
    /// Hashes of all values, of a column that may hold ids.
    ids: Option<HashSet<blake3::Hash>>,
    /// Cells whose value an earlier cell has, of a column that may hold ids.
    pub(super) repeats: u64,
}

/// The most different values that are told apart.
const MOST_VALUES: usize = 4096;
/// The most bytes of a value that is kept; longer ones are text.
const LONGEST_VALUE: usize = 2048;

impl Profile {
    pub(super) fn new(header: &Header) -> Self {
        let column = |meta: Option<Meta>| Column {
            is_whole: true,
            ids: (meta == Some(Meta::Id)).then(HashSet::default),
            ..Column::default()
        };
        Self { rows: 0, columns: header.columns.iter().map(|heading| column(heading.meta)).collect() }
    }

    pub(super) fn count(&mut self, row: &dyn RawCells, tokens: Tokens) {
        self.rows += 1;
        for (index, column) in self.columns.iter_mut().enumerate() {
            let cell = row.cell(index);
            if column.count_known(cell) {
                continue;
            }
            match tokens.read(cell) {
                Said::NotAsked => column.not_asked += 1,
                Said::Blank => column.blank += 1,
                Said::Text(text) => column.add(&text),
            }
        }
    }
}

impl Column {
    /// Counts a cell that is, as it stands, a value that was seen; nearly all are, and need no second look.
    fn count_known(&mut self, cell: &str) -> bool {
        let known = self.by_value.get(cell).filter(|_| self.ids.is_none());
        if let Some(&known) = known {
            self.said += 1;
            self.values[known].1 += 1;
        }
        known.is_some()
    }

    fn add(&mut self, text: &str) {
        self.said += 1;
        if let Some(ids) = &mut self.ids {
            self.repeats += u64::from(!ids.insert(blake3::hash(text.as_bytes())));
        }
        if let Some(&known) = self.by_value.get(text) {
            self.values[known].1 += 1;
        } else if self.values.len() < MOST_VALUES && text.len() <= LONGEST_VALUE {
            self.by_value.insert(text.to_owned(), self.values.len());
            self.values.push((text.to_owned(), 1));
        } else {
            self.is_whole = false;
        }
    }

    /// Whether every cell that says something `is` of a kind.
    pub(super) fn all(&self, is: impl Fn(&str) -> bool) -> bool {
        self.is_whole && self.said > 0 && self.values.iter().all(|(value, _)| is(value))
    }

    /// The values as numbers, if all are.
    pub(super) fn numbers(&self) -> Option<Vec<f64>> {
        let number = |(value, _): &(String, u64)| value.parse::<f64>().ok().filter(|n| n.is_finite());
        (self.said > 0).then(|| self.values.iter().map(number).collect())?
    }
}
