//! The names of the lines of a [`Trend`] with their last figures, at the lines' ends: moved apart where they
//! would cover each other, as little as that takes.

use crate::chart::error::ChartError;
use crate::chart::pen::Pen;
use crate::chart::theme::Role;
use crate::chart::words::{Typeset, Words};
use crate::chart::wrap::wrap;
use crate::table::figures::Decimals;

use super::Trend;

/// From the plot's end to the labels.
const BESIDE: f64 = 20.0;
/// Labels are at most this wide, and at most this share of the canvas.
const WIDEST: f64 = 170.0;
const LARGEST_SHARE: f64 = 0.27;
const LINE: f64 = 17.0;
/// Between two labels.
const BETWEEN: f64 = 3.0;
/// With more lines than these, name and figure share a line where they fit.
const FEW: usize = 4;
/// From a dot or a label to the line that joins them.
const APART: f64 = 6.0;
/// A label that is moved by less needs no line to its dot.
const NEAR: f64 = 3.0;

struct End {
    /// The line's place among the segments.
    place: usize,
    text: Vec<Words>,
    wave: usize,
    rate: f64,
    /// Where the line ends.
    dot: (f64, f64),
    /// The middle of the label.
    middle: f64,
}

impl End {
    fn height(&self) -> f64 {
        LINE * self.text.len() as f64
    }

    /// The line from the dot over a knee to the label, px from the plot's left and top; `None` where the label stands just
    /// beside the dot.
    fn leader(&self, width: f64, clear: f64) -> Option<[(f64, f64); 3]> {
        let (from, to) = ((self.dot.0 + APART, self.dot.1), (width + BESIDE - APART, self.middle));
        let is_needed = (from.1 - to.1).abs() > NEAR || to.0 - from.0 > 2.0 * BESIDE + clear;
        is_needed.then_some([from, (to.0 - BESIDE + 2.0 * APART, from.1), to])
    }
}

/// The labels of all lines that have a figure.
pub(super) struct Ends {
    ends: Vec<End>,
}

impl Ends {
    /// The labels, not placed yet.
    pub(super) fn new(chart: &Trend, decimals: Decimals, set: Typeset) -> Self {
        let ty = set.semibold(13.0);
        let widest = WIDEST.min(LARGEST_SHARE * set.canvas.content());
        let last_wave = chart.waves.len() - 1;
        let end = |line: &super::TrendLine| {
            let (wave, mark) = line.marks().next_back()?;
            let mut value = decimals.percent(mark.rate);
            if wave != last_wave {
                value = set.lang.pick(
                    format!("{value} ({})", chart.waves[wave].label),
                    format!("{value}（{}）", chart.waves[wave].label),
                );
            }
            let joined = format!("{} {value}", line.series.name);
            let lines = if chart.lines.len() > FEW && ty.width(&joined) <= widest {
                vec![joined]
            } else {
                let value = wrap(&value, widest, ty);
                wrap(&line.series.name, widest, ty).into_iter().chain(value).collect()
            };
            let text = lines.iter().map(|text| Words::new(text, ty, Role::text(line.place))).collect();
            Some(End { place: line.place, text, wave, rate: mark.rate, dot: (0.0, 0.0), middle: 0.0 })
        };
        Self { ends: chart.lines.iter().filter_map(end).collect() }
    }

    /// What the labels take beside the plot.
    pub(super) fn width(&self) -> f64 {
        let widths = self.ends.iter().flat_map(|end| &end.text).map(Words::width);
        widths.reduce(f64::max).map_or(0.0, |width| width + BESIDE)
    }

    /// The least height that all labels fit in.
    pub(super) fn height(&self) -> f64 {
        self.ends.iter().map(|end| end.height() + BETWEEN).sum()
    }

