//! A document that holds a table, a page of HTML or a feed in JSON, to the lines of that table.
//!
//! In: the text of a document. Out: [`Lines`], a line of CSV for each of its rows, and where each begins in the document, so
//! that what is wrong is told by its place. Refuses what is not well-formed, what holds no table or several, and feeds of
//! something other than articles.

mod articles;
mod cursor;
mod feed;
mod html;

use super::code::Code;
use super::problems::{Position, Problem};

pub use feed::{FeedItem, feed};

/// The most bytes of text of a document.
pub const MAX_DOCUMENT: usize = 64 << 20;

/// What kind of document a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Html,
    Json,
}

/// The rows of a table: lines of CSV, as many cells in each as there are columns, and where each begins in the document.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    pub(super) places: Vec<Position>,
}

impl Kind {
    /// What begins with `head`, the first characters of a text; `None` where that is no document.
    pub(super) fn of(head: &str) -> Option<Self> {
        const TAGS: [&str; 6] = ["<!doctype", "<html", "<head", "<meta", "<table", "<?xml"];
        let head = head.trim_start();
        let begins = |tag: &&str| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
        if TAGS.iter().any(begins) {
            return Some(Self::Html);
        }
        let mut signs = head.chars().filter(|c| !c.is_whitespace());
        let is_json = matches!(
            (signs.next(), signs.next()),
            (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | ']'))
        );
        is_json.then_some(Self::Json)
    }

    /// The table in a document.
    ///
    /// # Errors
    /// Why there is none, and where.
    pub(super) fn lines(self, text: &str) -> Result<Lines, Problem> {
        if text.len() > MAX_DOCUMENT {
            let message = format!("a document of more than {} MiB", MAX_DOCUMENT >> 20);
            return Err(
                Problem::new(Position::START, Code::TooLarge, message).hint("ask for fewer days at a time")
            );
        }
        match self {
            Self::Html => html::lines(text),
            Self::Json => articles::lines(&feed(text)?),
        }
    }
}

impl Lines {
    fn push(&mut self, cells: &[String], at: Position) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            if cells.len() == 1 || cell.contains([',', '"', '\n', '\r']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push('\n');
        self.places.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_by_how_they_begin() {
        for text in ["<html>", " \n<TABLE border=1>", "<?xml version"] {
            assert_eq!(Kind::of(text), Some(Kind::Html), "{text}");
        }
        for text in ["{\"list\":[]}", "[ {", "{ }", "[]"] {
            assert_eq!(Kind::of(text), Some(Kind::Json), "{text}");
        }
        for text in ["respondent_id,city", "[Q1],[Q2]", "{a},b", "<3,x", ""] {
            assert_eq!(Kind::of(text), None, "{text}");
        }
    }
}
