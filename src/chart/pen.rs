//! Drawing through plotters in CSS px ([`Pen`]) and in the data's coordinates ([`Plot`]).

use std::iter::once;
use std::ops::Range;

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::prelude::Cartesian2d;
use plotters::style::{Color, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::element::{Finish, Label, Stroke};
use super::error::ChartError;
use super::scene::{Drawing, Scene, grid, px};
use super::theme::Role;
use super::words::{Typeset, Words};

impl From<DrawingAreaErrorKind<ChartError>> for ChartError {
    fn from(error: DrawingAreaErrorKind<ChartError>) -> Self {
        match error {
            DrawingAreaErrorKind::BackendError(DrawingErrorKind::DrawingError(e)) => e,
            e => Self::Drawing(e.to_string()),
        }
    }
}

/// A rectangle in CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }
}

/// A line of a width in CSS px.
pub(super) fn line(color: &impl Color, width: f64) -> ShapeStyle {
    color.stroke_width(grid(width) as u32)
}

/// Draws on the whole canvas, in CSS px.
pub(super) struct Pen<'a> {
    area: DrawingArea<Scene<'a>, Shift>,
    pub(super) set: Typeset,
}

fn at((x, y): (f64, f64)) -> BackendCoord {
    (grid(x), grid(y))
}

impl<'a> Pen<'a> {
    pub(super) fn new(drawing: &'a mut Drawing, set: Typeset) -> Self {
        Self { area: Scene { drawing }.into_drawing_area(), set }
    }

    fn draw<E>(&self, element: &E) -> Result<(), ChartError>
    where
        E: Drawable<Scene<'a>>,
        for<'b> &'b E: PointCollection<'b, BackendCoord>,
    {
        Ok(self.area.draw(element)?)
    }

    pub(super) fn line(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        role: Role,
    ) -> Result<(), ChartError> {
        self.draw(&PathElement::new(vec![at(from), at(to)], line(&role, width)))
    }

    pub(super) fn rect(&self, rect: Rect, role: Role) -> Result<(), ChartError> {
        let corners = [at((rect.left, rect.top)), at((rect.right, rect.bottom))];
        self.draw(&Rectangle::new(corners, role.filled()))
    }

    pub(super) fn circle(
        &self,
        center: (f64, f64),
        radius: f64,
        style: impl Into<ShapeStyle>,
    ) -> Result<(), ChartError> {
        self.draw(&Circle::new(at(center), grid(radius), style))
    }

    /// A triangle around a middle, `size` from it to its tip, which is below where `size` is negative.
    pub(super) fn triangle(&self, (x, y): (f64, f64), size: f64, role: Role) -> Result<(), ChartError> {
        let corners = [(0.0, -1.0), (0.95, 0.65), (-0.95, 0.65)];
        let corners = corners.map(|(across, down)| at((x + size * across, y + size * down)));
        self.draw(&Polygon::new(corners, role))
    }

    pub(super) fn pill(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        role: Role,
    ) -> Result<(), ChartError> {
        let finish = Finish::Pill;
        self.draw(&Stroke { from: at(from), to: at(to), width, role, opacity: 1.0, finish })
    }

    /// A pill through which what lies behind it shows: an interval.
    pub(super) fn faint_pill(
        &self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        role: Role,
    ) -> Result<(), ChartError> {
        let finish = Finish::Pill;
        self.draw(&Stroke { from: at(from), to: at(to), width, role, opacity: 0.32, finish })
    }

    pub(super) fn dashes(&self, from: (f64, f64), to: (f64, f64), role: Role) -> Result<(), ChartError> {
        let finish = Finish::Dashed(7.0, 6.0);
        self.draw(&Stroke { from: at(from), to: at(to), width: 1.0, role, opacity: 1.0, finish })
    }

    pub(super) fn words(&self, point: (f64, f64), words: Words) -> Result<(), ChartError> {
        self.draw(&Label { at: at(point), offset: (0.0, 0.0), words })
    }

    /// A coordinate system over a rectangle; a range may run backwards.
    pub(super) fn plot(&self, rect: Rect, x: Range<f64>, y: Range<f64>) -> Result<Plot<'a>, ChartError> {
        let (left, top) = at((rect.left, rect.top));
        let (width, height) = at((rect.width(), rect.height()));
        let slot = self.area.clone().shrink((left, top), (width, height));
        let chart = ChartBuilder::on(&slot).build_cartesian_2d(x, y)?;
        Ok(Plot { chart })
    }
}

/// Draws in the coordinates of the data.
pub(super) struct Plot<'a> {
    chart: ChartContext<'a, Scene<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
}

/// A point of the data.
pub(super) type Point = (f64, f64);

impl<'a> Plot<'a> {
    pub(super) fn draw<E>(&mut self, element: E) -> Result<(), ChartError>
    where
        E: Drawable<Scene<'a>>,
        for<'b> &'b E: PointCollection<'b, Point>,
    {
        self.chart.draw_series(once(element))?;
        Ok(())
    }

    /// Where a point of the data is, in CSS px.
    pub(super) fn px(&self, point: Point) -> (f64, f64) {
        px(self.chart.backend_coord(&point))
    }

    pub(super) fn path(&mut self, points: Vec<Point>, style: ShapeStyle) -> Result<(), ChartError> {
        self.draw(PathElement::new(points, style))
    }

    /// The point of the data so many CSS px right of and below another.
    pub(super) fn beside(&self, point: Point, (right, down): (f64, f64)) -> Point {
        let (x, y) = self.px(point);
        let (next_x, next_y) = self.px((point.0 + 1.0, point.1 + 1.0));
        (point.0 + right / (next_x - x), point.1 + down / (next_y - y))
    }

    pub(super) fn line(&mut self, from: Point, to: Point, style: ShapeStyle) -> Result<(), ChartError> {
        self.draw(PathElement::new(vec![from, to], style))
    }

    pub(super) fn dot(
        &mut self,
        center: Point,
        radius: f64,
        style: impl Into<ShapeStyle>,
    ) -> Result<(), ChartError> {
        self.draw(Circle::new(center, grid(radius), style))
    }

    pub(super) fn words(&mut self, at: Point, offset: (f64, f64), words: Words) -> Result<(), ChartError> {
        self.draw(Label { at, offset, words })
    }
}
