//! Why a row of a small plot lacks a figure: beside its marks, in lines where that takes some; a dash for what the footer says.

use super::error::ChartError;
use super::marks::DOT;
use super::pen::Plot;
use super::spec::{Mark, Side};
use super::theme::Role;
use super::words::{Type, Typeset, Words};
use super::wrap::{fit, wrap_whole};

/// Distance of two baselines.
const LINE: f64 = 13.0;
/// From the plot's sides, and from the marks.
const APART: f64 = 6.0;
/// More lines than these are hardly read.
const MOST: usize = 3;
/// Stands for a reason that has no room.
const NONE: &str = "–";

/// The reasons of one row.
pub(super) struct PanelNotes {
    lines: Vec<Words>,
    /// From the plot's left end, in px.
    start: f64,
    /// What stands for them where the footer says them.
    dash: Words,
    /// Whether they are not cut.
    pub(super) is_whole: bool,
}

impl PanelNotes {
    /// For a row of this height on a plot of this width that ends at `high`, on the side of the marks that has more room;
    /// `None` where nothing is missing.
    pub(super) fn of(sides: &[Side], (high, width): (f64, f64), height: f64, set: Typeset) -> Option<Self> {
        let ty = set.regular(11.5);
        let notes: Vec<(usize, &str)> =
            sides.iter().enumerate().filter_map(|(i, side)| side.note().map(|note| (i, note))).collect();
        // A reason that all share is said once.
        let notes = match notes.as_slice() {
            [] => return None,
            [(_, first), others @ ..] if others.iter().all(|(_, other)| other == first) => &notes[..1],
            all => all,
        };
        let marks: Vec<&Mark> = sides.iter().filter_map(Side::mark).collect();
        let x = |rate: f64| rate / high * width;
        let left = marks.iter().map(|mark| x(mark.low).min(x(mark.rate) - DOT)).fold(width, f64::min);
        let right = marks.iter().map(|mark| x(mark.high).max(x(mark.rate) + DOT)).fold(0.0, f64::max);
        let (start, room) = if marks.is_empty() || left > width - right {
            (APART, left - 2.0 * APART)
        } else {
            (right + APART, width - right - APART)
        };
        let is_lone = notes.len() == 1 && marks.is_empty();
        let role = |series: usize| if is_lone { Role::Ink3 } else { Role::text(series) };
        let wrapped = |(series, note): &(usize, &str)| lines(note, room, ty, role(*series));
        let whole: Option<Vec<Words>> =
            notes.iter().map(wrapped).collect::<Option<Vec<_>>>().map(|lines| lines.concat());
        let fits = |lines: &usize| *lines <= 1 || (*lines <= MOST && LINE * *lines as f64 <= height);
        let whole = whole.filter(|lines| fits(&lines.len()));
        let cut = || vec![Words::new(&fit(notes[0].1, room, ty), ty, role(notes[0].0)).haloed()];
        let is_whole = whole.is_some();
        Some(Self {
            lines: whole.unwrap_or_else(cut),
            dash: Words::new(NONE, ty, Role::Ink3),
            start,
            is_whole,
        })
    }

    /// Writes them at the middle of a row, or a dash for those that the footer says.
    pub(super) fn paint(&self, plot: &mut Plot<'_>, y: f64, says_footer: bool) -> Result<(), ChartError> {
        if says_footer && !self.is_whole {
            return plot.words((0.0, y), (self.start, 4.0), self.dash.clone());
        }
        let first = 4.0 - LINE * (self.lines.len() as f64 - 1.0) / 2.0;
        for (i, words) in self.lines.iter().enumerate() {
            plot.words((0.0, y), (self.start, first + LINE * i as f64), words.clone())?;
        }
        Ok(())
    }
}

fn lines(note: &str, room: f64, ty: Type, role: Role) -> Option<Vec<Words>> {
    let lines = wrap_whole(note, room, ty)?;
    Some(lines.iter().map(|line| Words::new(line, ty, role).haloed()).collect())
}
