//! Where the bytes of a text stand, asked for in their order.

use super::super::problems::Position;

/// A place in a text that moves forward.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    position: Position,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, position: Position::START }
    }

    /// The line and column of the byte at `offset`, which is not before one that was asked for earlier.
    pub(super) fn position(&mut self, offset: usize) -> Position {
        if let Some(passed) = self.text.get(self.at..offset) {
            self.position = self.position.after(passed);
            self.at = offset;
        }
        self.position
    }
}
