//! [`Dumbbell`]: one row per feature, the groups' rates with their intervals, the gap in a column of its own.
//!
//! Two groups share a line, with a bar from one rate to the other. More have a lane each, on a band that reaches from the
//! lowest rate to the highest; the column then says how wide it is.

use plotters::element::Rectangle;
use plotters::style::Color;

use super::axis;
use super::error::ChartError;
use super::frame::Frame;
use super::lane::{LanePainter, Lanes};
use super::legend::{Item, Legend, Swatch, published_items};
use super::marks::{self, DOT, Growth, STROKE, behind, note_behind};
use super::number::Scale;
use super::part::Part;
use super::pen::{Pen, Plot, Rect};
use super::phrase;
use super::rows::{RowText, Rows};
use super::scene::Drawing;
use super::spec::{Head, Mark, Published, Segments, Side, check_segments, check_sides};
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::fit;
use crate::table::figures::Decimals;

/// Rates of up to eight groups by feature, in the caller's order. With one group it is a dot plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Dumbbell {
    /// The words around it.
    pub head: Head,
    /// The groups.
    pub series: Segments,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// From top to bottom; at least one.
    pub rows: Vec<DumbbellRow>,
}

/// One feature.
#[derive(Debug, Clone, PartialEq)]
pub struct DumbbellRow {
    /// Its name.
    pub label: String,
    /// Its Han name, beside the English one.
    pub second_label: Option<String>,
    /// What each series has to show.
    pub sides: Vec<Side>,
    /// The gap, first series minus second; of more than two, the highest rate minus the lowest.
    pub gap: Option<GapMark>,
    /// What was published of each series elsewhere: strokes across the row.
    pub published: Vec<Vec<Published>>,
}

/// A gap and whether to stress it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GapMark {
    /// The difference of the two rates, a fraction.
    pub difference: f64,
    /// Whether the test finds a difference; others are grey.
    pub clear: bool,
}

const HEADER: f64 = 26.0;
/// Space right of the plot, for the values of full rates.
const RIGHT: f64 = 40.0;
/// From a mark to its value.
const APART: f64 = 6.0;
/// Charts with more rows are set tighter and get their ticks below too.
const MANY: usize = 16;
/// The least that a row's marks and values take.
const LEAST: f64 = 24.0;
/// How strong the band behind lanes is.
const RANGE: f64 = 0.22;

/// Draws a part of the chart.
pub(super) fn draw(chart: &Dumbbell, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.rows.is_empty() {
        return Err(ChartError::Empty);
    }
    check_segments(&chart.series)?;
    for row in &chart.rows {
        check_sides(&row.sides, &chart.series, &row.label)?;
        row.sides.iter().filter_map(Side::mark).try_for_each(|mark| mark.check(&row.label))?;
        row.strokes().try_for_each(|(_, published)| published.check(&row.label))?;
    }
    let legend = Legend::new(&chart.series, legend_items(chart), set.canvas.content(), set);
    let frame = Frame::empty(&part.head(&chart.head), legend, set);
    let layout = Layout::new(chart, set).part(part, frame.room())?;
    let frame = frame.around(layout.height());
    let mut drawing = frame.drawing();
    let pen = Pen::new(&mut drawing, set);
    frame.paint(&pen)?;
    layout.paint(&chart.rows[part.rows.clone()], &pen, &frame.slot)?;
    drop(pen);
    Ok(drawing)
}

fn legend_items(chart: &Dumbbell) -> Vec<Item> {
    let lang = chart.head.lang;
    let marks = || chart.rows.iter().flat_map(|row| &row.sides).filter_map(Side::mark);
    let mut items = Vec::new();
    if marks().next().is_some() {
        items.push(Item { swatch: Swatch::Pill, name: phrase::interval(lang, chart.level) });
    }
    if marks().any(|mark| mark.caution) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(lang) });
    }
    items.extend(published_items(
        lang,
        chart.rows.iter().flat_map(DumbbellRow::strokes).map(|(_, stroke)| stroke),
    ));
    items
}

struct Layout {
    /// The lanes of a row, where it has more than two.
    lanes: Option<Lanes>,
    rows: Rows,
    scale: Scale,
    decimals: Decimals,
    /// Width of the column of gaps; 0 without gaps.
    gaps: f64,
    /// Space between the labels and the plot.
    left: f64,
    /// The plot's horizontal extent in CSS px from the slot's left.
    plot: (f64, f64),
}

