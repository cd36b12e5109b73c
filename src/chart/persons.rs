//! [`Persons`]: what rates come to in populations of known size, a dot with its interval per row.

use super::amounts::{Amounts, LEAST};
use super::error::ChartError;
use super::frame::Frame;
use super::framed::framed;
use super::legend::{Item, Legend, Swatch};
use super::marks::{self, DOT};
use super::part::Part;
use super::pen::{Pen, Plot, Rect, line};
use super::phrase;
use super::reach::Reach;
use super::rows::{RowText, Rows};
use super::scene::Drawing;
use super::spec::{Head, Mark, Series};
use super::theme::Role;
use super::words::{Typeset, Words};
use super::wrap::fit;
use crate::codebook::Lang;

/// Persons of several populations, in the caller's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Persons {
    /// The words around it.
    pub head: Head,
    /// The segment; its place is its colour. Empty when the persons are of no segment: then marks are grey.
    pub series: Vec<Option<Series>>,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// From top to bottom; at least one.
    pub rows: Vec<PersonsRow>,
}

/// One population.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonsRow {
    /// Its name.
    pub label: String,
    /// Its Han name, beside the English one.
    pub second_label: Option<String>,
    /// What it is of, under the name: "of 235,000; n = 811".
    pub detail: String,
    /// The persons, or why there are none.
    pub persons: Result<Expanded, String>,
}

/// Persons with their interval, in numbers for the marks and in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Expanded {
    /// Persons, finite and 0 or above.
    pub persons: f64,
    /// The interval's limits, around them.
    pub interval: (f64, f64),
    /// Both, rounded: "19,000" and "15,000–25,000".
    pub words: (String, String),
}

/// Half a tick's label.
const HALF_LABEL: f64 = 24.0;
/// From a mark to its words, and between the two of them.
const APART: f64 = 7.0;
/// Words take at most this share of the room beside the labels.
const WIDEST_WORDS: f64 = 0.45;

/// Draws a part of the chart.
pub(super) fn draw(chart: &Persons, part: &Part, set: Typeset) -> Result<Drawing, ChartError> {
    if chart.rows.is_empty() {
        return Err(ChartError::Empty);
    }
    for row in &chart.rows {
        let order = |all: &Expanded| {
            let places = [0.0, all.interval.0, all.persons, all.interval.1];
            places.iter().all(|place| place.is_finite()) && places.is_sorted_by(|a, b| *a <= *b + 1e-9)
        };
        if row.persons.as_ref().is_ok_and(|all| !order(all)) {
            return Err(ChartError::Range(row.label.clone()));
        }
    }
    let legend = Legend::new(&chart.series, legend_items(chart), set.canvas.content(), set);
    let frame = Frame::empty(&part.head(&chart.head), legend, set);
    let layout = Layout::new(chart, set).part(part, frame.room())?;
    framed(&frame.around(layout.amounts.height()), set, |pen, slot| layout.paint(pen, slot))
}

/// The rows one after another.
pub(super) fn alt(chart: &Persons) -> String {
    let lang = chart.head.lang;
    let row = |row: &PersonsRow| {
        let what = match &row.persons {
            Ok(Expanded { words: (persons, interval), .. }) => {
                lang.pick(format!("{persons} ({interval})"), format!("{persons}（{interval}）"))
            }
            Err(why) => why.clone(),
        };
        lang.pick(
            format!("{}, {}: {what}", row.label, row.detail),
            format!("{}，{}：{what}", row.label, row.detail),
        )
    };
    let rows: Vec<String> = chart.rows.iter().map(row).collect();
    let title = &chart.head.title;
    lang.pick(
        format!("Dot plot of persons: {title}. {}.", rows.join("; ")),
        format!("人数点图：{title}。{}。", rows.join("；")),
    )
}

fn legend_items(chart: &Persons) -> Vec<Item> {
    let is_shown = chart.rows.iter().any(|row| row.persons.is_ok());
    let name = phrase::interval(chart.head.lang, chart.level);
    is_shown.then_some(Item { swatch: Swatch::Pill, name }).into_iter().collect()
}

struct Layout<'a> {
    /// The rows that are shown.
    shown: &'a [PersonsRow],
    amounts: Amounts,
    /// Place of the segment's colour.
    series: Option<usize>,
    set: Typeset,
}

