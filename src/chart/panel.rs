//! What stands above a plot of [`Multiples`](super::Multiples): its name, and its bases at the right or below.

use super::error::ChartError;
use super::multiples::Panel;
use super::pen::{Pen, Rect};
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::{fit, wrap};

/// Distance of two baselines.
const LINE: f64 = 18.0;
/// Space between a name and the bases on one line.
const BETWEEN: f64 = 10.0;
/// Between the last line and the plot.
const BELOW: f64 = 12.0;

/// The lines above a plot.
pub(super) struct PanelHead {
    names: Vec<Words>,
    bases: Vec<Words>,
    /// Whether the bases stand on the name's line.
    joined: bool,
}

impl PanelHead {
    /// For a plot of this width.
    fn new(panel: &Panel, width: f64, set: Typeset) -> Self {
        let second = panel.second_label.iter().map(String::as_str);
        let name = std::iter::once(panel.label.as_str()).chain(second).collect::<Vec<_>>().join(" ");
        let lines = |text: &str, ty, role| -> Vec<Words> {
            let lines = wrap(text, width, ty);
            // Where height is dear, a longer text is cut.
            let cut = set.canvas.height.is_some() && lines.len() > 1;
            let lines = if cut { vec![fit(text, width, ty)] } else { lines };
            lines.iter().map(|line| Words::new(line, ty, role)).collect()
        };
        let names = lines(&name, set.semibold(14.0), Role::Ink);
        let bases = lines(&panel.base_line, set.regular(11.5), Role::Ink3);
        let joined = match (names.as_slice(), bases.as_slice()) {
            ([name], [base]) => name.width() + BETWEEN + base.width() <= width,
            (_, bases) => bases.is_empty(),
        };
        Self { names, bases, joined }
    }

    /// The heads of plots side by side: the bases on the names' lines where all of them fit so.
    pub(super) fn alike(panels: &[Panel], width: f64, set: Typeset) -> Vec<Self> {
        let heads: Vec<Self> = panels.iter().map(|panel| Self::new(panel, width, set)).collect();
        let joined = heads.iter().all(|head| head.joined);
        heads.into_iter().map(|head| Self { joined, ..head }).collect()
    }

    pub(super) fn height(&self) -> f64 {
        let bases = if self.joined { 0 } else { self.bases.len() };
        LINE * (self.names.len() + bases) as f64 + BELOW
    }

    /// Draws the lines above a plot.
    pub(super) fn paint(&self, pen: &Pen<'_>, plot: &Rect) -> Result<(), ChartError> {
        let mut baseline = plot.top - self.height() + 14.0;
        if self.joined {
            for base in &self.bases {
                pen.words((plot.right, baseline), base.clone().anchored(Anchor::End))?;
            }
        }
        let below = if self.joined { [].as_slice() } else { &self.bases };
        for words in self.names.iter().chain(below) {
            pen.words((plot.left, baseline), words.clone())?;
            baseline += LINE;
        }
        Ok(())
    }
}
