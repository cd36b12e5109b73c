//! The text for people who do not see a chart: kind, measure, the extremes, what is not clear.

use crate::codebook::Lang;
use crate::table::figures::Decimals;

use super::bars::Bars;
use super::dumbbell::{Dumbbell, DumbbellRow};
use super::number::Scale;
use super::scatter::{Point, Scatter};
use super::spec::{Head, Mark, Series, Side};

/// How many names a list shows before it only counts.
const NAMED: usize = 8;

/// The two ends of a list by some figure.
pub(super) type Ends<'a, T> = Option<(&'a T, &'a T)>;

pub(super) fn dumbbell(chart: &Dumbbell) -> String {
    let decimals = decimals_of(chart.rows.iter().flat_map(|row| &row.sides));
    let say = Speech { lang: chart.head.lang, series: &chart.series, decimals };
    let mut text = say.opening("Dumbbell chart", "哑铃图", &chart.head);
    let size = |row: &DumbbellRow| row.gap.map(|gap| gap.difference.abs());
    match ends(&chart.rows, size) {
        Some((least, most)) => {
            text += &say.sentence("Largest gap", "差距最大", &say.row(most));
            if chart.rows.len() > 1 {
                text += &say.sentence("Smallest gap", "差距最小", &say.row(least));
            }
        }
        None => {
            text += &say.extremes(chart.rows.iter().map(|row| (row.label.as_str(), row.sides.as_slice())));
        }
    }
    let unclear: Vec<&str> = chart
        .rows
        .iter()
        .filter(|row| row.gap.is_some_and(|gap| !gap.clear))
        .map(|row| row.label.as_str())
        .collect();
    if !unclear.is_empty() {
        text += &say.sentence("Not clearly different", "差异不明确", &say.list(&unclear));
    }
    text
}

pub(super) fn bars(chart: &Bars) -> String {
    let decimals = decimals_of(chart.groups.iter().flat_map(|group| &group.sides));
    let say = Speech { lang: chart.head.lang, series: &chart.series, decimals };
    let opening = say.opening("Bar chart", "柱状图", &chart.head);
    opening + &say.extremes(chart.groups.iter().map(|group| (group.label.as_str(), group.sides.as_slice())))
}

pub(super) fn scatter(chart: &Scatter) -> String {
    let say = Speech { lang: chart.head.lang, series: &chart.series, decimals: Decimals::NONE };
    let mut text = say.opening("Scatter plot", "散点图", &chart.head);
    for (i, series) in chart.series.iter().enumerate() {
        let points: Vec<&Point> = chart.points.iter().filter(|point| point.series == i).collect();
        let x = points.iter().map(|point| point.x.rate);
        let y = points.iter().map(|point| point.y.rate);
        let (Some(series), false) = (series, points.is_empty()) else { continue };
        let (x, y) = (say.span(&chart.x_label, x), say.span(&chart.y_label, y));
        let comma = say.choose("; ", "；");
        text += &say.sentence(&series.name, &series.name, &format!("{x}{comma}{y}"));
    }
    text
}

/// The digits that a chart shows of these figures.
fn decimals_of<'a>(sides: impl Iterator<Item = &'a Side>) -> Decimals {
    let high = sides.filter_map(Side::mark).map(|mark| mark.high).fold(0.0, f64::max);
    Decimals::up_to(Scale::from_zero(high).high)
}

pub(super) fn ends<T>(items: &[T], figure: impl Fn(&T) -> Option<f64>) -> Ends<'_, T> {
    let known = || items.iter().filter_map(|item| figure(item).map(|v| (v, item)));
    let least = known().min_by(|a, b| a.0.total_cmp(&b.0))?;
    let most = known().max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((least.1, most.1))
}

/// Sentences in one language.
pub(super) struct Speech<'a> {
    pub(super) lang: Lang,
    pub(super) series: &'a [Option<Series>],
    pub(super) decimals: Decimals,
}

impl Speech<'_> {
    pub(super) fn choose<'b>(&self, en: &'b str, zh: &'b str) -> &'b str {
        self.lang.pick(en, zh)
    }

    pub(super) fn opening(&self, en: &str, zh: &str, head: &Head) -> String {
        let what = if head.subtitle.trim().is_empty() { &head.title } else { &head.subtitle };
        match self.lang {
            Lang::En => format!("{en}: {what}."),
            Lang::Zh => format!("{zh}：{what}。"),
        }
    }

    pub(super) fn sentence(&self, en: &str, zh: &str, rest: &str) -> String {
        match self.lang {
            Lang::En => format!(" {en}: {rest}."),
            Lang::Zh => format!("{zh}：{rest}。"),
        }
    }

    pub(super) fn list(&self, names: &[&str]) -> String {
        let shown = names[..names.len().min(NAMED)].join(self.choose(", ", "、"));
        match (names.len().saturating_sub(NAMED), self.lang) {
            (0, _) => shown,
            (more, Lang::En) => format!("{shown} and {more} more"),
            (more, Lang::Zh) => format!("{shown}等{}项", more + NAMED),
        }
    }

    fn rate(&self, series: usize, mark: &Mark) -> String {
        let name = self.series[series].as_ref().map_or("", |series| series.name.as_str());
        format!("{name} {}", self.decimals.percent(mark.rate))
    }

    /// "Moments, expats 58%, Chinese users 82%, −23 points"
    fn row(&self, row: &DumbbellRow) -> String {
        let rates =
            row.sides.iter().enumerate().filter_map(|(i, side)| side.mark().map(|mark| self.rate(i, mark)));
        let gap = row.gap.map(|gap| {
            let size = self.decimals.points(gap.difference);
            format!("{size}{}", self.choose(" points", " 个百分点"))
        });
        let parts: Vec<String> = std::iter::once(row.label.clone()).chain(rates).chain(gap).collect();
        parts.join(self.choose(", ", "，"))
    }

    /// The highest and lowest rate of each series.
    pub(super) fn extremes<'b>(&self, items: impl Iterator<Item = (&'b str, &'b [Side])>) -> String {
        let items: Vec<(&str, &[Side])> = items.collect();
        let mut text = String::new();
        for (i, series) in self.series.iter().enumerate() {
            let rate = |item: &(&str, &[Side])| item.1.get(i).and_then(Side::mark).map(|mark| mark.rate);
            let (Some(series), Some((least, most))) = (series, ends(&items, rate)) else { continue };
            let figure = |item: &(&str, &[Side])| {
                format!("{} {}", item.0, self.decimals.percent(rate(item).unwrap_or_default()))
            };
            text += &self.sentence(&series.name, &series.name, &self.span_of(&figure(most), &figure(least)));
        }
        text
    }

    /// "highest Beijing 58%, lowest Xiamen 31%"
    pub(super) fn span_of(&self, most: &str, least: &str) -> String {
        match self.lang {
            Lang::En => format!("highest {most}, lowest {least}"),
            Lang::Zh => format!("最高{most}，最低{least}"),
        }
    }

    /// "Read 22% to 52%"
    fn span(&self, label: &str, rates: impl Iterator<Item = f64> + Clone) -> String {
        let low = self.decimals.hundredths(rates.clone().fold(1.0, f64::min));
        let high = self.decimals.hundredths(rates.fold(0.0, f64::max));
        format!("{label} {low}%{}{high}%", self.choose(" to ", " 至 "))
    }
}
