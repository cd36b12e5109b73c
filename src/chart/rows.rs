//! The column of labels beside a chart of rows: a name, its Han name beside or under it, a line about the base.

use super::error::ChartError;
use super::pen::Pen;
use super::theme::Role;
use super::words::{Type, Typeset, Words};
use super::wrap::wrap;

/// A column is at most this wide, in CSS px; longer labels are wrapped.
const WIDEST: f64 = 300.0;
/// Space between a name and its Han name on one line.
const BETWEEN: f64 = 9.0;
/// Distance of two baselines.
pub(super) const LINE: f64 = 18.0;

/// What the label of a row says.
pub(super) struct RowText<'a> {
    pub(super) name: &'a str,
    pub(super) second: Option<&'a str>,
    /// A line about the base; may be empty.
    pub(super) base: &'a str,
    pub(super) strong: bool,
}

/// A label as lines, each of one or two texts with their distance from the left.
struct Block {
    lines: Vec<Vec<(f64, Words)>>,
}

/// The labels of all rows.
pub(super) struct Rows {
    blocks: Vec<Block>,
    /// Width of the widest.
    pub(super) width: f64,
    /// Distance of two rows.
    pub(super) pitch: f64,
}

impl Rows {
    /// Lays out the labels of rows that are at least `pitch` apart.
    pub(super) fn new<'a>(texts: impl Iterator<Item = RowText<'a>>, pitch: f64, set: Typeset) -> Self {
        let blocks: Vec<Block> = texts.map(|text| Block::new(&text, set)).collect();
        let width = blocks.iter().map(Block::width).fold(0.0, f64::max);
        let lines = blocks.iter().map(|block| block.lines.len()).max().unwrap_or(0);
        Self { blocks, width, pitch: pitch.max(LINE * lines as f64 + 14.0) }
    }

    pub(super) fn len(&self) -> usize {
        self.blocks.len()
    }

    /// The height of all rows.
    pub(super) fn height(&self) -> f64 {
        self.pitch * self.len() as f64
    }

    /// Draws the labels, the first row starting at `top`.
    pub(super) fn paint(&self, pen: &Pen<'_>, left: f64, top: f64) -> Result<(), ChartError> {
        for (i, block) in self.blocks.iter().enumerate() {
            let middle = top + self.pitch * (i as f64 + 0.5);
            let first = middle - LINE * (block.lines.len() as f64 - 1.0) / 2.0 + 5.0;
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
    fn new(text: &RowText<'_>, set: Typeset) -> Self {
        let name_type = if text.strong { set.semibold(14.0) } else { set.regular(14.0) };
        let name = Words::new(text.name, name_type, Role::Ink);
        let second = text.second.map(|second| Words::new(second, set.regular(13.0), Role::Ink3));
        let beside = name.width() + BETWEEN;
        let mut lines = match second {
            Some(second) if beside + second.width() <= WIDEST => {
                vec![vec![(0.0, name), (beside, second)]]
            }
            second => stacked(&name)
                .into_iter()
                .chain(second.iter().flat_map(stacked))
                .map(|words| vec![(0.0, words)])
                .collect(),
        };
        lines.extend(base_lines(text.base, set.regular(11.5)));
        Self { lines }
    }

    fn width(&self) -> f64 {
        self.lines.iter().flatten().map(|(x, words)| x + words.width()).fold(0.0, f64::max)
    }
}

fn stacked(words: &Words) -> Vec<Words> {
    wrap(&words.text, WIDEST, words.ty).into_iter().map(|text| Words { text, ..words.clone() }).collect()
}

fn base_lines(base: &str, ty: Type) -> impl Iterator<Item = Vec<(f64, Words)>> {
    wrap(base, WIDEST, ty).into_iter().map(move |line| vec![(0.0, Words::new(&line, ty, Role::Ink3))])
}
