//! [`Scatter`]: two rates of each city and group against each other, a bubble's area its respondents.

use plotters::style::Color;

use super::axis;
use super::error::ChartError;
use super::frame::Frame;
use super::guide::{self, Guide, GuideLine};
use super::legend::{Item, Legend, Swatch};
use super::number::Scale;
use super::pen::{Pen, Plot, Point as Data, Rect, line};
use super::phrase;
use super::place::{Bubble, Spot, Surroundings, place};
use super::scene::Drawing;
use super::spec::{Head, Mark, Segments, check_segments};
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use super::wrap::fit;

/// Two rates against each other, by city and group.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter {
    /// The words around it.
    pub head: Head,
    /// The groups.
    pub series: Segments,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// What x is, without an arrow.
    pub x_label: String,
    /// What y is, without an arrow.
    pub y_label: String,
    /// The bubbles; at least one.
    pub points: Vec<Point>,
    /// Lines through the origin.
    pub guides: Vec<Guide>,
}

/// One city's two rates in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The city's name.
    pub label: String,
    /// Its Han name, beside the English one.
    pub second_label: Option<String>,
    /// The place of its group among the series.
    pub series: usize,
    /// The rate along x.
    pub x: Mark,
    /// The rate along y.
    pub y: Mark,
    /// Respondents.
    pub n: u64,
}

/// Height of the plot where the canvas does not fix it, on wide and on narrow canvases.
const PLOT_HEIGHTS: [f64; 2] = [440.0, 360.0];
/// The plot is not lower than this on canvases of fixed height.
const LOWEST: f64 = 180.0;
/// Above the plot: the name of y.
const HEADER: f64 = 20.0;
/// Below the plot: ticks, and the name of x.
const FOOTER: f64 = 44.0;
/// Radius of the bubble with the most respondents, on wide and on narrow canvases.
const LARGEST: [f64; 2] = [15.0, 11.0];
const SMALLEST: f64 = 3.0;
/// A longer label is cut.
const WIDEST_LABEL: f64 = 300.0;
/// Clear space between the outermost ticks and the plot's ends, so that bubbles on a tick at the end are whole.
const CLEAR: f64 = 16.0;
/// Room for labels right of the outermost bubbles, as a share of what the data takes.
const LABEL_ROOM: f64 = 0.12;

/// Draws the chart.
pub(super) fn draw(chart: &Scatter, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.points.is_empty() {
        return Err(ChartError::Empty);
    }
    check_segments(&chart.series)?;
    for point in &chart.points {
        point.x.check(&point.label).and_then(|()| point.y.check(&point.label))?;
    }
    let bare = |head: &Head| {
        let legend = Legend::new(&chart.series, legend_items(chart), set.canvas.content(), set);
        Frame::empty(head, legend, set)
    };
    let height = |frame: &Frame| match frame.room() {
        Some(room) if room < HEADER + LOWEST + FOOTER => Err(ChartError::NoRoom),
        Some(room) => Ok(room - HEADER - FOOTER),
        None => Ok(PLOT_HEIGHTS[usize::from(set.canvas.is_narrow())]),
    };
    let (x, y) = chart.scales();
    let mut head = chart.head.clone();
    head.footer.extend(phrase::axes_start(head.lang, x.low > 0.0, y.low > 0.0));
    let mut frame = bare(&head);
    let mut layout = Layout::new(chart, height(&frame)?, set);
    let mut spots = layout.spots(chart, set);
    let unlabelled = spots.iter().filter(|spot| spot.is_none()).count();
    if unlabelled > 0 {
        head.footer.push(phrase::unlabelled(head.lang, unlabelled));
        frame = bare(&head);
        // The footer's new line may leave less room.
        layout = Layout::new(chart, height(&frame)?, set);
        spots = layout.spots(chart, set);
    }
    let frame = frame.around(HEADER + layout.height + FOOTER);
    let mut drawing = frame.drawing();
    let pen = Pen::new(&mut drawing, set);
    frame.paint(&pen)?;
    layout.paint(chart, &spots, &pen, &frame.slot)?;
    drop(pen);
    Ok(drawing)
}

