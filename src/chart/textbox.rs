//! Where a text stands.

/// The box of a drawn text in CSS px: its advance width by the height of its letters, turned as the text is.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    /// The text.
    pub text: String,
    /// The corners, clockwise.
    pub corners: [(f64, f64); 4],
}

impl TextBox {
    /// The box on a canvas that is enlarged.
    pub(super) fn enlarged(self, zoom: f64) -> Self {
        Self { corners: self.corners.map(|(x, y)| (x * zoom, y * zoom)), ..self }
    }

    /// Whether the two boxes share more than an edge (separating axis theorem).
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        overlap(&self.corners, &other.corners)
    }

    /// Whether no corner lies outside `width` × `height`.
    #[must_use]
    pub fn is_inside(&self, width: f64, height: f64) -> bool {
        self.corners.iter().all(|(x, y)| (0.0..=width).contains(x) && (0.0..=height).contains(y))
    }
}

/// Whether two convex quadrangles share more than an edge.
pub(super) fn overlap(a: &[(f64, f64); 4], b: &[(f64, f64); 4]) -> bool {
    let apart = |normal: (f64, f64)| {
        let (a, b) = (shadow(a, normal), shadow(b, normal));
        a.1 <= b.0 + 1e-6 || b.1 <= a.0 + 1e-6
    };
    let edges = |q: &[(f64, f64); 4]| [(q[0], q[1]), (q[1], q[2])].map(|(p, q)| (p.1 - q.1, q.0 - p.0));
    !edges(a).into_iter().chain(edges(b)).any(apart)
}

/// The extent of a quadrangle along a direction.
fn shadow(corners: &[(f64, f64); 4], along: (f64, f64)) -> (f64, f64) {
    corners
        .iter()
        .map(|(x, y)| x * along.0 + y * along.1)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_boxes_overlap_only_where_they_do() {
        let square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)];
        let beside = square.map(|(x, y)| (x + 2.0, y));
        let diamond = [(3.2, 1.8), (4.2, 2.8), (3.2, 3.8), (2.2, 2.8)];
        let near = diamond.map(|(x, y)| (x - 0.5, y - 0.9));
        assert!(overlap(&square, &square));
        assert!(!overlap(&square, &beside));
        assert!(!overlap(&square, &diamond));
        assert!(overlap(&square, &near));
    }
}
