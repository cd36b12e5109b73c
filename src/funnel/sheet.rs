//! The funnel of one group as a table of words and figures, the same in text and on a page.

use super::{Funnel, Group, Share, Step};
use crate::codebook::{Lang, Name};
use crate::table::figures::{Decimals, level};
use crate::table::sentence;
use crate::writing::{count, duration};

/// A table with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Whose ways they are; empty for everybody's.
    pub title: String,
    /// A name for each column: first the stage, then figures.
    pub header: Vec<String>,
    /// The rows, as many cells each as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// Behind a figure that is to be used with care; [`marks`] says why.
const CARE: &str = " †";

/// The stages of one group, and below them the returns.
#[must_use]
pub fn sheet(group: &Group, lang: Lang) -> Sheet {
    let has_times = group.steps.iter().any(|step| step.wait.is_some());
    let mut header = vec![
        lang.pick("Stage", "阶段"),
        lang.pick("People", "人数"),
        lang.pick("Of all", "占全部"),
        lang.pick("Of those before", "占上一阶段"),
        lang.pick("Lost here", "在此流失"),
    ];
    if has_times {
        header.push(lang.pick("Median time from before", "距上一阶段时间（中位数）"));
    }
    let before = std::iter::once(None).chain(group.steps.iter().map(Some));
    let steps = group.steps.iter().chain(&group.returns);
    let rows = steps.zip(before).map(|(step, before)| row(step, before, has_times, lang)).collect();
    Sheet { title: title(group, lang), header: header.into_iter().map(str::to_owned).collect(), rows }
}

fn row(step: &Step, before: Option<&Step>, has_times: bool, lang: Lang) -> Vec<String> {
    let lost =
        before.filter(|_| step.of_all.is_some()).and_then(|before| Some(before.reached? - step.reached?));
    let number = |n: Option<u64>| n.map_or_else(String::new, |n| count(n, lang));
    let share = |share: Option<Share>| share.map_or_else(String::new, |share| percent(share, lang));
    let mut cells = vec![
        step.stage.name.get(lang).to_owned(),
        number(step.reached),
        share(step.of_all),
        share(step.of_before),
        number(lost),
    ];
    if has_times {
        let words = |figure: f64| duration(figure, lang);
        let wait = step
            .wait
            .map(|wait| shown(wait.median, lang, words, |low, high| span(&words(low), &words(high), lang)));
        cells.push(wait.unwrap_or_default());
    }
    cells
}

/// `82.5% (78.1–86.2)`.
fn percent(share: Share, lang: Lang) -> String {
    let decimals = Decimals::ONE;
    let value = |value| decimals.percent(value);
    shown(share, lang, value, |low, high| {
        format!("{}–{}", decimals.hundredths(low), decimals.hundredths(high))
    })
}

fn shown(
    Share { figure, mark }: Share,
    lang: Lang,
    value: impl Fn(f64) -> String,
    limits: impl Fn(f64, f64) -> String,
) -> String {
    let Some(figure) = figure else {
        return mark.map_or_else(String::new, |mark| sentence::status(&mark).get(lang).to_owned());
    };
    let (low, high) = figure.interval;
    if high <= low && mark.is_none() {
        return value(figure.value);
    }
    let care = if mark.is_some() { CARE } else { "" };
    match lang {
        Lang::En => format!("{} ({}){care}", value(figure.value), limits(low, high)),
        Lang::Zh => format!("{}（{}）{care}", value(figure.value), limits(low, high)),
    }
}

fn span(low: &str, high: &str, lang: Lang) -> String {
    lang.pick(format!("{low} to {high}"), format!("{low}至{high}"))
}

fn title(group: &Group, lang: Lang) -> String {
    let levels: Vec<&str> = group.by.iter().map(|level| level.name.get(lang)).collect();
    levels.join(lang.pick(", ", "，"))
}

/// Why figures are missing or to be used with care, each reason once with the stages that it is of.
#[must_use]
pub fn marks(funnel: &Funnel, lang: Lang) -> Vec<String> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for group in &funnel.groups {
        for step in group.steps.iter().chain(&group.returns) {
            let shares = [step.of_all, step.of_before, step.wait.map(|wait| wait.median)];
            for mark in shares.into_iter().flatten().filter_map(|share| share.mark) {
                let (why, whose) = (sentence::mark(&mark).get(lang).to_owned(), title(group, lang));
                let stage = step.stage.name.get(lang);
                let stage = if whose.is_empty() {
                    stage.to_owned()
                } else {
                    lang.pick(format!("{stage}, {whose}"), format!("{whose}的{stage}"))
                };
                match reasons.iter_mut().find(|(known, _)| *known == why) {
                    Some((_, stages)) if stages.contains(&stage) => {}
                    Some((_, stages)) => stages.push(stage),
                    None => reasons.push((why, vec![stage])),
                }
            }
        }
    }
    let line = |(why, stages): (String, Vec<String>)| {
        let stages = stages.join(lang.pick("; ", "；"));
        lang.pick(format!("{}. ({stages})", crate::codebook::capital(&why)), format!("{why}。（{stages}）"))
    };
    reasons.into_iter().map(line).collect()
}

/// How the columns are to be read.
#[must_use]
pub fn notes(funnel: &Funnel) -> Vec<Name> {
    let level = level(funnel.level);
    let mut notes = vec![Name::new(
        format!(
            "In brackets: {level} intervals. Lost here: those at the stage before who did not get to this one. †: see the reasons above."
        ),
        format!("括号内为 {level} 置信区间。“在此流失”指到达上一阶段而未到本阶段的人数。†：理由见上。"),
    )];
    let steps = || funnel.groups.iter().flat_map(|group| group.steps.iter().chain(&group.returns));
    if steps().any(|step| step.wait.is_some()) {
        let unknown: u64 = steps().filter_map(|step| step.wait?.unknown).sum();
        let (en, zh) = match unknown {
            0 => (String::new(), String::new()),
            _ => (
                format!(
                    "; {} more {} not known",
                    count(unknown, Lang::En),
                    if unknown == 1 { "is" } else { "are" }
                ),
                format!("；另有 {} 个时间未知", count(unknown, Lang::Zh)),
            ),
        };
        notes.push(Name::new(
            format!("Median times are of those who got there, with Woodruff’s interval; those who never did are counted under “Lost here” and have none{en}."),
            format!("时间中位数仅含到达者（Woodruff 置信区间）；始终未到者计入“在此流失”，没有时间{zh}。"),
        ));
    }
    if funnel.groups.iter().any(|group| group.returns.is_some()) {
        notes.push(Name::new(
            "The last row is the share of those at the last stage who went back on it.",
            "末行为到达最后阶段者中退出者的占比。",
        ));
    }
    notes
}
