//! [`Funnel`]: the stages of a way in a column, the share of each group that gets so far as bars to both sides.

use plotters::element::{Polygon, Rectangle};
use plotters::style::{Color, ShapeStyle};

use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::legend::{Item, Legend, Swatch};
use super::pen::{Pen, Plot, Rect, line};
use super::phrase;
use super::scene::Drawing;
use super::spec::{Head, Mark, Series, Side};
use super::stage_labels::StageLabels;
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::fit;
use crate::table::figures::Decimals;

/// The shares of two groups that reach each stage. With one group its bars grow to the right only.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The words around it.
    pub head: Head,
    /// The groups, left and right.
    pub series: [Option<Series>; 2],
    /// Confidence level of the intervals, a fraction; shares that were counted have none (`low` = `rate` = `high`).
    pub level: f64,
    /// From the first to the last; at least one.
    pub stages: Vec<Stage>,
}

/// One stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Its name.
    pub label: String,
    /// Its Han name, beside or under the English one.
    pub second_label: Option<String>,
    /// The share of those who entered that each group brings here.
    pub sides: [Side; 2],
    /// How many that are ("n = 740"); may be empty.
    pub bases: [String; 2],
    /// The share of those at the stage before that came on to this one, a fraction; above 1 where stages do not nest.
    /// `None` at the first stage, and where it is not known.
    pub conversions: [Option<f64>; 2],
}

/// Room for the groups' names.
const HEADER: f64 = 28.0;
/// Height of a bar with a label of one line or two.
const BAR: f64 = 42.0;
/// Height of the links between two stages.
const LINK: f64 = 28.0;
/// Where the canvas is too low, bars and links shrink, but not below these; where it is high, they grow by no more than a
/// factor.
const LEAST_BAR: f64 = 30.0;
const LEAST_LINK: f64 = 14.0;
const STRETCH: f64 = 1.25;
/// Width of the centre where stages are named above their bars.
const NARROW_CENTER: f64 = 8.0;
/// From a bar to its value.
const APART: f64 = 9.0;
/// From the centre column's edges to what stands in it.
const INSET: f64 = 12.0;

/// Draws the chart.
pub(super) fn draw(chart: &Funnel, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.stages.is_empty() {
        return Err(ChartError::Empty);
    }
    for stage in &chart.stages {
        stage.sides.iter().filter_map(Side::mark).try_for_each(|mark| mark.check(&stage.label))?;
        if stage.conversions.iter().flatten().any(|share| !share.is_finite() || *share < 0.0) {
            return Err(ChartError::Range(stage.label.clone()));
        }
    }
    let legend = Legend::new(&[], legend_items(chart), set.canvas.content(), set);
    let frame = Frame::empty(&chart.head, legend, set);
    let layout = Layout::new(chart, set).within(frame.room())?;
    framed(&frame.around(layout.height()), set, |pen, slot| layout.paint(pen, slot))
}

fn marks(chart: &Funnel) -> impl Iterator<Item = &Mark> {
    chart.stages.iter().flat_map(|stage| &stage.sides).filter_map(Side::mark)
}

fn has_interval(mark: &Mark) -> bool {
    mark.high > mark.low
}

fn legend_items(chart: &Funnel) -> Vec<Item> {
    let lang = chart.head.lang;
    let mut items = Vec::new();
    if marks(chart).any(has_interval) {
        items.push(Item { swatch: Swatch::Whisker, name: phrase::interval(lang, chart.level) });
    }
    if marks(chart).any(|mark| mark.caution) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(lang) });
    }
    items
}

