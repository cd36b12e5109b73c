//! The names of the waves under a [`Trend`](super::Trend): level, else turned.

use crate::chart::error::ChartError;
use crate::chart::pen::{Pen, Rect};
use crate::chart::theme::Role;
use crate::chart::words::{Anchor, Type, Typeset, Words};
use crate::chart::wrap::{fit, wrap_whole};

use super::Wave;

const LINE: f64 = 16.0;
const MOST_LINES: usize = 3;
/// From the plot to the first baseline.
const BELOW: f64 = 21.0;
/// Between two level names, and around a wave that stands alone.
const BETWEEN: f64 = 10.0;
const ALONE: f64 = 200.0;
/// Turned names are at most this long, and at least this far apart.
const LONGEST: f64 = 150.0;
const PITCH: f64 = 20.0;
const TURN: f64 = -45.0;
const SLANT: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// The names of all waves; a turned one without room is empty.
pub(super) struct Waves {
    names: Vec<Vec<Words>>,
    is_turned: bool,
    /// What they take below the plot.
    pub(super) height: f64,
}

fn label_type(set: Typeset) -> Type {
    set.regular(12.5)
}

impl Waves {
    /// The names of waves that stand at `xs`, with `left` px free before the plot.
    pub(super) fn new(waves: &[Wave], xs: &[f64], left: f64, set: Typeset) -> Self {
        level(waves, xs, set).unwrap_or_else(|| turned(waves, xs, left, set))
    }

    /// Draws ticks and names below a plot.
    pub(super) fn paint(&self, pen: &Pen<'_>, xs: &[f64], plot: &Rect) -> Result<(), ChartError> {
        for (x, names) in xs.iter().zip(&self.names) {
            let x = plot.left + x;
            pen.line((x, plot.bottom), (x, plot.bottom + 5.0), 1.0, Role::Axis)?;
            for (i, words) in names.iter().enumerate() {
                let at = if self.is_turned {
                    (x + 4.0, plot.bottom + 15.0)
                } else {
                    (x, plot.bottom + BELOW + LINE * i as f64)
                };
                pen.words(at, words.clone())?;
            }
        }
        Ok(())
    }
}

fn level(waves: &[Wave], xs: &[f64], set: Typeset) -> Option<Waves> {
    let room = |i: usize| {
        let before = i.checked_sub(1).map(|before| xs[i] - xs[before]);
        let after = xs.get(i + 1).map(|after| after - xs[i]);
        before.into_iter().chain(after).fold(ALONE, f64::min) - BETWEEN
    };
    let ty = label_type(set);
    let names = |(i, wave): (usize, &Wave)| {
        let lines = wrap_whole(&wave.label, room(i), ty).filter(|lines| lines.len() <= MOST_LINES)?;
        let words = |line: &String| Words::new(line, ty, Role::Ink3).anchored(Anchor::Middle);
        Some(lines.iter().map(words).collect::<Vec<_>>())
    };
    let names = waves.iter().enumerate().map(names).collect::<Option<Vec<_>>>()?;
    let lines = names.iter().map(Vec::len).max().unwrap_or(0);
    Some(Waves { names, is_turned: false, height: BELOW + LINE * lines as f64 - LINE + 5.0 })
}

fn turned(waves: &[Wave], xs: &[f64], left: f64, set: Typeset) -> Waves {
    let ty = label_type(set);
    let mut next = f64::INFINITY;
    let mut names: Vec<Vec<Words>> = Vec::new();
    // From the last, whose name matters most.
    for (wave, x) in waves.iter().zip(xs).rev() {
        if next - x < PITCH {
            names.push(Vec::new());
            continue;
        }
        next = *x;
        let text = fit(&wave.label, LONGEST.min((left + x) / SLANT), ty);
        names.push(vec![Words::new(&text, ty, Role::Ink3).anchored(Anchor::End).turned(TURN)]);
    }
    names.reverse();
    let longest = names.iter().flatten().map(Words::width).fold(0.0, f64::max);
    Waves { names, is_turned: true, height: 15.0 + (longest + 4.0) * SLANT + 4.0 }
}