    /// Places the labels: `xs` and `y` are where waves and rates lie.
    pub(super) fn spread(&mut self, xs: &[f64], y: impl Fn(f64) -> f64, height: f64) {
        for end in &mut self.ends {
            end.dot = (xs[end.wave], y(end.rate));
        }
        self.ends.sort_by(|a, b| a.dot.1.total_cmp(&b.dot.1));
        let heights: Vec<f64> = self.ends.iter().map(|end| end.height() + BETWEEN).collect();
        let wanted: Vec<f64> = self.ends.iter().map(|end| end.dot.1).collect();
        for (end, middle) in self.ends.iter_mut().zip(moved_apart(&wanted, &heights, height)) {
            end.middle = middle;
        }
    }

    /// The lines from dots to their labels, beside a plot of this width with so much clear space after its last wave.
    pub(super) fn leaders(&self, width: f64, clear: f64) -> impl Iterator<Item = [(f64, f64); 3]> {
        self.ends.iter().filter_map(move |end| end.leader(width, clear))
    }

    /// Draws the labels beside a plot of this width whose corner is at an origin, with so much clear space after its last
    /// wave.
    pub(super) fn paint(
        &self,
        pen: &Pen<'_>,
        (left, top): (f64, f64),
        width: f64,
        clear: f64,
    ) -> Result<(), ChartError> {
        for end in &self.ends {
            let x = left + width + BESIDE;
            if let Some(points) = end.leader(width, clear) {
                let [from, knee, to] = points.map(|(x, y)| (left + x, top + y));
                let role = Role::mark(end.place);
                if knee.0 > from.0 + BESIDE {
                    pen.dashes(from, knee, role)?;
                } else {
                    pen.line(from, knee, 1.0, role)?;
                }
                pen.line(knee, to, 1.0, role)?;
            }
            let first = top + end.middle - LINE * (end.text.len() as f64 - 1.0) / 2.0 + 4.7;
            for (i, words) in end.text.iter().enumerate() {
                pen.words((x, first + LINE * i as f64), words.clone())?;
            }
        }
        Ok(())
    }
}

/// The middles of boxes of these heights, in order, none over another and all in `0..=room`, whose squared distances from
/// what is wanted (ascending) are least: an isotonic regression by pooling adjacent violators.
fn moved_apart(wanted: &[f64], heights: &[f64], room: f64) -> Vec<f64> {
    let mut offsets: Vec<f64> = Vec::new();
    for (i, height) in heights.iter().enumerate() {
        let before = offsets.last().map_or(0.0, |offset| offset + f64::midpoint(heights[i - 1], *height));
        offsets.push(before);
    }
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut pool = (wanted - offset, 1);
        while let Some(last) = pools.pop_if(|last| last.0 > pool.0) {
            let count = last.1 + pool.1;
            pool = ((last.0 * last.1 as f64 + pool.0 * pool.1 as f64) / count as f64, count);
        }
        pools.push(pool);
    }
    let (Some(first), Some(last), Some(end)) = (heights.first(), heights.last(), offsets.last()) else {
        return Vec::new();
    };
    let (low, high) = (first / 2.0, room - last / 2.0 - end);
    let places = pools.iter().flat_map(|(place, count)| std::iter::repeat_n(*place, *count));
    places.zip(&offsets).map(|(place, offset)| place.min(high).max(low) + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_only_where_they_would_cover_each_other() {
        assert_eq!(moved_apart(&[10.0, 60.0], &[20.0, 20.0], 100.0), [10.0, 60.0]);
        assert_eq!(moved_apart(&[50.0, 50.0], &[20.0, 20.0], 100.0), [40.0, 60.0]);
        assert_eq!(moved_apart(&[0.0, 1.0, 99.0], &[20.0, 20.0, 20.0], 100.0), [10.0, 30.0, 90.0]);
        assert_eq!(moved_apart(&[99.0, 100.0], &[20.0, 40.0], 100.0), [50.0, 80.0]);
        assert!(moved_apart(&[], &[], 100.0).is_empty());
    }
}
