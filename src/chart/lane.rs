//! The lane of one segment in a row of a [`Ranked`](super::ranked::Ranked), or of a
//! [`Dumbbell`](super::dumbbell::Dumbbell) of more than two: its dot on its interval with the value beside it, or why there is
//! none.

use plotters::style::Color;

use super::element::{Finish, Stroke};
use super::error::ChartError;
use super::marks::{Growth, STROKE, behind, note_behind, stroke};
use super::number::Scale;
use super::pen::{Plot, line};
use super::spec::{Mark, Published, Series, shown};
use super::theme::Role;
use super::words::{Typeset, Words};
use super::wrap::fit;
use crate::table::figures::Decimals;

/// From a mark to its value.
const APART: f64 = 7.0;
/// Distance of the segments of a row.
const LANE: f64 = 15.0;
/// From the plot's left to a note.
const INDENT: f64 = 8.0;

/// The sizes of what a row holds.
pub(super) struct Lanes {
    /// The series that are shown, from top to bottom; `None` is everybody.
    pub(super) series: Vec<Option<usize>>,
    dot: f64,
    pill: f64,
    value: f64,
}

impl Lanes {
    pub(super) fn new(series: &[Option<Series>]) -> Self {
        let mut series: Vec<Option<usize>> = shown(series).into_iter().map(Some).collect();
        if series.is_empty() {
            series.push(None);
        }
        let (dot, pill, value) = if series.len() == 1 { (5.8, 9.0, 13.0) } else { (4.8, 7.0, 12.0) };
        Self { series, dot, pill, value }
    }

    /// What the marks of a row take at least.
    pub(super) fn least(&self) -> f64 {
        if self.series.len() == 1 { 24.0 } else { LANE * self.series.len() as f64 + 4.0 }
    }

    /// From a row's middle to a lane's, in CSS px.
    pub(super) fn offset(&self, lane: usize) -> f64 {
        LANE * (lane as f64 - (self.series.len() as f64 - 1.0) / 2.0)
    }
}

/// Paints what one segment has to show in one row.
pub(super) struct LanePainter<'a> {
    pub(super) lanes: &'a Lanes,
    pub(super) scale: &'a Scale,
    pub(super) decimals: Decimals,
    pub(super) set: Typeset,
    /// In rows.
    pub(super) y: f64,
    /// `None` is everybody.
    pub(super) series: Option<usize>,
    /// From the plot's left to where texts end, in CSS px.
    pub(super) room: f64,
}

impl LanePainter<'_> {
    /// Paints the figure. Its value keeps clear of the strokes at what was `published` elsewhere.
    pub(super) fn mark(
        &self,
        plot: &mut Plot<'_>,
        mark: &Mark,
        published: &[Published],
    ) -> Result<(), ChartError> {
        let Lanes { dot, pill, value, .. } = *self.lanes;
        let role = self.series.map_or(Role::Ink2, Role::mark);
        if self.lanes.series.len() == 1 {
            plot.line((self.scale.low, self.y), (mark.low, self.y), line(&Role::Grid, 1.0))?;
        }
        plot.draw(Stroke {
            from: (mark.low, self.y),
            to: (mark.high, self.y),
            width: pill,
            role,
            opacity: 0.32,
            finish: Finish::Pill,
        })?;
        if mark.caution {
            plot.dot((mark.rate, self.y), dot, Role::Paper.filled())?;
            plot.dot((mark.rate, self.y), dot - 1.1, line(&role, 2.2))?;
        } else {
            plot.dot((mark.rate, self.y), dot, role.filled())?;
        }
        let text = self.decimals.hundredths(mark.rate);
        let words = Words::new(&text, self.set.semibold(value), self.text()).haloed();
        let end = plot.px((mark.high, self.y)).0.max(plot.px((mark.rate, self.y)).0 + dot);
        let start = end + APART;
        let strokes = self.strokes(plot, published);
        self.write(plot, behind(&strokes, start, words.width(), APART), words)
    }

    /// Paints what was published of it elsewhere.
    pub(super) fn published(&self, plot: &mut Plot<'_>, published: &Published) -> Result<(), ChartError> {
        let half = if self.lanes.series.len() == 1 { STROKE } else { LANE / 2.0 };
        stroke(plot, published, ((published.rate, self.y), half), Growth::Right, Role::Ink)
    }

    /// Writes why there is none.
    pub(super) fn note(
        &self,
        plot: &mut Plot<'_>,
        note: &str,
        published: &[Published],
    ) -> Result<(), ChartError> {
        if note.is_empty() {
            return Ok(());
        }
        let ty = self.set.regular(12.0);
        let left = plot.px((self.scale.low, self.y)).0;
        let strokes = self.strokes(plot, published);
        let start = note_behind(&strokes, (left + INDENT, left + self.room), ty.width(note), APART);
        let text = fit(note, self.room - (start - left), ty);
        self.write(plot, start, Words::new(&text, ty, self.text()).haloed())
    }

    /// Where what was published stands, in CSS px.
    fn strokes(&self, plot: &Plot<'_>, published: &[Published]) -> Vec<f64> {
        published.iter().map(|published| plot.px((published.rate, self.y)).0).collect()
    }

    fn text(&self) -> Role {
        self.series.map_or(Role::Ink, Role::text)
    }

    /// Writes from a place in CSS px on.
    fn write(&self, plot: &mut Plot<'_>, x: f64, words: Words) -> Result<(), ChartError> {
        let start = (self.scale.low, self.y);
        let dx = x - plot.px(start).0;
        plot.words(start, (dx, 4.5), words)
    }
}
