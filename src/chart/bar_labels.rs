//! The labels of [`Bars`]: under columns, or beside rows.

use std::ops::Range;

use super::bars::Bars;
use super::error::ChartError;
use super::pen::{Pen, Rect};
use super::rows::{RowText, Rows};
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};

/// Distance of a label's baselines under a column.
const LINE: f64 = 17.0;

/// The labels under the columns, each as lines.
pub(super) struct Columns {
    labels: Vec<Vec<Words>>,
    /// What they take below the columns.
    pub(super) height: f64,
}

/// The labels of the `shown` cities' columns, which are `band` px wide: name and Han name on one line where all of them fit so, else on two.
/// `None` when they fit neither way.
pub(super) fn columns(chart: &Bars, shown: Range<usize>, band: f64, set: Typeset) -> Option<Columns> {
    [true, false].into_iter().find_map(|joined| {
        let labels: Vec<Vec<Words>> = shown.clone().map(|i| label(chart, i, joined, set)).collect();
        let lines = labels.iter().map(Vec::len).max().unwrap_or(0);
        let fits = labels.iter().flatten().all(|words| words.width() + 8.0 <= band);
        fits.then_some(Columns { labels, height: 8.0 + LINE * lines as f64 })
    })
}

fn label(chart: &Bars, i: usize, joined: bool, set: Typeset) -> Vec<Words> {
    let group = &chart.groups[i];
    let ty = if is_strong(chart, i) { set.semibold(13.0) } else { set.regular(13.0) };
    let second = group.second_label.iter().map(String::as_str);
    let names: Vec<String> = if joined {
        vec![std::iter::once(group.label.as_str()).chain(second).collect::<Vec<_>>().join(" ")]
    } else {
        std::iter::once(group.label.as_str()).chain(second).map(str::to_owned).collect()
    };
    let names = names.iter().map(|name| Words::new(name, ty, Role::Ink));
    let base = Words::new(&group.base_line, set.regular(11.5), Role::Ink3);
    names
        .chain([base])
        .filter(|words| !words.text.is_empty())
        .map(|words| words.anchored(Anchor::Middle))
        .collect()
}

/// All labels are strong, unless one city stands out.
fn is_strong(chart: &Bars, i: usize) -> bool {
    chart.highlighted.is_none_or(|highlighted| highlighted == i)
}

impl Columns {
    /// Draws the labels below a plot.
    pub(super) fn paint(&self, pen: &Pen<'_>, plot: &Rect) -> Result<(), ChartError> {
        let band = plot.width() / self.labels.len() as f64;
        for (i, lines) in self.labels.iter().enumerate() {
            let middle = plot.left + band * (i as f64 + 0.5);
            for (j, words) in lines.iter().enumerate() {
                pen.words((middle, plot.bottom + 20.0 + LINE * j as f64), words.clone())?;
            }
        }
        Ok(())
    }
}

/// The labels of rows of so many bars: beside them, or above them on narrow canvases.
pub(super) fn rows(chart: &Bars, bars: usize, set: Typeset) -> Rows {
    /// What rows of one bar take, and of two; each further bar takes more.
    const ROWS: [f64; 2] = [36.0, 50.0];
    const FURTHER: f64 = 19.0;
    let further = bars.saturating_sub(ROWS.len());
    let pitch = ROWS[usize::from(bars > 1)] + FURTHER * further as f64;
    let texts = chart.groups.iter().enumerate().map(|(i, group)| RowText {
        name: &group.label,
        second: group.second_label.as_deref(),
        base: &group.base_line,
        strong: is_strong(chart, i),
    });
    if set.canvas.is_narrow() {
        Rows::above(texts, pitch, set.canvas.content(), set)
    } else {
        Rows::new(texts, pitch, set)
    }
}
