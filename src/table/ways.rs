//! Funnels in words: what their figures are of, and what they rest on.

use super::Source;
use crate::codebook::{Lang, Name};
use crate::ingest::{Funnel, FunnelOf};
use crate::writing::count;

/// Whom figures are of, and when somebody counts as having reached a stage.
pub(super) fn base_of(funnel: &Funnel) -> Name {
    match funnel.of {
        FunnelOf::Events { .. } => Name::new(
            "Base: everybody who was seen at any stage, once for each model. Who is seen at a stage has reached it and all before it; of several events at one stage the first counts. A person who went several ways is one PSU.",
            "基数：在任一阶段出现过的人，每种销售模式各计一次。在某阶段出现即视为到达该阶段及之前各阶段；同一阶段多次出现只计第一次。同一人走过几条路径，仍为一个初级抽样单位（PSU）。",
        ),
        FunnelOf::Counts => Name::new(
            "Base: everybody whom the counts say to have reached the first stage, taken as a simple random sample: nothing is known of who they are.",
            "基数：计数中到达第一阶段的全部人数，按简单随机样本处理：除计数外别无所知。",
        ),
    }
}

/// As it may be published: what may be of few is rounded to 5, as bases are.
pub(super) fn published(funnel: Funnel) -> Funnel {
    let rounded = |number: u64| (number + 2) / 5 * 5;
    let of = match funnel.of {
        FunnelOf::Events { from, to, repeated, skipped, disordered, movers } => {
            let [repeated, skipped, disordered, movers] =
                [repeated, skipped, disordered, movers].map(rounded);
            FunnelOf::Events { from, to, repeated, skipped, disordered, movers }
        }
        FunnelOf::Counts => FunnelOf::Counts,
    };
    Funnel { of, ..funnel }
}

/// The source of a funnel, as a sentence.
pub(super) fn note(label: &str, source: &Source, funnel: &Funnel) -> Name {
    let file = &source.origin.file;
    let [people_en, ways_en] = [funnel.people, source.respondents].map(|number| count(number, Lang::En));
    let [people_zh, ways_zh] = [funnel.people, source.respondents].map(|number| count(number, Lang::Zh));
    let FunnelOf::Events { from, to, repeated, skipped, disordered, movers } = funnel.of else {
        return Name::new(
            format!("Source: {label}, counts of {people_en} people by stage ({file})."),
            format!("来源：{label}，{people_zh} 人的分阶段计数（{file}）。"),
        );
    };
    let odd = [
        (repeated, "event", " at a stage seen before", "次重复出现"),
        (skipped, "stage", " skipped", "个阶段被跳过"),
        (disordered, "stage", " out of order", "个阶段次序颠倒"),
        (movers, "mover", " counted where they were last", "人所在城市或群体有变动，按最后所在计"),
    ];
    let odd = || odd.iter().filter(|(number, ..)| *number > 0);
    let counted = |(number, what, rest, _): &(u64, &str, &str, &str)| {
        let plural = if *number == 1 { "" } else { "s" };
        format!(", {} {what}{plural}{rest}", count(*number, Lang::En))
    };
    let en: String = odd().map(counted).collect();
    let counted_zh =
        |(number, .., zh): &(u64, &str, &str, &str)| format!("，{} {zh}", count(*number, Lang::Zh));
    let zh: String = odd().map(counted_zh).collect();
    Name::new(
        format!(
            "Source: {label}, events from {from} to {to}: {people_en} people on {ways_en} ways ({file}){en}."
        ),
        format!("来源：{label}，{from} 至 {to} 的事件：{people_zh} 人、{ways_zh} 条路径（{file}）{zh}。"),
    )
}
