//! [`Multiples`]: the same rows for several cities, one small plot each, on one scale.

use super::alt::Speech;
use super::axis;
use super::error::ChartError;
use super::frame::Frame;
use super::legend::{Item, Legend, Swatch};
use super::marks;
use super::number::Scale;
use super::panel::PanelHead;
use super::panel_notes::PanelNotes;
use super::part::Part;
use super::pen::{Pen, Rect};
use super::phrase;
use super::rows::{RowText, Rows};
use super::scene::Drawing;
use super::spec::{self, Head, Mark, Segments, Side, check_segments, check_sides};
use super::words::Typeset;
use crate::table::figures::Decimals;

/// Rates of up to eight groups by feature, in several cities: a dumbbell chart, or with one group a dot plot, for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiples {
    /// The words around it.
    pub head: Head,
    /// The groups.
    pub series: Segments,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// The names of the rows, from top to bottom; at least one.
    pub rows: Vec<String>,
    /// The plots, line by line; at least one.
    pub panels: Vec<Panel>,
}

/// One city.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its name.
    pub label: String,
    /// Its Han name, beside the English one.
    pub second_label: Option<String>,
    /// The bases ("n = 214 | 402"); may be empty.
    pub base_line: String,
    /// What each series has to show in each row, in the order of the chart's rows; rows beyond are empty.
    pub sides: Vec<Vec<Side>>,
}

/// Space between plots, across and down.
const GUTTER: (f64, f64) = (26.0, 30.0);
/// Tick labels below a plot.
const TICKS: f64 = 24.0;
/// Space between the names of rows and the plots.
const LEFT: f64 = 16.0;
/// Plots are not narrower than this, so that reasons for missing figures can be read.
const NARROWEST: f64 = 112.0;
/// The names of rows are wrapped at this width, or at this share of the canvas.
const WIDEST_NAME: (f64, f64) = (170.0, 0.3);
/// Distance of rows; with more rows than [`MANY`], of those.
const PITCH: (f64, f64) = (36.0, 28.0);
const MANY: usize = 8;
/// The least that the marks of a row take on one line.
const LEAST: f64 = 16.0;
/// How many missing figures are named under the chart; fewer where there is no room, and
/// where there is none at all their reasons are cut.
const NAMED: [usize; 4] = [12, 4, 1, 0];
/// The marks' size against those of a chart of one plot; and where more than two series have a lane each.
const MARKS: f64 = 0.9;
const LANE_MARKS: f64 = 0.66;
/// Distance of lanes, and the least between those of two rows.
const LANE: f64 = 8.0;
const BETWEEN: f64 = 12.0;

/// Draws a part of the chart.
pub(super) fn draw(chart: &Multiples, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.rows.is_empty() || chart.panels.is_empty() {
        return Err(ChartError::Empty);
    }
    check_segments(&chart.series)?;
    for panel in &chart.panels {
        for (row, sides) in chart.rows.iter().zip(&panel.sides) {
            check_sides(sides, &chart.series, row)?;
            sides.iter().filter_map(Side::mark).try_for_each(|mark| mark.check(row))?;
        }
    }
    let (frame, layout) = laid_out(chart, part, set)?;
    let mut drawing = frame.drawing();
    let pen = Pen::new(&mut drawing, set);
    frame.paint(&pen)?;
    layout.paint(&pen, &frame.slot)?;
    drop(pen);
    Ok(drawing)
}

/// The frame around a part, with the missing figures named under it for whose reasons the plots have no room.
fn laid_out<'a>(chart: &'a Multiples, part: &Part, set: Typeset) -> Result<(Frame, Layout<'a>), ChartError> {
    /// The note may leave less room for the plots, and so ask for another; it settles at once as a rule.
    const TRIES: usize = 4;
    let panels = chart.panels.get(part.rows.clone()).unwrap_or_default();
    for most in NAMED {
        let mut note = None;
        for _ in 0..TRIES {
            let mut head = part.head(&chart.head);
            head.footer.extend(note.clone());
            let frame = Frame::empty(&head, legend(chart, set), set);
            let layout = match Layout::new(chart, panels, frame.room(), set) {
                Err(ChartError::NoRoom) => break,
                layout => layout?,
            };
            let unwritten = layout.unwritten(chart, most, set);
            if unwritten == note {
                let layout = Layout { names_missing: note.is_some(), ..layout };
                return Ok((frame.around(layout.height()), layout));
            }
            note = unwritten;
        }
    }
    Err(ChartError::NoRoom)
}

