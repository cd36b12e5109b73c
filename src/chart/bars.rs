//! [`Bars`]: the two groups' rates side by side, city by city, with whiskers.
//!
//! Columns when every label, base and value fits its column; otherwise rows. The marks are the same in both.

use plotters::element::Rectangle;
use plotters::style::{Color, ShapeStyle};

use super::axis;
use super::bar_labels::{self, Columns};
use super::error::ChartError;
use super::frame::{Frame, WIDTH};
use super::legend::{Item, Legend, Swatch};
use super::number::Scale;
use super::pen::{Pen, Plot, Point, Rect, line};
use super::phrase;
use super::rows::Rows;
use super::scene::Drawing;
use super::spec::{Head, Mark, Pair, Side};
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::fit;
use crate::table::figures::Decimals;

/// Rates of two groups by city, in the caller's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The words around it.
    pub head: Head,
    /// The groups.
    pub series: Pair,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// The cities; at least one.
    pub groups: Vec<Group>,
    /// The place among `groups` of the city that the chart is about.
    pub highlighted: Option<usize>,
}

/// One city.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name.
    pub label: String,
    /// Its Han name, beside or under the English one.
    pub second_label: Option<String>,
    /// The bases ("n = 214 | 402"); may be empty.
    pub base_line: String,
    /// What each series has to show.
    pub sides: [Side; 2],
}

const COLUMN_HEIGHT: f64 = 300.0;
/// Room above the columns for the values of full rates.
const HEADROOM: f64 = 22.0;
const ROW_HEADER: f64 = 26.0;
/// Room right of the rows for the values of full rates.
const ROW_RIGHT: f64 = 40.0;
/// No bar is thicker than this, in CSS px.
const THICKEST: f64 = 60.0;
/// Shares of a group's band: a bar of a pair, the space between, a bar alone.
const BAR: f64 = 0.31;
const SPACE: f64 = 0.03;
const LONE_BAR: f64 = 0.45;
/// From a whisker's end to the value.
const APART: f64 = 7.0;
/// More rows than this get their ticks below too.
const MANY: usize = 16;

/// Draws the chart.
pub(super) fn draw(chart: &Bars, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.groups.is_empty() {
        return Err(ChartError::Empty);
    }
    for group in &chart.groups {
        group.sides.iter().filter_map(Side::mark).try_for_each(|mark| mark.check(&group.label))?;
    }
    let figures = Figures::new(chart, set);
    let legend = Legend::new(&chart.series, legend_items(chart), WIDTH - 64.0, set);
    if let Some(columns) = figures.columns() {
        let height = HEADROOM + COLUMN_HEIGHT + columns.height;
        return on_frame(chart, legend, height, set, |pen, slot| figures.paint_columns(&columns, pen, slot));
    }
    let rows = bar_labels::rows(chart, figures.pair().count(), set);
    let below = if rows.len() > MANY { 22.0 } else { 0.0 };
    let height = ROW_HEADER + rows.height() + below;
    on_frame(chart, legend, height, set, |pen, slot| figures.paint_rows(&rows, pen, slot))
}

fn on_frame(
    chart: &Bars,
    legend: Legend,
    height: f64,
    set: Typeset,
    paint: impl FnOnce(&Pen<'_>, &Rect) -> Result<(), ChartError>,
) -> Result<Drawing, ChartError> {
    let frame = Frame::new(&chart.head, legend, height, set);
    let mut drawing = Drawing::new(WIDTH, frame.height);
    let pen = Pen::new(&mut drawing, set);
    frame.paint(&pen)?;
    paint(&pen, &frame.slot)?;
    drop(pen);
    Ok(drawing)
}

fn legend_items(chart: &Bars) -> Vec<Item> {
    let lang = chart.head.lang;
    let marks = || chart.groups.iter().flat_map(|group| &group.sides).filter_map(Side::mark);
    let mut items = Vec::new();
    if marks().next().is_some() {
        items.push(Item { swatch: Swatch::Whisker, name: phrase::interval(lang, chart.level) });
    }
    if marks().any(|mark| mark.caution) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(lang) });
    }
    items
}

