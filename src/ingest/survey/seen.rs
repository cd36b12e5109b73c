//! Which respondents a wave has had, in 16 bytes each.

use rayon::prelude::*;

use super::super::code::Code;
use super::super::problems::{Position, Problem};

/// The pseudonyms of a wave's rows and where they stand: 80 bits of the pseudonym (a false alarm once in 10¹⁰ files of ten
/// million rows), 32 of the line, 16 of the column.
#[derive(Debug, Default)]
pub(super) struct Seen {
    rows: Vec<u128>,
}

/// The rows of a whole wave, in as many drawers as a byte has values, by the first byte: each is sorted by itself.
#[derive(Debug)]
pub(super) struct AllSeen {
    drawers: Vec<Vec<u128>>,
}

/// A row whose respondent has an earlier row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Duplicate {
    line: u32,
    column: u16,
    first_line: u32,
}

impl Seen {
    const PLACE_BITS: u32 = 48;

    pub(super) fn add(&mut self, pseudonym: u128, at: Position) {
        let line = u32::try_from(at.line).unwrap_or(u32::MAX);
        let column = u16::try_from(at.column).unwrap_or(u16::MAX);
        let place = u128::from(line) << 16 | u128::from(column);
        self.rows.push(pseudonym << Self::PLACE_BITS | place);
    }
}

impl AllSeen {
    pub(super) fn new() -> Self {
        Self { drawers: vec![Vec::new(); 1 << u8::BITS] }
    }

    /// Takes the rows of the part of the file that follows.
    pub(super) fn absorb(&mut self, part: Seen) {
        for row in part.rows {
            self.drawers[(row >> (u128::BITS - u8::BITS)) as usize].push(row);
        }
    }

    /// Every row but the first of each respondent.
    pub(super) fn into_duplicates(mut self) -> Vec<Duplicate> {
        self.drawers.par_iter_mut().for_each(|rows| rows.sort_unstable());
        let mut duplicates = Vec::new();
        let is_one = |a: &u128, b: &u128| a >> Seen::PLACE_BITS == b >> Seen::PLACE_BITS;
        for rows in self.drawers.iter().flat_map(|rows| rows.chunk_by(is_one)).filter(|rows| rows.len() > 1) {
            let place = |row: u128| ((row >> 16) as u32, row as u16);
            let (first_line, _) = place(rows[0]);
            duplicates.extend(rows[1..].iter().map(|&row| {
                let (line, column) = place(row);
                Duplicate { line, column, first_line }
            }));
        }
        duplicates
    }
}

impl Duplicate {
    pub(super) fn problem(self) -> Problem {
        let at = Position { line: self.line.into(), column: self.column.into() };
        let message = format!("this respondent_id stands in line {} already", self.first_line);
        Problem::new(at, Code::DuplicateId, message).hint("every respondent has one row per wave")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_rows_of_one_respondent_are_found() {
        let mut seen = Seen::default();
        for (pseudonym, line) in [(7_u128, 2), (u128::MAX, 3), (7, 4), (5, 5), (7, 6)] {
            seen.add(pseudonym, Position { line, column: 3 });
        }
        let mut all = AllSeen::new();
        all.absorb(seen);
        let duplicate = |line| Duplicate { line, column: 3, first_line: 2 };
        assert_eq!(all.into_duplicates(), [duplicate(4), duplicate(6)]);
    }
}
