//! The labels of a chart of rows: a name, its Han name beside or under it, a line about the base.
//!
//! They stand in a column beside the plot or, on narrow canvases, above each row's marks.

use std::ops::Range;

use super::error::ChartError;
use super::pen::Pen;
use super::theme::Role;
use super::words::{Type, Typeset, Words};
use super::wrap::wrap;

/// A column is at most this wide, and at most this share of the canvas; longer labels are wrapped.
const WIDEST: f64 = 300.0;
const LARGEST_SHARE: f64 = 0.36;
/// Space between a name and its Han name on one line.
const BETWEEN: f64 = 9.0;
/// Distance of two baselines.
pub(super) const LINE: f64 = 18.0;
/// Clear space above a label that stands above its marks.
const APART: f64 = 10.0;
/// A row grows by this factor at most, where a canvas has room.
const STRETCH: f64 = 1.3;

/// What the label of a row says.
pub(super) struct RowText<'a> {
    pub(super) name: &'a str,
    pub(super) second: Option<&'a str>,
    /// A line about the base; may be empty.
    pub(super) base: &'a str,
    pub(super) strong: bool,
}

/// A label as lines, each of texts with their distance from the left.
#[derive(Clone)]
struct Block {
    lines: Vec<Vec<(f64, Words)>>,
}

/// The labels of all rows.
pub(super) struct Rows {
    blocks: Vec<Block>,
    /// Width of their column; 0 when they stand above the marks.
    pub(super) width: f64,
    /// Distance of two rows.
    pub(super) pitch: f64,
    /// The part of a row above its marks.
    above: f64,
}

impl Rows {
    /// Lays out labels beside rows that are at least `pitch` apart.
    pub(super) fn new<'a>(texts: impl Iterator<Item = RowText<'a>>, pitch: f64, set: Typeset) -> Self {
        Self::beside(texts, pitch, WIDEST.min(LARGEST_SHARE * set.canvas.content()), set)
    }

    /// Lays out labels in a column of at most `widest` beside rows that are at least `pitch` apart.
    pub(super) fn beside<'a>(
        texts: impl Iterator<Item = RowText<'a>>,
        pitch: f64,
        widest: f64,
        set: Typeset,
    ) -> Self {
        let blocks: Vec<Block> = texts.map(|text| Block::beside(&text, widest, set)).collect();
        let width = blocks.iter().map(Block::width).fold(0.0, f64::max);
        let mut rows = Self { blocks, width, pitch, above: 0.0 };
        rows.pitch = pitch.max(rows.lines() + 14.0);
        rows
    }

    /// Lays out labels of at most `widest` above marks that take `marks`.
    pub(super) fn above<'a>(
        texts: impl Iterator<Item = RowText<'a>>,
        marks: f64,
        widest: f64,
        set: Typeset,
    ) -> Self {
        let blocks = texts.map(|text| Block::above(&text, widest, set)).collect();
        let mut rows = Self { blocks, width: 0.0, pitch: marks, above: 0.0 };
        rows.above = APART + rows.lines() + 2.0;
        rows.pitch = rows.above + marks;
        rows
    }

    /// Some of the rows, in the column of all.
    pub(super) fn part(self, rows: &Range<usize>) -> Self {
        let blocks = self.blocks.get(rows.clone()).unwrap_or_default().to_vec();
        Self { blocks, ..self }
    }

    /// The rows in a room of fixed height, the marks of each taking `marks` at least.
    ///
    /// # Errors
    /// [`ChartError::NoRoom`].
    pub(super) fn within(mut self, room: Option<f64>, marks: f64) -> Result<Self, ChartError> {
        let Some(room) = room else { return Ok(self) };
        let pitch = (room / self.len().max(1) as f64).min(self.pitch * STRETCH);
        let least = if self.above > 0.0 { self.above + marks } else { marks.max(self.lines() + 3.0) };
        if pitch < least {
            return Err(ChartError::NoRoom);
        }
        self.pitch = pitch;
        Ok(self)
    }

    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The height of all rows.
    pub(super) fn height(&self) -> f64 {
        self.pitch * self.len() as f64
    }

    /// The part of a row's height that its marks have.
    pub(super) fn band(&self) -> f64 {
        self.pitch - self.above
    }

    /// Where the middle of a row's marks is, in rows.
    pub(super) fn middle(&self, row: usize) -> f64 {
        row as f64 + (self.above + self.band() / 2.0) / self.pitch
    }

    /// The ends of the stretches that gridlines have, in rows: all of the plot, or each row's marks where labels stand above.
    pub(super) fn stretches(&self) -> Vec<(f64, f64)> {
        if self.above == 0.0 {
            return vec![(0.0, self.len() as f64)];
        }
        (0..self.len()).map(|row| (row as f64 + self.above / self.pitch, row as f64 + 1.0)).collect()
    }

    /// The height of the tallest label.
    fn lines(&self) -> f64 {
        LINE * self.blocks.iter().map(|block| block.lines.len()).max().unwrap_or(0) as f64
    }

    /// Draws the labels, the first row starting at `top`.
    pub(super) fn paint(&self, pen: &Pen<'_>, left: f64, top: f64) -> Result<(), ChartError> {
        for (i, block) in self.blocks.iter().enumerate() {
            let row = top + self.pitch * i as f64;
            let first = if self.above > 0.0 {
                row + self.above - LINE * (block.lines.len() as f64 - 1.0) - 5.0
            } else {
                row + (self.pitch - LINE * (block.lines.len() as f64 - 1.0)) / 2.0 + 5.0
            };
            for (j, line) in block.lines.iter().enumerate() {
                for (x, words) in line {
                    pen.words((left + x, first + LINE * j as f64), words.clone())?;
                }
            }
        }
        Ok(())
    }
}

