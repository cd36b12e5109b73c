//! The names of a [`Funnel`](super::Funnel)'s stages, in the column between its sides.

use super::error::ChartError;
use super::funnel::Stage;
use super::pen::Pen;
use super::rows::LINE;
use super::theme::Role;
use super::words::{Typeset, Words};
use super::wrap::{balanced, wrap};

/// The column is at most this wide, in CSS px; longer names are wrapped.
const WIDEST: f64 = 190.0;
/// Space between a name and its Han name on one line.
const BETWEEN: f64 = 8.0;

/// Names as lines, each of one or two texts.
pub(super) struct StageLabels {
    labels: Vec<Vec<Vec<Words>>>,
    /// Width of the widest.
    pub(super) width: f64,
    /// Height of the highest.
    pub(super) height: f64,
}

impl StageLabels {
    pub(super) fn new(stages: &[Stage], set: Typeset) -> Self {
        let labels: Vec<Vec<Vec<Words>>> = stages.iter().map(|stage| lines(stage, set)).collect();
        let width = labels.iter().flatten().map(|line| width(line)).fold(0.0, f64::max);
        let most = labels.iter().map(Vec::len).max().unwrap_or(0);
        Self { labels, width, height: LINE * most as f64 }
    }

    /// Draws the name of a stage in the middle of a height, centred on a place or ending there.
    pub(super) fn paint(
        &self,
        pen: &Pen<'_>,
        stage: usize,
        (x, y): (f64, f64),
        is_centered: bool,
    ) -> Result<(), ChartError> {
        let lines = &self.labels[stage];
        let first = y - LINE * (lines.len() as f64 - 1.0) / 2.0 + 5.0;
        for (i, line) in lines.iter().enumerate() {
            let mut x = x - width(line) * if is_centered { 0.5 } else { 1.0 };
            for words in line {
                pen.words((x, first + LINE * i as f64), words.clone())?;
                x += words.width() + BETWEEN;
            }
        }
        Ok(())
    }
}

/// The name and its Han name beside it where there is room, else one under the other.
fn lines(stage: &Stage, set: Typeset) -> Vec<Vec<Words>> {
    let (strong, plain) = (set.semibold(14.0), set.regular(13.0));
    let name = Words::new(&stage.label, strong, Role::Ink);
    let second = stage.second_label.iter().map(|second| Words::new(second, plain, Role::Ink3));
    let joined: Vec<Words> = std::iter::once(name.clone()).chain(second).collect();
    if width(&joined) <= WIDEST {
        return vec![joined];
    }
    let names = balanced(&stage.label, WIDEST, strong).into_iter().map(|text| Words { text, ..name.clone() });
    let seconds = stage.second_label.iter().flat_map(|second| wrap(second, WIDEST, plain));
    names.chain(seconds.map(|text| Words::new(&text, plain, Role::Ink3))).map(|words| vec![words]).collect()
}

fn width(line: &[Words]) -> f64 {
    line.iter().map(Words::width).sum::<f64>() + BETWEEN * (line.len() as f64 - 1.0).max(0.0)
}