impl Layout {
    fn new(chart: &Dumbbell, set: Typeset) -> Self {
        let narrow = set.canvas.is_narrow();
        let texts = chart.rows.iter().map(|row| RowText {
            name: &row.label,
            second: row.second_label.as_deref(),
            base: "",
            strong: false,
        });
        let gaps = match chart.rows.iter().any(|row| row.gap.is_some()) {
            false => 0.0,
            true if narrow => 68.0,
            true => 84.0,
        };
        let width = set.canvas.content() - gaps;
        let lanes = Some(Lanes::new(&chart.series)).filter(|lanes| lanes.series.len() > 2);
        let pitch = match &lanes {
            Some(lanes) => lanes.least() + 11.0,
            None if narrow => 26.0,
            None if chart.rows.len() > MANY => 36.0,
            None => 48.0,
        };
        let rows =
            if narrow { Rows::above(texts, pitch, width - 10.0, set) } else { Rows::new(texts, pitch, set) };
        let highs = chart.rows.iter().flat_map(|row| &row.sides).filter_map(Side::mark).map(|mark| mark.high);
        let strokes = chart.rows.iter().flat_map(DumbbellRow::strokes).map(|(_, stroke)| stroke.rate);
        let scale = Scale::from_zero(highs.chain(strokes).fold(0.0, f64::max));
        let decimals = Decimals::up_to(scale.high);
        let left = if narrow { 8.0 } else { 22.0 };
        let mut layout = Self { lanes, rows, scale, decimals, gaps, left, plot: (0.0, width - RIGHT) };
        layout.plot.0 = layout.rows.width + left + layout.overhang(chart, layout.plot.1, set);
        layout
    }

    /// Some of the rows, in a room of fixed height.
    fn part(mut self, part: &Part, room: Option<f64>) -> Result<Self, ChartError> {
        self.rows = self.rows.part(&part.rows);
        let room = room.map(|room| room - HEADER - self.footer_ticks());
        self.rows = self.rows.within(room, self.lanes.as_ref().map_or(LEAST, Lanes::least))?;
        Ok(self)
    }

    /// How far values of small rates reach beyond the zero line and its usual space.
    fn overhang(&self, chart: &Dumbbell, right: f64, set: Typeset) -> f64 {
        if self.lanes.is_some() {
            return 0.0;
        }
        // A plot no wider than this one will be, so that the overhang is not underrated.
        let width = right - self.rows.width - 2.0 * self.left - 30.0;
        let reach = |row: &DumbbellRow| {
            let (mark, series) = row.leftmost()?;
            let value =
                Words::new(&self.decimals.hundredths(mark.rate), set.semibold(13.0), Role::text(series))
                    .width();
            let start = row.left_edge() / self.scale.high * width;
            Some(value + APART + DOT - start + 4.0 - self.left + 8.0)
        };
        chart.rows.iter().filter_map(reach).fold(0.0, f64::max)
    }

    fn footer_ticks(&self) -> f64 {
        if self.rows.len() > MANY { 22.0 } else { 0.0 }
    }

    fn height(&self) -> f64 {
        HEADER + self.rows.height() + self.footer_ticks()
    }

    fn paint(&self, rows: &[DumbbellRow], pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let top = slot.top + HEADER;
        let bottom = top + self.rows.height();
        if self.gaps > 0.0 {
            self.paint_gaps(rows, pen, slot)?;
        }
        let rect = Rect { left: slot.left + self.plot.0, top, right: slot.left + self.plot.1, bottom };
        let count = self.rows.len() as f64;
        let mut plot = pen.plot(rect, 0.0..self.scale.high, count..0.0)?;
        for ends in self.rows.stretches() {
            axis::columns(&mut plot, &self.scale, ends)?;
        }
        axis::labels_along(pen, &plot, &self.scale, slot.top + 17.0)?;
        if self.footer_ticks() > 0.0 {
            axis::labels_along(pen, &plot, &self.scale, bottom + 18.0)?;
        }
        self.rows.paint(pen, slot.left, top)?;
        if let Some(lanes) = &self.lanes {
            for i in 1..self.rows.len() {
                let y = top + self.rows.pitch * i as f64;
                pen.line((slot.left, y), (slot.right, y), 1.0, Role::Grid)?;
            }
            let room = rect.width() + RIGHT - 6.0;
            return rows
                .iter()
                .enumerate()
                .try_for_each(|(i, row)| self.paint_lanes(lanes, row, &mut plot, (i, room, pen.set)));
        }
        let bounds = (rect.left + 8.0, rect.right + RIGHT - 6.0);
        for (i, row) in rows.iter().enumerate() {
            let y = self.rows.middle(i);
            let painter = RowPainter { row, y, decimals: self.decimals, bounds, set: pen.set };
            painter.paint(&mut plot)?;
        }
        Ok(())
    }