/// Which way the bars grow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Growth {
    Up,
    Right,
}

impl Growth {
    /// The point at a place across the bars and a value along them.
    fn point(self, across: f64, value: f64) -> Point {
        match self {
            Self::Up => (across, value),
            Self::Right => (value, across),
        }
    }
}

/// The marks of a chart, whichever way they grow.
struct Figures<'a> {
    chart: &'a Bars,
    scale: Scale,
    decimals: Decimals,
    set: Typeset,
}

impl<'a> Figures<'a> {
    fn new(chart: &'a Bars, set: Typeset) -> Self {
        let highs =
            chart.groups.iter().flat_map(|group| &group.sides).filter_map(Side::mark).map(|mark| mark.high);
        let scale = Scale::from_zero(highs.fold(0.0, f64::max));
        let decimals = Decimals::up_to(scale.high);
        Self { chart, scale, decimals, set }
    }

    /// The series that the chart has.
    fn pair(&self) -> impl Iterator<Item = usize> {
        (0..2).filter(|series| self.chart.series[*series].is_some())
    }

    fn value(&self, mark: &Mark, series: usize) -> Words {
        Words::new(&self.decimals.hundredths(mark.rate), self.set.semibold(13.0), Role::text(series)).haloed()
    }

    /// The columns' labels, if all of them fit.
    fn columns(&self) -> Option<Columns> {
        let band =
            (WIDTH - 64.0 - axis::width_beside(&self.scale, self.set)) / self.chart.groups.len() as f64;
        let mut marks = self.chart.groups.iter().flat_map(|group| group.sides.iter().enumerate());
        let apart = self.offsets(band)[1] - self.offsets(band)[0];
        let values_fit = marks.all(|(i, side)| match side {
            Side::Shown(mark) if self.pair().count() == 2 => {
                self.value(mark, i).width() + 4.0 <= apart * band
            }
            _ => true,
        });
        if values_fit { bar_labels::columns(self.chart, band, self.set) } else { None }
    }

    /// The thickness of a bar, as a share of a band of this many px.
    fn thickness(&self, band: f64) -> f64 {
        let share = if self.pair().count() == 2 { BAR } else { LONE_BAR };
        share.min(THICKEST / band)
    }

    /// The middles of the two series' bars, as shares of a band from its middle.
    fn offsets(&self, band: f64) -> [f64; 2] {
        if self.pair().count() < 2 {
            return [0.0; 2];
        }
        let half = f64::midpoint(self.thickness(band), SPACE);
        [-half, half]
    }

    fn paint_columns(&self, columns: &Columns, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let count = self.chart.groups.len() as f64;
        let top = slot.top + HEADROOM;
        let left = slot.left + axis::width_beside(&self.scale, self.set);
        let rect = Rect { left, top, right: slot.right, bottom: top + COLUMN_HEIGHT };
        let band = rect.width() / count;
        if let Some(i) = self.highlighted() {
            let (left, right) = (rect.left + band * i, rect.left + band * (i + 1.0));
            pen.rect(Rect { left, top: slot.top, right, bottom: slot.bottom }, Role::Band)?;
        }
        let mut plot = pen.plot(rect, 0.0..count, 0.0..self.scale.high)?;
        axis::rows(&mut plot, &self.scale, (0.0, count))?;
        axis::labels_beside(pen, &plot, &self.scale, &rect)?;
        self.paint_marks(&mut plot, Growth::Up, band)?;
        columns.paint(pen, &rect)
    }

    fn paint_rows(&self, rows: &Rows, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let count = rows.len() as f64;
        let top = slot.top + ROW_HEADER;
        let bottom = top + rows.height();
        let rect = Rect { left: slot.left + rows.width + 18.0, top, right: slot.right - ROW_RIGHT, bottom };
        if let Some(i) = self.highlighted() {
            let (top, bottom) = (top + rows.pitch * i, top + rows.pitch * (i + 1.0));
            pen.rect(Rect { left: slot.left - 10.0, top, right: slot.right + 10.0, bottom }, Role::Band)?;
        }
        let mut plot = pen.plot(rect, 0.0..self.scale.high, count..0.0)?;
        axis::columns(&mut plot, &self.scale, (0.0, count))?;
        axis::labels_along(pen, &plot, &self.scale, slot.top + 17.0)?;
        if rows.len() > MANY {
            axis::labels_along(pen, &plot, &self.scale, bottom + 18.0)?;
        }
        rows.paint(pen, slot.left, top)?;
        self.paint_marks(&mut plot, Growth::Right, rows.pitch)
    }

