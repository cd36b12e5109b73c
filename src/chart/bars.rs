//! [`Bars`]: the groups' rates side by side, city by city, with whiskers.
//!
//! Columns when every label, base and value fits its column; otherwise rows. The marks are the same in both.

use std::ops::Range;

use plotters::element::Rectangle;
use plotters::style::{Color, ShapeStyle};

use super::axis;
use super::bar_labels::{self, Columns};
use super::error::ChartError;
use super::frame::Frame;
use super::legend::{Item, Legend, Swatch, published_items};
use super::marks::{self, Growth, behind, note_behind};
use super::number::Scale;
use super::part::Part;
use super::pen::{Pen, Plot, Rect, line};
use super::phrase;
use super::rows::Rows;
use super::scene::Drawing;
use super::spec::{self, Head, Mark, Published, Segments, Side, check_segments, check_sides};
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::fit;
use crate::table::figures::Decimals;

/// Rates of up to eight groups by city, in the caller's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// The words around it.
    pub head: Head,
    /// The groups.
    pub series: Segments,
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
    pub sides: Vec<Side>,
    /// What was published of each series elsewhere: strokes across the bar.
    pub published: Vec<Vec<Published>>,
}

const COLUMN_HEIGHT: f64 = 300.0;
/// Columns are not lower than this on canvases of fixed height.
const LOWEST: f64 = 120.0;
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
/// What the bars of more than two series take of a band together.
const MANY_BARS: f64 = 0.78;
/// The least that a row of one bar takes, and each bar of several, in CSS px.
const LONE_LANE: f64 = 24.0;
const LANE: f64 = 19.0;
const LONE_BAR: f64 = 0.45;
/// From a whisker's end to the value.
const APART: f64 = 7.0;
/// More rows than this get their ticks below too.
const MANY: usize = 16;

/// Draws a part of the chart.
pub(super) fn draw(chart: &Bars, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.groups.is_empty() {
        return Err(ChartError::Empty);
    }
    check_segments(&chart.series)?;
    for group in &chart.groups {
        check_sides(&group.sides, &chart.series, &group.label)?;
        group.sides.iter().filter_map(Side::mark).try_for_each(|mark| mark.check(&group.label))?;
        group.published.iter().flatten().try_for_each(|published| published.check(&group.label))?;
    }
    let legend = Legend::new(&chart.series, legend_items(chart), set.canvas.content(), set);
    let frame = Frame::empty(&part.head(&chart.head), legend, set);
    let figures = Figures::new(chart, &part.rows, set);
    let content = figures.content(frame.room())?;
    let frame = frame.around(content.height());
    let mut drawing = frame.drawing();
    let pen = Pen::new(&mut drawing, set);
    frame.paint(&pen)?;
    match &content {
        Content::Columns(columns, height) => figures.paint_columns(columns, *height, &pen, &frame.slot)?,
        Content::Rows(rows) => figures.paint_rows(rows, &pen, &frame.slot)?,
    }
    drop(pen);
    Ok(drawing)
}

/// Which way a chart is laid out.
enum Content {
    /// Columns with their labels, and how high they are.
    Columns(Columns, f64),
    Rows(Rows),
}

impl Content {
    fn height(&self) -> f64 {
        match self {
            Self::Columns(columns, height) => HEADROOM + height + columns.height,
            Self::Rows(rows) => ROW_HEADER + rows.height() + ticks_below(rows),
        }
    }
}

/// What further tick labels take below many rows.
fn ticks_below(rows: &Rows) -> f64 {
    if rows.len() > MANY { 22.0 } else { 0.0 }
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
    items.extend(published_items(lang, chart.groups.iter().flat_map(|group| &group.published).flatten()));
    items
}

/// The marks of a chart, whichever way they grow.
struct Figures<'a> {
    chart: &'a Bars,
    /// The cities that are shown, and the place of the first of them.
    groups: &'a [Group],
    first: usize,
    scale: Scale,
    decimals: Decimals,
    set: Typeset,
}

impl<'a> Figures<'a> {
    fn new(chart: &'a Bars, shown: &Range<usize>, set: Typeset) -> Self {
        let highs =
            chart.groups.iter().flat_map(|group| &group.sides).filter_map(Side::mark).map(|mark| mark.high);
        let strokes = chart.groups.iter().flat_map(|group| &group.published).flatten();
        let scale = Scale::from_zero(highs.chain(strokes.map(|stroke| stroke.rate)).fold(0.0, f64::max));
        let decimals = Decimals::up_to(scale.high);
        let groups = chart.groups.get(shown.clone()).unwrap_or_default();
        Self { chart, groups, first: shown.start, scale, decimals, set }
    }