struct Layout<'a> {
    chart: &'a Funnel,
    labels: StageLabels,
    decimals: Decimals,
    /// The share that the longest bar or whisker has.
    longest: f64,
    /// Width of the centre column.
    center: f64,
    /// Room for values outside the longest bar.
    outside: f64,
    /// Height of a bar, and of the links between two.
    bar: f64,
    link: f64,
    /// Whether stages are named above their bars, for want of room between them.
    above: bool,
    set: Typeset,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Funnel, set: Typeset) -> Self {
        let above = set.canvas.is_narrow();
        let labels = StageLabels::new(&chart.stages, set);
        let longest = marks(chart).map(|mark| mark.high).fold(0.0, f64::max).max(0.01);
        let (bar, link) = if above {
            (LEAST_BAR + 4.0, labels.height + 12.0)
        } else {
            (BAR.max(labels.height + 8.0), LINK)
        };
        let decimals = Decimals::up_to(longest);
        let mut layout =
            Self { chart, decimals, longest, center: 0.0, outside: 0.0, bar, link, above, set, labels };
        let conversions = |side: usize| chart.stages.iter().filter_map(move |stage| stage.conversions[side]);
        let widest = |side: usize| {
            conversions(side).map(|share| layout.conversion(share, side).width()).fold(0.0, f64::max)
        };
        let center = layout.labels.width.max(widest(0) + widest(1) + INSET) + 2.0 * INSET;
        let outside = chart
            .stages
            .iter()
            .flat_map(|stage| stage.sides.iter().zip(&stage.bases))
            .filter_map(|(side, base)| {
                side.mark().map(|mark| layout.value(mark, 0).width().max(layout.base(base).width()))
            })
            .fold(0.0, f64::max);
        layout.center = if above { NARROW_CENTER } else { center.max(110.0) };
        layout.outside = outside + APART;
        layout
    }

    /// The stages in a room of fixed height.
    fn within(mut self, room: Option<f64>) -> Result<Self, ChartError> {
        let Some(room) = room else { return Ok(self) };
        let fixed = self.height() - self.top(self.chart.stages.len()) + self.link;
        let factor = ((room - fixed) / (self.height() - fixed)).min(STRETCH);
        let step = (self.bar + self.link) * factor;
        let least = LEAST_BAR.max(self.labels.height + 2.0);
        // Bars hold two lines, so links give way first.
        self.bar = if factor < 1.0 { (self.bar * factor).max(least) } else { self.bar * factor };
        self.link = step - self.bar;
        if factor < 1.0 && self.link < LEAST_LINK {
            return Err(ChartError::NoRoom);
        }
        Ok(self)
    }

    fn height(&self) -> f64 {
        HEADER + self.top(self.chart.stages.len()) - if self.above { self.link } else { self.link - 6.0 }
    }

    /// The top of a stage's bars, in CSS px from the first one's.
    fn top(&self, stage: usize) -> f64 {
        (self.bar + self.link) * stage as f64 + if self.above { self.link } else { 0.0 }
    }

    fn value(&self, mark: &Mark, side: usize) -> Words {
        Words::new(&self.decimals.percent(mark.rate), self.set.semibold(14.0), Role::text(side))
    }

    fn base(&self, base: &str) -> Words {
        Words::new(base, self.set.regular(11.5), Role::Ink3)
    }

    fn conversion(&self, share: f64, side: usize) -> Words {
        let text = format!("↓ {}", Decimals::NONE.percent(share));
        Words::new(&text, self.set.regular(13.0), Role::text(side))
    }

    /// The sides that the chart has.
    fn sides(&self) -> Vec<usize> {
        (0..2).filter(|side| self.chart.series[*side].is_some()).collect()
    }

    fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let sides = self.sides();
        let mirrored = sides.len() == 2;
        let left = if mirrored { slot.left + (slot.width() - self.center) / 2.0 } else { slot.left };
        let (top, bottom) = (slot.top + HEADER, slot.top + HEADER + self.top(self.chart.stages.len()));
        let center = Rect { left, top, right: left + self.center, bottom };
        for side in sides {
            let grows_left = mirrored && side == 0;
            let end = if grows_left { slot.left + self.outside } else { slot.right - self.outside };
            let rect = if grows_left {
                Rect { left: end, right: center.left, ..center }
            } else {
                Rect { left: center.right, right: end, ..center }
            };
            let along = if grows_left { self.longest..0.0 } else { 0.0..self.longest };
            let mut plot = pen.plot(rect, along, (bottom - top)..0.0)?;
            SidePainter { layout: self, side, grows_left, room: rect.width() + self.outside }
                .paint(&mut plot)?;
        }
        for i in 0..self.chart.stages.len() {
            let down = if self.above { -self.link / 2.0 } else { self.bar / 2.0 };
            let y = top + self.top(i) + down;
            let is_centered = mirrored || self.above;
            let x = if is_centered { f64::midpoint(center.left, center.right) } else { center.right - INSET };
            self.labels.paint(pen, i, (x, y), is_centered)?;
        }
        Ok(())
    }
}

/// Paints the bars of one group; y counts in CSS px from the first bar's top, x in shares from the centre.
struct SidePainter<'a> {
    layout: &'a Layout<'a>,
    side: usize,
    grows_left: bool,
    /// From the centre column to the canvas' margin.
    room: f64,
}

