//! What plotters has no element for: [`Label`]s set in our fonts, and [`Stroke`]s with round ends or dashes.

use std::iter::{Chain, Once, once};

use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::error::ChartError;
use super::scene::{Paint, Pencil, Scene, Shape, grid};
use super::theme::Role;
use super::words::Words;

/// A text at a point of the chart, moved by CSS px.
pub(super) struct Label<Coord> {
    pub(super) at: Coord,
    pub(super) offset: (f64, f64),
    pub(super) words: Words,
}

impl<'a, Coord> PointCollection<'a, Coord> for &'a Label<Coord> {
    type Point = &'a Coord;
    type IntoIter = Once<&'a Coord>;

    fn point_iter(self) -> Self::IntoIter {
        once(&self.at)
    }
}

impl<Coord> Drawable<Scene<'_>> for Label<Coord> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        scene: &mut Scene<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<ChartError>> {
        for (x, y) in points {
            let at = (x + grid(self.offset.0), y + grid(self.offset.1));
            scene.add(Shape::Text { at, words: self.words.clone() });
        }
        Ok(())
    }
}

/// How a [`Stroke`] ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Finish {
    /// Round, with the ends of the roundings on the points; square where the stroke is shorter than wide.
    Pill,
    /// Dashes and gaps of these CSS px.
    Dashed(f64, f64),
}

/// A line between two points of the chart.
pub(super) struct Stroke<Coord> {
    pub(super) from: Coord,
    pub(super) to: Coord,
    /// In CSS px.
    pub(super) width: f64,
    pub(super) role: Role,
    pub(super) opacity: f64,
    pub(super) finish: Finish,
}

impl<'a, Coord> PointCollection<'a, Coord> for &'a Stroke<Coord> {
    type Point = &'a Coord;
    type IntoIter = Chain<Once<&'a Coord>, Once<&'a Coord>>;

    fn point_iter(self) -> Self::IntoIter {
        once(&self.from).chain(once(&self.to))
    }
}

impl<Coord> Drawable<Scene<'_>> for Stroke<Coord> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        scene: &mut Scene<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<ChartError>> {
        let mut points: Vec<BackendCoord> = points.collect();
        let width = grid(self.width);
        let paint = Paint { role: self.role, opacity: self.opacity };
        let mut pencil = Pencil { paint, width, round: false, dash: None };
        match self.finish {
            Finish::Dashed(on, off) => pencil.dash = Some((grid(on), grid(off))),
            Finish::Pill => pencil.round = inset(&mut points, width / 2),
        }
        scene.add(Shape::Line { points, pencil });
        Ok(())
    }
}

/// Moves both ends of a horizontal or vertical line inwards; whether there was room.
fn inset(points: &mut [BackendCoord], by: i32) -> bool {
    let [a, b] = points else { return false };
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    if dx.abs().max(dy.abs()) <= 2 * by {
        return false;
    }
    *a = (a.0 + by * dx.signum(), a.1 + by * dy.signum());
    *b = (b.0 - by * dx.signum(), b.1 - by * dy.signum());
    true
}
