//! Rows over an axis of amounts of any unit.
//!
//! In: the labels of the rows and the reach of the amounts. Out: labels, gridlines and ticks, and for each row the place where
//! its marks go. What the marks are is for each chart.

use super::error::ChartError;
use super::part::Part;
use super::pen::{Pen, Plot, Rect, line};
use super::reach::Reach;
use super::rows::Rows;
use super::theme::Role;
use super::words::{Anchor, Words};

/// Room for the ticks.
const HEADER: f64 = 26.0;
const LEFT: f64 = 22.0;
/// The marks of a row take at least this much.
pub(super) const LEAST: f64 = 24.0;

/// Labelled rows and the axis above them.
pub(super) struct Amounts {
    pub(super) rows: Rows,
    pub(super) reach: Reach,
    /// Space left of the plot where no column of labels stands there: half a tick's label.
    pub(super) half_label: f64,
    /// Space right of the plot, for the words of the largest amounts.
    pub(super) right: f64,
}

impl Amounts {
    /// Some of the rows, in a room of fixed height.
    pub(super) fn part(self, part: &Part, room: Option<f64>) -> Result<Self, ChartError> {
        let rows = self.rows.part(&part.rows).within(room.map(|room| room - HEADER), LEAST)?;
        Ok(Self { rows, ..self })
    }

    pub(super) fn height(&self) -> f64 {
        HEADER + self.rows.height()
    }

    /// Draws all but the marks, and has those of each row drawn by `marks`, given its number and its middle.
    pub(super) fn paint(
        &self,
        pen: &Pen<'_>,
        slot: &Rect,
        mut marks: impl FnMut(&mut Plot<'_>, usize, f64) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        let top = slot.top + HEADER;
        let left = slot.left + if self.rows.width > 0.0 { self.rows.width + LEFT } else { self.half_label };
        let rect = Rect { left, top, right: slot.right - self.right, bottom: top + self.rows.height() };
        let mut plot = pen.plot(rect, self.reach.low..self.reach.high, self.rows.len() as f64..0.0)?;
        self.paint_axis(pen, &mut plot, &rect)?;
        self.rows.paint(pen, slot.left, top)?;
        (0..self.rows.len()).try_for_each(|row| marks(&mut plot, row, self.rows.middle(row)))
    }

    /// Gridlines, and the labels of as many ticks as have room.
    fn paint_axis(&self, pen: &Pen<'_>, plot: &mut Plot<'_>, rect: &Rect) -> Result<(), ChartError> {
        let ty = pen.set.regular(12.5);
        let mut free = f64::NEG_INFINITY;
        for (place, label) in self.reach.labels(pen.set.lang) {
            for (from, to) in self.rows.stretches() {
                let role = if place == 0.0 && !self.reach.is_logarithmic { Role::Axis } else { Role::Grid };
                plot.line((place, from), (place, to), line(&role, 1.0))?;
            }
            let (x, half) = (plot.px((place, 0.0)).0, ty.width(&label) / 2.0);
            if x - half >= free {
                pen.words((x, rect.top - 9.0), Words::new(&label, ty, Role::Ink3).anchored(Anchor::Middle))?;
                free = x + half + 12.0;
            }
        }
        Ok(())
    }
}
