//! The card on a cover whose chart has no pair of rates to show: one figure, or one of each of two rows, in large type.
//!
//! They are chosen, not computed: of a heatmap the widest clear gap, of stacked bars the figures beside the upper two, or
//! else their shares of the scale's last point; of amounts, persons and rates those of the upper two rows; of cohorts the
//! first and the last share of the one that is known for the longest time.

use super::cohorts::{CohortRow, Cohorts};
use super::cover::INSIDE;
use super::error::ChartError;
use super::heatmap::{Heatmap, HeatmapRow, Tile};
use super::pen::{Pen, Rect};
use super::persons::{Persons, PersonsRow};
use super::phrase;
use super::ranked::{Ranked, RankedRow};
use super::spans::{SpanRow, Spans};
use super::spec::{Series, Side};
use super::stacked::{Shares, Stacked, StackedRow};
use super::theme::Role;
use super::trend::{Trend, TrendLine};
use super::words::Words;
use super::wrap::{fit, wrap};
use crate::table::figures::Decimals;

/// Height of a card of one figure, and what a further one adds.
const HEIGHT: f64 = 124.0;
const FURTHER: f64 = 88.0;
/// Sizes of the figures' names and of the figures, the first that fits being taken.
const NAMES: [f64; 3] = [16.0, 14.0, 12.5];
const SIZES: [f64; 5] = [56.0, 46.0, 36.0, 28.0, 22.0];

/// Figures, each under its name, and what they are.
pub(super) struct FiguresCard {
    heading: String,
    figures: Vec<(String, String)>,
    role: Role,
}