    /// The segments of the row at `i` under each other, on a band from the lowest rate to the highest.
    fn paint_lanes(
        &self,
        lanes: &Lanes,
        row: &DumbbellRow,
        plot: &mut Plot<'_>,
        (i, room, set): (usize, f64, Typeset),
    ) -> Result<(), ChartError> {
        let middle = self.rows.middle(i);
        let at = |px: f64| middle + px / self.rows.pitch;
        if let [(low, _), .., (high, _)] = marks::ascending(&row.sides).as_slice() {
            let half = lanes.least() / 2.0;
            let corners = [(low.rate, at(-half)), (high.rate, at(half))];
            plot.draw(Rectangle::new(corners, Role::Neutral.mix(RANGE).filled()))?;
        }
        for (lane, series) in lanes.series.iter().enumerate() {
            let Some((side, published)) = series.map(|series| (&row.sides[series], &row.published[series]))
            else {
                continue;
            };
            let Self { scale, decimals, .. } = self;
            let y = at(lanes.offset(lane));
            let painter = LanePainter { lanes, scale, decimals: *decimals, set, y, series: *series, room };
            match side {
                Side::Shown(mark) => painter.mark(plot, mark, published)?,
                Side::Missing(_) => painter.note(plot, side.note().unwrap_or_default(), published)?,
            }
            published.iter().try_for_each(|published| painter.published(plot, published))?;
        }
        Ok(())
    }

    fn paint_gaps(&self, rows: &[DumbbellRow], pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let left = slot.right - self.gaps;
        let middle = slot.right - self.gaps / 2.0;
        let bottom = slot.top + HEADER + self.rows.height();
        pen.rect(Rect { left, top: slot.top, right: slot.right, bottom }, Role::Band)?;
        let heading =
            if self.lanes.is_some() { phrase::range_column } else { phrase::gap_column }(pen.set.lang);
        let heading = Words::new(&heading, pen.set.semibold(12.5), Role::Ink2);
        pen.words((middle, slot.top + 17.0), heading.anchored(Anchor::Middle))?;
        for (i, row) in rows.iter().enumerate() {
            let y = slot.top + HEADER + self.rows.pitch * self.rows.middle(i) + 5.0;
            // From the lowest to the highest there is one direction only.
            let points = |difference: f64| match &self.lanes {
                Some(_) => self.decimals.hundredths(difference),
                None => self.decimals.points(difference),
            };
            let words = match row.gap {
                Some(GapMark { difference, clear: true }) => {
                    Words::new(&points(difference), pen.set.semibold(14.0), Role::Ink)
                }
                Some(GapMark { difference, clear: false }) => {
                    Words::new(&points(difference), pen.set.regular(14.0), Role::Ink3)
                }
                None => Words::new("–", pen.set.regular(14.0), Role::Ink3),
            };
            pen.words((middle, y), words.anchored(Anchor::Middle))?;
        }
        Ok(())
    }
}

impl DumbbellRow {
    /// The mark whose value stands on the left: there is none when the row has one mark.
    fn leftmost(&self) -> Option<(Mark, usize)> {
        let marks = marks::ascending(&self.sides);
        if marks.len() == 2 { marks.first().copied() } else { None }
    }

    /// The least lower limit, or published rate.
    fn left_edge(&self) -> f64 {
        let lows = self.sides.iter().filter_map(Side::mark).map(|mark| mark.low);
        lows.chain(self.strokes().map(|(_, stroke)| stroke.rate)).fold(1.0, f64::min)
    }

    /// What was published, with the place of its series.
    fn strokes(&self) -> impl Iterator<Item = (usize, &Published)> {
        self.published.iter().enumerate().flat_map(|(series, all)| all.iter().map(move |one| (series, one)))
    }
}

struct RowPainter<'a> {
    row: &'a DumbbellRow,
    y: f64,
    decimals: Decimals,
    /// Where text may stand, in CSS px.
    bounds: (f64, f64),
    set: Typeset,
}