/// The text for people who do not see the chart.
pub(super) fn alt(chart: &Multiples) -> String {
    let high = chart.marks().map(|mark| mark.high).fold(0.0, f64::max);
    let say = Speech { lang: chart.head.lang, series: &chart.series, decimals: Decimals::up_to(high) };
    let names: Vec<&str> = chart.panels.iter().map(|panel| panel.label.as_str()).collect();
    let cells: Vec<(String, &[Side])> = chart
        .panels
        .iter()
        .flat_map(|panel| {
            chart
                .rows
                .iter()
                .zip(&panel.sides)
                .map(|(row, sides)| (format!("{} {row}", panel.label), sides.as_slice()))
        })
        .collect();
    let opening = say.opening("Small multiples", "组图", &chart.head);
    let panels = say.sentence("One plot each for", "分图", &say.list(&names));
    opening + &panels + &say.extremes(cells.iter().map(|(name, sides)| (name.as_str(), *sides)))
}

impl Multiples {
    fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.panels.iter().flat_map(|panel| &panel.sides).flatten().filter_map(Side::mark)
    }
}

/// The least that a row's marks take.
fn least(series: usize) -> f64 {
    if series > 2 { LANE * series as f64 } else { LEAST }
}

fn legend(chart: &Multiples, set: Typeset) -> Legend {
    Legend::new(&chart.series, legend_items(chart), set.canvas.content(), set)
}

fn legend_items(chart: &Multiples) -> Vec<Item> {
    let lang = chart.head.lang;
    let mut items = Vec::new();
    if chart.marks().next().is_some() {
        items.push(Item { swatch: Swatch::Pill, name: phrase::interval(lang, chart.level) });
    }
    if chart.marks().any(|mark| mark.caution) {
        items.push(Item { swatch: Swatch::Hollow, name: phrase::caution(lang) });
    }
    items
}

struct Layout<'a> {
    panels: &'a [Panel],
    /// The series that are shown.
    lanes: Vec<usize>,
    heads: Vec<PanelHead>,
    rows: Rows,
    scale: Scale,
    /// Plots side by side.
    columns: usize,
    /// Width of a plot.
    width: f64,
    /// Whether the footer says why figures are missing for whose reasons the plots have no room.
    names_missing: bool,
}

impl<'a> Layout<'a> {
    /// On a canvas of free height in three columns, or fewer where they would be too narrow; on one of fixed height in as
    /// many as it takes for the plots to fit.
    fn new(
        chart: &Multiples,
        panels: &'a [Panel],
        room: Option<f64>,
        set: Typeset,
    ) -> Result<Self, ChartError> {
        let mut usual = 3;
        while usual > 1 && Self::of(chart, panels, usual, set).width < NARROWEST {
            usual -= 1;
        }
        for columns in usual.min(panels.len())..=panels.len() {
            let mut layout = Self::of(chart, panels, columns, set);
            if layout.width < NARROWEST {
                break;
            }
            let room = room.map(|room| layout.room_for_rows(room));
            if let Ok(rows) = layout.rows.within(room, least(layout.lanes.len())) {
                layout.rows = rows;
                return Ok(layout);
            }
        }
        Err(ChartError::NoRoom)
    }