    fn highlighted(&self) -> Option<f64> {
        self.chart.highlighted.filter(|i| *i < self.chart.groups.len()).map(|i| i as f64)
    }

    fn paint_marks(&self, plot: &mut Plot<'_>, growth: Growth, band: f64) -> Result<(), ChartError> {
        let offsets = self.offsets(band);
        for (i, group) in self.chart.groups.iter().enumerate() {
            for (series, side) in group.sides.iter().enumerate() {
                let across = i as f64 + 0.5 + offsets[series];
                let bar = Bar { growth, across, band, thickness: self.thickness(band), series };
                match side {
                    Side::Shown(mark) => {
                        bar.paint(plot, mark)?;
                        bar.write_value(plot, mark, self.value(mark, series))?;
                    }
                    Side::Missing(_) => {
                        if let Some(note) = side.note() {
                            bar.write_note(plot, note, self.scale.high, self.set)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// One bar of a group; `across` and `thickness` are in bands, `band` is a band's px.
struct Bar {
    growth: Growth,
    across: f64,
    thickness: f64,
    band: f64,
    series: usize,
}

impl Bar {
    fn paint(&self, plot: &mut Plot<'_>, mark: &Mark) -> Result<(), ChartError> {
        let role = Role::mark(self.series);
        let at = |side: f64, value| self.growth.point(self.across + side * self.thickness / 2.0, value);
        if mark.caution {
            plot.draw(Rectangle::new([at(-1.0, 0.0), at(1.0, mark.rate)], role.mix(0.22).filled()))?;
            plot.draw(Rectangle::new([at(-1.0, 0.0), at(1.0, mark.rate)], line(&role, 1.5)))?;
        } else {
            plot.draw(Rectangle::new([at(-1.0, 0.0), at(1.0, mark.rate)], role.filled()))?;
        }
        self.paint_whisker(plot, mark, line(&Role::Paper.mix(0.6), 3.4))?;
        self.paint_whisker(plot, mark, line(&Role::Ink, 1.5))
    }

    fn paint_whisker(&self, plot: &mut Plot<'_>, mark: &Mark, style: ShapeStyle) -> Result<(), ChartError> {
        let cap = 4.0 / self.band;
        let at = |side: f64, value| self.growth.point(self.across + side * cap, value);
        plot.line(at(0.0, mark.low), at(0.0, mark.high), style)?;
        plot.line(at(-1.0, mark.low), at(1.0, mark.low), style)?;
        plot.line(at(-1.0, mark.high), at(1.0, mark.high), style)
    }

    fn write_value(&self, plot: &mut Plot<'_>, mark: &Mark, words: Words) -> Result<(), ChartError> {
        let at = self.growth.point(self.across, mark.high);
        match self.growth {
            Growth::Up => plot.words(at, (0.0, -APART), words.anchored(Anchor::Middle)),
            Growth::Right => plot.words(at, (APART, 4.5), words),
        }
    }

    /// Why there is no bar, written where it would be.
    fn write_note(&self, plot: &mut Plot<'_>, note: &str, end: f64, set: Typeset) -> Result<(), ChartError> {
        let ty = set.regular(12.0);
        let at = self.growth.point(self.across, 0.0);
        let (start, end) = (plot.px(at), plot.px(self.growth.point(self.across, end)));
        let length = (end.0 - start.0).abs().max((end.1 - start.1).abs());
        let words = Words::new(&fit(note, length - 8.0, ty), ty, Role::text(self.series)).haloed();
        match self.growth {
            Growth::Up => plot.words(at, (4.3, -8.0), words.turned(-90.0)),
            Growth::Right => plot.words(at, (8.0, 4.3), words),
        }
    }
}
