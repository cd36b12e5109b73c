//! The text for people who do not see a [`Trend`]: where each line starts and ends, its clear changes, the
//! waves without a figure.

use crate::chart::alt::Speech;
use crate::chart::number::Scale;
use crate::table::figures::Decimals;

use super::{Trend, TrendLine};

/// Makes the text.
pub(in crate::chart) fn alt(chart: &Trend) -> String {
    let high = chart.marks().map(|mark| mark.high).fold(0.0, f64::max);
    let low = chart.marks().map(|mark| mark.low).fold(high, f64::min);
    let decimals = Decimals::up_to(Scale::between(low, high).high);
    let say = Speech { lang: chart.head.lang, series: &[None, None], decimals };
    let mut text = say.opening("Line chart", "折线图", &chart.head);
    for line in &chart.lines {
        text += &say.sentence(&line.series.name, &line.series.name, &say_line(&say, chart, line));
    }
    text
}

/// "72% (2019), 58% (2025); clear changes: −6 (2021); no figure: 2020"
fn say_line(say: &Speech<'_>, chart: &Trend, line: &TrendLine) -> String {
    let dated = |text: &str, wave: usize| {
        let label = &chart.waves[wave].label;
        say.lang.pick(format!("{text} ({label})"), format!("{text}（{label}）"))
    };
    let mut ends: Vec<String> =
        line.marks().map(|(wave, mark)| dated(&say.decimals.percent(mark.rate), wave)).collect();
    if ends.len() > 2 {
        ends.drain(1..ends.len() - 1);
    }
    let points = line.points.iter().enumerate();
    let changes: Vec<String> = points
        .clone()
        .filter_map(|(wave, point)| Some(dated(&say.decimals.points(point.clear_change()?), wave)))
        .collect();
    let gone: Vec<&str> = points
        .filter(|(_, point)| point.side.mark().is_none())
        .map(|(wave, _)| chart.waves[wave].label.as_str())
        .collect();
    let list = |names: &[String]| say.list(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut parts = Vec::new();
    if !ends.is_empty() {
        parts.push(list(&ends));
    }
    if !changes.is_empty() {
        let intro = say.choose("clear changes, in points: ", "明确变化（百分点）：");
        parts.push(format!("{intro}{}", list(&changes)));
    }
    if !gone.is_empty() {
        parts.push(format!("{}{}", say.choose("no figure: ", "无数据："), say.list(&gone)));
    }
    parts.join(say.choose("; ", "；"))
}
