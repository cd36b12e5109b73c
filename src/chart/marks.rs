//! The marks of a row: what a group's rate and interval look like, and the bar between the rates of two.

use plotters::style::Color;

use super::element::{Finish, Stroke};
use super::error::ChartError;
use super::pen::{Plot, Point, line};
use super::spec::{Bound, Mark, Published, Side};
use super::theme::Role;

/// Radius of a dot.
pub(super) const DOT: f64 = 5.8;
/// Thickness of an interval.
const PILL: f64 = 9.0;

/// Half the length of a stroke at a published rate, across a row of dots.
pub(super) const STROKE: f64 = 11.0;

/// Which way rates grow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Growth {
    Up,
    Right,
}

impl Growth {
    /// The point at a place across the marks and a value along them.
    pub(super) fn point(self, across: f64, value: f64) -> Point {
        match self {
            Self::Up => (across, value),
            Self::Right => (value, across),
        }
    }
}

/// Draws a stroke at what was published, around `at`, `half` to either side; where it is a bound, with an arrow to the side
/// on which the rate was said to lie.
pub(super) fn stroke(
    plot: &mut Plot<'_>,
    published: &Published,
    (at, half): (Point, f64),
    growth: Growth,
    role: Role,
) -> Result<(), ChartError> {
    const ARROW: f64 = 8.0;
    const HEAD: f64 = 3.5;
    let point = |plot: &Plot<'_>, along: f64, across: f64| match growth {
        Growth::Right => plot.beside(at, (along, across)),
        Growth::Up => plot.beside(at, (across, -along)),
    };
    let forward = match published.bound {
        Bound::At => 0.0,
        Bound::Over => 1.0,
        Bound::Below => -1.0,
    };
    let tip = ARROW * forward;
    let arrow = [(0.0, -half), (tip, -half)];
    let head = [(tip - HEAD * forward, -half - HEAD), (tip, -half), (tip - HEAD * forward, -half + HEAD)];
    for (style, width) in [(Role::Paper.mix(0.85), 3.0), (role.mix(1.0), 0.0)] {
        let mut path = |points: &[(f64, f64)], own: f64| {
            let points = points.iter().map(|&(along, across)| point(plot, along, across)).collect();
            plot.path(points, line(&style, own + width))
        };
        path(&[(0.0, -half), (0.0, half)], 2.0)?;
        if forward != 0.0 {
            path(&arrow, 1.6)?;
            path(&head, 1.6)?;
        }
    }
    Ok(())
}

/// From where a value of this width may be written that would start at `start`: behind the strokes that are in its way.
pub(super) fn behind(strokes: &[f64], start: f64, width: f64, apart: f64) -> f64 {
    let mut ascending = strokes.to_vec();
    ascending.sort_by(f64::total_cmp);
    ascending.iter().fold(start, |start, &x| {
        if (start - 3.0..start + width + 3.0).contains(&x) { x + apart } else { start }
    })
}

/// The same of a note that may reach to `end`: it stays where it is if it would be cut there.
pub(super) fn note_behind(strokes: &[f64], (start, end): (f64, f64), width: f64, apart: f64) -> f64 {
    let moved = behind(strokes, start, width, apart);
    if moved + width <= end { moved } else { start }
}

/// The marks of a row with their series, from the lower rate to the higher.
pub(super) fn ascending(sides: &[Side]) -> Vec<(Mark, usize)> {
    let mut marks: Vec<(Mark, usize)> =
        sides.iter().enumerate().filter_map(|(i, side)| side.mark().map(|mark| (*mark, i))).collect();
    marks.sort_by(|a, b| a.0.rate.total_cmp(&b.0.rate));
    marks
}

/// Draws the marks of a row at `y`: the bar between two, all intervals, then the dots; hollow ones are to be used with care.
/// `size` shrinks all of it: 1 is that of a chart of one plot.
pub(super) fn paint(
    plot: &mut Plot<'_>,
    marks: &[(Mark, usize)],
    y: f64,
    size: f64,
) -> Result<(), ChartError> {
    if let [(low, _), (high, _)] = marks {
        plot.line((low.rate, y), (high.rate, y), line(&Role::Neutral.mix(0.75), 4.0 * size))?;
    }
    for (mark, series) in marks {
        paint_interval(plot, mark, y, (Role::mark(*series), size))?;
    }
    for (mark, series) in marks {
        paint_dot(plot, mark, y, (Role::mark(*series), size))?;
    }
    Ok(())
}

/// Draws the marks of the `shown` series of a row, each on a line of its own, `apart` from the next, around `y`.
pub(super) fn paint_lanes(
    plot: &mut Plot<'_>,
    (sides, shown): (&[Side], &[usize]),
    (y, apart): (f64, f64),
    size: f64,
) -> Result<(), ChartError> {
    for (lane, &series) in shown.iter().enumerate() {
        let Some(mark) = sides.get(series).and_then(Side::mark) else { continue };
        let y = y + apart * (lane as f64 - (shown.len() as f64 - 1.0) / 2.0);
        paint_interval(plot, mark, y, (Role::mark(series), size))?;
        paint_dot(plot, mark, y, (Role::mark(series), size))?;
    }
    Ok(())
}

/// Draws a dot on its interval at `y`.
pub(super) fn paint_one(plot: &mut Plot<'_>, mark: &Mark, y: f64, role: Role) -> Result<(), ChartError> {
    paint_interval(plot, mark, y, (role, 1.0))?;
    paint_dot(plot, mark, y, (role, 1.0))
}

fn paint_interval(
    plot: &mut Plot<'_>,
    mark: &Mark,
    y: f64,
    (role, size): (Role, f64),
) -> Result<(), ChartError> {
    plot.draw(Stroke {
        from: (mark.low, y),
        to: (mark.high, y),
        width: PILL * size,
        role,
        opacity: 0.32,
        finish: Finish::Pill,
    })
}

fn paint_dot(plot: &mut Plot<'_>, mark: &Mark, y: f64, (role, size): (Role, f64)) -> Result<(), ChartError> {
    let at = (mark.rate, y);
    if mark.caution {
        plot.dot(at, DOT * size, Role::Paper.filled())?;
        plot.dot(at, (DOT - 1.1) * size, line(&role, 2.2 * size))
    } else {
        plot.dot(at, DOT * size, role.filled())
    }
}