impl FiguresCard {
    pub(super) fn of_heatmap(chart: &Heatmap) -> Option<Self> {
        let of_row = |row: &'_ HeatmapRow| -> Vec<(bool, f64, String)> {
            let tiles = row.tiles.iter().zip(&chart.columns);
            let named = tiles.filter_map(|(tile, column)| match tile {
                Tile::Gap { gap, caution } => {
                    let name = format!("{} · {}", row.heading.label, column.label);
                    Some((gap.clear && !caution, gap.difference, name))
                }
                Tile::Missing(_) => None,
            });
            named.collect()
        };
        let gaps: Vec<(bool, f64, String)> = chart.rows.iter().rev().flat_map(of_row).collect();
        let order = |a: &(bool, f64, String), b: &(bool, f64, String)| {
            a.0.cmp(&b.0).then(a.1.abs().total_cmp(&b.1.abs()))
        };
        let (_, difference, name) = gaps.into_iter().max_by(order)?;
        let points = Decimals::up_to(difference.abs()).points(difference);
        let meaning = usize::from(difference < 0.0);
        let heading = format!("{} · {}", phrase::gap_column(chart.head.lang), chart.meanings[meaning]);
        Some(Self { heading, figures: vec![(name, points)], role: Role::text(meaning) })
    }

    pub(super) fn of_stacked(chart: &Stacked) -> Option<Self> {
        let last = |row: &StackedRow| match &row.shares {
            Shares::Shown { shares, .. } => shares.last().map(|share| Decimals::NONE.percent(*share)),
            Shares::Missing(_) => None,
        };
        let figure = |row: &StackedRow| match &chart.column {
            Some(_) => Some(row.figure.trim().to_owned()).filter(|figure| !figure.is_empty()),
            None => last(row),
        };
        let named = chart.rows.iter().filter_map(|row| Some((row.label.clone(), figure(row)?)));
        let figures: Vec<(String, String)> = named.take(2).collect();
        let heading = chart.column.as_ref().or(chart.points.last())?.clone();
        (!figures.is_empty()).then_some(Self { heading, figures, role: Role::Ink })
    }

    /// Of everybody, or of the first of several segments.
    pub(super) fn of_ranked(chart: &Ranked) -> Option<Self> {
        let figure = |row: &RankedRow| {
            let mark = row.sides.iter().find_map(Side::mark)?;
            Some((row.label.clone(), Decimals::up_to(mark.rate).percent(mark.rate)))
        };
        let (heading, role) = first(&chart.series);
        Self::upper_two(chart.rows.iter().filter_map(figure), heading, role)
    }

    pub(super) fn of_spans(chart: &Spans) -> Option<Self> {
        let figure = |row: &SpanRow| (format!("{} · {}", row.label, row.detail), row.value.clone());
        let mut rows: Vec<&SpanRow> = chart.rows.iter().collect();
        rows.sort_by_key(|row| row.derived);
        Self::upper_two(rows.into_iter().map(figure), String::new(), Role::Ink)
    }

    pub(super) fn of_persons(chart: &Persons) -> Option<Self> {
        let figure = |row: &PersonsRow| {
            let persons = row.persons.as_ref().ok()?.words.0.clone();
            Some((format!("{} · {}", row.label, row.detail), persons))
        };
        let (heading, role) = first(&chart.series);
        Self::upper_two(chart.rows.iter().filter_map(figure), heading, role)
    }

    pub(super) fn of_cohorts(chart: &Cohorts) -> Option<Self> {
        let known = |row: &'_ CohortRow| -> Vec<(String, f64)> {
            let shares = row.tiles.iter().zip(&chart.columns);
            shares.filter_map(|(tile, column)| Some((column.clone(), tile.rate()?))).collect()
        };
        // Of those known equally long the upper one: `max_by_key` takes the last.
        let row = chart.rows.iter().rev().max_by_key(|row| known(row).len())?;
        let shares = known(row);
        let ends = shares.first().into_iter().chain(shares.last().filter(|_| shares.len() > 1));
        let decimals = Decimals::up_to(shares.iter().map(|(_, share)| *share).fold(0.0, f64::max));
        let named =
            |(column, share): &(String, f64)| (format!("{} · {column}", row.label), decimals.percent(*share));
        let figures: Vec<(String, String)> = ends.map(named).collect();
        (!figures.is_empty()).then_some(Self { heading: chart.axis.clone(), figures, role: Role::Ink })
    }

    /// Of the first two of many segments, in the last wave.
    pub(super) fn of_trend(chart: &Trend) -> Option<Self> {
        let figure = |line: &TrendLine| {
            let mark = line.points.last()?.side.mark()?;
            Some((line.series.name.clone(), Decimals::up_to(mark.rate).percent(mark.rate)))
        };
        let heading = chart.waves.last()?.label.clone();
        Self::upper_two(chart.lines.iter().filter_map(figure), heading, Role::Ink)
    }

    fn upper_two(
        figures: impl Iterator<Item = (String, String)>,
        heading: String,
        role: Role,
    ) -> Option<Self> {
        let figures: Vec<(String, String)> = figures.take(2).collect();
        (!figures.is_empty()).then_some(Self { heading, figures, role })
    }

    pub(super) fn paint(&self, pen: &Pen<'_>, card: &Rect) -> Result<(), ChartError> {
        pen.rect(*card, Role::Band)?;
        let (left, width) = (card.left + INSIDE, card.width() - 2.0 * INSIDE);
        let set = pen.set;
        let small = set.semibold(13.0);
        let heading = wrap(&self.heading, width, small);
        let heading = &heading[..heading.len().min(2)];
        let further = FURTHER * (self.figures.len() as f64 - 1.0);
        let height = HEIGHT + further + 18.0 * (heading.len() as f64 - 1.0);
        let mut y = card.top + (card.height() - height) / 2.0 + 12.0;
        for line in heading {
            pen.words((left, y), Words::new(line, small, Role::Ink2))?;
            y += 18.0;
        }
        let fits = |size: &f64| self.figures.iter().all(|(_, text)| set.bold(*size).width(text) <= width);
        let size = SIZES.into_iter().find(fits).unwrap_or(SIZES[SIZES.len() - 1]);
        let fits = |size: &f64| self.figures.iter().all(|(name, _)| set.semibold(*size).width(name) <= width);
        let ty = set.semibold(NAMES.into_iter().find(fits).unwrap_or(NAMES[NAMES.len() - 1]));
        for (name, figure) in &self.figures {
            pen.words((left, y + 14.0), Words::new(&fit(name, width, ty), ty, Role::Ink))?;
            pen.words(
                (left, y + 70.0),
                Words::new(&fit(figure, width, set.bold(size)), set.bold(size), self.role),
            )?;
            y += FURTHER;
        }
        Ok(())
    }
}

/// The name of the first segment and the colour of its figures; nothing and ink, where the figures are of everybody.
fn first(series: &[Option<Series>]) -> (String, Role) {
    let mut named = series.iter().enumerate();
    let first = named.find_map(|(place, series)| Some((place, series.as_ref()?)));
    first.map_or((String::new(), Role::Ink), |(place, series)| (series.name.clone(), Role::text(place)))
}
