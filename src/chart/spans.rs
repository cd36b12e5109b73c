//! [`Spans`]: amounts of any unit over many rows, one dot for each source and, where they disagree, the span between them.

use super::amounts::{Amounts, LEAST};
use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::legend::{Item, Legend, Swatch};
use super::part::Part;
use super::pen::{Pen, Plot, Point, Rect, line};
use super::phrase;
use super::reach::Reach;
use super::rows::{RowText, Rows};
use super::scene::Drawing;
use super::spec::Head;
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::fit;

/// What is stated of several platforms and periods, in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Spans {
    /// The words around it.
    pub head: Head,
    /// From top to bottom; at least one.
    pub rows: Vec<SpanRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct SpanRow {
    /// Its name: "WeChat".
    pub label: String,
    /// What of it, and when, under the name: "Active users, 2013".
    pub detail: String,
    /// At least one amount, all finite and in the unit of the chart.
    pub amounts: Vec<f64>,
    /// The amount or their range in words; the unit stands here or in the subtitle.
    pub value: String,
    /// Whether nobody states them: drawn hollow.
    pub derived: bool,
}

/// Half a tick's label.
const HALF_LABEL: f64 = 34.0;
/// From a mark to its words.
const APART: f64 = 9.0;
const DOT: f64 = 5.8;
/// Words stand right of the marks unless that would take more than this share of the plot.
const WIDEST_VALUE: f64 = 0.45;

/// Draws a part of the chart.
pub(super) fn draw(chart: &Spans, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.rows.is_empty() || chart.rows.iter().any(|row| row.amounts.is_empty()) {
        return Err(ChartError::Empty);
    }
    if let Some(row) = chart.rows.iter().find(|row| row.amounts.iter().any(|amount| !amount.is_finite())) {
        return Err(ChartError::Range(row.label.clone()));
    }
    let layout = Layout::new(chart, set);
    let legend = Legend::new(&[], legend_items(chart), set.canvas.content(), set);
    let mut head = part.head(&chart.head);
    if layout.amounts.reach.is_logarithmic {
        head.footer.insert(0, phrase::logarithmic(head.lang));
    }
    let frame = Frame::empty(&head, legend, set);
    let layout = layout.part(part, frame.room())?;
    framed(&frame.around(layout.amounts.height()), set, |pen, slot| layout.paint(pen, slot))
}

/// The rows one after another.
pub(super) fn alt(chart: &Spans) -> String {
    let lang = chart.head.lang;
    let row = |row: &SpanRow| {
        lang.pick(
            format!("{}, {}: {}", row.label, row.detail, row.value),
            format!("{}，{}：{}", row.label, row.detail, row.value),
        )
    };
    let rows: Vec<String> = chart.rows.iter().map(row).collect();
    let title = &chart.head.title;
    lang.pick(
        format!("Dot plot: {title}. {}.", rows.join("; ")),
        format!("点图：{title}。{}。", rows.join("；")),
    )
}

fn legend_items(chart: &Spans) -> Vec<Item> {
    let lang = chart.head.lang;
    let mut items = Vec::new();
    if chart.rows.iter().any(|row| ends(row).0 < ends(row).1) {
        items.push(Item { swatch: Swatch::Pill, name: phrase::disagreement(lang) });
    }
    if chart.rows.iter().any(|row| row.derived) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::derived(lang) });
    }
    items
}

/// The lowest and the highest amount.
fn ends(row: &SpanRow) -> (f64, f64) {
    let amounts = || row.amounts.iter().copied();
    (amounts().fold(f64::INFINITY, f64::min), amounts().fold(f64::NEG_INFINITY, f64::max))
}

struct Layout<'a> {
    /// The rows that are shown.
    shown: &'a [SpanRow],
    amounts: Amounts,
    set: Typeset,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Spans, set: Typeset) -> Self {
        let texts = chart.rows.iter().map(|row| RowText {
            name: &row.label,
            second: None,
            base: &row.detail,
            strong: false,
        });
        let rows = if set.canvas.is_narrow() {
            Rows::above(texts, LEAST + 2.0, set.canvas.content(), set)
        } else {
            Rows::new(texts, LEAST + 11.0, set)
        };
        let reach = Reach::of(chart.rows.iter().flat_map(|row| row.amounts.iter().copied()));
        let widest = chart.rows.iter().map(|row| set.semibold(13.0).width(&row.value)).fold(0.0, f64::max);
        let most = WIDEST_VALUE * (set.canvas.content() - rows.width);
        let right = (widest + DOT + APART).min(most);
        Self { shown: &chart.rows, amounts: Amounts { rows, reach, half_label: HALF_LABEL, right }, set }
    }

    /// Some of the rows, in a room of fixed height.
    fn part(mut self, part: &Part, room: Option<f64>) -> Result<Self, ChartError> {
        self.shown = self.shown.get(part.rows.clone()).unwrap_or_default();
        Ok(Self { amounts: self.amounts.part(part, room)?, ..self })
    }

    fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        self.amounts.paint(pen, slot, |plot, row, y| self.paint_row(plot, &self.shown[row], y, slot))
    }

    fn paint_row(&self, plot: &mut Plot<'_>, row: &SpanRow, y: f64, slot: &Rect) -> Result<(), ChartError> {
        let (low, high) = ends(row);
        let (low, high) = (self.amounts.reach.at(low), self.amounts.reach.at(high));
        plot.line((self.amounts.reach.low, y), (low, y), line(&Role::Grid, 1.0))?;
        if low < high {
            plot.line((low, y), (high, y), line(&Role::Neutral, 4.0))?;
        }
        for amount in &row.amounts {
            let at = (self.amounts.reach.at(*amount), y);
            if row.derived {
                plot.dot(at, DOT, Role::Paper)?;
                plot.dot(at, DOT - 1.1, line(&Role::Ink2, 2.2))?;
            } else {
                plot.dot(at, DOT, plotters::style::Color::filled(&Role::Ink2))?;
            }
        }
        self.paint_value(plot, &row.value, ((low, y), (high, y)), slot)
    }

    /// Right of the marks; left of them where only that side has the room.
    fn paint_value(
        &self,
        plot: &mut Plot<'_>,
        value: &str,
        (low, high): (Point, Point),
        slot: &Rect,
    ) -> Result<(), ChartError> {
        let ty = self.set.semibold(13.0);
        let apart = DOT + APART;
        // Labels beside the plot keep their column.
        let edge = if self.amounts.rows.width > 0.0 {
            plot.px((self.amounts.reach.low, low.1)).0
        } else {
            slot.left
        };
        let (left, right) = (plot.px(low).0 - apart - edge, slot.right - plot.px(high).0 - apart);
        let width = ty.width(value);
        if width > right && left > right {
            let words = Words::new(&fit(value, left, ty), ty, Role::Ink).anchored(Anchor::End).haloed();
            return plot.words(low, (-apart, 4.5), words);
        }
        plot.words(high, (apart, 4.5), Words::new(&fit(value, right, ty), ty, Role::Ink).haloed())
    }
}