    fn of(chart: &Multiples, panels: &'a [Panel], columns: usize, set: Typeset) -> Self {
        let lanes = spec::shown(&chart.series);
        let pitch = if chart.rows.len() > MANY { PITCH.1 } else { PITCH.0 };
        let pitch = if lanes.len() > 2 { pitch.max(least(lanes.len()) + BETWEEN) } else { pitch };
        let widest = WIDEST_NAME.0.min(WIDEST_NAME.1 * set.canvas.content());
        let texts = chart.rows.iter().map(|name| RowText { name, second: None, base: "", strong: false });
        let rows = Rows::beside(texts, pitch, widest, set);
        let between = GUTTER.0 * (columns - 1) as f64;
        let width = (set.canvas.content() - rows.width - LEFT - between) / columns as f64;
        let scale = Scale::halved(chart.marks().map(|mark| mark.high).fold(0.0, f64::max));
        let heads = PanelHead::alike(panels, width, set);
        Self { panels, lanes, heads, rows, scale, columns, width, names_missing: false }
    }

    /// How many plots stand below each other.
    fn lines(&self) -> usize {
        self.panels.len().div_ceil(self.columns)
    }

    fn head(&self) -> f64 {
        self.heads.iter().map(PanelHead::height).fold(0.0, f64::max)
    }

    fn room_for_rows(&self, room: f64) -> f64 {
        let lines = self.lines() as f64;
        (room - GUTTER.1 * (lines - 1.0)) / lines - self.head() - TICKS
    }

    /// From one line of plots to the next.
    fn pitch(&self) -> f64 {
        self.head() + self.rows.height() + TICKS + GUTTER.1
    }

    fn height(&self) -> f64 {
        self.pitch() * self.lines() as f64 - GUTTER.1
    }

    fn notes(&self, sides: &[Side], set: Typeset) -> Option<PanelNotes> {
        PanelNotes::of(sides, (self.scale.high, self.width), self.rows.pitch, set)
    }

    /// A paragraph that names `most` of the missing figures for whose reasons there is no room.
    fn unwritten(&self, chart: &Multiples, most: usize, set: Typeset) -> Option<String> {
        let lang = chart.head.lang;
        let mut missing = Vec::new();
        for panel in self.panels {
            for (row, sides) in chart.rows.iter().zip(&panel.sides) {
                if self.notes(sides, set).is_none_or(|notes| notes.is_whole) {
                    continue;
                }
                for (side, series) in sides.iter().zip(&chart.series) {
                    let (Some(why), Some(series)) = (side.note(), series) else { continue };
                    let column = format!("{row}{}{}", lang.pick(", ", "·"), series.name);
                    missing.push(phrase::missing(lang, &panel.label, &column, why));
                }
            }
        }
        phrase::no_figures(lang, &missing, most).filter(|_| most > 0)
    }

    fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        for line in 0..self.lines() {
            let top = slot.top + self.pitch() * line as f64 + self.head();
            self.rows.paint(pen, slot.left, top)?;
        }
        for (i, (panel, head)) in self.panels.iter().zip(&self.heads).enumerate() {
            let (line, column) = (i / self.columns, i % self.columns);
            let left = slot.left + self.rows.width + LEFT + (self.width + GUTTER.0) * column as f64;
            let top = slot.top + self.pitch() * line as f64 + self.head();
            let rect = Rect { left, top, right: left + self.width, bottom: top + self.rows.height() };
            head.paint(pen, &rect)?;
            self.paint_panel(panel, pen, rect)?;
        }
        Ok(())
    }

    fn paint_panel(&self, panel: &Panel, pen: &Pen<'_>, rect: Rect) -> Result<(), ChartError> {
        let count = self.rows.len() as f64;
        let mut plot = pen.plot(rect, 0.0..self.scale.high, count..0.0)?;
        axis::columns(&mut plot, &self.scale, (0.0, count))?;
        axis::labels_within(pen, &self.scale, &rect, rect.bottom + 18.0)?;
        for (i, sides) in panel.sides.iter().take(self.rows.len()).enumerate() {
            let y = self.rows.middle(i);
            if self.lanes.len() > 2 {
                let apart = LANE / self.rows.pitch;
                marks::paint_lanes(&mut plot, (sides, &self.lanes), (y, apart), LANE_MARKS)?;
            } else {
                marks::paint(&mut plot, &marks::ascending(sides), y, MARKS)?;
            }
            if let Some(notes) = self.notes(sides, pen.set) {
                notes.paint(&mut plot, y, self.names_missing)?;
            }
        }
        Ok(())
    }
}