fn legend_items(chart: &Scatter) -> Vec<Item> {
    let lang = chart.head.lang;
    let mut items = vec![
        Item { swatch: Swatch::Whisker, name: phrase::interval(lang, chart.level) },
        Item { swatch: Swatch::Bubbles, name: phrase::bubbles(lang) },
    ];
    if chart.points.iter().any(Point::is_cautious) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(lang) });
    }
    items
}

impl Scatter {
    /// The scales of x and y.
    fn scales(&self) -> (Scale, Scale) {
        let ends = |of: fn(&Point) -> &Mark| {
            let low = self.points.iter().map(|point| of(point).low).fold(1.0, f64::min);
            (low, self.points.iter().map(|point| of(point).high).fold(0.0, f64::max))
        };
        let ((x_low, x_high), (y_low, y_high)) = (ends(|point| &point.x), ends(|point| &point.y));
        (Scale::around(x_low, x_high + LABEL_ROOM * (x_high - x_low)), Scale::around(y_low, y_high))
    }
}

impl Point {
    fn is_cautious(&self) -> bool {
        self.x.caution || self.y.caution
    }

    fn words(&self, set: Typeset) -> Words {
        let text = match &self.second_label {
            Some(second) => format!("{} {second}", self.label),
            None => self.label.clone(),
        };
        let ty = set.semibold(13.0);
        let widest = WIDEST_LABEL.min(set.canvas.content() / 2.0);
        Words::new(&fit(&text, widest, ty), ty, Role::text(self.series)).haloed()
    }
}

/// Where the data lies on the plot; px count from the plot's left and top.
struct Layout {
    x: Scale,
    y: Scale,
    /// The plot's left end in the slot.
    left: f64,
    width: f64,
    height: f64,
    bubbles: Vec<Bubble>,
    guides: Vec<GuideLine>,
}

impl Layout {
    fn new(chart: &Scatter, height: f64, set: Typeset) -> Self {
        let (x, y) = chart.scales();
        let left = axis::width_beside(&y, set);
        let width = set.canvas.content() - left;
        let mut layout = Self { x, y, left, width, height, bubbles: Vec::new(), guides: Vec::new() };
        let most = chart.points.iter().map(|point| point.n).max().unwrap_or(0).max(1);
        layout.bubbles = chart.points.iter().map(|point| layout.bubble(point, most, set)).collect();
        let corners = (layout.at((layout.x.low, layout.y.low)), layout.at((layout.x.high, layout.y.high)));
        for guide in &chart.guides {
            let scales = (&layout.x, &layout.y);
            layout.guides.extend(GuideLine::new(guide, scales, corners, set));
        }
        guide::label(&mut layout.guides, &layout.bubbles, set);
        layout
    }

    fn at(&self, (x, y): Data) -> (f64, f64) {
        let along = |v: f64, scale: &Scale, length: f64| {
            CLEAR + (v - scale.low) / (scale.high - scale.low) * (length - 2.0 * CLEAR)
        };
        (along(x, &self.x, self.width), self.height - along(y, &self.y, self.height))
    }

    fn bubble(&self, point: &Point, most: u64, set: Typeset) -> Bubble {
        let (low, high) = (self.at((point.x.low, point.y.low)), self.at((point.x.high, point.y.high)));
        Bubble {
            center: self.at((point.x.rate, point.y.rate)),
            radius: (LARGEST[usize::from(set.canvas.is_narrow())] * libm::sqrt(point.n as f64 / most as f64))
                .max(SMALLEST),
            cross: [low.0, high.0, high.1, low.1],
            label: (point.words(set).width(), 13.0),
        }
    }

