//! The waves of a file, and which one a row belongs to.

use std::collections::BTreeMap;

use crate::codebook::levels;

use super::super::code::Code;
use super::super::problems::{Position, Problem};
use super::columns::Columns;
use super::levels::MAX_LEVELS;
use super::row::Row;

/// What is kept for each wave.
#[derive(Debug)]
pub(super) struct Waves<W> {
    /// The wave of a file without a wave column.
    given: String,
    by_label: BTreeMap<String, usize>,
    kept: Vec<W>,
    most: usize,
}

impl<W> Waves<W> {
    pub(super) fn new(given: &str) -> Self {
        Self { given: given.trim().to_owned(), by_label: BTreeMap::new(), kept: Vec::new(), most: MAX_LEVELS }
    }

    /// Those of a part of a file, which has as many as it has rows at most.
    pub(super) fn of_part(given: &str) -> Self {
        Self { most: usize::MAX, ..Self::new(given) }
    }

    /// The label of the row's wave and what is kept for it, made with `new` for the first row of a wave. `None` when
    /// the row names no wave.
    pub(super) fn of<'w>(
        &'w mut self,
        row: &mut Row<'w>,
        columns: &Columns,
        new: impl FnOnce() -> W,
    ) -> Option<(&'w str, &'w mut W)> {
        let (label, known) = match columns.wave {
            // One wave: there is nothing to look up.
            None => (self.given.as_str(), (!self.kept.is_empty()).then_some(0)),
            Some(column) => {
                let label = row.text(column);
                if label.is_empty() {
                    let hint = "every row of a file with waves has one";
                    row.refuse(column, Code::MissingWave, "no wave".to_owned(), hint);
                    return None;
                }
                let known = self.by_label.get(label).copied();
                if known.is_none() && self.kept.len() >= self.most {
                    row.add(too_many_waves(row.cells.position(column)));
                    return None;
                }
                (label, known)
            }
        };
        let wave = known.unwrap_or_else(|| {
            self.by_label.insert(label.to_owned(), self.kept.len());
            self.kept.push(new());
            self.kept.len() - 1
        });
        Some((label, &mut self.kept[wave]))
    }

    /// What is kept for a wave, made with `new` for a new one; `None` where there are too many.
    pub(super) fn named(&mut self, label: &str, new: impl FnOnce() -> W) -> Option<&mut W> {
        let wave = match self.by_label.get(label) {
            Some(&wave) => wave,
            None if self.kept.len() >= self.most => return None,
            None => {
                self.by_label.insert(label.to_owned(), self.kept.len());
                self.kept.push(new());
                self.kept.len() - 1
            }
        };
        Some(&mut self.kept[wave])
    }

    /// The waves, in the order in which they appeared.
    pub(super) fn into_labelled(self) -> Vec<(String, W)> {
        let mut numbered: Vec<(usize, String)> =
            self.by_label.into_iter().map(|(label, wave)| (wave, label)).collect();
        numbered.sort_unstable();
        numbered.into_iter().map(|(_, label)| label).zip(self.kept).collect()
    }

    /// The waves, in the natural order of their labels: `W9` before `W10`.
    pub(super) fn into_sorted(self) -> impl Iterator<Item = (String, W)> {
        let mut labelled = self.into_labelled();
        labelled.sort_by(|(a, _), (b, _)| levels::compare("wave", a, b));
        labelled.into_iter()
    }
}

pub(super) fn too_many_waves(at: Position) -> Problem {
    Problem::new(at, Code::TooManyLevels, format!("more than {MAX_LEVELS} waves"))
        .hint("a wave is one round of a survey, such as 2015")
}
