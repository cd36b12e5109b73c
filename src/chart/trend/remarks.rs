//! What is written into the plot of a [`Trend`] where there is room: first rates, clear changes, and why a
//! wave has no figure.

use crate::chart::error::ChartError;
use crate::chart::pen::Pen;
use crate::chart::phrase;
use crate::chart::spec::Mark;
use crate::chart::textbox::overlap;
use crate::chart::theme::Role;
use crate::chart::words::{Anchor, Type, Typeset, Words};
use crate::chart::wrap::wrap_whole;

use super::layout::Layout;
use super::{Trend, TrendLine};

/// From a dot or the end of its interval to a remark.
const APART: f64 = 5.0;
/// Half a dot, with the space that remarks leave around it.
const DOT: f64 = 6.0;
const NOTE_LINE: f64 = 14.0;
/// How far a note may stand from where its line would be.
const NOTE_STEPS: [f64; 7] = [0.0, -18.0, 18.0, -36.0, 36.0, -54.0, 54.0];
/// How many missing figures are named under the chart.
const NAMED: usize = 6;

type Corners = [(f64, f64); 4];

/// A text in lines around a point.
struct Remark {
    lines: Vec<Words>,
    /// Its middle.
    at: (f64, f64),
}

/// A figure that is missing, and why: places of the line and the wave.
struct Gone {
    line: usize,
    wave: usize,
    note: String,
}

/// The remarks that have room.
pub(super) struct Remarks {
    placed: Vec<Remark>,
    unwritten: Vec<Gone>,
    /// What remarks keep clear of.
    blocks: Vec<Corners>,
    inside: (f64, f64),
}

impl Remarks {
    pub(super) fn new(chart: &Trend, layout: &Layout, set: Typeset) -> Self {
        let blocks = obstacles(chart, layout);
        let inside = (layout.width, layout.plot_height);
        let mut remarks = Self { placed: Vec::new(), unwritten: Vec::new(), blocks, inside };
        for line in &chart.lines {
            if let Some((wave, mark)) = line.marks().next().filter(|(wave, _)| wave + 1 < chart.waves.len()) {
                let text = layout.decimals.hundredths(mark.rate);
                let words = Words::new(&text, set.semibold(13.0), Role::text(line.place));
                remarks.put(words, &beside(chart, layout, (wave, mark), true));
            }
        }
        remarks.put_changes(chart, layout, set);
        for (i, line) in chart.lines.iter().enumerate() {
            for (wave, note) in line.points.iter().enumerate().filter_map(|(i, p)| Some((i, p.side.note()?)))
            {
                if !remarks.put_note(layout, line, wave, note, set.regular(11.5)) {
                    remarks.unwritten.push(Gone { line: i, wave, note: note.trim().to_owned() });
                }
            }
        }
        remarks
    }

    /// The clear changes, the largest first.
    fn put_changes(&mut self, chart: &Trend, layout: &Layout, set: Typeset) {
        let mut changes: Vec<(f64, &TrendLine, usize, &Mark)> = Vec::new();
        for line in &chart.lines {
            let clear = line.marks().filter_map(|(wave, mark)| {
                line.points[wave].clear_change().map(|change| (change, line, wave, mark))
            });
            changes.extend(clear);
        }
        changes.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        for (change, line, wave, mark) in changes {
            let text = layout.decimals.points(change);
            let words = Words::new(&text, set.semibold(12.0), Role::text(line.place));
            self.put(words, &beside(chart, layout, (wave, mark), change > 0.0));
        }
    }

    /// Why a line breaks, where it would pass; whether there was room.
    fn put_note(&mut self, layout: &Layout, line: &TrendLine, wave: usize, note: &str, ty: Type) -> bool {
        let x = layout.xs[wave];
        let neighbours = [wave.checked_sub(1), Some(wave + 1)];
        let far = |i: usize| layout.xs.get(i).map(|other| (other - x).abs());
        let room = neighbours.into_iter().flatten().filter_map(far).fold(200.0, f64::min) - 8.0;
        let Some(lines) = wrap_whole(note, room, ty).filter(|lines| lines.len() <= 3) else { return false };
        let Some(y) = passing(layout, line, wave) else { return false };
        let words = |text: &String| Words::new(text, ty, Role::text(line.place)).haloed();
        let lines: Vec<Words> = lines.iter().map(words).collect();
        self.try_at(lines, NOTE_STEPS.iter().map(|step| (x, y + step)))
    }

    fn put(&mut self, words: Words, places: &[(f64, f64)]) {
        self.try_at(vec![words.haloed()], places.iter().copied());
    }

