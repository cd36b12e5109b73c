//! [`Scene`], the backend that plotters draws on, and [`Drawing`], the list of shapes it fills.
//!
//! plotters gives points as whole numbers, so the scene is a grid of 1/20 CSS px. Nothing is rasterised and no text is laid
//! out here; `svg` prints the list.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::error::ChartError;
use super::textbox::TextBox;
use super::theme::Role;
use super::words::Words;

/// Grid steps in one CSS px.
pub(super) const GRID: i32 = 20;

/// A length in CSS px on the grid.
pub(super) fn grid(px: f64) -> i32 {
    (px * f64::from(GRID)).round() as i32
}

/// A point on the grid in CSS px.
pub(super) fn px(point: BackendCoord) -> (f64, f64) {
    (f64::from(point.0) / f64::from(GRID), f64::from(point.1) / f64::from(GRID))
}

/// A picture as shapes in drawing order; lengths on the grid.
pub(super) struct Drawing {
    /// Width and height in CSS px.
    pub(super) size: (u32, u32),
    pub(super) shapes: Vec<Shape>,
}

/// A colour by role, with its opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paint {
    pub(super) role: Role,
    pub(super) opacity: f64,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pencil {
    pub(super) paint: Paint,
    pub(super) width: i32,
    pub(super) round: bool,
    pub(super) dash: Option<(i32, i32)>,
}

/// A shape on the grid.
pub(super) enum Shape {
    Line { points: Vec<BackendCoord>, pencil: Pencil },
    Rect { from: BackendCoord, to: BackendCoord, style: Style },
    Circle { center: BackendCoord, radius: u32, style: Style },
    Polygon { points: Vec<BackendCoord>, paint: Paint },
    Text { at: BackendCoord, words: Words },
}

/// A closed shape is either filled or outlined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Style {
    Fill(Paint),
    Outline(Pencil),
}

impl Drawing {
    /// An empty picture, `width` × `height` CSS px.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { size: (width.ceil() as u32, height.ceil() as u32), shapes: Vec::new() }
    }

    /// Every text with its place.
    pub(super) fn texts(&self) -> impl Iterator<Item = TextBox> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text { at, words } => {
                Some(TextBox { text: words.text.clone(), corners: words.corners(px(*at)) })
            }
            _ => None,
        })
    }
}

/// The backend: appends what it is told to a [`Drawing`].
pub(super) struct Scene<'a> {
    pub(super) drawing: &'a mut Drawing,
}

type Drawn = Result<(), DrawingErrorKind<ChartError>>;

impl Paint {
    fn of(color: BackendColor) -> Self {
        Self { role: Role::of(color), opacity: color.alpha }
    }
}

impl Pencil {
    fn of<S: BackendStyle>(style: &S) -> Self {
        let width = style.stroke_width() as i32;
        Self { paint: Paint::of(style.color()), width, round: false, dash: None }
    }
}

impl Style {
    fn of<S: BackendStyle>(style: &S, fill: bool) -> Self {
        if fill { Self::Fill(Paint::of(style.color())) } else { Self::Outline(Pencil::of(style)) }
    }
}

impl Scene<'_> {
    pub(super) fn add(&mut self, shape: Shape) {
        self.drawing.shapes.push(shape);
    }

    fn refuse(what: &str) -> Drawn {
        Err(DrawingErrorKind::DrawingError(ChartError::Drawing(format!(
            "{what} is not drawn by plotters here"
        ))))
    }
}

impl DrawingBackend for Scene<'_> {
    type ErrorType = ChartError;

    fn get_size(&self) -> (u32, u32) {
        (self.drawing.size.0 * GRID as u32, self.drawing.size.1 * GRID as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Self::refuse("a pixel")
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let pencil = Pencil::of(style);
        let points = snapped(path.into_iter().collect(), pencil.width);
        self.add(Shape::Line { points, pencil });
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corner = |p: BackendCoord| (half_px(p.0), half_px(p.1));
        self.add(Shape::Rect { from: corner(a), to: corner(b), style: Style::of(style, fill) });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.add(Shape::Circle { center, radius, style: Style::of(style, fill) });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn {
        self.add(Shape::Polygon { points: points.into_iter().collect(), paint: Paint::of(style.color()) });
        Ok(())
    }

    /// Texts come as [`Words`]: plotters' own know neither runs, nor weights, nor baselines.
    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Drawn {
        Self::refuse("a text")
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Self::refuse("a bitmap")
    }
}

/// A horizontal or vertical line of 1 px moved to the middle of a row of pixels, so that it is crisp.
fn snapped(mut points: Vec<BackendCoord>, width: i32) -> Vec<BackendCoord> {
    if let (GRID, [a, b]) = (width, points.as_mut_slice()) {
        let middle = |v: i32| v.div_euclid(GRID) * GRID + GRID / 2;
        if a.0 == b.0 {
            (a.0, b.0) = (middle(a.0), middle(b.0));
        } else if a.1 == b.1 {
            (a.1, b.1) = (middle(a.1), middle(b.1));
        }
    }
    points
}

fn half_px(v: i32) -> i32 {
    let half = GRID / 2;
    (v + half / 2).div_euclid(half) * half
}
