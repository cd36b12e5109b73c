//! The dashed lines of a [`Scatter`](super::Scatter) through the origin, with what they mean written along them.

use super::error::ChartError;
use super::number::Scale;
use super::pen::Pen;
use super::place::Bubble;
use super::textbox::overlap;
use super::theme::Role;
use super::words::{Typeset, Words};

/// A line y = slope × x.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    /// y over x; positive.
    pub slope: f64,
    /// What it means: "shares half as often as reads".
    pub label: String,
}

/// A guide on the plot; px from its left and top.
pub(super) struct GuideLine {
    label: String,
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    /// Where the label starts.
    pub(super) at: (f64, f64),
    /// The label's turn in degrees.
    angle: f64,
}

/// From the line to the label.
const ABOVE: f64 = 6.5;
/// Places along a line that are tried for its label.
const PLACES: u8 = 24;
/// The place that is best if all are free, as a share of the way: where lines through the origin have parted.
const PREFERRED: f64 = 0.4;

impl GuideLine {
    /// The part of a guide between the scales' ends, which are at `corners` (low, high) in px; not labelled yet. `None` when
    /// it does not cross the plot, or too briefly for its label.
    pub(super) fn new(
        guide: &Guide,
        (x, y): (&Scale, &Scale),
        (low, high): ((f64, f64), (f64, f64)),
        set: Typeset,
    ) -> Option<Self> {
        let (start, end) = (x.low.max(y.low / guide.slope), x.high.min(y.high / guide.slope));
        let at = |v: f64| {
            let across = (v - x.low) / (x.high - x.low) * (high.0 - low.0);
            let up = (v * guide.slope - y.low) / (y.high - y.low) * (high.1 - low.1);
            (low.0 + across, low.1 + up)
        };
        let (from, to) = (at(start), at(end));
        let angle = libm::atan2(to.1 - from.1, to.0 - from.0).to_degrees();
        let line = Self { label: guide.label.clone(), from, to, at: from, angle };
        (start < end && line.room(set) > 0.0).then_some(line)
    }

    fn length(&self) -> f64 {
        let (dx, dy) = (self.to.0 - self.from.0, self.to.1 - self.from.1);
        libm::sqrt(dx * dx + dy * dy)
    }

    /// How far the label may move along the line.
    fn room(&self, set: Typeset) -> f64 {
        self.length() - self.words(set).width() - 24.0
    }

    /// Where the label starts at a share of its room.
    fn place(&self, share: f64, set: Typeset) -> (f64, f64) {
        let length = self.length();
        let (dx, dy) = ((self.to.0 - self.from.0) / length, (self.to.1 - self.from.1) / length);
        let distance = 12.0 + self.room(set) * share;
        (self.from.0 + dx * distance + dy * ABOVE, self.from.1 + dy * distance - dx * ABOVE)
    }

    pub(super) fn words(&self, set: Typeset) -> Words {
        Words::new(&self.label, set.regular(11.5), Role::Ink3).turned(self.angle).haloed()
    }

    /// Draws the line and its label, the plot's corner being at an origin.
    pub(super) fn paint(&self, pen: &Pen<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        let shifted = |(x, y): (f64, f64)| (left + x, top + y);
        pen.dashes(shifted(self.from), shifted(self.to), Role::Axis)?;
        pen.words(shifted(self.at), self.words(pen.set))
    }
}

/// Puts each line's label where it covers least of bubbles, crosses and the other lines.
pub(super) fn label(guides: &mut [GuideLine], bubbles: &[Bubble], set: Typeset) {
    for i in 0..guides.len() {
        let guide = &guides[i];
        let others: Vec<Corners> = guides
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, other)| strip(other.from, other.to))
            .collect();
        let words = guide.words(set);
        let cost = |share: f64| {
            let corners = words.corners(guide.place(share, set));
            let lines = others.iter().filter(|other| overlap(&corners, other)).count();
            20.0 * lines as f64 + crowding(&corners, bubbles) + (share - PREFERRED).abs()
        };
        let shares = (0..=PLACES).map(|i| f64::from(i) / f64::from(PLACES));
        let best = shares.min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(PREFERRED);
        guides[i].at = guides[i].place(best, set);
    }
}

type Corners = [(f64, f64); 4];

/// A line as a quadrangle, with the height of a label on it.
fn strip(from: (f64, f64), to: (f64, f64)) -> Corners {
    let height = 2.0 * ABOVE + 4.0;
    [from, to, (to.0, to.1 - height), (from.0, from.1 - height)]
}

/// How much a label would cover of bubbles and their crosses, the first being worse.
fn crowding(corners: &Corners, bubbles: &[Bubble]) -> f64 {
    let touches = |left: f64, top: f64, right: f64, bottom: f64| {
        let rect = [(left, top), (right, top), (right, bottom), (left, bottom)];
        f64::from(u8::from(overlap(corners, &rect)))
    };
    bubbles
        .iter()
        .map(|bubble| {
            let ((x, y), r) = (bubble.center, bubble.radius + 4.0);
            let [left, right, top, bottom] = bubble.cross;
            10.0 * touches(x - r, y - r, x + r, y + r)
                + touches(left, y - 1.0, right, y + 1.0)
                + touches(x - 1.0, top, x + 1.0, bottom)
        })
        .sum()
}
