//! Where the tiles of a [`Heatmap`] stand: which dimension runs down, in how many panels, under which
//! headings.
//!
//! Every way is laid out, and the one that is read best is taken: level headings before turned ones, the caller's rows as
//! rows, few panels, little height, no name cut.

use crate::chart::error::ChartError;
use crate::chart::pen::{Pen, Rect};
use crate::chart::rows::{RowText, Rows};
use crate::chart::words::Typeset;
use crate::table::figures::Decimals;

use super::heading::{Column, Headings};
use super::{Heading, Heatmap, Tile};

/// Between the labels of rows and the tiles.
const BESIDE: f64 = 18.0;
/// Between two panels.
const BETWEEN: f64 = 22.0;
/// Distance of two rows, and where there are many.
const PITCH: f64 = 38.0;
const TIGHT_PITCH: f64 = 32.0;
const MANY: usize = 16;
/// Tiles are at most this wide.
const WIDEST: f64 = 150.0;
/// Space beside the points in a tile, and the least width of one.
const PADDING: f64 = 12.0;
const NARROWEST: f64 = 30.0;
/// The least height of a row.
const LOWEST: f64 = 22.0;
/// Clear space between two tiles.
const GUTTER: f64 = 2.0;

/// What the drawbacks of a plan cost, in px of height that they are worth avoiding for.
const SWITCHED: f64 = 250.0;
const TURNED: f64 = 300.0;
const CUT: f64 = 600.0;
const FURTHER_PANEL: f64 = 150.0;

/// Where everything stands; px from the plan's left and top.
pub(super) struct Plan {
    /// Whether the chart's columns run down.
    pub(super) switched: bool,
    labels: Rows,
    headings: Headings,
    columns: usize,
    /// Columns in one panel.
    per_panel: usize,
    /// Width of a column.
    width: f64,
}

impl Plan {
    /// The best plan for a width.
    ///
    /// # Errors
    /// [`ChartError::NoRoom`] when none fits a room of fixed height.
    pub(super) fn new(
        chart: &Heatmap,
        decimals: Decimals,
        room: Option<f64>,
        set: Typeset,
    ) -> Result<Self, ChartError> {
        let gaps = chart.tiles().filter_map(Tile::gap);
        let points = gaps.map(|gap| set.semibold(13.0).width(&decimals.points(gap.difference)));
        let least = (points.fold(0.0, f64::max) + PADDING).max(NARROWEST);
        let side = |switched| Side::new(chart, switched, set.canvas.content(), least);
        let (own, other) = (side(false), side(true));
        let ways = [own.level(set), Some(own.turned(set)), other.level(set), Some(other.turned(set))];
        let mut plans: Vec<Self> = ways.into_iter().flatten().collect();
        plans.sort_by(|a, b| a.cost().total_cmp(&b.cost()));
        plans.into_iter().find_map(|plan| plan.within(room).ok()).ok_or(ChartError::NoRoom)
    }

    /// The plan in a room of fixed height.
    fn within(mut self, room: Option<f64>) -> Result<Self, ChartError> {
        let panels = self.panels() as f64;
        let rows = |room: f64| (room - BETWEEN * (panels - 1.0)) / panels - self.headings.height();
        self.labels = self.labels.within(room.map(rows), LOWEST)?;
        Ok(self)
    }

    fn panels(&self) -> usize {
        self.columns.div_ceil(self.per_panel)
    }

    fn cost(&self) -> f64 {
        let if_so = |drawback: bool, cost: f64| if drawback { cost } else { 0.0 };
        self.height()
            + if_so(self.switched, SWITCHED)
            + if_so(self.headings.is_turned(), TURNED)
            + if_so(self.headings.is_cut(), CUT)
            + FURTHER_PANEL * (self.panels() - 1) as f64
    }

    fn panel_height(&self) -> f64 {
        self.headings.height() + self.labels.height()
    }

    pub(super) fn height(&self) -> f64 {
        let panels = self.panels() as f64;
        self.panel_height() * panels + BETWEEN * (panels - 1.0)
    }

    /// Where a column starts, and where the tiles of its panel do.
    fn corner(&self, column: usize) -> (f64, f64) {
        let (panel, place) = (column / self.per_panel, column % self.per_panel);
        let top = (self.panel_height() + BETWEEN) * panel as f64 + self.headings.height();
        (self.labels.width + BESIDE + self.width * place as f64, top)
    }