    /// How many series the chart has.
    fn count(&self) -> usize {
        spec::shown(&self.chart.series).len()
    }

    fn value(&self, mark: &Mark, series: usize) -> Words {
        Words::new(&self.decimals.hundredths(mark.rate), self.set.semibold(13.0), Role::text(series)).haloed()
    }

    /// Columns when all labels and values fit them, else rows.
    fn content(&self, room: Option<f64>) -> Result<Content, ChartError> {
        if let Some(columns) = self.columns() {
            let height = room.map_or(COLUMN_HEIGHT, |room| room - HEADROOM - columns.height);
            if height >= LOWEST {
                return Ok(Content::Columns(columns, height));
            }
        }
        let count = self.count();
        let rows =
            bar_labels::rows(self.chart, count, self.set).part(&(self.first..self.first + self.groups.len()));
        let room = room.map(|room| room - ROW_HEADER - ticks_below(&rows));
        Ok(Content::Rows(rows.within(room, if count > 1 { LANE * count as f64 } else { LONE_LANE })?))
    }

    /// The columns' labels, if all of them fit.
    fn columns(&self) -> Option<Columns> {
        let width = self.set.canvas.content() - axis::width_beside(&self.scale, self.set);
        let band = width / self.groups.len() as f64;
        let mut marks = self.chart.groups.iter().flat_map(|group| group.sides.iter().enumerate());
        let apart = self.thickness(band) + SPACE;
        let values_fit = marks.all(|(i, side)| match side {
            Side::Shown(mark) if self.count() > 1 => self.value(mark, i).width() + 4.0 <= apart * band,
            _ => true,
        });
        let shown = self.first..self.first + self.groups.len();
        if values_fit { bar_labels::columns(self.chart, shown, band, self.set) } else { None }
    }

    /// The thickness of a bar, as a share of a band of this many px.
    fn thickness(&self, band: f64) -> f64 {
        let share = match self.count() {
            0 | 1 => LONE_BAR,
            2 => BAR,
            count => (MANY_BARS + SPACE) / count as f64 - SPACE,
        };
        share.min(THICKEST / band)
    }

    /// The middles of the series' bars, as shares of a band from its middle.
    fn offsets(&self, band: f64) -> Vec<f64> {
        let shown = spec::shown(&self.chart.series);
        let mut offsets = vec![0.0; self.chart.series.len()];
        let half = f64::midpoint(self.thickness(band), SPACE);
        for (place, &series) in shown.iter().enumerate() {
            offsets[series] = half * (2.0 * place as f64 - (shown.len() as f64 - 1.0));
        }
        offsets
    }

    fn paint_columns(
        &self,
        columns: &Columns,
        height: f64,
        pen: &Pen<'_>,
        slot: &Rect,
    ) -> Result<(), ChartError> {
        let count = self.groups.len() as f64;
        let top = slot.top + HEADROOM;
        let left = slot.left + axis::width_beside(&self.scale, self.set);
        let rect = Rect { left, top, right: slot.right, bottom: top + height };
        let band = rect.width() / count;
        if let Some(i) = self.highlighted() {
            let (left, right) = (rect.left + band * i, rect.left + band * (i + 1.0));
            pen.rect(Rect { left, top: slot.top, right, bottom: rect.bottom + columns.height }, Role::Band)?;
        }
        let mut plot = pen.plot(rect, 0.0..count, 0.0..self.scale.high)?;
        axis::rows(&mut plot, &self.scale, (0.0, count))?;
        axis::labels_beside(pen, &plot, &self.scale, &rect)?;
        self.paint_marks(&mut plot, Growth::Up, (band, band), |i| i as f64 + 0.5)?;
        columns.paint(pen, &rect)
    }

    fn paint_rows(&self, rows: &Rows, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let count = rows.len() as f64;
        let top = slot.top + ROW_HEADER;
        let bottom = top + rows.height();
        let left = slot.left + if rows.width > 0.0 { rows.width + 18.0 } else { 4.0 };
        let rect = Rect { left, top, right: slot.right - ROW_RIGHT, bottom };
        if let Some(i) = self.highlighted() {
            let (top, bottom) = (top + rows.pitch * i, top + rows.pitch * (i + 1.0));
            pen.rect(Rect { left: slot.left - 10.0, top, right: slot.right + 10.0, bottom }, Role::Band)?;
        }
        let mut plot = pen.plot(rect, 0.0..self.scale.high, count..0.0)?;
        for ends in rows.stretches() {
            axis::columns(&mut plot, &self.scale, ends)?;
        }
        axis::labels_along(pen, &plot, &self.scale, slot.top + 17.0)?;
        if rows.len() > MANY {
            axis::labels_along(pen, &plot, &self.scale, bottom + 18.0)?;
        }
        rows.paint(pen, slot.left, top)?;
        self.paint_marks(&mut plot, Growth::Right, (rows.pitch, rows.band()), |i| rows.middle(i))
    }