    /// Places a text at the first of these middles that is free; whether there was one.
    fn try_at(&mut self, lines: Vec<Words>, places: impl Iterator<Item = (f64, f64)>) -> bool {
        let width = lines.iter().map(Words::width).fold(0.0, f64::max) / 2.0 + 1.0;
        let height = NOTE_LINE * lines.len() as f64 / 2.0;
        for (x, y) in places {
            // A text at the side of the plot moves in.
            let x = x.min(self.inside.0 - width).max(width);
            let block = rect((x - width, y - height), (x + width, y + height));
            let is_inside = block[0].1 >= 0.0 && block[2].1 <= self.inside.1 && 2.0 * width <= self.inside.0;
            if is_inside && !self.blocks.iter().any(|other| overlap(&block, other)) {
                self.blocks.push(block);
                self.placed.push(Remark { lines, at: (x, y) });
                return true;
            }
        }
        false
    }

    /// A paragraph that names the missing figures for whose reasons there is no room.
    pub(super) fn unwritten(&self, chart: &Trend) -> Option<String> {
        let lang = chart.head.lang;
        let named = self.unwritten.iter().map(|gone| {
            let (line, wave) = (&chart.lines[gone.line].series.name, &chart.waves[gone.wave].label);
            phrase::missing(lang, line, wave, &gone.note)
        });
        phrase::no_figures(lang, &named.collect::<Vec<_>>(), NAMED)
    }

    /// Draws the remarks, the plot's corner being at an origin.
    pub(super) fn paint(&self, pen: &Pen<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        for Remark { lines, at } in &self.placed {
            let first = top + at.1 - NOTE_LINE * (lines.len() as f64 - 1.0) / 2.0 + 4.5;
            for (i, words) in lines.iter().enumerate() {
                let at = (left + at.0, first + NOTE_LINE * i as f64);
                pen.words(at, words.clone().anchored(Anchor::Middle))?;
            }
        }
        Ok(())
    }
}

fn rect(from: (f64, f64), to: (f64, f64)) -> Corners {
    [from, (to.0, from.1), to, (from.0, to.1)]
}

/// Lines with their thickness, those to the labels too, and dots.
fn obstacles(chart: &Trend, layout: &Layout) -> Vec<Corners> {
    let strip = |ends: &[(f64, f64)]| {
        let [(x0, y0), (x1, y1)] = [ends[0], ends[1]];
        [(x0, y0 - 2.0), (x1, y1 - 2.0), (x1, y1 + 2.0), (x0, y0 + 2.0)]
    };
    let leaders = layout.ends.leaders(layout.width, layout.clear.1);
    let mut blocks: Vec<Corners> =
        leaders.flat_map(|leader| leader.windows(2).map(strip).collect::<Vec<_>>()).collect();
    for line in &chart.lines {
        for run in line.runs() {
            let points: Vec<_> = run.iter().map(|(wave, mark)| layout.point(*wave, mark)).collect();
            blocks.extend(points.iter().map(|(x, y)| rect((x - DOT, y - DOT), (x + DOT, y + DOT))));
            blocks.extend(points.windows(2).map(strip));
        }
    }
    blocks
}

/// The places of a remark about a figure, the best first: past its interval or near the dot, above or below. None is as near
/// to another line's figure, which it would seem to be about.
fn beside(
    chart: &Trend,
    layout: &Layout,
    (wave, mark): (usize, &Mark),
    above_first: bool,
) -> Vec<(f64, f64)> {
    let (x, y) = layout.point(wave, mark);
    let half = NOTE_LINE / 2.0;
    let above = [layout.y(mark.high) - APART - half, y - DOT - half - 1.0];
    let below = [layout.y(mark.low) + APART + half, y + DOT + half + 1.0];
    let places = if above_first { [above, below] } else { [below, above] };
    let others: Vec<f64> = chart
        .lines
        .iter()
        .filter_map(|line| line.points[wave].side.mark())
        .map(|other| layout.y(other.rate))
        .filter(|other| (other - y).abs() > f64::EPSILON)
        .collect();
    let is_own = |place: &f64| others.iter().all(|other| (place - other).abs() > (place - y).abs());
    places.into_iter().flatten().filter(is_own).map(|place| (x, place)).collect()
}

/// The height at which a line would pass a wave that it has no figure for.
fn passing(layout: &Layout, line: &TrendLine, wave: usize) -> Option<f64> {
    let before = line.marks().take_while(|(i, _)| *i < wave).last();
    let after = line.marks().find(|(i, _)| *i > wave);
    match (before, after) {
        (Some((i, a)), Some((j, b))) => {
            let share = (layout.xs[wave] - layout.xs[i]) / (layout.xs[j] - layout.xs[i]);
            Some(layout.y(a.rate + (b.rate - a.rate) * share))
        }
        (one, other) => one.or(other).map(|(_, mark)| layout.y(mark.rate)),
    }
}