    /// The tile of one of the chart's rows and columns.
    pub(super) fn tile(&self, row: usize, column: usize) -> Rect {
        let (down, across) = if self.switched { (column, row) } else { (row, column) };
        let (left, top) = self.corner(across);
        let top = top + self.labels.pitch * down as f64;
        Rect { left, top, right: left + self.width - GUTTER, bottom: top + self.labels.pitch - GUTTER }
    }

    /// Draws labels and headings.
    pub(super) fn paint(&self, pen: &Pen<'_>, (left, top): (f64, f64)) -> Result<(), ChartError> {
        for column in 0..self.columns {
            let (x, y) = self.corner(column);
            if column % self.per_panel == 0 {
                self.labels.paint(pen, left, top + y - GUTTER / 2.0)?;
            }
            let middle = left + x + (self.width - GUTTER) / 2.0;
            self.headings.paint(pen, column, middle, top + y)?;
        }
        Ok(())
    }
}

/// What runs down and what runs across in one of the two ways.
struct Side<'a> {
    down: Vec<Column<'a>>,
    across: Vec<Column<'a>>,
    switched: bool,
    width: f64,
    /// No column is narrower.
    least: f64,
}

impl<'a> Side<'a> {
    fn new(chart: &'a Heatmap, switched: bool, width: f64, least: f64) -> Self {
        let stressed = |i: usize| chart.highlighted.is_none_or(|highlighted| highlighted == i);
        let row = |(i, heading): (usize, &'a Heading), across: bool| {
            let strong = if across { stressed(i) } else { chart.highlighted == Some(i) };
            Column { heading, strong }
        };
        let rows = chart.rows.iter().map(|row| &row.heading).enumerate();
        let columns = chart.columns.iter();
        let (down, across): (Vec<_>, Vec<_>) = if switched {
            let down = columns.map(|heading| Column { heading, strong: false }).collect();
            (down, rows.map(|item| row(item, true)).collect())
        } else {
            let across = columns.map(|heading| Column { heading, strong: true }).collect();
            (rows.map(|item| row(item, false)).collect(), across)
        };
        Self { down, across, switched, width, least }
    }

    fn labels(&self, set: Typeset) -> Rows {
        let pitch = if self.down.len() > MANY { TIGHT_PITCH } else { PITCH };
        let texts = self.down.iter().map(|row| RowText {
            name: &row.heading.label,
            second: row.heading.second_label.as_deref(),
            base: "",
            strong: row.strong,
        });
        Rows::new(texts, pitch, set)
    }

    /// Under level headings, in as few panels as they allow; `None` when no width is enough for them.
    fn level(&self, set: Typeset) -> Option<Plan> {
        let labels = self.labels(set);
        let room = self.width - labels.width - BESIDE;
        let fitting = (1..=self.across.len()).find_map(|panels| {
            let per_panel = self.across.len().div_ceil(panels);
            let width = (room / per_panel as f64).min(WIDEST);
            let headings = Headings::level(&self.across, width - GUTTER, set)?;
            (width >= self.least).then_some((per_panel, width, headings))
        });
        fitting.map(|(per_panel, width, headings)| self.plan(labels, headings, per_panel, width))
    }

    /// Under turned headings, in as few panels as the points allow.
    fn turned(&self, set: Typeset) -> Plan {
        let labels = self.labels(set);
        let headings = Headings::turned(&self.across, set);
        let room = self.width - labels.width - BESIDE;
        let width = |per_panel: usize| {
            let by_heading = |i: usize| (room - headings.reach(i)) / ((i % per_panel) as f64 + 0.5);
            let evenly = (room / per_panel as f64).min(WIDEST);
            (0..self.across.len()).map(by_heading).fold(evenly, f64::min)
        };
        let counts = (1..=self.across.len()).map(|panels| self.across.len().div_ceil(panels));
        let per_panel = counts.into_iter().find(|per_panel| width(*per_panel) >= self.least).unwrap_or(1);
        let width = width(per_panel);
        self.plan(labels, headings, per_panel, width)
    }

    fn plan(&self, labels: Rows, headings: Headings, per_panel: usize, width: f64) -> Plan {
        Plan { switched: self.switched, labels, headings, columns: self.across.len(), per_panel, width }
    }
}