    fn highlighted(&self) -> Option<f64> {
        let place = self.chart.highlighted?.checked_sub(self.first)?;
        (place < self.groups.len()).then_some(place as f64)
    }

    /// Draws the bars around their groups' middles; groups are `pitch` px apart, and their bars take `band` px of that.
    fn paint_marks(
        &self,
        plot: &mut Plot<'_>,
        growth: Growth,
        (pitch, band): (f64, f64),
        middle: impl Fn(usize) -> f64,
    ) -> Result<(), ChartError> {
        let share = band / pitch;
        let offsets: Vec<f64> = self.offsets(band).into_iter().map(|offset| offset * share).collect();
        let thickness = self.thickness(band) * share;
        for (i, group) in self.groups.iter().enumerate() {
            for (series, side) in group.sides.iter().enumerate() {
                let across = middle(i) + offsets[series];
                let bar = Bar { growth, across, thickness, pitch, series };
                let published = group.published[series].as_slice();
                match side {
                    Side::Shown(mark) => {
                        bar.paint(plot, mark)?;
                        bar.write_value(plot, mark, published, self.value(mark, series))?;
                    }
                    Side::Missing(_) => {
                        if let Some(note) = side.note() {
                            bar.write_note(plot, (note, published), self.scale.high, self.set)?;
                        }
                    }
                }
                published.iter().try_for_each(|published| bar.strike(plot, published))?;
            }
        }
        Ok(())
    }
}

/// One bar of a group; `across` and `thickness` are in groups, which are `pitch` px apart.
struct Bar {
    growth: Growth,
    across: f64,
    thickness: f64,
    pitch: f64,
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
        let cap = 4.0 / self.pitch;
        let at = |side: f64, value| self.growth.point(self.across + side * cap, value);
        plot.line(at(0.0, mark.low), at(0.0, mark.high), style)?;
        plot.line(at(-1.0, mark.low), at(1.0, mark.low), style)?;
        plot.line(at(-1.0, mark.high), at(1.0, mark.high), style)
    }

    /// Beyond the whisker, and beyond the strokes that would be in the way.
    fn write_value(
        &self,
        plot: &mut Plot<'_>,
        mark: &Mark,
        published: &[Published],
        words: Words,
    ) -> Result<(), ChartError> {
        let at = self.growth.point(self.across, mark.high);
        let (x, y) = plot.px(at);
        let strokes = published.iter().map(|stroke| plot.px(self.growth.point(self.across, stroke.rate)));
        match self.growth {
            Growth::Up => {
                let strokes: Vec<f64> = strokes.map(|(_, y)| -y).collect();
                let foot = behind(&strokes, APART - y, words.ty.size, APART);
                plot.words(at, (0.0, -foot - y), words.anchored(Anchor::Middle))
            }
            Growth::Right => {
                let strokes: Vec<f64> = strokes.map(|(x, _)| x).collect();
                let start = behind(&strokes, x + APART, words.width(), APART);
                plot.words(at, (start - x, 4.5), words)
            }
        }
    }

    /// A stroke at what was published.
    fn strike(&self, plot: &mut Plot<'_>, published: &Published) -> Result<(), ChartError> {
        let half = self.thickness * self.pitch / 2.0 + 3.0;
        let at = self.growth.point(self.across, published.rate);
        marks::stroke(plot, published, (at, half), self.growth, Role::Ink)
    }

    /// Why there is no bar, written where it would be.
    fn write_note(
        &self,
        plot: &mut Plot<'_>,
        (note, published): (&str, &[Published]),
        end: f64,
        set: Typeset,
    ) -> Result<(), ChartError> {
        let ty = set.regular(12.0);
        let at = self.growth.point(self.across, 0.0);
        let start = plot.px(at);
        let along = |rate: f64| {
            let (x, y) = plot.px(self.growth.point(self.across, rate));
            (x - start.0).abs().max((y - start.1).abs())
        };
        let length = along(end);
        let strokes: Vec<f64> = published.iter().map(|stroke| along(stroke.rate)).collect();
        let indent = note_behind(&strokes, (8.0, length), ty.width(note), 8.0);
        let words = Words::new(&fit(note, length - indent, ty), ty, Role::text(self.series)).haloed();
        match self.growth {
            Growth::Up => plot.words(at, (4.3, -indent), words.turned(-90.0)),
            Growth::Right => plot.words(at, (indent, 4.3), words),
        }
    }
}
