//! What stands around every plot: tag, title, subtitle, legend, footer, brand.
//!
//! A frame is laid out first, from measured text, and says where the plot goes; then it is painted. On a canvas of fixed
//! height the footer stands at its foot, and the frame says how much room it leaves.

use super::error::ChartError;
use super::legend::Legend;
use super::pen::{Pen, Rect};
use super::scene::Drawing;
use super::size::Canvas;
use super::spec::Head;
use super::theme::Role;
use super::words::{Anchor, Type, Typeset, Words};
use super::wrap::{balanced, wrap};

const BRAND: &str = "wxstats";
const FOOTER_LINE: f64 = 17.0;
/// From the plot's foot to the first line of the footer, and from the last to the canvas's.
const RULE: f64 = 22.0;
const BELOW: f64 = 22.0;

/// The words and places around a plot.
pub(super) struct Frame {
    canvas: &'static Canvas,
    title: Vec<String>,
    subtitle: Vec<String>,
    footer: Vec<String>,
    legend: Legend,
    /// Where the plot goes, with its axes and labels.
    pub(super) slot: Rect,
    /// Height of the whole chart.
    pub(super) height: f64,
}

impl Frame {
    /// A frame around nothing yet.
    pub(super) fn empty(head: &Head, legend: Legend, set: Typeset) -> Self {
        let canvas = set.canvas;
        let width = canvas.content();
        let title = balanced(&head.title, width, title_type(set));
        let subtitle = wrap(&head.subtitle, width, subtitle_type(set));
        let beside_brand = width - if canvas.is_narrow() { 0.0 } else { brand(set).width() + 24.0 };
        let footer: Vec<String> =
            head.footer.iter().flat_map(|line| wrap(line, beside_brand, footer_type(set))).collect();
        let top = legend_top(canvas, &title, &subtitle) + legend.height() + 14.0;
        let slot = Rect { left: canvas.margin, top, right: canvas.width - canvas.margin, bottom: top };
        Self { canvas, title, subtitle, footer, legend, slot, height: 0.0 }.around(0.0)
    }

    /// The same frame around a plot of this height.
    pub(super) fn around(mut self, plot_height: f64) -> Self {
        self.slot.bottom = self.slot.top + plot_height;
        let content = self.slot.bottom + RULE + self.footer_height() + BELOW;
        self.height = content.max(self.canvas.height.unwrap_or(0.0));
        self
    }

    /// What is left for a plot on a canvas of fixed height; may be negative.
    pub(super) fn room(&self) -> Option<f64> {
        self.canvas.height.map(|height| height - self.slot.top - RULE - self.footer_height() - BELOW)
    }

    /// A canvas for it.
    pub(super) fn drawing(&self) -> Drawing {
        Drawing::new(self.canvas.width, self.height)
    }

    /// The brand stands beside the footer, or under it where the canvas is narrow.
    fn footer_height(&self) -> f64 {
        let lines = if self.canvas.is_narrow() { self.footer.len() + 1 } else { self.footer.len().max(1) };
        FOOTER_LINE * lines as f64
    }

    pub(super) fn paint(&self, pen: &Pen<'_>) -> Result<(), ChartError> {
        let Canvas { margin, title: (_, title_line), subtitle: (_, subtitle_line), above, .. } = *self.canvas;
        tag(pen, margin)?;
        let mut foot = above;
        for line in &self.title {
            foot += title_line;
            pen.words((margin, foot - 7.0), Words::new(line, title_type(pen.set), Role::Ink))?;
        }
        foot += 4.0;
        for line in &self.subtitle {
            foot += subtitle_line;
            pen.words((margin, foot - 6.0), Words::new(line, subtitle_type(pen.set), Role::Ink2))?;
        }
        self.legend.paint(pen, (margin, foot))?;
        self.paint_footer(pen)
    }

    fn paint_footer(&self, pen: &Pen<'_>) -> Result<(), ChartError> {
        let (left, right) = (self.slot.left, self.slot.right);
        let top = self.height - BELOW - self.footer_height();
        pen.line((left, top - 12.0), (right, top - 12.0), 1.0, Role::Grid)?;
        let baseline = top + 12.0;
        for (i, line) in self.footer.iter().enumerate() {
            let y = baseline + FOOTER_LINE * i as f64;
            pen.words((left, y), Words::new(line, footer_type(pen.set), Role::Ink3))?;
        }
        let above_brand = if self.canvas.is_narrow() { self.footer.len() } else { 0 };
        pen.words((right, baseline + FOOTER_LINE * above_brand as f64), brand(pen.set))
    }
}

/// The two colours at the top edge.
pub(super) fn tag(pen: &Pen<'_>, margin: f64) -> Result<(), ChartError> {
    for series in 0..2 {
        let left = margin + 40.0 * series as f64;
        pen.rect(Rect { left, top: 0.0, right: left + 40.0, bottom: 5.0 }, Role::mark(series))?;
    }
    Ok(())
}

fn legend_top(canvas: &Canvas, title: &[String], subtitle: &[String]) -> f64 {
    canvas.above + canvas.title.1 * title.len() as f64 + 4.0 + canvas.subtitle.1 * subtitle.len() as f64
}

fn title_type(set: Typeset) -> Type {
    set.bold(set.canvas.title.0)
}

fn subtitle_type(set: Typeset) -> Type {
    set.regular(set.canvas.subtitle.0)
}

fn footer_type(set: Typeset) -> Type {
    set.regular(11.5)
}

pub(super) fn brand(set: Typeset) -> Words {
    Words::new(BRAND, set.semibold(11.5), Role::Ink3).anchored(Anchor::End)
}