impl<'a> Layout<'a> {
    fn new(chart: &'a Persons, set: Typeset) -> Self {
        let narrow = set.canvas.is_narrow();
        let details: Vec<String> = chart.rows.iter().map(|row| row.detail(narrow, set.lang)).collect();
        let texts = chart.rows.iter().zip(&details).map(|(row, detail)| RowText {
            name: &row.label,
            second: row.second_label.as_deref(),
            base: detail,
            strong: false,
        });
        let rows = if narrow {
            Rows::above(texts, LEAST + 2.0, set.canvas.content(), set)
        } else {
            Rows::new(texts, LEAST + 13.0, set)
        };
        let all = chart.rows.iter().filter_map(|row| row.persons.as_ref().ok());
        // Persons begin at none.
        let reach = Reach::of(all.clone().map(|all| all.interval.1).chain([0.0]));
        let width = |all: &Expanded| {
            words_of(all, Role::Ink, set).iter().map(|words| words.width() + APART).sum::<f64>()
        };
        let widest = all.map(width).fold(0.0, f64::max);
        let most = WIDEST_WORDS * (set.canvas.content() - rows.width);
        let right = (widest + DOT + APART).min(most);
        let amounts = Amounts { rows, reach, half_label: HALF_LABEL, right };
        let series = chart.series.iter().position(Option::is_some);
        Self { shown: &chart.rows, amounts, series, set }
    }

    /// Some of the rows, in a room of fixed height.
    fn part(mut self, part: &Part, room: Option<f64>) -> Result<Self, ChartError> {
        self.shown = self.shown.get(part.rows.clone()).unwrap_or_default();
        Ok(Self { amounts: self.amounts.part(part, room)?, ..self })
    }

    fn paint(&self, pen: &Pen<'_>, slot: &Rect) -> Result<(), ChartError> {
        self.amounts.paint(pen, slot, |plot, row, y| self.paint_row(plot, &self.shown[row], y, slot))
    }

    fn paint_row(
        &self,
        plot: &mut Plot<'_>,
        row: &PersonsRow,
        y: f64,
        slot: &Rect,
    ) -> Result<(), ChartError> {
        let start = plot.px((0.0, y)).0;
        let all = match &row.persons {
            Ok(all) => all,
            Err(why) => {
                let ty = self.set.regular(12.0);
                let words = Words::new(&fit(why, slot.right - start - 8.0, ty), ty, Role::Ink3).haloed();
                return plot.words((0.0, y), (8.0, 4.5), words);
            }
        };
        let (low, high) = all.interval;
        plot.line((0.0, y), (low, y), line(&Role::Grid, 1.0))?;
        let mark = Mark { rate: all.persons, low, high, caution: false };
        marks::paint_one(plot, &mark, y, self.series.map_or(Role::Ink2, Role::mark))?;
        let end = plot.px((high, y)).0.max(plot.px((all.persons, y)).0 + DOT) + APART;
        let mut x = end;
        let role = self.series.map_or(Role::Ink, Role::text);
        for (place, words) in words_of(all, role, self.set).into_iter().enumerate() {
            let next = x + words.width() + APART;
            if place == 0 || next - APART <= slot.right {
                plot.words((0.0, y), (x - start, 4.5), words)?;
            }
            x = next;
        }
        Ok(())
    }
}

impl PersonsRow {
    /// What stands under the name; on a narrow canvas with the interval, which has no room beside the marks.
    fn detail(&self, narrow: bool, lang: Lang) -> String {
        match &self.persons {
            Ok(all) if narrow => {
                let parts = [self.detail.as_str(), all.words.1.as_str()];
                let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                told.join(lang.pick("; ", "；"))
            }
            _ => self.detail.clone(),
        }
    }
}

/// What stands beside a row's marks: persons, and on a wide canvas their interval.
fn words_of(all: &Expanded, role: Role, set: Typeset) -> Vec<Words> {
    let (persons, interval) = &all.words;
    let persons = Words::new(persons, set.semibold(13.0), role).haloed();
    let interval = Words::new(interval, set.regular(12.0), Role::Ink3).haloed();
    if set.canvas.is_narrow() { vec![persons] } else { vec![persons, interval] }
}
