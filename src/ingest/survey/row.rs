//! One row under validation: its cells, and the problems found in them.

use super::super::code::Code;
use super::super::problems::{Problem, Problems};
use super::rows::Cells;

/// The cells of a row and the list its problems go to.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) cells: Cells<'a>,
    problems: &'a mut Problems,
    is_valid: bool,
}

impl<'a> Row<'a> {
    pub(super) fn new(cells: Cells<'a>, problems: &'a mut Problems) -> Self {
        Self { cells, problems, is_valid: true }
    }

    /// The trimmed text of a cell.
    pub(super) fn text(&self, column: usize) -> &'a str {
        self.cells.cell(column).trim()
    }

    /// Notes what is wrong with a cell.
    pub(super) fn refuse(&mut self, column: usize, code: Code, message: String, hint: &str) {
        self.add(Problem::new(self.cells.position(column), code, message).hint(hint));
    }

    pub(super) fn add(&mut self, problem: Problem) {
        self.is_valid = false;
        self.problems.add(problem);
    }

    /// Whether nothing was wrong with this row so far.
    pub(super) fn is_valid(&self) -> bool {
        self.is_valid
    }

    /// Whether nothing was wrong with the file so far, so that its rows are worth keeping.
    pub(super) fn is_file_valid(&self) -> bool {
        self.problems.is_empty()
    }
}
