//! What stands around every plot: tag, title, subtitle, legend, footer, brand.
//!
//! A frame is laid out first, from measured text, and says where the plot goes; then it is painted.

use super::error::ChartError;
use super::legend::Legend;
use super::pen::{Pen, Rect};
use super::spec::Head;
use super::theme::Role;
use super::words::{Anchor, Type, Typeset, Words};
use super::wrap::{balanced, wrap};

/// Width of every chart in CSS px.
pub(super) const WIDTH: f64 = 900.0;
/// Clear space left and right.
pub(super) const MARGIN: f64 = 32.0;

const BRAND: &str = "wxstats";
const TITLE_TOP: f64 = 30.0;
const TITLE_LINE: f64 = 31.0;
const SUBTITLE_LINE: f64 = 22.0;
const FOOTER_LINE: f64 = 17.0;

/// The words and places around a plot.
pub(super) struct Frame {
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
    /// Lays a frame around a plot of this height.
    pub(super) fn new(head: &Head, legend: Legend, plot_height: f64, set: Typeset) -> Self {
        let width = WIDTH - 2.0 * MARGIN;
        let title = balanced(&head.title, width, title_type(set));
        let subtitle = wrap(&head.subtitle, width, subtitle_type(set));
        let beside_brand = width - brand(set).width() - 24.0;
        let footer: Vec<String> =
            head.footer.iter().flat_map(|line| wrap(line, beside_brand, footer_type(set))).collect();
        let top = legend_top(&title, &subtitle) + legend.height() + 14.0;
        let slot = Rect { left: MARGIN, top, right: WIDTH - MARGIN, bottom: top + plot_height };
        let height = slot.bottom + 22.0 + FOOTER_LINE * footer.len().max(1) as f64 + 22.0;
        Self { title, subtitle, footer, legend, slot, height }
    }

    pub(super) fn paint(&self, pen: &Pen<'_>) -> Result<(), ChartError> {
        for series in 0..2 {
            let left = MARGIN + 40.0 * series as f64;
            let tag = Rect { left, top: 0.0, right: left + 40.0, bottom: 5.0 };
            pen.rect(tag, Role::mark(series))?;
        }
        let mut foot = TITLE_TOP;
        for line in &self.title {
            foot += TITLE_LINE;
            pen.words((MARGIN, foot - 7.0), Words::new(line, title_type(pen.set), Role::Ink))?;
        }
        foot += 4.0;
        for line in &self.subtitle {
            foot += SUBTITLE_LINE;
            pen.words((MARGIN, foot - 6.0), Words::new(line, subtitle_type(pen.set), Role::Ink2))?;
        }
        self.legend.paint(pen, (MARGIN, foot))?;
        self.paint_footer(pen)
    }

    fn paint_footer(&self, pen: &Pen<'_>) -> Result<(), ChartError> {
        let rule = self.slot.bottom + 10.0;
        pen.line((MARGIN, rule), (WIDTH - MARGIN, rule), 1.0, Role::Grid)?;
        let baseline = rule + 12.0 + 12.0;
        for (i, line) in self.footer.iter().enumerate() {
            let y = baseline + FOOTER_LINE * i as f64;
            pen.words((MARGIN, y), Words::new(line, footer_type(pen.set), Role::Ink3))?;
        }
        pen.words((WIDTH - MARGIN, baseline), brand(pen.set))
    }
}

fn legend_top(title: &[String], subtitle: &[String]) -> f64 {
    TITLE_TOP + TITLE_LINE * title.len() as f64 + 4.0 + SUBTITLE_LINE * subtitle.len() as f64
}

fn title_type(set: Typeset) -> Type {
    set.bold(24.0)
}

fn subtitle_type(set: Typeset) -> Type {
    set.regular(15.0)
}

fn footer_type(set: Typeset) -> Type {
    set.regular(11.5)
}

fn brand(set: Typeset) -> Words {
    Words::new(BRAND, set.semibold(11.5), Role::Ink3).anchored(Anchor::End)
}