impl Block {
    /// Name and Han name, on one line where they fit; then the base.
    fn beside(text: &RowText<'_>, widest: f64, set: Typeset) -> Self {
        let mut lines = names(text, widest, set);
        lines.extend(base_lines(text.base, widest, set.regular(11.5)));
        Self { lines }
    }

    /// All on one line where that fits.
    fn above(text: &RowText<'_>, widest: f64, set: Typeset) -> Self {
        let mut block = Self { lines: names(text, widest, set) };
        let base = Words::new(text.base, set.regular(11.5), Role::Ink3);
        let x = block.width() + BETWEEN;
        match block.lines.as_mut_slice() {
            [line] if !base.text.is_empty() && x + base.width() <= widest => line.push((x, base)),
            _ => block.lines.extend(base_lines(text.base, widest, base.ty)),
        }
        block
    }

    fn width(&self) -> f64 {
        self.lines.iter().flatten().map(|(x, words)| x + words.width()).fold(0.0, f64::max)
    }
}

fn names(text: &RowText<'_>, widest: f64, set: Typeset) -> Vec<Vec<(f64, Words)>> {
    let name_type = if text.strong { set.semibold(14.0) } else { set.regular(14.0) };
    let name = Words::new(text.name, name_type, Role::Ink);
    let second = text.second.map(|second| Words::new(second, set.regular(13.0), Role::Ink3));
    let beside = name.width() + BETWEEN;
    match second {
        Some(second) if beside + second.width() <= widest => vec![vec![(0.0, name), (beside, second)]],
        second => stacked(&name, widest)
            .into_iter()
            .chain(second.iter().flat_map(|second| stacked(second, widest)))
            .map(|words| vec![(0.0, words)])
            .collect(),
    }
}

fn stacked(words: &Words, widest: f64) -> Vec<Words> {
    wrap(&words.text, widest, words.ty).into_iter().map(|text| Words { text, ..words.clone() }).collect()
}

fn base_lines(base: &str, widest: f64, ty: Type) -> impl Iterator<Item = Vec<(f64, Words)>> {
    wrap(base, widest, ty).into_iter().map(move |line| vec![(0.0, Words::new(&line, ty, Role::Ink3))])
}
