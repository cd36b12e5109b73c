//! [`Stacked`]: one bar per row, cut into the shares of a scale's points.

use super::axis;
use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::legend::{Item, Legend, Swatch};
use super::number::Scale;
use super::part::Part;
use super::pen::{Pen, Plot, Rect, line};
use super::phrase;
use super::rows::{RowText, Rows};
use super::scale_colors::{Alignment, point_roles};
use super::scene::Drawing;
use super::segments::RowPainter;
use super::spec::Head;
use super::theme::Role;
use super::words::{Anchor, Type, Typeset, Words};
use super::wrap::fit;

/// How the answers to a scale are spread, by city, segment or item.
#[derive(Debug, Clone, PartialEq)]
pub struct Stacked {
    /// The words around it.
    pub head: Head,
    /// The names of the scale's points, from the lowest to the highest; two to eleven.
    pub points: Vec<String>,
    /// Where the bars stand.
    pub alignment: Alignment,
    /// From top to bottom; at least one.
    pub rows: Vec<StackedRow>,
    /// The heading of a column of figures beside the bars, such as "Top two, %".
    pub column: Option<String>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedRow {
    /// Its name.
    pub label: String,
    /// Its Han name, beside the English one.
    pub second_label: Option<String>,
    /// The base ("n = 214"), under the name; may be empty.
    pub base: String,
    /// The shares.
    pub shares: Shares,
    /// Its figure for the column, ready to be read ("54"); may be empty.
    pub figure: String,
}

/// What a row has to show.
#[derive(Debug, Clone, PartialEq)]
pub enum Shares {
    /// A share for each point, as fractions that sum to 1, each off by no more than rounding to a whole percent.
    Shown {
        /// From the lowest point to the highest.
        shares: Vec<f64>,
        /// Whether they rest on few respondents: drawn faint, with an outline.
        caution: bool,
    },
    /// No shares, and why ("n = 21, withheld"); empty when there is nothing to say.
    Missing(String),
}

const HEADER: f64 = 26.0;
const LEFT: f64 = 20.0;
/// Space right of the plot, for half of the last tick's label.
const RIGHT: f64 = 26.0;
/// The column of figures is at least and at most this wide.
const COLUMN: (f64, f64) = (84.0, 150.0);
const NARROW_COLUMN: (f64, f64) = (60.0, 84.0);
/// From the common line to the names of the directions.
const POLE: f64 = 8.0;
/// The height of a bar, at most.
const BAR: f64 = 26.0;
/// The least space above and below a bar.
const CLEAR: f64 = 2.0;
/// Charts with more rows get their ticks below too.
const MANY: usize = 16;
/// The least and the greatest number of points that have colours.
const POINTS: (usize, usize) = (2, 11);

/// Draws a part of the chart.
pub(super) fn draw(chart: &Stacked, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    check(chart)?;
    let legend = Legend::new(&[], legend_items(chart), set.canvas.content(), set);
    let frame = Frame::empty(&part.head(&chart.head), legend, set);
    let layout = Layout::new(chart, set).part(part, frame.room())?;
    framed(&frame.around(layout.height()), set, |pen, slot| layout.paint(pen, slot))
}

fn check(chart: &Stacked) -> Result<(), ChartError> {
    if chart.rows.is_empty() || chart.points.len() < POINTS.0 {
        return Err(ChartError::Empty);
    }
    if chart.points.len() > POINTS.1 {
        return Err(ChartError::Points(chart.points.len()));
    }
    for row in &chart.rows {
        let Shares::Shown { shares, .. } = &row.shares else { continue };
        if shares.len() != chart.points.len() {
            return Err(ChartError::Sides(row.label.clone()));
        }
        let off = (shares.iter().sum::<f64>() - 1.0).abs();
        let rounding = 0.005 * shares.len() as f64 + 1e-9;
        if off.is_nan() || off > rounding || shares.iter().any(|share| *share < 0.0) {
            return Err(ChartError::Range(row.label.clone()));
        }
    }
    Ok(())
}

fn legend_items(chart: &Stacked) -> Vec<Item> {
    let roles = point_roles(chart.points.len(), chart.alignment);
    let mut items: Vec<Item> = chart
        .points
        .iter()
        .zip(roles)
        .map(|(name, role)| Item { swatch: Swatch::Box(role), name: name.clone() })
        .collect();
    if chart.rows.iter().any(|row| matches!(row.shares, Shares::Shown { caution: true, .. })) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(chart.head.lang) });
    }
    items
}

