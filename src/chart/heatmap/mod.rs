//! [`Heatmap`]: gaps of two groups by city and feature, each a coloured tile with its points.
//!
//! In: a tile for each row and column. Out: a grid of tiles under a key that says what the colours mean. Where the columns
//! do not fit under level headings, rows and columns change places, or the columns stand below each other in several
//! panels, or their headings are turned: whichever is read best (`plan`).
//!
//! Refused: a heatmap without tiles, a row with more or fewer tiles than there are columns, a difference beyond ±1.

mod alt;
mod heading;
mod key;
mod plan;
mod tiles;

pub(super) use alt::alt;

use super::dumbbell::GapMark;
use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::legend::Legend;
use super::part::Part;
use super::scene::Drawing;
use super::spec::Head;
use super::words::Typeset;
use crate::table::figures::Decimals;

use key::Key;
use plan::Plan;
use tiles::Tiles;
pub(super) use tiles::{paint_hatched, paint_hollow};

/// Gaps of two groups by two dimensions, in the caller's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Heatmap {
    /// The words around it.
    pub head: Head,
    /// What a gap above zero means, then one below ("Expats share more", "Chinese users share more"); without arrows.
    pub meanings: [String; 2],
    /// The columns, from the left; at least one.
    pub columns: Vec<Heading>,
    /// The rows, from the top; at least one.
    pub rows: Vec<HeatmapRow>,
    /// The place among `rows` of what the chart is about.
    pub highlighted: Option<usize>,
}

/// What a row or column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub label: String,
    /// Its Han name, beside or under the English one.
    pub second_label: Option<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatmapRow {
    /// What it is.
    pub heading: Heading,
    /// Its tiles, as many as there are columns.
    pub tiles: Vec<Tile>,
}

/// What a row has to show in one column.
#[derive(Debug, Clone, PartialEq)]
pub enum Tile {
    /// A gap.
    Gap {
        /// Its size, and whether to stress it.
        gap: GapMark,
        /// Whether it rests on few respondents: drawn hollow.
        caution: bool,
    },
    /// No gap, and why ("n = 21, withheld"); empty when there is nothing to say.
    Missing(String),
}

impl Tile {
    /// The gap, if there is one.
    fn gap(&self) -> Option<&GapMark> {
        match self {
            Self::Gap { gap, .. } => Some(gap),
            Self::Missing(_) => None,
        }
    }
}

impl Heatmap {
    /// Some of its rows.
    fn part(&self, part: &Part) -> Self {
        let rows = self.rows.get(part.rows.clone()).unwrap_or_default().to_vec();
        let highlighted = self.highlighted.and_then(|i| i.checked_sub(part.rows.start));
        Self { rows, highlighted, ..self.clone() }
    }

    fn tiles(&self) -> impl Iterator<Item = &Tile> {
        self.rows.iter().flat_map(|row| &row.tiles)
    }

    /// The largest gap, whichever side it is on; a fraction.
    fn largest(&self) -> f64 {
        self.tiles().filter_map(Tile::gap).map(|gap| gap.difference.abs()).fold(0.0, f64::max)
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.rows.is_empty() || self.columns.is_empty() {
            return Err(ChartError::Empty);
        }
        for row in &self.rows {
            let label = &row.heading.label;
            let (tiles, columns) = (row.tiles.len(), self.columns.len());
            if tiles != columns {
                return Err(ChartError::Tiles(label.clone(), tiles, columns));
            }
            let is_gap = |gap: &GapMark| gap.difference.abs() <= 1.0 + 1e-9;
            if !row.tiles.iter().filter_map(Tile::gap).all(is_gap) {
                return Err(ChartError::Range(label.clone()));
            }
        }
        Ok(())
    }
}

/// How gaps are shown: alike in all parts of a chart.
#[derive(Clone, Copy)]
struct Gauge {
    /// How far the ramp reaches on both sides: at least to the largest gap, but at most to 60 points.
    reach: f64,
    decimals: Decimals,
}

impl Gauge {
    fn of(chart: &Heatmap) -> Self {
        let largest = chart.largest();
        let reach = [0.1, 0.2, 0.4].into_iter().find(|reach| largest <= reach + 1e-9).unwrap_or(0.6);
        Self { reach, decimals: Decimals::up_to(largest) }
    }
}

/// Draws a part of the chart.
pub(super) fn draw(chart: &Heatmap, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    chart.check()?;
    let gauge = Gauge::of(chart);
    let key = Key::new(chart, gauge, set);
    let shown = chart.part(part);
    let bare = |head: &Head| Frame::empty(head, Legend::new(&[], Vec::new(), set.canvas.content(), set), set);
    let plan =
        |frame: &Frame| Plan::new(&shown, gauge.decimals, frame.room().map(|room| room - key.height), set);
    let plain = part.head(&chart.head);
    let mut frame = bare(&plain);
    let mut planned = plan(&frame)?;
    if let Some(note) = Tiles::new(&shown, &planned, gauge, set).note_on_unwritten() {
        let mut head = plain;
        head.footer.push(note);
        // The footer's new lines may leave less room.
        frame = bare(&head);
        planned = plan(&frame)?;
    }
    let tiles = Tiles::new(&shown, &planned, gauge, set);
    framed(&frame.around(key.height + planned.height()), set, |pen, slot| {
        key.paint(pen, slot)?;
        let origin = (slot.left, slot.top + key.height);
        planned.paint(pen, origin)?;
        tiles.paint(pen, origin)
    })
}
