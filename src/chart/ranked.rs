//! [`Ranked`]: one dot with its interval per row, in the caller's order; with several segments, one under the other in
//! each row.

use super::axis;
use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::lane::{LanePainter, Lanes};
use super::legend::{Item, Legend, Swatch, published_items};
use super::number::Scale;
use super::part::Part;
use super::pen::{Pen, Plot, Rect};
use super::phrase;
use super::rows::{RowText, Rows};
use super::scene::Drawing;
use super::spec::{Head, Mark, Published, Segments, Side, check_segments, check_sides};
use super::theme::Role;
use super::words::{Anchor, Type, Typeset, Words};
use super::wrap::fit;
use crate::table::figures::Decimals;

/// Rates of one to eight segments over many rows, such as cities or features.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The words around it.
    pub head: Head,
    /// The segments; the place of each is its colour, as in the other charts, and a place that the chart leaves out is
    /// `None`. Empty when the figures are of everybody: then marks are grey, and each row has one side.
    pub series: Segments,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// From top to bottom; at least one.
    pub rows: Vec<RankedRow>,
    /// A line to compare with.
    pub reference: Option<Reference>,
    /// The place among `rows` of the row that the chart is about.
    pub highlighted: Option<usize>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedRow {
    /// Its name.
    pub label: String,
    /// Its Han name, beside the English one.
    pub second_label: Option<String>,
    /// Its base, for a column headed "n": "214"; may be empty.
    pub base: String,
    /// What each series has to show, as many as there are.
    pub sides: Vec<Side>,
    /// What was published of the first series elsewhere: strokes across the row.
    pub published: Vec<Published>,
}

/// A rate that all rows are compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// A fraction.
    pub rate: f64,
    /// What it is: "All cities". The rate is written behind it.
    pub label: String,
}

/// Room for the reference's label.
const REFERENCE: f64 = 18.0;
/// Room for the ticks.
const HEADER: f64 = 26.0;
const LEFT: f64 = 22.0;
/// The same without a column of labels.
const NARROW_LEFT: f64 = 8.0;
/// Space right of the plot, for the values of full rates.
const RIGHT: f64 = 44.0;
/// The base column is at most this wide.
const WIDEST_BASE: f64 = 130.0;
/// Charts with more rows get their ticks below too.
const MANY: usize = 16;

/// Draws a part of the chart.
pub(super) fn draw(chart: &Ranked, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    check(chart)?;
    let legend = Legend::new(&chart.series, legend_items(chart), set.canvas.content(), set);
    let frame = Frame::empty(&part.head(&chart.head), legend, set);
    let layout = Layout::new(chart, set).part(part, frame.room())?;
    framed(&frame.around(layout.height()), set, |pen, slot| layout.paint(pen, slot))
}

fn check(chart: &Ranked) -> Result<(), ChartError> {
    if chart.rows.is_empty() {
        return Err(ChartError::Empty);
    }
    check_segments(&chart.series)?;
    for row in &chart.rows {
        check_sides(&row.sides, &chart.series, &row.label)?;
        row.published.iter().try_for_each(|published| published.check(&row.label))?;
        row.sides.iter().filter_map(Side::mark).try_for_each(|mark| mark.check(&row.label))?;
    }
    match &chart.reference {
        Some(Reference { rate, label }) if !(0.0..=1.0).contains(rate) => {
            Err(ChartError::Range(label.clone()))
        }
        _ => Ok(()),
    }
}

fn marks(chart: &Ranked) -> impl Iterator<Item = &Mark> {
    chart.rows.iter().flat_map(|row| &row.sides).filter_map(Side::mark)
}

fn legend_items(chart: &Ranked) -> Vec<Item> {
    let lang = chart.head.lang;
    let mut items = Vec::new();
    // What was counted in full has no interval.
    if marks(chart).any(|mark| mark.low < mark.high) {
        items.push(Item { swatch: Swatch::Pill, name: phrase::interval(lang, chart.level) });
    }
    if marks(chart).any(|mark| mark.caution) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(lang) });
    }
    items.extend(published_items(lang, chart.rows.iter().flat_map(|row| &row.published)));
    items
}