struct Layout<'a> {
    chart: &'a Stacked,
    /// The rows that are shown.
    shown: &'a [StackedRow],
    rows: Rows,
    /// The plot's ends, in shares.
    ends: (f64, f64),
    /// Width of the column of figures; 0 without one.
    column: f64,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Stacked, set: Typeset) -> Self {
        let texts = chart.rows.iter().map(|row| RowText {
            name: &row.label,
            second: row.second_label.as_deref(),
            base: &row.base,
            strong: false,
        });
        let shares = chart.rows.iter().filter_map(|row| match &row.shares {
            Shares::Shown { shares, .. } => Some(shares.as_slice()),
            Shares::Missing(_) => None,
        });
        let narrow = set.canvas.is_narrow();
        let (least, most) = if narrow { NARROW_COLUMN } else { COLUMN };
        let column = chart
            .column
            .as_ref()
            .map_or(0.0, |heading| (heading_type(set).width(heading) + 20.0).clamp(least, most));
        let rows = if narrow {
            Rows::above(texts, BAR, set.canvas.content() - column - 8.0, set)
        } else {
            Rows::new(texts, BAR + 14.0, set)
        };
        Self { chart, shown: &chart.rows, rows, ends: chart.alignment.ends(shares), column }
    }

    /// Some of the rows, in a room of fixed height.
    fn part(mut self, part: &Part, room: Option<f64>) -> Result<Self, ChartError> {
        self.shown = self.shown.get(part.rows.clone()).unwrap_or_default();
        self.rows = self.rows.part(&part.rows);
        let room = room.map(|room| room - HEADER - self.below());
        self.rows = self.rows.within(room, BAR)?;
        Ok(self)
    }

    fn below(&self) -> f64 {
        if self.rows.len() > MANY { 22.0 } else { 0.0 }
    }

    fn height(&self) -> f64 {
        HEADER + self.rows.height() + self.below()
    }

    fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let (top, bottom) = (slot.top + HEADER, slot.top + HEADER + self.rows.height());
        let left = slot.left + if self.rows.width > 0.0 { self.rows.width + LEFT } else { 2.0 };
        let right = slot.right - RIGHT - self.column;
        let rect = Rect { left, top, right, bottom };
        self.paint_column(pen, slot)?;
        let count = self.rows.len() as f64;
        let mut plot = pen.plot(rect, self.ends.0..self.ends.1, count..0.0)?;
        match self.chart.alignment {
            Alignment::Filled => self.paint_ticks(pen, &mut plot, &rect)?,
            Alignment::Centered => self.paint_poles(pen, &mut plot, &rect)?,
        }
        self.rows.paint(pen, slot.left, top)?;
        let half = BAR.min(self.rows.band() - 2.0 * CLEAR) / 2.0 / self.rows.pitch;
        for (i, row) in self.shown.iter().enumerate() {
            let y = self.rows.middle(i);
            RowPainter { chart: self.chart, y, half, start: self.ends.0, set: pen.set }.paint(
                &mut plot,
                &row.shares,
                rect.width(),
            )?;
        }
        Ok(())
    }

    fn paint_ticks(&self, pen: &Pen<'_>, plot: &mut Plot<'_>, rect: &Rect) -> Result<(), ChartError> {
        let scale = Scale::from_zero(1.0);
        for ends in self.rows.stretches() {
            axis::columns(plot, &scale, ends)?;
        }
        axis::labels_along(pen, plot, &scale, rect.top - 9.0)?;
        if self.below() > 0.0 {
            axis::labels_along(pen, plot, &scale, rect.bottom + 18.0)?;
        }
        Ok(())
    }

    /// The common line, and what each direction means: bars around a middle have no zero to
    /// measure from. Names that do not fit are left to the legend.
    fn paint_poles(&self, pen: &Pen<'_>, plot: &mut Plot<'_>, rect: &Rect) -> Result<(), ChartError> {
        for (from, to) in self.rows.stretches() {
            plot.line((0.0, from), (0.0, to), line(&Role::Axis, 1.0))?;
        }
        let (Some(first), Some(last)) = (self.chart.points.first(), self.chart.points.last()) else {
            return Ok(());
        };
        let ty = pen.set.regular(12.5);
        let zero = plot.px((0.0, 0.0)).0;
        let low = Words::new(&format!("← {first}"), ty, Role::Ink3).anchored(Anchor::End);
        let high = Words::new(&format!("{last} →"), ty, Role::Ink3);
        if low.width() + POLE > zero - rect.left || high.width() + POLE > rect.right - zero {
            return Ok(());
        }
        let below = (self.below() > 0.0).then_some(rect.bottom + 18.0);
        for y in [rect.top - 9.0].into_iter().chain(below) {
            pen.words((zero - POLE, y), low.clone())?;
            pen.words((zero + POLE, y), high.clone())?;
        }
        Ok(())
    }

    fn paint_column(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let Some(heading) = &self.chart.column else { return Ok(()) };
        let (top, bottom) = (slot.top + HEADER, slot.top + HEADER + self.rows.height());
        let left = slot.right - self.column;
        pen.rect(Rect { left, top: slot.top, right: slot.right, bottom }, Role::Band)?;
        let middle = f64::midpoint(left, slot.right);
        let write = |y: f64, text: &str, ty: Type, role: Role| {
            let text = fit(text, self.column - 8.0, ty);
            pen.words((middle, y), Words::new(&text, ty, role).anchored(Anchor::Middle))
        };
        write(slot.top + 17.0, heading, heading_type(pen.set), Role::Ink2)?;
        for (i, row) in self.shown.iter().enumerate() {
            let y = top + self.rows.pitch * self.rows.middle(i) + 5.0;
            match row.figure.trim() {
                "" => write(y, "–", pen.set.regular(14.0), Role::Ink3)?,
                figure => write(y, figure, pen.set.semibold(14.0), Role::Ink)?,
            }
        }
        Ok(())
    }
}

fn heading_type(set: Typeset) -> Type {
    set.semibold(12.5)
}
