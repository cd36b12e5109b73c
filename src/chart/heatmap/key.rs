//! The key of a [`Heatmap`]: its ramp between its two meanings, and what else tiles look like.

use crate::chart::error::ChartError;
use crate::chart::pen::{Pen, Rect};
use crate::chart::phrase;
use crate::chart::ramp;
use crate::chart::theme::Role;
use crate::chart::words::{Anchor, Typeset, Words};
use crate::chart::wrap::fit;
use crate::table::figures::Decimals;

use super::tiles::{paint_hatched, paint_hollow};
use super::{Gauge, Heatmap, Tile};

/// Width and height of one shade of the ramp.
const SHADE: (f64, f64) = (9.0, 12.0);
/// Height of a row of the key, and the space under the last.
const ROW: f64 = 20.0;
const BELOW: f64 = 12.0;
/// From the top of a row to its baseline.
const BASELINE: f64 = 10.5;
/// Between remarks and a ramp below them.
const APART: f64 = 6.0;
/// Between the ramp and what its ends mean.
const BESIDE: f64 = 14.0;
/// Between two remarks, and from one to the ramp.
const BETWEEN: f64 = 26.0;
/// A swatch of a remark, and the space after it.
const SWATCH: (f64, f64) = (20.0, 14.0);
const AFTER_SWATCH: f64 = 8.0;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Swatch {
    /// A word in bold.
    Bold,
    Hollow,
    Hatched,
}

/// What a look of tiles means.
struct Remark {
    swatch: Swatch,
    /// Its distance from the left, and its row.
    at: (f64, usize),
    text: String,
}

/// The key, laid out; px from its left and top.
pub(super) struct Key {
    gauge: Gauge,
    /// Whether gaps lie beyond the ramp: above it, below it.
    beyond: [bool; 2],
    /// What the ramp's right end means, then its left, each with its baseline's start.
    meanings: [((f64, f64), Words); 2],
    /// The ramp's left and top.
    ramp: (f64, f64),
    remarks: Vec<Remark>,
    pub(super) height: f64,
}

impl Key {
    pub(super) fn new(chart: &Heatmap, gauge: Gauge, set: Typeset) -> Self {
        let width = set.canvas.content();
        let [above, below] = [0, 1].map(|series| meaning(&chart.meanings[series], series, width, set));
        let ramp_width = SHADE.0 * ramp::places().count() as f64;
        let taken = above.width() + below.width() + 2.0 * BESIDE + ramp_width;
        let mut remarks = remarks(chart);
        let mut key = Self::beside(gauge, above, below, (width, width - taken));
        match flow(&mut remarks, width - taken - BETWEEN, set) {
            // Remarks stand left of the ramp and its ticks.
            Some(..=2) if taken <= width => {}
            _ => {
                let rows = flow(&mut remarks, width, set).unwrap_or(remarks.len());
                if taken > width {
                    key.stack(width, ramp_width);
                }
                key.move_down(ROW * rows as f64 + if rows > 0 { APART } else { 0.0 });
            }
        }
        let gaps = || chart.tiles().filter_map(Tile::gap);
        key.beyond = [1.0, -1.0].map(|side| gaps().any(|gap| gap.difference * side > gauge.reach + 1e-9));
        key.remarks = remarks;
        key
    }

    /// The meanings left and right of the ramp, which end at `right`.
    fn beside(gauge: Gauge, above: Words, below: Words, (right, left): (f64, f64)) -> Self {
        let ramp = (left + below.width() + BESIDE, 0.0);
        let meanings = [((right - above.width(), BASELINE), above), ((left, BASELINE), below)];
        Self { gauge, beyond: [false; 2], meanings, ramp, remarks: Vec::new(), height: 2.0 * ROW + BELOW }
    }

    /// The meanings above the ramp, each at its own end, on one line where they fit.
    fn stack(&mut self, width: f64, ramp_width: f64) {
        let [(above_at, above), (below_at, below)] = &mut self.meanings;
        let rows = if above.width() + below.width() + BETWEEN <= width { 1.0 } else { 2.0 };
        *below_at = (0.0, BASELINE);
        *above_at = (width - above.width(), BASELINE + ROW * (rows - 1.0));
        self.ramp = ((width - ramp_width) / 2.0, ROW * rows);
        self.height += ROW * rows;
    }

    fn move_down(&mut self, by: f64) {
        self.ramp.1 += by;
        self.meanings.iter_mut().for_each(|(at, _)| at.1 += by);
        self.height += by;
    }

