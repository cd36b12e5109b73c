//! Ribbons, lines and dots of a [`Trend`].

use plotters::element::{PathElement, Polygon};
use plotters::style::Color;

use crate::chart::element::{Finish, Stroke};
use crate::chart::error::ChartError;
use crate::chart::pen::{Plot, line};
use crate::chart::spec::Mark;
use crate::chart::theme::Role;

use super::layout::Layout;
use super::{Trend, TrendLine};

const LINE: f64 = 2.6;
const DOT: f64 = 3.4;
/// The paper around a dot.
const RING: f64 = 1.2;
/// From the middle of a triangle to its corners.
const TRIANGLE: f64 = 6.0;
/// Opacity of ribbons, and with more lines than a pair.
const RIBBON: f64 = 0.16;
const FAINT_RIBBON: f64 = 0.1;

/// Draws all lines, the first on top; x of the plot is px, y is rates.
pub(super) fn paint(chart: &Trend, layout: &Layout, plot: &mut Plot<'_>) -> Result<(), ChartError> {
    let opacity = if chart.lines.len() > 2 { FAINT_RIBBON } else { RIBBON };
    for line in chart.lines.iter().rev() {
        paint_ribbon(line, layout, plot, opacity)?;
    }
    for trend in chart.lines.iter().rev() {
        for run in trend.runs().iter().filter(|run| run.len() > 1) {
            let points: Vec<_> = run.iter().map(|(wave, mark)| (layout.xs[*wave], mark.rate)).collect();
            plot.draw(PathElement::new(points, line(&Role::mark(trend.place), LINE)))?;
        }
    }
    for line in chart.lines.iter().rev() {
        for (wave, mark) in line.marks() {
            let role = Role::mark(line.place);
            match line.points[wave].clear_change() {
                Some(change) => paint_triangle(layout, plot, (wave, mark), change, role)?,
                None => paint_dot(layout, plot, (wave, mark), role)?,
            }
        }
    }
    Ok(())
}

/// The intervals of each run; of a single wave, as a pill.
fn paint_ribbon(
    line: &TrendLine,
    layout: &Layout,
    plot: &mut Plot<'_>,
    opacity: f64,
) -> Result<(), ChartError> {
    let role = Role::mark(line.place);
    for run in line.runs() {
        if let [(wave, mark)] = run.as_slice() {
            let (from, to) = ((layout.xs[*wave], mark.low), (layout.xs[*wave], mark.high));
            plot.draw(Stroke { from, to, width: 9.0, role, opacity: 2.0 * opacity, finish: Finish::Pill })?;
        } else {
            let highs = run.iter().map(|(wave, mark)| (layout.xs[*wave], mark.high));
            let lows = run.iter().rev().map(|(wave, mark)| (layout.xs[*wave], mark.low));
            plot.draw(Polygon::new(highs.chain(lows).collect::<Vec<_>>(), role.mix(opacity)))?;
        }
    }
    Ok(())
}

fn paint_dot(
    layout: &Layout,
    plot: &mut Plot<'_>,
    (wave, mark): (usize, &Mark),
    role: Role,
) -> Result<(), ChartError> {
    let center = (layout.xs[wave], mark.rate);
    plot.dot(center, DOT + RING, Role::Paper.filled())?;
    if mark.caution { plot.dot(center, DOT, line(&role, 1.8)) } else { plot.dot(center, DOT, role.filled()) }
}

/// A dot that says which way the rate went since the wave before.
fn paint_triangle(
    layout: &Layout,
    plot: &mut Plot<'_>,
    (wave, mark): (usize, &Mark),
    change: f64,
    role: Role,
) -> Result<(), ChartError> {
    let per_px = (layout.scale.high - layout.scale.low) / layout.plot_height;
    let up = if change < 0.0 { -per_px } else { per_px };
    let corners = |size: f64| {
        let at = |across: f64, along: f64| (layout.xs[wave] + size * across, mark.rate + size * along * up);
        vec![at(0.0, 1.0), at(0.95, -0.65), at(-0.95, -0.65)]
    };
    plot.draw(Polygon::new(corners(TRIANGLE + 2.0 * RING), Role::Paper))?;
    plot.draw(Polygon::new(corners(TRIANGLE), role))?;
    if mark.caution { plot.draw(Polygon::new(corners(TRIANGLE / 2.0), Role::Paper)) } else { Ok(()) }
}
