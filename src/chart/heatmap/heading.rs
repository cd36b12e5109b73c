//! The headings over the columns of a [`Heatmap`](super::Heatmap): level in several lines, or turned.

use crate::chart::error::ChartError;
use crate::chart::pen::Pen;
use crate::chart::theme::Role;
use crate::chart::words::{Anchor, Type, Typeset, Words};
use crate::chart::wrap::{fit, wrap_whole};

use super::Heading;

/// Distance of two baselines.
const LINE: f64 = 16.0;
/// More lines than these are not read as a heading.
const MOST_LINES: usize = 6;
/// Clear space beside a level heading, and below any.
const CLEAR: f64 = 4.0;
/// Turned headings are at most this long; longer ones are cut.
const LONGEST: f64 = 250.0;
/// Between a turned name and its Han name.
const BETWEEN: f64 = 6.0;
/// How far headings are turned, in degrees, and the sine of it, which is also its cosine.
const TURN: f64 = -45.0;
const SLANT: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// A column's heading with its looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<'a> {
    pub(super) heading: &'a Heading,
    pub(super) strong: bool,
}

/// The headings of all columns.
pub(super) enum Headings {
    /// Each as lines.
    Level(Vec<Vec<Words>>),
    /// Each as a name and a Han name.
    Turned(Vec<Vec<Words>>),
}

fn name_type(column: &Column<'_>, set: Typeset) -> Type {
    if column.strong { set.semibold(13.0) } else { set.regular(13.0) }
}

impl Headings {
    /// Level headings over columns of this width; `None` when a word or the lines do not fit.
    pub(super) fn level(columns: &[Column<'_>], width: f64, set: Typeset) -> Option<Self> {
        let room = width - 2.0 * CLEAR;
        let lines = |column: &Column<'_>| {
            let names = lines(&column.heading.label, room, name_type(column, set), Role::Ink)?;
            let second = column.heading.second_label.as_deref().unwrap_or_default();
            let seconds = lines(second, room, set.regular(12.5), Role::Ink3)?;
            let all: Vec<Words> = names.into_iter().chain(seconds).collect();
            (all.len() <= MOST_LINES).then_some(all)
        };
        columns.iter().map(lines).collect::<Option<_>>().map(Self::Level)
    }

    /// Turned headings, which suit any width.
    pub(super) fn turned(columns: &[Column<'_>], set: Typeset) -> Self {
        let texts = |column: &Column<'_>| {
            let (name, second) = (name_type(column, set), set.regular(12.5));
            let label = Words::new(&fit(&column.heading.label, LONGEST, name), name, Role::Ink);
            let room = LONGEST - label.width() - BETWEEN;
            let han = column.heading.second_label.as_deref().map(|han| Words::new(han, second, Role::Ink3));
            let han = han.filter(|han| !han.text.is_empty() && han.width() <= room);
            std::iter::once(label).chain(han).map(|words| words.turned(TURN)).collect()
        };
        Self::Turned(columns.iter().map(texts).collect())
    }

    /// Whether a name is not shown in full.
    pub(super) fn is_cut(&self) -> bool {
        match self {
            Self::Level(_) => false,
            Self::Turned(headings) => headings.iter().flatten().any(|words| words.text.ends_with('…')),
        }
    }

    pub(super) fn is_turned(&self) -> bool {
        matches!(self, Self::Turned(_))
    }

    /// What the headings take above the tiles.
    pub(super) fn height(&self) -> f64 {
        match self {
            Self::Level(headings) => {
                LINE * headings.iter().map(Vec::len).max().unwrap_or(0) as f64 + 2.0 * CLEAR
            }
            Self::Turned(headings) => {
                let longest = headings.iter().map(|words| length(words)).fold(0.0, f64::max);
                (longest + 13.0) * SLANT + 2.0 * CLEAR
            }
        }
    }

    /// How far the heading of a column reaches to the right of its middle, where that may be beyond the column.
    pub(super) fn reach(&self, column: usize) -> f64 {
        match self {
            Self::Level(_) => 0.0,
            Self::Turned(headings) => CLEAR + (length(&headings[column]) + 3.0) * SLANT,
        }
    }

    /// Draws the heading of a column whose middle is `x`, above `bottom`.
    pub(super) fn paint(&self, pen: &Pen<'_>, column: usize, x: f64, bottom: f64) -> Result<(), ChartError> {
        match self {
            Self::Level(headings) => {
                let lines = &headings[column];
                for (i, words) in lines.iter().enumerate() {
                    let y = bottom - 2.0 * CLEAR - LINE * (lines.len() - 1 - i) as f64;
                    pen.words((x, y), words.clone().anchored(Anchor::Middle))?;
                }
            }
            Self::Turned(headings) => {
                let mut along = 0.0;
                for words in &headings[column] {
                    let at = (x + CLEAR + along * SLANT, bottom - CLEAR - along * SLANT);
                    pen.words(at, words.clone())?;
                    along += words.width() + BETWEEN;
                }
            }
        }
        Ok(())
    }
}

/// The length of a turned heading along its baseline.
fn length(texts: &[Words]) -> f64 {
    texts.iter().map(|words| words.width() + BETWEEN).sum::<f64>() - BETWEEN
}

/// The text in lines; `None` when a word is wider than the line.
fn lines(text: &str, width: f64, ty: Type, role: Role) -> Option<Vec<Words>> {
    wrap_whole(text, width, ty).map(|lines| lines.iter().map(|line| Words::new(line, ty, role)).collect())
}
