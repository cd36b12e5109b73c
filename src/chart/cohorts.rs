//! [`Cohorts`]: the shares of groups that came one after the other, so many steps later: a triangle of tiles.
//!
//! In: a tile for each cohort and step. Out: tiles in the shades of one colour, the share written on each; what is not known yet
//! is left free. Where the steps do not fit beside each other they stand below each other in several panels.
//!
//! Refused: a chart without tiles, a row with more or fewer tiles than there are columns, a share outside 0 to 1.

use super::alt::{Speech, ends};
use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::heatmap::{paint_hatched, paint_hollow};
use super::legend::Legend;
use super::palette::STEPS;
use super::part::Part;
use super::pen::{Pen, Rect};
use super::phrase;
use super::rows::{RowText, Rows};
use super::scale_colors::text_on;
use super::scene::Drawing;
use super::spec::Head;
use super::theme::Role;
use super::words::{Anchor, Typeset, Words};
use crate::table::figures::Decimals;

/// Shares of cohorts by the time since they began.
#[derive(Debug, Clone, PartialEq)]
pub struct Cohorts {
    /// The words around it.
    pub head: Head,
    /// What the columns are, over their headings: "Weeks after joining".
    pub axis: String,
    /// The steps, from the left; at least one.
    pub columns: Vec<String>,
    /// The cohorts, from the top; at least one.
    pub rows: Vec<CohortRow>,
}

/// One cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortRow {
    /// Its name.
    pub label: String,
    /// Its base: "n = 214".
    pub base: String,
    /// Its tiles, as many as there are columns.
    pub tiles: Vec<CohortTile>,
}

/// A cohort at one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CohortTile {
    /// A share.
    Share {
        /// A fraction.
        rate: f64,
        /// Whether it is to be used with care: drawn hollow.
        caution: bool,
    },
    /// Withheld, or not estimable: hatched.
    Missing,
    /// Not known yet: left free.
    Open,
}

/// Between the labels of rows and the tiles, between two panels, and between two tiles.
const BESIDE: f64 = 18.0;
const BETWEEN: f64 = 22.0;
const GUTTER: f64 = 2.0;
/// Distance of two rows, and the least.
const PITCH: f64 = 40.0;
const LOWEST: f64 = 24.0;
/// Width of a tile: at most, and at least.
const WIDEST: f64 = 96.0;
const NARROWEST: f64 = 40.0;
/// Height of the key's ramp and of the headings over the tiles.
const KEY: f64 = 46.0;
const HEADINGS: f64 = 42.0;
/// Before the words of a remark, and the height of a row of them.
const SWATCH: f64 = 28.0;
const REMARK: f64 = 22.0;
/// Width and height of one shade of the key.
const SHADE: (f64, f64) = (9.0, 12.0);

impl CohortTile {
    pub(super) fn rate(&self) -> Option<f64> {
        match self {
            Self::Share { rate, .. } => Some(*rate),
            Self::Missing | Self::Open => None,
        }
    }
}

impl Cohorts {
    /// Some of its rows.
    fn part(&self, part: &Part) -> Self {
        Self { rows: self.rows.get(part.rows.clone()).unwrap_or_default().to_vec(), ..self.clone() }
    }

    fn tiles(&self) -> impl Iterator<Item = &CohortTile> {
        self.rows.iter().flat_map(|row| &row.tiles)
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.rows.is_empty() || self.columns.is_empty() {
            return Err(ChartError::Empty);
        }
        for row in &self.rows {
            if row.tiles.len() != self.columns.len() {
                return Err(ChartError::Tiles(row.label.clone(), row.tiles.len(), self.columns.len()));
            }
            if !row.tiles.iter().filter_map(CohortTile::rate).all(|rate| (0.0..=1.0 + 1e-9).contains(&rate)) {
                return Err(ChartError::Range(row.label.clone()));
            }
        }
        Ok(())
    }
}

/// How shares are shown: alike in all parts of a chart.
#[derive(Clone, Copy)]
struct Gauge {
    /// The share that has the strongest shade.
    reach: f64,
    decimals: Decimals,
}

impl Gauge {
    fn of(chart: &Cohorts) -> Self {
        let largest = chart.tiles().filter_map(CohortTile::rate).fold(0.0, f64::max);
        let reach =
            [0.1, 0.2, 0.4, 0.6, 0.8].into_iter().find(|reach| largest <= reach + 1e-9).unwrap_or(1.0);
        Self { reach, decimals: Decimals::up_to(largest) }
    }

    fn role(self, rate: f64) -> Role {
        Role::Step(((STEPS - 1) as f64 * (rate / self.reach).clamp(0.0, 1.0)).round() as u8)
    }
}

