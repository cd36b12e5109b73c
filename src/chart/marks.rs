//! The marks of a row: what a group's rate and interval look like, and the bar between the rates of two.

use plotters::style::Color;

use super::element::{Finish, Stroke};
use super::error::ChartError;
use super::pen::{Plot, line};
use super::spec::{Mark, Side};
use super::theme::Role;

/// Radius of a dot.
pub(super) const DOT: f64 = 5.8;
/// Thickness of an interval.
const PILL: f64 = 9.0;

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
        plot.draw(Stroke {
            from: (mark.low, y),
            to: (mark.high, y),
            width: PILL * size,
            role: Role::mark(*series),
            opacity: 0.32,
            finish: Finish::Pill,
        })?;
    }
    for (mark, series) in marks {
        let (role, at) = (Role::mark(*series), (mark.rate, y));
        if mark.caution {
            plot.dot(at, DOT * size, Role::Paper.filled())?;
            plot.dot(at, (DOT - 1.1) * size, line(&role, 2.2 * size))?;
        } else {
            plot.dot(at, DOT * size, role.filled())?;
        }
    }
    Ok(())
}