    pub(super) fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        for remark in &self.remarks {
            let (x, row) = remark.at;
            remark.paint(pen, (slot.left + x, slot.top + ROW * row as f64))?;
        }
        for ((x, y), words) in &self.meanings {
            pen.words((slot.left + x, slot.top + y), words.clone())?;
        }
        self.paint_ramp(pen, (slot.left + self.ramp.0, slot.top + self.ramp.1))
    }

    fn paint_ramp(&self, pen: &Pen<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        for place in ramp::places() {
            let x = left + SHADE.0 * f64::from(place);
            let shade = Rect { left: x, top, right: x + SHADE.0, bottom: top + SHADE.1 };
            pen.rect(shade, Role::Gap(place))?;
        }
        for half in -2..=2_i32 {
            let gap = self.gauge.reach * f64::from(half) / 2.0;
            let x = left + SHADE.0 * (f64::from(ramp::place(gap, self.gauge.reach)) + 0.5);
            let points = Decimals::NONE.points(gap);
            let text = match half {
                2 if self.beyond[0] => format!("≥ {points}"),
                -2 if self.beyond[1] => format!("≤ {points}"),
                _ => points,
            };
            let words = Words::new(&text, pen.set.regular(11.5), Role::Ink3).anchored(Anchor::Middle);
            pen.words((x, top + SHADE.1 + 14.0), words)?;
        }
        Ok(())
    }
}

/// What an end of the ramp means, with an arrow that way.
fn meaning(text: &str, series: usize, width: f64, set: Typeset) -> Words {
    let ty = set.semibold(12.5);
    let arrow = |text: &str| if series == 0 { format!("{text} →") } else { format!("← {text}") };
    let fitted = fit(text, width - ty.width(&arrow("")), ty);
    Words::new(&arrow(&fitted), ty, Role::text(series))
}

fn remarks(chart: &Heatmap) -> Vec<Remark> {
    let lang = chart.head.lang;
    let remark = |swatch, text| Remark { swatch, at: (0.0, 0), text };
    let mut remarks = Vec::new();
    if chart.tiles().filter_map(Tile::gap).any(|gap| gap.clear) {
        remarks.push(remark(Swatch::Bold, phrase::clear_gap(lang)));
    }
    if chart.tiles().any(|tile| matches!(tile, Tile::Gap { caution: true, .. })) {
        remarks.push(remark(Swatch::Hollow, phrase::caution(lang)));
    }
    if chart.tiles().any(|tile| tile.gap().is_none()) {
        remarks.push(remark(Swatch::Hatched, phrase::no_figure(lang)));
    }
    remarks
}

/// Sets remarks in rows of a width; how many rows, or `None` where one is wider.
fn flow(remarks: &mut [Remark], width: f64, set: Typeset) -> Option<usize> {
    let (mut x, mut row) = (0.0, 0);
    for remark in remarks.iter_mut() {
        let own = remark.width(set);
        if own > width {
            return None;
        }
        if x > 0.0 && x + own > width {
            (x, row) = (0.0, row + 1);
        }
        remark.at = (x, row);
        x += own + BETWEEN;
    }
    Some(if remarks.is_empty() { 0 } else { row + 1 })
}

impl Remark {
    fn words(&self, set: Typeset) -> Words {
        Words::new(&self.text, set.regular(12.5), Role::Ink3)
    }

    fn bold(set: Typeset) -> Words {
        Words::new(&phrase::bold(set.lang), set.semibold(12.5), Role::Ink)
    }

    fn before_words(&self, set: Typeset) -> f64 {
        match self.swatch {
            Swatch::Bold => Self::bold(set).width() + set.regular(12.5).width("i "),
            Swatch::Hollow | Swatch::Hatched => SWATCH.0 + AFTER_SWATCH,
        }
    }

    fn width(&self, set: Typeset) -> f64 {
        self.before_words(set) + self.words(set).width()
    }

    fn paint(&self, pen: &Pen<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        let swatch = Rect { left, top: top - 1.0, right: left + SWATCH.0, bottom: top - 1.0 + SWATCH.1 };
        match self.swatch {
            Swatch::Bold => pen.words((left, top + BASELINE), Self::bold(pen.set))?,
            Swatch::Hollow => paint_hollow(pen, &swatch, Role::Neutral)?,
            Swatch::Hatched => paint_hatched(pen, &swatch)?,
        }
        pen.words((left + self.before_words(pen.set), top + BASELINE), self.words(pen.set))
    }
}