struct Layout<'a> {
    chart: &'a Ranked,
    /// The rows that are shown, and the place of the first of them.
    shown: &'a [RankedRow],
    first: usize,
    lanes: Lanes,
    rows: Rows,
    scale: Scale,
    decimals: Decimals,
    /// Width of the base column; 0 without one.
    base: f64,
    set: Typeset,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Ranked, set: Typeset) -> Self {
        let lanes = Lanes::new(&chart.series);
        let narrow = set.canvas.is_narrow();
        let bases: Vec<String> = chart.rows.iter().map(|row| base_line(row, narrow)).collect();
        let texts = chart.rows.iter().zip(&bases).enumerate().map(|(i, (row, base))| RowText {
            name: &row.label,
            second: row.second_label.as_deref(),
            base,
            strong: chart.highlighted == Some(i),
        });
        let rows = if narrow {
            Rows::above(texts, lanes.least() + 2.0, set.canvas.content(), set)
        } else {
            Rows::new(texts, lanes.least() + 11.0, set)
        };
        let published = chart.rows.iter().flat_map(|row| &row.published).map(|published| published.rate);
        let rate = chart.reference.iter().map(|reference| reference.rate).chain(published);
        let high = marks(chart).map(|mark| mark.high).chain(rate).fold(0.0, f64::max);
        let scale = Scale::from_zero(high);
        let ty = base_type(set);
        let widest = chart.rows.iter().map(|row| ty.width(&row.base)).fold(0.0, f64::max);
        let base = if widest > 0.0 && !narrow { widest.min(WIDEST_BASE) + 10.0 } else { 0.0 };
        let decimals = Decimals::up_to(scale.high);
        Self { chart, shown: &chart.rows, first: 0, lanes, rows, decimals, scale, base, set }
    }

    /// Some of the rows, in a room of fixed height.
    fn part(mut self, part: &Part, room: Option<f64>) -> Result<Self, ChartError> {
        self.shown = self.shown.get(part.rows.clone()).unwrap_or_default();
        self.first = part.rows.start;
        self.rows = self.rows.part(&part.rows);
        let room = room.map(|room| room - self.above() - self.below());
        self.rows = self.rows.within(room, self.lanes.least())?;
        Ok(self)
    }

    fn above(&self) -> f64 {
        HEADER + if self.chart.reference.is_some() { REFERENCE } else { 0.0 }
    }

    fn below(&self) -> f64 {
        if self.rows.len() > MANY { 22.0 } else { 0.0 }
    }

    fn height(&self) -> f64 {
        self.above() + self.rows.height() + self.below()
    }

    fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let top = slot.top + self.above();
        let bottom = top + self.rows.height();
        let left = slot.left + if self.rows.width > 0.0 { self.rows.width + LEFT } else { NARROW_LEFT };
        let rect = Rect { left, top, right: slot.right - self.base - RIGHT, bottom };
        self.paint_bands(pen, slot, &rect)?;
        let count = self.rows.len() as f64;
        let mut plot = pen.plot(rect, self.scale.low..self.scale.high, count..0.0)?;
        for ends in self.rows.stretches() {
            axis::columns(&mut plot, &self.scale, ends)?;
        }
        axis::labels_along(pen, &plot, &self.scale, top - 9.0)?;
        if self.below() > 0.0 {
            axis::labels_along(pen, &plot, &self.scale, bottom + 18.0)?;
        }
        self.paint_reference(pen, &plot, slot)?;
        self.rows.paint(pen, slot.left, top)?;
        self.paint_bases(pen, slot, top)?;
        for (i, row) in self.shown.iter().enumerate() {
            self.paint_row(&mut plot, row, self.rows.middle(i), &rect)?;
        }
        Ok(())
    }

    /// The row that stands out, and lines between rows of several segments.
    fn paint_bands(&self, pen: &Pen<'_>, slot: &Rect, plot: &Rect) -> Result<(), ChartError> {
        let y = |row: usize| plot.top + self.rows.pitch * row as f64;
        if let Some(i) = self.highlighted() {
            let (left, right) = (slot.left - 10.0, slot.right + 10.0);
            pen.rect(Rect { left, top: y(i), right, bottom: y(i + 1) }, Role::Band)?;
        }
        if self.lanes.series.len() > 1 {
            for i in 1..self.rows.len() {
                pen.line((slot.left, y(i)), (slot.right, y(i)), 1.0, Role::Grid)?;
            }
        }
        Ok(())
    }

    fn highlighted(&self) -> Option<usize> {
        self.chart.highlighted?.checked_sub(self.first).filter(|i| *i < self.rows.len())
    }

    fn paint_reference(&self, pen: &Pen<'_>, plot: &Plot<'_>, slot: &Rect) -> Result<(), ChartError> {
        let Some(Reference { rate, label }) = &self.chart.reference else { return Ok(()) };
        let x = plot.px((*rate, 0.0)).0;
        let text = format!("{label} {}", self.decimals.percent(*rate));
        let ty = pen.set.semibold(12.5);
        let words = Words::new(&fit(&text, slot.width(), ty), ty, Role::Ink2).anchored(Anchor::Middle);
        let half = words.width() / 2.0;
        pen.words((x.min(slot.right - half).max(slot.left + half), slot.top + 10.0), words)?;
        // The line reaches up to its label where neither a tick's label nor a row's is in the way.
        let blocked = self.rows.width == 0.0
            || self.scale.labels().any(|(tick, text)| {
                (plot.px((tick, 0.0)).0 - x).abs() < pen.set.regular(12.5).width(&text) / 2.0 + 5.0
            });
        for (i, (from, to)) in self.rows.stretches().into_iter().enumerate() {
            let from = if i > 0 || blocked { plot.px((*rate, from)).1 } else { slot.top + 16.0 };
            pen.dashes((x, from), (x, plot.px((*rate, to)).1), Role::Ink3)?;
        }
        Ok(())
    }

    fn paint_bases(&self, pen: &Pen<'_>, slot: &Rect, top: f64) -> Result<(), ChartError> {
        if self.base == 0.0 {
            return Ok(());
        }
        let ty = base_type(pen.set);
        let write = |y: f64, text: &str| {
            let words = Words::new(&fit(text, WIDEST_BASE, ty), ty, Role::Ink3).anchored(Anchor::End);
            pen.words((slot.right, y), words)
        };
        write(top - 9.0, "n")?;
        for (i, row) in self.shown.iter().enumerate().filter(|(_, row)| !row.base.trim().is_empty()) {
            write(top + self.rows.pitch * self.rows.middle(i) + 4.5, &row.base)?;
        }
        Ok(())
    }

    fn paint_row(&self, plot: &mut Plot<'_>, row: &RankedRow, y: f64, rect: &Rect) -> Result<(), ChartError> {
        for (lane, series) in self.lanes.series.iter().enumerate() {
            let y = y + self.lanes.offset(lane) / self.rows.pitch;
            let Self { lanes, scale, decimals, set, .. } = self;
            let room = rect.width() + RIGHT - 6.0;
            let painter =
                LanePainter { lanes, scale, decimals: *decimals, set: *set, y, series: *series, room };
            let published = if lane == 0 { row.published.as_slice() } else { &[] };
            match row.sides.get(series.unwrap_or(0)) {
                Some(Side::Shown(mark)) => painter.mark(plot, mark, published)?,
                Some(side) => painter.note(plot, side.note().unwrap_or_default(), published)?,
                None => {}
            }
            published.iter().try_for_each(|published| painter.published(plot, published))?;
        }
        Ok(())
    }
}

/// The base as a line of a row's label, where the chart has no column for it.
fn base_line(row: &RankedRow, narrow: bool) -> String {
    if narrow && !row.base.trim().is_empty() { format!("n = {}", row.base) } else { String::new() }
}

fn base_type(set: Typeset) -> Type {
    set.regular(12.0)
}
