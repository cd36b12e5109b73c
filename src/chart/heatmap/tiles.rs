//! The tiles of a [`Heatmap`]: colour and points, or hatching and why there are none.

use crate::chart::error::ChartError;
use crate::chart::pen::{Pen, Rect};
use crate::chart::phrase;
use crate::chart::ramp;
use crate::chart::theme::Role;
use crate::chart::words::{Anchor, Typeset, Words};
use crate::chart::wrap::wrap_whole;

use super::plan::Plan;
use super::{GapMark, Gauge, Heatmap, Tile};

/// Thickness of a hollow tile.
const RIM: f64 = 4.0;
/// Distance of two lines of hatching, and of two lines of a note.
const HATCH: f64 = 7.0;
const NOTE_LINE: f64 = 13.0;
/// How many missing gaps are named under the chart.
const NAMED: usize = 6;

/// Everything that the tiles are drawn with.
pub(super) struct Tiles<'a> {
    chart: &'a Heatmap,
    plan: &'a Plan,
    gauge: Gauge,
    set: Typeset,
}

impl<'a> Tiles<'a> {
    pub(super) fn new(chart: &'a Heatmap, plan: &'a Plan, gauge: Gauge, set: Typeset) -> Self {
        Self { chart, plan, gauge, set }
    }

    fn each(&self) -> impl Iterator<Item = (usize, usize, &'a Tile)> {
        let rows = self.chart.rows.iter().enumerate();
        rows.flat_map(|(i, row)| row.tiles.iter().enumerate().map(move |(j, tile)| (i, j, tile)))
    }

    pub(super) fn paint(&self, pen: &Pen<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        for (i, j, tile) in self.each() {
            let rect = self.plan.tile(i, j);
            let rect = Rect {
                left: left + rect.left,
                top: top + rect.top,
                right: left + rect.right,
                bottom: top + rect.bottom,
            };
            match tile {
                Tile::Gap { gap, caution } => self.paint_gap(pen, &rect, gap, *caution)?,
                Tile::Missing(note) => self.paint_missing(pen, &rect, note)?,
            }
        }
        Ok(())
    }

    fn paint_gap(&self, pen: &Pen<'_>, rect: &Rect, gap: &GapMark, caution: bool) -> Result<(), ChartError> {
        let shade = ramp::place(gap.difference, self.gauge.reach);
        let role = match (caution, gap.clear) {
            (false, true) => Role::GapText(shade),
            (false, false) => Role::GapFaint(shade),
            (true, true) => Role::Ink,
            (true, false) => Role::Ink2,
        };
        if caution {
            paint_hollow(pen, rect, Role::Gap(shade))?;
        } else {
            pen.rect(*rect, Role::Gap(shade))?;
        }
        let ty = if gap.clear { self.set.semibold(13.0) } else { self.set.regular(13.0) };
        let words =
            Words::new(&self.gauge.decimals.points(gap.difference), ty, role).anchored(Anchor::Middle);
        pen.words((f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom) + 4.7), words)
    }

    fn paint_missing(&self, pen: &Pen<'_>, rect: &Rect, note: &str) -> Result<(), ChartError> {
        paint_hatched(pen, rect)?;
        let lines = self.note_lines(rect, note).unwrap_or_else(|| vec!["–".to_owned()]);
        let middle = (f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom) + 4.0);
        let first = middle.1 - NOTE_LINE * (lines.len() - 1) as f64 / 2.0;
        for (i, line) in lines.iter().enumerate() {
            let words = Words::new(line, self.set.regular(11.5), Role::Ink3).anchored(Anchor::Middle);
            pen.words((middle.0, first + NOTE_LINE * i as f64), words.haloed())?;
        }
        Ok(())
    }

    /// Why a gap is missing, if there is something to say and room for it.
    fn note_lines(&self, rect: &Rect, note: &str) -> Option<Vec<String>> {
        let lines = wrap_whole(note, rect.width() - 8.0, self.set.regular(11.5))?;
        let room = ((rect.height() - 4.0) / NOTE_LINE) as usize;
        (1..=room).contains(&lines.len()).then_some(lines)
    }

    /// A paragraph that names the missing gaps whose tiles have no room to say why.
    pub(super) fn note_on_unwritten(&self) -> Option<String> {
        let lang = self.set.lang;
        let mut named: Vec<String> = Vec::new();
        for (i, j, tile) in self.each() {
            let Tile::Missing(note) = tile else { continue };
            if !note.trim().is_empty() && self.note_lines(&self.plan.tile(i, j), note).is_none() {
                let (row, column) = (&self.chart.rows[i].heading, &self.chart.columns[j]);
                named.push(phrase::missing(lang, &row.label, &column.label, note.trim()));
            }
        }
        phrase::no_figures(lang, &named, NAMED)
    }
}

/// A tile of paper with a rim.
pub(in crate::chart) fn paint_hollow(pen: &Pen<'_>, rect: &Rect, role: Role) -> Result<(), ChartError> {
    pen.rect(*rect, role)?;
    let inner = Rect {
        left: rect.left + RIM,
        top: rect.top + RIM,
        right: rect.right - RIM,
        bottom: rect.bottom - RIM,
    };
    pen.rect(inner, Role::Paper)
}

/// A tile with rising lines.
pub(in crate::chart) fn paint_hatched(pen: &Pen<'_>, rect: &Rect) -> Result<(), ChartError> {
    pen.rect(*rect, Role::Band)?;
    let (width, height) = (rect.width(), rect.height());
    let mut offset = HATCH / 2.0;
    while offset < width + height {
        let low = (offset.min(width), (offset - width).max(0.0));
        let high = ((offset - height).max(0.0), offset.min(height));
        let at = |(across, up): (f64, f64)| (rect.left + across, rect.top + up);
        pen.line(at(low), at(high), 1.0, Role::Neutral)?;
        offset += HATCH;
    }
    Ok(())
}
