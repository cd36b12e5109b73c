//! Usage logs and statistics of articles in words: what their figures are of, what they count, and what they rest on.

use super::{Counted, Source, ways};
use crate::codebook::{Item, Kind, Lang, Name, Quantity};
use crate::ingest::{Usage, UsageOf};
use crate::writing::count;

/// What of an article's statistics counts people.
const PEOPLE: [&str; 5] = ["readers", "sharers", "delivered", "followers", "finishers"];

impl Counted {
    /// As data files spell it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Events => "events",
        }
    }

    /// What both sides of a figure count; `None` where they count different things.
    pub(super) fn of(quantity: &Quantity, of: UsageOf) -> Option<Self> {
        let counts = |item: &Item| {
            let is_events = match of {
                UsageOf::Users | UsageOf::Cohorts | UsageOf::SoFar => item.counts_events(),
                UsageOf::Articles => !PEOPLE.contains(&item.action.as_str()),
            };
            if is_events { Self::Events } else { Self::People }
        };
        let own = counts(&quantity.item);
        match &quantity.kind {
            Kind::Per(other) | Kind::Minus(other) if counts(other) != own => None,
            _ => Some(own),
        }
    }
}

impl Source {
    /// As it may be published: how many users moved, or what else may be of few, is rounded to 5, as bases are.
    #[must_use]
    pub fn published(self) -> Self {
        let usage = self.usage.map(|usage| Usage { movers: (usage.movers + 2) / 5 * 5, ..usage });
        Self { usage, funnel: self.funnel.map(ways::published), ..self }
    }
}

/// What the sources are, where they are no survey.
pub(super) fn usage_of(sources: &[Source]) -> Option<UsageOf> {
    sources.iter().find_map(|source| source.usage).map(|usage| usage.of)
}

/// Whom or what figures are of, and what they count.
#[must_use]
pub fn base_of(of: UsageOf) -> Name {
    match of {
        UsageOf::Users => Name::new(
            "Base: active users, who did anything in the period that the log tells of. By people: users who did it at least once; by events: how often it was done. Every user is a PSU.",
            "基数：活跃用户，即该期内日志中有任何行为的用户。按人：至少做过一次的用户；按次：行为发生的次数。每位用户为一个初级抽样单位（PSU）。",
        ),
        UsageOf::Cohorts => Name::new(
            "Base: users by the period in which the log has them first; segment, city and all else as it was then. Active so many periods later is who was active in that very period. Every user is a PSU.",
            "基数：按日志中首次出现的时期划分的用户；群体、城市等按当时情况。“若干期后仍活跃”指在该期内活跃。每位用户为一个初级抽样单位（PSU）。",
        ),
        UsageOf::SoFar => Name::new(
            "Base: users who were active in the log in any period up to this one; segment, city and all else as it was when the log has them first. Yes is who has done it at least once by then. Every user is a PSU.",
            "基数：截至该期曾在日志中活跃过的用户；群体、城市等按其首次出现时的情况。“是”指截至该期至少做过一次。每位用户为一个初级抽样单位（PSU）。",
        ),
        UsageOf::Articles => Name::new(
            "Base: articles published in the period, by city where the data has cities; ratios are sums over sums, of those of which both counts are known. People are counted once per article, so that the sum of readers is no number of persons. Every article is a PSU.",
            "基数：该期内发表的文章（数据分城市时按城市计）；比率为合计之比，仅含两项数据均已知的文章。人数按篇计，同一人阅读多篇则重复计入。每篇文章为一个初级抽样单位（PSU）。",
        ),
    }
}

/// The source of figures that are no survey's, as a sentence.
pub(super) fn note(label: &str, source: &Source, usage: Usage) -> Name {
    let Usage { of, from, to, is_partial, events, movers, .. } = usage;
    let (file, rows) = (&source.origin.file, source.respondents);
    let (en, zh) = if is_partial { (" (not the whole period)", "（并非整期）") } else { ("", "") };
    let [rows_en, events_en, movers_en] = [rows, events, movers].map(|number| count(number, Lang::En));
    let [rows_zh, events_zh, movers_zh] = [rows, events, movers].map(|number| count(number, Lang::Zh));
    match of {
        UsageOf::Users => Name::new(
            format!(
                "Source: {label}, usage from {from} to {to}{en}: {events_en} events of {rows_en} active users ({file}), {movers_en} of whom moved and are counted where they were last."
            ),
            format!(
                "来源：{label}，{from} 至 {to}{zh}的使用日志：活跃用户 {rows_zh} 人，行为 {events_zh} 次（{file}）；其中 {movers_zh} 人所在城市或群体有变动，按最后所在计。"
            ),
        ),
        UsageOf::Cohorts | UsageOf::SoFar => Name::new(
            format!(
                "Source: {label}, usage from {from} to {to}{en}: {events_en} events; {rows_en} users ({file})."
            ),
            format!(
                "来源：{label}，{from} 至 {to}{zh}的使用日志：行为 {events_zh} 次；用户 {rows_zh} 人（{file}）。"
            ),
        ),
        UsageOf::Articles => {
            // A feed that tells of people only knows of no reads.
            let (read_en, read_zh) = match events {
                0 => (String::new(), String::new()),
                _ => (format!(", read {events_en} times"), format!("，阅读 {events_zh} 次")),
            };
            Name::new(
                format!(
                    "Source: {label}, articles published from {from} to {to}{en}: {rows_en} rows{read_en} ({file})."
                ),
                format!("来源：{label}，{from} 至 {to}{zh}发表的文章：{rows_zh} 行{read_zh}（{file}）。"),
            )
        }
    }
}
