//! The alt texts of ranked dots, funnels and stacked bars.

use super::alt::{Speech, ends};
use super::funnel::{Funnel, Stage};
use super::ranked::Ranked;
use super::spec::Side;
use super::stacked::{Shares, Stacked, StackedRow};
use crate::table::figures::Decimals;

/// The extremes of each segment, and the line they are compared with.
pub(super) fn ranked(chart: &Ranked) -> String {
    let sides = || chart.rows.iter().flat_map(|row| &row.sides);
    let high = sides().filter_map(Side::mark).map(|mark| mark.high).fold(0.0, f64::max);
    let say = Speech { lang: chart.head.lang, series: &chart.series, decimals: Decimals::up_to(high) };
    let mut text = say.opening("Dot plot", "点图", &chart.head);
    text += &say.extremes(chart.rows.iter().map(|row| (row.label.as_str(), row.sides.as_slice())));
    if chart.series.is_empty() {
        let rate = |i: &usize| chart.rows[*i].sides.first().and_then(Side::mark).map(|mark| mark.rate);
        let places: Vec<usize> = (0..chart.rows.len()).collect();
        let figure = |i: &usize| {
            format!("{} {}", chart.rows[*i].label, say.decimals.percent(rate(i).unwrap_or_default()))
        };
        if let Some((least, most)) = ends(&places, rate) {
            text += &say.sentence("Highest", "最高", &figure(most));
            text += &say.sentence("Lowest", "最低", &figure(least));
        }
    }
    if let Some(reference) = &chart.reference {
        text += &say.sentence(&reference.label, &reference.label, &say.decimals.percent(reference.rate));
    }
    text
}

/// Every stage of each group.
pub(super) fn funnel(chart: &Funnel) -> String {
    let sides = || chart.stages.iter().flat_map(|stage| &stage.sides);
    let high = sides().filter_map(Side::mark).map(|mark| mark.high).fold(0.0, f64::max);
    let say = Speech { lang: chart.head.lang, series: &chart.series, decimals: Decimals::up_to(high) };
    let mut text = say.opening("Funnel chart", "漏斗图", &chart.head);
    for (i, series) in chart.series.iter().enumerate() {
        let figure = |stage: &Stage| {
            stage.sides[i].mark().map(|mark| format!("{} {}", stage.label, say.decimals.percent(mark.rate)))
        };
        let stages: Vec<String> = chart.stages.iter().filter_map(figure).collect();
        if let (Some(series), false) = (series, stages.is_empty()) {
            text += &say.sentence(&series.name, &series.name, &stages.join(say.choose(", ", "，")));
        }
    }
    text
}

/// The extremes of the scale's last point and of its first.
pub(super) fn stacked(chart: &Stacked) -> String {
    let say = Speech { lang: chart.head.lang, series: &[], decimals: Decimals::NONE };
    let mut text = say.opening("Stacked bar chart", "堆积条形图", &chart.head);
    let last = chart.points.len().saturating_sub(1);
    for point in [last, 0] {
        let share = |row: &StackedRow| match &row.shares {
            Shares::Shown { shares, .. } => shares.get(point).copied(),
            Shares::Missing(_) => None,
        };
        let figure = |row: &StackedRow| {
            format!("{} {}", row.label, say.decimals.percent(share(row).unwrap_or_default()))
        };
        let (Some(name), Some((least, most))) = (chart.points.get(point), ends(&chart.rows, share)) else {
            continue;
        };
        text += &say.sentence(name, name, &say.span_of(&figure(most), &figure(least)));
    }
    text
}
