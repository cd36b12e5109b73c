//! A text with its looks: what is measured and drawn.

use crate::codebook::Lang;

use super::error::ChartError;
use super::face::{Faces, Weight};
use super::font::Fonts;
use super::size::Canvas;
use super::theme::Role;
use crate::codebook::clean;

/// The fonts of one language, and the canvas they are set on.
#[derive(Clone, Copy)]
pub(super) struct Typeset {
    pub(super) fonts: Faces,
    pub(super) lang: Lang,
    pub(super) canvas: &'static Canvas,
}

impl Typeset {
    /// The embedded fonts, on a page.
    #[cfg(test)]
    pub(super) fn new(lang: Lang) -> Result<Self, ChartError> {
        Self::on(&super::size::Size::Page.canvases()[0], lang, Fonts::default())
    }

    pub(super) fn on(canvas: &'static Canvas, lang: Lang, fonts: Fonts) -> Result<Self, ChartError> {
        Ok(Self { fonts: Faces::new(fonts)?, lang, canvas })
    }

    pub(super) fn regular(self, size: f64) -> Type {
        Type { set: self, size, weight: Weight::Regular }
    }

    pub(super) fn semibold(self, size: f64) -> Type {
        Type { set: self, size, weight: Weight::SemiBold }
    }

    pub(super) fn bold(self, size: f64) -> Type {
        Type { set: self, size, weight: Weight::Bold }
    }
}

/// A size (CSS px) and weight in the fonts of one language.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) set: Typeset,
    pub(super) size: f64,
    pub(super) weight: Weight,
}

impl Type {
    /// The advance width in CSS px.
    pub(super) fn width(self, text: &str) -> f64 {
        self.set.fonts.width(text, self.size, self.weight, self.set.lang)
    }
}

/// Which point of a text its position is; always on the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A clean text with its looks.
#[derive(Clone)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) ty: Type,
    pub(super) role: Role,
    pub(super) anchor: Anchor,
    /// Whether a rim of paper keeps it apart from what it stands on.
    pub(super) halo: bool,
    /// Clockwise, in degrees.
    pub(super) angle: f64,
}

impl Words {
    pub(super) fn new(text: &str, ty: Type, role: Role) -> Self {
        Self { text: clean(text), ty, role, anchor: Anchor::Start, halo: false, angle: 0.0 }
    }

    pub(super) fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) fn haloed(self) -> Self {
        Self { halo: true, ..self }
    }

    pub(super) fn turned(self, angle: f64) -> Self {
        Self { angle, ..self }
    }

    /// The advance width in CSS px.
    pub(super) fn width(&self) -> f64 {
        self.ty.width(&self.text)
    }

    /// The corners of its box when it stands at a point: advance width by the height of letters.
    pub(super) fn corners(&self, (x, y): (f64, f64)) -> [(f64, f64); 4] {
        let width = self.width();
        let left = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let (top, bottom) = (-0.8 * self.ty.size, 0.2 * self.ty.size);
        let turn = self.angle.to_radians();
        let (sin, cos) = (libm::sin(turn), libm::cos(turn));
        [(left, top), (left + width, top), (left + width, bottom), (left, bottom)]
            .map(|(dx, dy)| (x + dx * cos - dy * sin, y + dx * sin + dy * cos))
    }
}