    /// A place for the label of each point; bubbles with more respondents choose first.
    fn spots(&self, chart: &Scatter, set: Typeset) -> Vec<Option<Spot>> {
        let mut order: Vec<usize> = (0..chart.points.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(chart.points[*i].n));
        let bubbles: Vec<Bubble> = order.iter().map(|i| self.bubbles[*i].clone()).collect();
        let texts: Vec<[(f64, f64); 4]> =
            self.guides.iter().map(|guide| guide.words(set).corners(guide.at)).collect();
        let lines: Vec<_> = self.guides.iter().map(|guide| (guide.from, guide.to)).collect();
        let inside = [2.0, 0.0, self.width, self.height - 2.0];
        let placed = place(&bubbles, &Surroundings { inside, texts: &texts, lines: &lines });
        let mut spots = vec![None; order.len()];
        for (i, spot) in order.into_iter().zip(placed) {
            spots[i] = spot;
        }
        spots
    }

    fn paint(
        &self,
        chart: &Scatter,
        spots: &[Option<Spot>],
        pen: &Pen<'_>,
        slot: &Rect,
    ) -> Result<(), ChartError> {
        let top = slot.top + HEADER;
        let rect = Rect { left: slot.left + self.left, top, right: slot.right, bottom: top + self.height };
        let (x, y) = (padded(&self.x, self.width), padded(&self.y, self.height));
        let mut plot = pen.plot(rect, x.0..x.1, y.0..y.1)?;
        axis::both(&mut plot, (&self.x, &self.y), (x, y))?;
        axis::labels_along(pen, &plot, &self.x, rect.bottom + 18.0)?;
        axis::labels_beside(pen, &plot, &self.y, &rect)?;
        let ty = pen.set.semibold(12.5);
        let named = |text: String| Words::new(&fit(&text, slot.width(), ty), ty, Role::Ink2);
        pen.words((slot.left, slot.top + 9.0), named(format!("↑ {}", chart.y_label)))?;
        let x_name = named(format!("{} →", chart.x_label)).anchored(Anchor::End);
        pen.words((slot.right, rect.bottom + 38.0), x_name)?;
        for guide in &self.guides {
            guide.paint(pen, (rect.left, rect.top))?;
        }
        self.paint_bubbles(chart, &mut plot)?;
        Self::paint_labels(chart, spots, pen, (rect.left, rect.top))
    }

    /// All crosses, then the bubbles, the largest first.
    fn paint_bubbles(&self, chart: &Scatter, plot: &mut Plot<'_>) -> Result<(), ChartError> {
        for point in &chart.points {
            let style = line(&Role::mark(point.series).mix(0.38), 1.3);
            plot.line((point.x.low, point.y.rate), (point.x.high, point.y.rate), style)?;
            plot.line((point.x.rate, point.y.low), (point.x.rate, point.y.high), style)?;
        }
        let mut order: Vec<usize> = (0..chart.points.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(chart.points[*i].n));
        for i in order {
            let (point, radius) = (&chart.points[i], self.bubbles[i].radius);
            let (center, role) = ((point.x.rate, point.y.rate), Role::mark(point.series));
            plot.dot(center, radius + 1.2, Role::Paper.filled())?;
            if point.is_cautious() {
                plot.dot(center, radius - 1.0, line(&role, 2.0))?;
            } else {
                plot.dot(center, radius, role.mix(0.88).filled())?;
            }
        }
        Ok(())
    }

    fn paint_labels(
        chart: &Scatter,
        spots: &[Option<Spot>],
        pen: &Pen<'_>,
        (left, top): (f64, f64),
    ) -> Result<(), ChartError> {
        for (point, spot) in chart.points.iter().zip(spots) {
            let Some(Spot { block, leader }) = spot else { continue };
            if let Some((from, to)) = *leader {
                let shifted = |(x, y): (f64, f64)| (left + x, top + y);
                // Not in the colour of the crosses, for which it would be taken.
                pen.line(shifted(from), shifted(to), 3.0, Role::Paper)?;
                pen.line(shifted(from), shifted(to), 1.0, Role::Ink2)?;
            }
            pen.words((left + block[0], top + block[3] - 2.6), point.words(pen.set))?;
        }
        Ok(())
    }
}

/// A scale's ends moved out by [`CLEAR`].
fn padded(scale: &Scale, length: f64) -> (f64, f64) {
    let clear = (scale.high - scale.low) * CLEAR / (length - 2.0 * CLEAR);
    (scale.low - clear, scale.high + clear)
}
