//! Gridlines and tick labels along the value axis.

use super::error::ChartError;
use super::number::Scale;
use super::pen::{Pen, Plot, Point, Rect, line};
use super::theme::Role;
use super::words::{Anchor, Type, Typeset, Words};

fn tick_type(set: Typeset) -> Type {
    set.regular(12.5)
}

/// A gridline at each tick; `line_at` gives the two ends of one.
fn grid(
    plot: &mut Plot<'_>,
    scale: &Scale,
    line_at: impl Fn(f64) -> (Point, Point),
) -> Result<(), ChartError> {
    for tick in scale.ticks.iter().filter(|tick| **tick != 0.0) {
        let (from, to) = line_at(*tick);
        plot.line(from, to, line(&Role::Grid, 1.0))?;
    }
    Ok(())
}

/// The line at zero, if the scale reaches it; drawn after all gridlines.
fn zero(plot: &mut Plot<'_>, scale: &Scale, (from, to): (Point, Point)) -> Result<(), ChartError> {
    if scale.low == 0.0 { plot.line(from, to, line(&Role::Axis, 1.0)) } else { Ok(()) }
}

/// Gridlines across a plot whose x is the scale's, from `ends.0` to `ends.1` of y.
pub(super) fn columns(plot: &mut Plot<'_>, scale: &Scale, ends: (f64, f64)) -> Result<(), ChartError> {
    let line_at = |x| ((x, ends.0), (x, ends.1));
    grid(plot, scale, line_at)?;
    zero(plot, scale, line_at(0.0))
}

/// Gridlines along a plot whose y is the scale's, from `ends.0` to `ends.1` of x.
pub(super) fn rows(plot: &mut Plot<'_>, scale: &Scale, ends: (f64, f64)) -> Result<(), ChartError> {
    let line_at = |y| ((ends.0, y), (ends.1, y));
    grid(plot, scale, line_at)?;
    zero(plot, scale, line_at(0.0))
}

/// Gridlines both ways, each as long as the other direction's ends.
pub(super) fn both(
    plot: &mut Plot<'_>,
    (x, y): (&Scale, &Scale),
    (across, up): ((f64, f64), (f64, f64)),
) -> Result<(), ChartError> {
    let column = |v| ((v, up.0), (v, up.1));
    let row = |v| ((across.0, v), (across.1, v));
    grid(plot, x, column)?;
    grid(plot, y, row)?;
    zero(plot, x, column(0.0))?;
    zero(plot, y, row(0.0))
}

/// Tick labels centred at a baseline.
pub(super) fn labels_along(
    pen: &Pen<'_>,
    plot: &Plot<'_>,
    scale: &Scale,
    baseline: f64,
) -> Result<(), ChartError> {
    for (tick, text) in scale.labels() {
        let words = Words::new(&text, tick_type(pen.set), Role::Ink3).anchored(Anchor::Middle);
        pen.words((plot.px((tick, 0.0)).0, baseline), words)?;
    }
    Ok(())
}

/// The width that [`labels_beside`] takes, with the space before the plot.
pub(super) fn width_beside(scale: &Scale, set: Typeset) -> f64 {
    let ty = tick_type(set);
    scale.labels().map(|(_, text)| ty.width(text.trim_end_matches('%'))).fold(0.0, f64::max)
        + ty.width("%")
        + 8.0
}

/// Tick labels left of a plot, digits under digits, the percent sign hanging.
pub(super) fn labels_beside(
    pen: &Pen<'_>,
    plot: &Plot<'_>,
    scale: &Scale,
    rect: &Rect,
) -> Result<(), ChartError> {
    let ty = tick_type(pen.set);
    let edge = rect.left - 8.0;
    for (tick, text) in scale.labels() {
        let right = if text.ends_with('%') { edge } else { edge - ty.width("%") };
        let words = Words::new(&text, ty, Role::Ink3).anchored(Anchor::End);
        pen.words((right, plot.px((0.0, tick)).1 + 4.5), words)?;
    }
    Ok(())
}

/// Tick labels below a small plot, the outer ones flush with its ends.
pub(super) fn labels_within(
    pen: &Pen<'_>,
    scale: &Scale,
    rect: &Rect,
    baseline: f64,
) -> Result<(), ChartError> {
    for (tick, text) in scale.labels() {
        let share = (tick - scale.low) / (scale.high - scale.low);
        let anchor = match share {
            0.0 => Anchor::Start,
            1.0 => Anchor::End,
            _ => Anchor::Middle,
        };
        let words = Words::new(&text, tick_type(pen.set), Role::Ink3).anchored(anchor);
        pen.words((rect.left + share * rect.width(), baseline), words)?;
    }
    Ok(())
}