impl SidePainter<'_> {
    fn paint(&self, plot: &mut Plot<'_>) -> Result<(), ChartError> {
        let stages = &self.layout.chart.stages;
        self.name(plot)?;
        for (i, stage) in stages.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|before| stages[before].sides[self.side].mark());
            if let (Some(before), Some(mark)) = (before, stage.sides[self.side].mark()) {
                self.link(plot, i, before.rate, mark.rate)?;
            }
            if let Some(share) = stage.conversions[self.side].filter(|_| i > 0) {
                let y = self.layout.top(i) - self.layout.link / 2.0;
                let words = self.layout.conversion(share, self.side);
                let out = if self.layout.above { self.room - words.width() } else { -INSET };
                self.write(plot, out, y + 4.5, words)?;
            }
            match &stage.sides[self.side] {
                Side::Shown(mark) => self.bar(plot, i, mark, &stage.bases[self.side])?,
                side @ Side::Missing(_) => self.note(plot, i, side.note().unwrap_or_default())?,
            }
        }
        Ok(())
    }

    fn name(&self, plot: &mut Plot<'_>) -> Result<(), ChartError> {
        let Some(series) = &self.layout.chart.series[self.side] else { return Ok(()) };
        let ty = self.layout.set.semibold(14.0);
        self.write(
            plot,
            0.0,
            -11.0,
            Words::new(&fit(&series.name, self.room - 8.0, ty), ty, Role::text(self.side)),
        )
    }

    /// The funnel's wall between a stage and the one before.
    fn link(&self, plot: &mut Plot<'_>, stage: usize, before: f64, here: f64) -> Result<(), ChartError> {
        let bottom = self.layout.top(stage);
        let top = bottom - self.layout.link;
        let corners = vec![(0.0, top), (before, top), (here, bottom), (0.0, bottom)];
        plot.draw(Polygon::new(corners, Role::mark(self.side).mix(0.16).filled()))
    }

    fn bar(&self, plot: &mut Plot<'_>, stage: usize, mark: &Mark, base: &str) -> Result<(), ChartError> {
        let role = Role::mark(self.side);
        let top = self.layout.top(stage);
        let corners = [(0.0, top), (mark.rate, top + self.layout.bar)];
        if mark.caution {
            plot.draw(Rectangle::new(corners, role.mix(0.22).filled()))?;
            plot.draw(Rectangle::new(corners, line(&role, 1.5)))?;
        } else {
            plot.draw(Rectangle::new(corners, role.filled()))?;
        }
        let y = top + self.layout.bar / 2.0;
        if has_interval(mark) {
            Self::whisker(plot, mark, y, line(&Role::Paper.mix(0.6), 3.4))?;
            Self::whisker(plot, mark, y, line(&Role::Ink, 1.5))?;
        }
        let out = (plot.px((mark.high, 0.0)).0 - plot.px((0.0, 0.0)).0).abs() + APART;
        let base = self.layout.base(base);
        let lift = if base.text.is_empty() { -5.0 } else { 2.5 };
        self.write(plot, out, y - lift, self.layout.value(mark, self.side))?;
        self.write(plot, out, y + 13.0, base)
    }

    fn whisker(plot: &mut Plot<'_>, mark: &Mark, y: f64, style: ShapeStyle) -> Result<(), ChartError> {
        plot.line((mark.low, y), (mark.high, y), style)?;
        plot.line((mark.low, y - 4.0), (mark.low, y + 4.0), style)?;
        plot.line((mark.high, y - 4.0), (mark.high, y + 4.0), style)
    }

    /// Why there is no bar.
    fn note(&self, plot: &mut Plot<'_>, stage: usize, note: &str) -> Result<(), ChartError> {
        let ty = self.layout.set.regular(12.0);
        let words = Words::new(&fit(note, self.room - 10.0, ty), ty, Role::text(self.side));
        self.write(plot, 8.0, self.layout.top(stage) + self.layout.bar / 2.0 + 4.3, words)
    }

    /// Writes `out` CSS px from the centre column, away from it or, with a negative `out`, in it.
    fn write(&self, plot: &mut Plot<'_>, out: f64, y: f64, words: Words) -> Result<(), ChartError> {
        if words.text.is_empty() {
            return Ok(());
        }
        let (dx, outward) = if self.grows_left { (-out, Anchor::End) } else { (out, Anchor::Start) };
        let inward = if self.grows_left { Anchor::Start } else { Anchor::End };
        plot.words((0.0, 0.0), (dx, y), words.anchored(if out < 0.0 { inward } else { outward }))
    }
}