/// Where the tiles stand; px from the plot's left and top.
struct Layout {
    labels: Rows,
    per_panel: usize,
    panels: usize,
    width: f64,
}

impl Layout {
    /// # Errors
    /// [`ChartError::NoRoom`] when a room of fixed height is too low, or no tile fits beside the labels.
    fn new(chart: &Cohorts, room: Option<f64>, set: Typeset) -> Result<Self, ChartError> {
        let texts = chart.rows.iter().map(|row| RowText {
            name: &row.label,
            second: None,
            base: &row.base,
            strong: false,
        });
        let labels = Rows::new(texts, PITCH, set);
        let across = set.canvas.content() - labels.width - BESIDE;
        let most = ((across / NARROWEST) as usize).max(1);
        let panels = chart.columns.len().div_ceil(most);
        let per_panel = chart.columns.len().div_ceil(panels);
        let width = (across / per_panel as f64).min(WIDEST);
        if width < NARROWEST / 2.0 {
            return Err(ChartError::NoRoom);
        }
        let rows = room.map(|room| (room - BETWEEN * (panels - 1) as f64) / panels as f64 - HEADINGS);
        Ok(Self { labels: labels.within(rows, LOWEST)?, per_panel, panels, width })
    }

    fn panel_height(&self) -> f64 {
        HEADINGS + self.labels.height()
    }

    fn height(&self) -> f64 {
        self.panel_height() * self.panels as f64 + BETWEEN * (self.panels - 1) as f64
    }

    /// The left of a column, and the top of its panel.
    fn corner(&self, column: usize) -> (f64, f64) {
        let (panel, place) = (column / self.per_panel, column % self.per_panel);
        let top = (self.panel_height() + BETWEEN) * panel as f64;
        (self.labels.width + BESIDE + self.width * place as f64, top)
    }
}

/// Draws a part of the chart.
pub(super) fn draw(chart: &Cohorts, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    chart.check()?;
    let gauge = Gauge::of(chart);
    let shown = chart.part(part);
    let legend = Legend::new(&[], Vec::new(), set.canvas.content(), set);
    let frame = Frame::empty(&part.head(&chart.head), legend, set);
    let key = Key::new(chart, gauge, set);
    let layout = Layout::new(&shown, frame.room().map(|room| room - key.height), set)?;
    framed(&frame.around(key.height + layout.height()), set, |pen, slot| {
        key.paint(pen, slot)?;
        let origin = (slot.left, slot.top + key.height);
        for column in 0..shown.columns.len() {
            paint_heading(pen, &shown, &layout, column, origin)?;
            for (row, tiles) in shown.rows.iter().enumerate() {
                let (left, top) = layout.corner(column);
                let (left, top) =
                    (origin.0 + left, origin.1 + top + HEADINGS + layout.labels.pitch * row as f64);
                let rect = Rect {
                    left,
                    top,
                    right: left + layout.width - GUTTER,
                    bottom: top + layout.labels.pitch - GUTTER,
                };
                paint_tile(pen, &rect, &tiles.tiles[column], gauge)?;
            }
        }
        Ok(())
    })
}

/// The key: shades from none to the largest share, and what else tiles look like; px from its left and top.
struct Key {
    gauge: Gauge,
    /// What hollow and hatched tiles mean, and where: whether it is the hollow one, its distance from the left, its top.
    remarks: Vec<(bool, (f64, f64), Words)>,
    height: f64,
}

impl Key {
    fn new(chart: &Cohorts, gauge: Gauge, set: Typeset) -> Self {
        let lang = chart.head.lang;
        let has = |is: fn(&CohortTile) -> bool| chart.tiles().any(is);
        let remarks = [
            (
                has(|tile| matches!(tile, CohortTile::Share { caution: true, .. })),
                phrase::caution(lang),
                true,
            ),
            (has(|tile| matches!(tile, CohortTile::Missing)), phrase::no_figure(lang), false),
        ];
        let mut key = Self { gauge, remarks: Vec::new(), height: KEY };
        let (mut x, mut y) = (SHADE.0 * STEPS as f64 + BETWEEN, 0.0);
        for (_, text, is_hollow) in remarks.into_iter().filter(|(shown, ..)| *shown) {
            let words = Words::new(&text, set.regular(12.5), Role::Ink3);
            let width = SWATCH + words.width();
            if x + width > set.canvas.content() {
                (x, y) = (0.0, KEY - 8.0);
                key.height = KEY + REMARK;
            }
            key.remarks.push((is_hollow, (x, y), words));
            x += width + BETWEEN;
        }
        key
    }

    fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        let ty = pen.set.regular(11.5);
        for step in 0..STEPS as u8 {
            let left = slot.left + SHADE.0 * f64::from(step);
            let shade = Rect { left, top: slot.top, right: left + SHADE.0, bottom: slot.top + SHADE.1 };
            pen.rect(shade, Role::Step(step))?;
        }
        let right = slot.left + SHADE.0 * STEPS as f64;
        let below = slot.top + SHADE.1 + 14.0;
        pen.words((slot.left, below), Words::new("0%", ty, Role::Ink3))?;
        let most = Words::new(&Decimals::NONE.percent(self.gauge.reach), ty, Role::Ink3);
        pen.words((right, below), most.anchored(Anchor::End))?;
        for (is_hollow, (x, y), words) in &self.remarks {
            let (left, top) = (slot.left + x, slot.top + y);
            let swatch = Rect { left, top: top - 1.0, right: left + 20.0, bottom: top + 13.0 };
            if *is_hollow {
                paint_hollow(pen, &swatch, Role::Neutral)?;
            } else {
                paint_hatched(pen, &swatch)?;
            }
            pen.words((left + SWATCH, top + 10.5), words.clone())?;
        }
        Ok(())
    }
}

/// A column's heading; the first of a panel also has the axis' name and the labels of the rows.
fn paint_heading(
    pen: &Pen<'_>,
    chart: &Cohorts,
    layout: &Layout,
    column: usize,
    origin: (f64, f64),
) -> Result<(), ChartError> {
    let (left, top) = layout.corner(column);
    let (left, top) = (origin.0 + left, origin.1 + top);
    if column.is_multiple_of(layout.per_panel) {
        pen.words((left, top + 12.0), Words::new(&chart.axis, pen.set.regular(12.5), Role::Ink3))?;
        layout.labels.paint(pen, origin.0, top + HEADINGS - GUTTER / 2.0)?;
    }
    let heading =
        Words::new(&chart.columns[column], pen.set.semibold(13.0), Role::Ink).anchored(Anchor::Middle);
    pen.words((left + (layout.width - GUTTER) / 2.0, top + HEADINGS - 9.0), heading)
}

fn paint_tile(pen: &Pen<'_>, rect: &Rect, tile: &CohortTile, gauge: Gauge) -> Result<(), ChartError> {
    let (text, role) = match tile {
        CohortTile::Open => return Ok(()),
        CohortTile::Missing => {
            paint_hatched(pen, rect)?;
            ("–".to_owned(), Role::Ink3)
        }
        CohortTile::Share { rate, caution } => {
            let shade = gauge.role(*rate);
            if *caution {
                paint_hollow(pen, rect, shade)?;
            } else {
                pen.rect(*rect, shade)?;
            }
            (gauge.decimals.percent(*rate), if *caution { Role::Ink } else { text_on(shade) })
        }
    };
    let words = Words::new(&text, pen.set.semibold(13.0), role).anchored(Anchor::Middle);
    let words = if matches!(tile, CohortTile::Missing) { words.haloed() } else { words };
    pen.words((f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom) + 4.7), words)
}

/// The text for people who do not see the chart: the highest and the lowest share, and how many are missing.
pub(super) fn alt(chart: &Cohorts) -> String {
    let gauge = Gauge::of(chart);
    let say = Speech { lang: chart.head.lang, series: &[None, None], decimals: gauge.decimals };
    let mut text = say.opening("Cohort chart", "留存热力图", &chart.head);
    let tiles: Vec<(&str, &str, f64)> = chart
        .rows
        .iter()
        .flat_map(|row| {
            let columns = chart.columns.iter().zip(&row.tiles);
            columns.filter_map(|(column, tile)| Some((row.label.as_str(), column.as_str(), tile.rate()?)))
        })
        .collect();
    let named = |(row, column, rate): &(&str, &str, f64)| {
        let share = gauge.decimals.percent(*rate);
        say.lang.pick(format!("{row}, {column}: {share}"), format!("{row}，{column}：{share}"))
    };
    if let Some((least, most)) = ends(&tiles, |tile| Some(tile.2)) {
        text += &say.sentence("Highest", "最高", &named(most));
        if tiles.len() > 1 {
            text += &say.sentence("Lowest", "最低", &named(least));
        }
    }
    let missing = chart.tiles().filter(|tile| matches!(tile, CohortTile::Missing)).count();
    if missing > 0 {
        let tiles = if missing == 1 { "1 tile".to_owned() } else { format!("{missing} tiles") };
        text += &say.sentence("No figure", "无数据", &say.lang.pick(tiles, format!("{missing} 格")));
    }
    text
}
