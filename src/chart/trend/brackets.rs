//! The gap between two lines of a [`Trend`] at both ends: a bracket from dot to dot, and the gap beside it.

use crate::chart::error::ChartError;
use crate::chart::pen::Pen;
use crate::chart::phrase;
use crate::chart::theme::Role;
use crate::chart::words::{Anchor, Type, Typeset, Words};

use super::Trend;
use super::layout::Layout;

/// From an outer wave to its bracket.
const APART: f64 = 20.0;
/// Length of a bracket's ends.
const HOOK: f64 = 5.0;
/// From a bracket to its gap.
const BESIDE: f64 = 5.0;
/// A bracket of this height has room for a word over its gap.
const HIGH: f64 = 36.0;
/// Fewer px between the outer waves leave no room for brackets.
const NARROWEST: f64 = 260.0;

/// Whether a chart has brackets on a plot of this width.
pub(super) fn fit(chart: &Trend, width: f64) -> bool {
    chart.lines.len() == 2
        && chart.waves.len() > 1
        && chart.gaps.iter().any(Option::is_some)
        && width >= NARROWEST
}

/// What a bracket and its gap take beyond the outer wave.
pub(super) fn width(set: Typeset) -> f64 {
    APART + BESIDE + gap_type(set, true).width("−100").max(word_type(set).width(&phrase::gap(set.lang)))
}

/// Draws the brackets, the plot's corner being at an origin.
pub(super) fn paint(
    chart: &Trend,
    layout: &Layout,
    pen: &Pen<'_>,
    (left, top): (f64, f64),
) -> Result<(), ChartError> {
    for (end, gap) in chart.gaps.iter().enumerate() {
        let wave = if end == 0 { 0 } else { chart.waves.len() - 1 };
        let rates = chart.lines.iter().filter_map(|line| line.points[wave].side.mark());
        let ys: Vec<f64> = rates.map(|mark| top + layout.y(mark.rate)).collect();
        let (Some(gap), [a, b]) = (gap, ys.as_slice()) else { continue };
        let out = if end == 0 { -1.0 } else { 1.0 };
        let x = left + layout.xs[wave] + out * APART;
        for y in [*a, *b] {
            pen.line((x - out * HOOK, y), (x, y), 1.0, Role::Axis)?;
        }
        pen.line((x, a.min(*b)), (x, a.max(*b)), 1.0, Role::Axis)?;
        let anchor = if end == 0 { Anchor::End } else { Anchor::Start };
        let role = if gap.clear { Role::Ink } else { Role::Ink3 };
        let points = layout.decimals.points(gap.difference);
        let is_high = (a - b).abs() >= HIGH;
        let (x, middle) = (x + out * BESIDE, f64::midpoint(*a, *b) + 4.5);
        if is_high {
            let word = Words::new(&phrase::gap(pen.set.lang), word_type(pen.set), Role::Ink3);
            pen.words((x, middle - 8.5), word.haloed().anchored(anchor))?;
        }
        let words = Words::new(&points, gap_type(pen.set, gap.clear), role).haloed().anchored(anchor);
        pen.words((x, middle + if is_high { 7.5 } else { 0.0 }), words)?;
    }
    Ok(())
}

/// A clear gap is bold.
fn gap_type(set: Typeset, is_clear: bool) -> Type {
    if is_clear { set.bold(13.0) } else { set.regular(13.0) }
}

fn word_type(set: Typeset) -> Type {
    set.regular(11.5)
}
