//! Where waves and rates lie on a [`Trend`]; px from the plot's left and top.

use crate::chart::axis;
use crate::chart::error::ChartError;
use crate::chart::number::Scale;
use crate::chart::phrase;
use crate::chart::spec::Mark;
use crate::chart::words::Typeset;
use crate::codebook::Lang;
use crate::table::figures::Decimals;

use super::brackets;
use super::ends::Ends;
use super::waves::Waves;
use super::{Trend, Wave};

/// Above the plot, for half a tick label.
pub(super) const ABOVE: f64 = 8.0;
/// Height of the plot at least, on wide and on narrow canvases; and where a canvas is of fixed height.
const PLOT_HEIGHTS: [f64; 2] = [330.0, 260.0];
const LOWEST: f64 = 130.0;
/// Clear space between the plot's sides and the outermost waves.
const CLEAR: f64 = 14.0;

/// The plot and what stands around it.
pub(super) struct Layout {
    pub(super) scale: Scale,
    pub(super) decimals: Decimals,
    /// The plot's left end in the slot.
    pub(super) left: f64,
    pub(super) width: f64,
    pub(super) plot_height: f64,
    /// Whether the gaps at both ends are shown.
    pub(super) has_brackets: bool,
    /// Clear space between the plot's sides and the outermost waves.
    pub(super) clear: (f64, f64),
    /// Where each wave stands.
    pub(super) xs: Vec<f64>,
    pub(super) waves: Waves,
    pub(super) ends: Ends,
}

impl Layout {
    /// # Errors
    /// [`ChartError::NoRoom`] when a room of fixed height is too low.
    pub(super) fn new(chart: &Trend, room: Option<f64>, set: Typeset) -> Result<Self, ChartError> {
        let low = chart.marks().map(|mark| mark.low).fold(1.0, f64::min);
        let high = chart.marks().map(|mark| mark.high).fold(0.0, f64::max);
        let scale = Scale::between(low.min(high), high);
        let decimals = Decimals::up_to(scale.high);
        let left = axis::width_beside(&scale, set);
        let mut ends = Ends::new(chart, decimals, set);
        let width = set.canvas.content() - left - ends.width();
        let has_brackets = brackets::fit(chart, width);
        let beyond = |end: usize| {
            let has_gap = has_brackets && chart.gaps[end].is_some();
            CLEAR + if has_gap { brackets::width(set) } else { 0.0 }
        };
        let clear = (beyond(0), beyond(1));
        let xs = places(&chart.waves, width, clear);
        let waves = Waves::new(&chart.waves, &xs, left, set);
        let plot_height = match room.map(|room| room - ABOVE - waves.height) {
            Some(room) if room < ends.height().max(LOWEST) => return Err(ChartError::NoRoom),
            Some(room) => room,
            None => ends.height().max(PLOT_HEIGHTS[usize::from(set.canvas.is_narrow())]),
        };
        let y = |rate: f64| plot_height * (scale.high - rate) / (scale.high - scale.low);
        ends.spread(&xs, y, plot_height);
        Ok(Self { scale, decimals, left, width, plot_height, has_brackets, clear, xs, waves, ends })
    }

    /// The height of everything.
    pub(super) fn height(&self) -> f64 {
        ABOVE + self.plot_height + self.waves.height
    }

    pub(super) fn y(&self, rate: f64) -> f64 {
        self.plot_height * (self.scale.high - rate) / (self.scale.high - self.scale.low)
    }

    /// Where a figure of a wave lies.
    pub(super) fn point(&self, wave: usize, mark: &Mark) -> (f64, f64) {
        (self.xs[wave], self.y(mark.rate))
    }

    /// Sentences for the footer: what brackets are, and that the axis does not start at zero.
    pub(super) fn notes(&self, lang: Lang) -> Vec<String> {
        let first = self.scale.labels().next().filter(|_| self.scale.low > 0.0);
        let start = first.map(|(_, tick)| phrase::axis_start(lang, tick.trim_end_matches('%')));
        self.has_brackets.then(|| phrase::brackets(lang)).into_iter().chain(start).collect()
    }
}

/// Where the waves stand: by time where it is known, else evenly.
fn places(waves: &[Wave], width: f64, clear: (f64, f64)) -> Vec<f64> {
    let times: Vec<f64> = waves.iter().filter_map(|wave| wave.at.filter(|at| at.is_finite())).collect();
    let times = if times.len() == waves.len() && times.is_sorted_by(|a, b| a < b) {
        times
    } else {
        (0..waves.len()).map(|i| i as f64).collect()
    };
    match times.as_slice() {
        [first, .., last] => {
            let scale = (width - clear.0 - clear.1) / (last - first);
            times.iter().map(|time| clear.0 + (time - first) * scale).collect()
        }
        _ => vec![width / 2.0],
    }
}
