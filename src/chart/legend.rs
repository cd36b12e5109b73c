//! The legend: a row of swatches with their names, wrapped where the canvas ends.

use plotters::style::Color;

use super::error::ChartError;
use super::pen::{Pen, Rect, line};
use super::phrase;
use super::spec::{Bound, Published, Series};
use super::theme::Role;
use super::words::{Type, Typeset, Words};
use super::wrap::fit;
use crate::codebook::Lang;

/// Height of the first row in CSS px.
const ROW: f64 = 34.0;
/// Height of each further row.
const NEXT_ROW: f64 = 22.0;
/// Space between two items.
const BETWEEN: f64 = 26.0;
/// A longer name is cut.
const WIDEST: f64 = 320.0;

/// What stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Swatch {
    /// A dot in a series' colour.
    Series(usize),
    /// The interval as a pill with its dot.
    Pill,
    /// The interval as a whisker.
    Whisker,
    /// A hollow dot.
    Hollow,
    /// A stroke across a row.
    Stroke,
    /// The same with an arrow.
    Bound,
    /// Two bubbles.
    Bubbles,
    /// The interval as a ribbon around a line.
    Ribbon,
    /// Triangles up and down.
    Changes,
    /// A box in a colour of a scale.
    Box(Role),
}

impl Swatch {
    fn width(self) -> f64 {
        match self {
            Self::Series(_) | Self::Bound => 12.0,
            Self::Pill => 29.0,
            Self::Whisker | Self::Ribbon => 26.0,
            Self::Hollow => 11.0,
            Self::Stroke => 6.0,
            Self::Bubbles => 23.0,
            Self::Changes => 24.0,
            Self::Box(_) => 14.0,
        }
    }

    /// Space between the swatch and its name.
    fn gap(self) -> f64 {
        if matches!(self, Self::Series(_) | Self::Box(_)) { 6.0 } else { 8.0 }
    }

    fn paint(self, pen: &Pen<'_>, (x, y): (f64, f64)) -> Result<(), ChartError> {
        let right = x + self.width();
        let middle = f64::midpoint(x, right);
        match self {
            Self::Series(series) => pen.circle((middle, y), 6.0, Role::mark(series).filled()),
            Self::Pill => {
                pen.pill((x, y), (right, y), 9.0, Role::Neutral)?;
                pen.circle((middle, y), 4.2, Role::Ink3.filled())
            }
            Self::Whisker => {
                pen.line((x, y), (right, y), 1.5, Role::Axis)?;
                pen.line((x, y - 4.0), (x, y + 4.0), 1.5, Role::Axis)?;
                pen.line((right, y - 4.0), (right, y + 4.0), 1.5, Role::Axis)
            }
            Self::Hollow => pen.circle((middle, y), 4.7, line(&Role::Ink3, 2.0)),
            Self::Stroke => pen.line((middle, y - 7.0), (middle, y + 7.0), 2.0, Role::Ink),
            Self::Bound => {
                pen.line((x + 2.0, y - 7.0), (x + 2.0, y + 7.0), 2.0, Role::Ink)?;
                pen.line((x + 2.0, y - 6.2), (x + 10.0, y - 6.2), 1.6, Role::Ink)?;
                pen.line((x + 6.5, y - 9.7), (x + 10.0, y - 6.2), 1.6, Role::Ink)?;
                pen.line((x + 6.5, y - 2.7), (x + 10.0, y - 6.2), 1.6, Role::Ink)
            }
            Self::Bubbles => {
                pen.circle((x + 3.5, y), 3.5, line(&Role::Ink3, 1.3))?;
                pen.circle((x + 15.0, y), 7.5, line(&Role::Ink3, 1.3))
            }
            Self::Ribbon => {
                let ribbon = Rect { left: x, top: y - 6.0, right, bottom: y + 6.0 };
                pen.rect(ribbon, Role::Grid)?;
                pen.line((x, y), (right, y), 2.6, Role::Ink3)
            }
            Self::Changes => {
                pen.triangle((x + 5.5, y), 6.0, Role::Ink3)?;
                pen.triangle((right - 5.5, y), -6.0, Role::Ink3)
            }
            Self::Box(role) => pen.rect(Rect { left: x, top: y - 7.0, right, bottom: y + 7.0 }, role),
        }
    }
}

/// A swatch with its name.
pub(super) struct Item {
    pub(super) swatch: Swatch,
    pub(super) name: String,
}

/// What the strokes at published rates mean, those with an arrow apart.
pub(super) fn published_items<'a>(lang: Lang, strokes: impl Iterator<Item = &'a Published>) -> Vec<Item> {
    let (mut points, mut bounds) = (false, false);
    for stroke in strokes {
        match stroke.bound {
            Bound::At => points = true,
            Bound::Over | Bound::Below => bounds = true,
        }
    }
    let item = |is_there: bool, swatch, name: fn(Lang) -> String| {
        is_there.then(|| Item { swatch, name: name(lang) })
    };
    let both = [item(points, Swatch::Stroke, phrase::published), item(bounds, Swatch::Bound, phrase::bound)];
    both.into_iter().flatten().collect()
}

/// The items laid out in rows.
pub(super) struct Legend {
    rows: Vec<Vec<(f64, Item)>>,
}

impl Legend {
    /// The series of a chart, then `more`, in rows of at most `width` CSS px.
    pub(super) fn new(series: &[Option<Series>], more: Vec<Item>, width: f64, set: Typeset) -> Self {
        let named = series.iter().enumerate().filter_map(|(i, series)| {
            series.as_ref().map(|series| Item { swatch: Swatch::Series(i), name: series.name.clone() })
        });
        let mut rows: Vec<Vec<(f64, Item)>> = Vec::new();
        let mut x = 0.0;
        for item in named.chain(more) {
            let item_width = item.swatch.width() + item.swatch.gap() + item.words(set).width();
            match rows.last_mut() {
                Some(row) if x + item_width <= width => row.push((x, item)),
                _ => {
                    x = 0.0;
                    rows.push(vec![(x, item)]);
                }
            }
            x += item_width + BETWEEN;
        }
        Self { rows }
    }

    pub(super) fn height(&self) -> f64 {
        if self.rows.is_empty() { 0.0 } else { ROW + NEXT_ROW * (self.rows.len() - 1) as f64 }
    }

    pub(super) fn paint(&self, pen: &Pen<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        for (i, row) in self.rows.iter().enumerate() {
            let y = top + 21.5 + NEXT_ROW * i as f64;
            for (x, item) in row {
                item.swatch.paint(pen, (left + x, y))?;
                let words = item.words(pen.set);
                let name = left + x + item.swatch.width() + item.swatch.gap();
                pen.words((name, y + 4.5), words)?;
            }
        }
        Ok(())
    }
}

impl Item {
    fn words(&self, set: Typeset) -> Words {
        let (ty, role): (Type, Role) = match self.swatch {
            Swatch::Series(series) => (set.semibold(13.0), Role::text(series)),
            _ => (set.regular(13.0), Role::Ink3),
        };
        Words::new(&fit(&self.name, WIDEST.min(set.canvas.content() - 40.0), ty), ty, role)
    }
}
