//! The levels of one dimension: a dictionary from cells to codes.

use foldhash::{HashMap, HashMapExt};

use super::super::dataset::Dimension;
use super::super::problems::Position;

/// The most levels of one dimension, and the most waves of one file.
pub(super) const MAX_LEVELS: usize = 1000;

/// The levels seen so far, numbered in order of first appearance. Cells that are written differently may be one level.
#[derive(Debug)]
pub(super) struct Levels {
    name: String,
    keys: Vec<String>,
    by_key: HashMap<String, u16>,
    by_cell: HashMap<String, u16>,
    /// Where each level first appeared, as far as that was noted.
    firsts: Vec<Position>,
    most: usize,
    is_refused: bool,
}

/// The dimension has more than [`MAX_LEVELS`] levels.
#[derive(Debug)]
pub(super) struct TooMany;

impl Levels {
    /// How many spellings are remembered.
    const MAX_CELLS: usize = 1 << 16;

    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            keys: Vec::new(),
            by_key: HashMap::new(),
            by_cell: HashMap::new(),
            firsts: Vec::new(),
            most: MAX_LEVELS,
            is_refused: false,
        }
    }

    /// Those of a part of a file, which has as many as it has rows at most.
    pub(super) fn of_part(name: &str) -> Self {
        Self { most: usize::MAX, ..Self::new(name) }
    }

    /// The code of a cell that was seen before. After [`TooMany`], any.
    pub(super) fn get(&self, cell: &str) -> Option<u16> {
        if self.is_refused { Some(0) } else { self.by_cell.get(cell).copied() }
    }

    /// The code of a new cell whose level is `key`.
    pub(super) fn add(&mut self, cell: &str, key: &str) -> Result<u16, TooMany> {
        let code = match self.by_key.get(key) {
            Some(&code) => code,
            None if self.keys.len() >= self.most => {
                self.is_refused = true;
                return Err(TooMany);
            }
            None => {
                let code = self.keys.len() as u16;
                self.keys.push(key.to_owned());
                self.by_key.insert(key.to_owned(), code);
                code
            }
        };
        if self.by_cell.len() < Self::MAX_CELLS {
            self.by_cell.insert(cell.to_owned(), code);
        }
        Ok(code)
    }

    /// Notes where the newest level stands, if that is not known.
    pub(super) fn note_first(&mut self, at: impl FnOnce() -> Position) {
        if self.firsts.len() < self.keys.len() {
            self.firsts.push(at());
        }
    }

    /// Takes the levels of the part that follows. By its codes, the codes here; and where a level stands that is the first of
    /// too many.
    pub(super) fn absorb(&mut self, part: Self) -> (Vec<u16>, Option<Position>) {
        let (mut codes, mut too_many) = (Vec::with_capacity(part.keys.len()), None);
        for (key, at) in part.keys.iter().zip(part.firsts) {
            let was_refused = self.is_refused;
            codes.push(self.add(key, key).unwrap_or_default());
            if self.is_refused && !was_refused {
                too_many = Some(at);
            }
        }
        (codes, too_many)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The levels, by code.
    pub(super) fn keys(&self) -> &[String] {
        &self.keys
    }

    pub(super) fn into_dimension(self) -> Dimension {
        Dimension { name: self.name, levels: self.keys }
    }
}
