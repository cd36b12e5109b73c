//! The bar of one row of a [`Stacked`]: a segment for each point of the scale, with its share in it where it fits.

use plotters::element::Rectangle;
use plotters::style::Color;

use super::error::ChartError;
use super::pen::{Plot, line};
use super::scale_colors::{point_roles, text_on};
use super::stacked::{Shares, Stacked};
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::fit;
use crate::table::figures::Decimals;

/// How strong the colours of a row are that is to be used with care.
pub(super) const FAINT: f64 = 0.35;
/// Clear space left and right of a share in its segment.
const CLEAR: f64 = 4.0;

/// Paints one row; x counts in shares, y in rows.
pub(super) struct RowPainter<'a> {
    pub(super) chart: &'a Stacked,
    pub(super) y: f64,
    /// Half of a bar's height, in rows.
    pub(super) half: f64,
    /// The plot's left end.
    pub(super) start: f64,
    pub(super) set: Typeset,
}

impl RowPainter<'_> {
    /// Paints the segments, or why there are none, on a plot of this many CSS px.
    pub(super) fn paint(&self, plot: &mut Plot<'_>, row: &Shares, width: f64) -> Result<(), ChartError> {
        match row {
            Shares::Shown { shares, caution } => self.segments(plot, shares, *caution),
            Shares::Missing(note) => self.note(plot, note, width),
        }
    }

    fn segments(&self, plot: &mut Plot<'_>, shares: &[f64], caution: bool) -> Result<(), ChartError> {
        let roles = point_roles(self.chart.points.len(), self.chart.alignment);
        let mut left = self.chart.alignment.start(shares);
        for (share, role) in shares.iter().zip(roles) {
            let right = left + share;
            let corners = [(left, self.y - self.half), (right, self.y + self.half)];
            if caution {
                plot.draw(Rectangle::new(corners, Role::Paper.filled()))?;
                plot.draw(Rectangle::new(corners, role.mix(FAINT).filled()))?;
            } else {
                plot.draw(Rectangle::new(corners, role.filled()))?;
            }
            self.share(plot, *share, (left, right), if caution { Role::Ink } else { text_on(role) })?;
            left = right;
        }
        self.edges(plot, shares, caution)
    }

    /// Lines between the segments, and around them where they are faint.
    fn edges(&self, plot: &mut Plot<'_>, shares: &[f64], caution: bool) -> Result<(), ChartError> {
        let start = self.chart.alignment.start(shares);
        let role = if caution { Role::Ink3 } else { Role::Paper };
        let mut x = start;
        for share in &shares[..shares.len() - 1] {
            x += share;
            plot.line((x, self.y - self.half), (x, self.y + self.half), line(&role, 1.0))?;
        }
        if caution {
            let corners =
                [(start, self.y - self.half), (start + shares.iter().sum::<f64>(), self.y + self.half)];
            plot.draw(Rectangle::new(corners, line(&role, 1.0)))?;
        }
        Ok(())
    }

    /// Writes a share into its segment, if it fits.
    fn share(
        &self,
        plot: &mut Plot<'_>,
        share: f64,
        (left, right): (f64, f64),
        role: Role,
    ) -> Result<(), ChartError> {
        let words = Words::new(&Decimals::NONE.hundredths(share), self.set.semibold(12.0), role);
        let room = plot.px((right, self.y)).0 - plot.px((left, self.y)).0;
        if words.width() + 2.0 * CLEAR > room {
            return Ok(());
        }
        let middle = (f64::midpoint(left, right), self.y);
        plot.words(middle, (0.0, 4.3), words.anchored(Anchor::Middle))
    }

    /// Why there is no bar.
    fn note(&self, plot: &mut Plot<'_>, note: &str, width: f64) -> Result<(), ChartError> {
        if note.trim().is_empty() {
            return Ok(());
        }
        let ty = self.set.regular(12.0);
        let words = Words::new(&fit(note, width - 12.0, ty), ty, Role::Ink3).haloed();
        plot.words((self.start, self.y), (8.0, 4.3), words)
    }
}
