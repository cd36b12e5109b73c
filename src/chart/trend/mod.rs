//! [`Trend`]: rates by wave, a line and its ribbon of intervals for each segment.
//!
//! In: for each segment a figure, or why there is none, at every wave. Out: lines named at their ends; a wave without a
//! figure breaks its line; a wave that clearly differs from the one before has a triangle for a dot.
//!
//! Refused: a trend without waves or lines, or with more than eight lines; a line with more or fewer points than there are
//! waves; figures that are not fractions inside their intervals.

mod alt;
mod brackets;
mod ends;
mod layout;
mod marks;
mod remarks;
mod waves;

pub(super) use alt::alt;

use super::axis;
use super::dumbbell::GapMark;
use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::legend::{Item, Legend, Swatch};
use super::palette::SEGMENTS;
use super::pen::Rect;
use super::phrase;
use super::scene::Drawing;
use super::spec::{Head, Mark, Series, Side};
use super::words::Typeset;

use layout::Layout;
use remarks::Remarks;

/// Rates by wave and segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The words around it.
    pub head: Head,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// The waves, the earliest first; at least one.
    pub waves: Vec<Wave>,
    /// The segments; one to eight.
    pub lines: Vec<TrendLine>,
    /// The gap between two lines at the first and at the last wave, the first's rate minus the second's: for brackets where
    /// there is room. `None` where a figure is missing, and with more or fewer lines.
    pub gaps: [Option<GapMark>; 2],
}

/// One round of the survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// Its name.
    pub label: String,
    /// When it was, in any unit (2021.5, days). The waves stand as far apart as these if each has one and they ascend, else
    /// evenly.
    pub at: Option<f64>,
}

/// One segment.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendLine {
    /// Its name.
    pub series: Series,
    /// Its place among the segments, which says its colour: 0 expats, 1 Chinese users, up to 7 others.
    pub place: usize,
    /// A point for each wave.
    pub points: Vec<TrendPoint>,
}

/// A segment at one wave.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// The rate, or why there is none.
    pub side: Side,
    /// The change since the wave before, if there is one: marked when clear.
    pub change: Option<GapMark>,
}

impl TrendLine {
    /// The figures with the places of their waves, in runs between the waves that have none.
    fn runs(&self) -> Vec<Vec<(usize, Mark)>> {
        let mut runs: Vec<Vec<(usize, Mark)>> = vec![Vec::new()];
        for (i, point) in self.points.iter().enumerate() {
            match (point.side.mark(), runs.last_mut()) {
                (Some(mark), Some(run)) => run.push((i, *mark)),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// The figures with the places of their waves.
    fn marks(&self) -> impl DoubleEndedIterator<Item = (usize, &Mark)> {
        let marks = self.points.iter().enumerate();
        marks.filter_map(|(i, point)| point.side.mark().map(|mark| (i, mark)))
    }
}

impl TrendPoint {
    /// The change to mark.
    fn clear_change(&self) -> Option<f64> {
        self.side.mark()?;
        self.change.filter(|change| change.clear).map(|change| change.difference)
    }
}

impl Trend {
    fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.lines.iter().flat_map(|line| line.marks().map(|(_, mark)| mark))
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.waves.is_empty() || self.lines.is_empty() {
            return Err(ChartError::Empty);
        }
        if self.lines.len() > SEGMENTS {
            return Err(ChartError::Segments(self.lines.len()));
        }
        for line in &self.lines {
            let (name, points, waves) = (&line.series.name, line.points.len(), self.waves.len());
            if points != waves {
                return Err(ChartError::Tiles(name.clone(), points, waves));
            }
            line.marks().try_for_each(|(_, mark)| mark.check(name))?;
        }
        Ok(())
    }
}

/// Draws the chart.
pub(super) fn draw(chart: &Trend, set: Typeset) -> Result<Drawing, ChartError> {
    chart.check()?;
    let bare = |head: &Head| {
        let legend = Legend::new(&[], legend_items(chart), set.canvas.content(), set);
        Frame::empty(head, legend, set)
    };
    let mut frame = bare(&chart.head);
    let mut layout = Layout::new(chart, frame.room(), set)?;
    let mut remarks = Remarks::new(chart, &layout, set);
    let notes = remarks.unwritten(chart).into_iter().chain(layout.notes(set.lang));
    let mut head = chart.head.clone();
    head.footer.extend(notes);
    if head != chart.head {
        // The footer's new lines may leave less room.
        frame = bare(&head);
        layout = Layout::new(chart, frame.room(), set)?;
        remarks = Remarks::new(chart, &layout, set);
    }
    framed(&frame.around(layout.height()), set, |pen, slot| {
        let (left, top) = (slot.left + layout.left, slot.top + layout::ABOVE);
        let rect = Rect { left, top, right: left + layout.width, bottom: top + layout.plot_height };
        let mut plot = pen.plot(rect, 0.0..layout.width, layout.scale.low..layout.scale.high)?;
        axis::rows(&mut plot, &layout.scale, (0.0, layout.width))?;
        axis::labels_beside(pen, &plot, &layout.scale, &rect)?;
        layout.waves.paint(pen, &layout.xs, &rect)?;
        marks::paint(chart, &layout, &mut plot)?;
        remarks.paint(pen, (left, top))?;
        if layout.has_brackets {
            brackets::paint(chart, &layout, pen, (left, top))?;
        }
        layout.ends.paint(pen, (left, top), layout.width, layout.clear.1)
    })
}

fn legend_items(chart: &Trend) -> Vec<Item> {
    let lang = chart.head.lang;
    let mut items = Vec::new();
    if chart.marks().next().is_some() {
        items.push(Item { swatch: Swatch::Ribbon, name: phrase::interval(lang, chart.level) });
    }
    if chart.lines.iter().flat_map(|line| &line.points).any(|point| point.clear_change().is_some()) {
        items.push(Item { swatch: Swatch::Changes, name: phrase::clear_change(lang) });
    }
    if chart.marks().any(|mark| mark.caution) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(lang) });
    }
    items
}