impl RowPainter<'_> {
    fn paint(&self, plot: &mut Plot<'_>) -> Result<(), ChartError> {
        let marks = marks::ascending(&self.row.sides);
        marks::paint(plot, &marks, self.y, 1.0)?;
        for (series, stroke) in self.row.strokes() {
            let at = ((stroke.rate, self.y), STROKE);
            marks::stroke(plot, stroke, at, Growth::Right, Role::text(series))?;
        }
        self.write(plot, &marks)
    }

    /// Values outside of the intervals, then why a side is missing.
    fn write(&self, plot: &mut Plot<'_>, marks: &[(Mark, usize)]) -> Result<(), ChartError> {
        let edge = |side: fn(f64, f64) -> f64, limit: fn(&Mark) -> f64, dot: f64| {
            marks
                .iter()
                .map(|(mark, _)| side(plot.px((limit(mark), self.y)).0, plot.px((mark.rate, self.y)).0 + dot))
                .reduce(side)
        };
        let left = edge(f64::min, |mark| mark.low, -DOT).unwrap_or(self.bounds.0);
        let right = edge(f64::max, |mark| mark.high, DOT).unwrap_or(self.bounds.0);
        let y = plot.px((0.0, self.y)).1 + 4.5;
        let mut room = (left - APART, right + APART);
        let strokes = self.strokes(plot);
        let width = |(mark, series): &(Mark, usize)| self.words(*mark, *series).width();
        if let [lower, upper] = marks {
            // To the left everything is the other way round.
            let turned: Vec<f64> = strokes.iter().map(|x| -x).collect();
            room = (
                -behind(&turned, -room.0, width(lower), APART),
                behind(&strokes, room.1, width(upper), APART),
            );
            room.0 -= self.value(plot, *lower, (room.0, y), Anchor::End)? + 4.0;
            room.1 += self.value(plot, *upper, (room.1, y), Anchor::Start)? + 10.0;
        } else if let [only] = marks {
            room.1 = behind(&strokes, room.1, width(only), APART);
            room.1 += self.value(plot, *only, (room.1, y), Anchor::Start)? + 10.0;
        } else {
            room = (self.bounds.0, self.bounds.0 + 2.0);
        }
        self.notes(plot, room, y)
    }

    /// Where what was published stands, in CSS px.
    fn strokes(&self, plot: &Plot<'_>) -> Vec<f64> {
        self.row.strokes().map(|(_, stroke)| plot.px((stroke.rate, self.y)).0).collect()
    }

    /// Writes a value; its width.
    fn value(
        &self,
        plot: &mut Plot<'_>,
        (mark, series): (Mark, usize),
        at: (f64, f64),
        anchor: Anchor,
    ) -> Result<f64, ChartError> {
        let words = self.words(mark, series).anchored(anchor);
        let width = words.width();
        self.place(plot, at, words)?;
        Ok(width)
    }

    fn words(&self, mark: Mark, series: usize) -> Words {
        let text = self.decimals.hundredths(mark.rate);
        Words::new(&text, self.set.semibold(13.0), Role::text(series)).haloed()
    }

    fn notes(&self, plot: &mut Plot<'_>, room: (f64, f64), y: f64) -> Result<(), ChartError> {
        let ty = self.set.regular(12.0);
        let notes: Vec<(usize, &str)> = self
            .row
            .sides
            .iter()
            .enumerate()
            .filter_map(|(i, side)| side.note().map(|note| (i, note)))
            .collect();
        let strokes = self.strokes(plot);
        let all: f64 = notes.iter().map(|(_, note)| ty.width(note) + 14.0).sum();
        let room = (room.0, note_behind(&strokes, (room.1, self.bounds.1), all, APART));
        let share = (self.bounds.1 - room.1).max(0.0) / notes.len().max(1) as f64;
        let mut x = room.1;
        for (series, note) in notes {
            let (right, left) = (share - 14.0, room.0 - self.bounds.0);
            let fits_right = ty.width(note) <= right || right >= left;
            let text = fit(note, if fits_right { right } else { left }, ty);
            let words = Words::new(&text, ty, Role::text(series)).haloed();
            let width = words.width();
            let at = if fits_right { x } else { room.0 - width };
            self.place(plot, (at, y), words)?;
            x += width + 14.0;
        }
        Ok(())
    }

    /// Writes at a point in CSS px, as a label of this row.
    fn place(&self, plot: &mut Plot<'_>, (x, y): (f64, f64), words: Words) -> Result<(), ChartError> {
        let origin = plot.px((0.0, self.y));
        plot.words((0.0, self.y), (x - origin.0, y - origin.1), words)
    }
}
