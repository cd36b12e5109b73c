//! How the survey was made, item by item: what the codebook states of it, what the data shows, and what nobody stated.

use super::lineup::Lineup;
use super::method::{level_and_interval, source_name, weighting};
use super::words::Words;
use crate::codebook::Lang;
use crate::codebook::project::{About, Topic};
use crate::table::figures::Decimals;
use crate::table::{Table, screened};
use crate::writing::count;

/// One item: its name, and what is known of it.
pub(super) struct Statement {
    pub(super) term: &'static str,
    /// `None`: nobody stated it.
    pub(super) text: Option<String>,
}

impl Statement {
    /// What is known of it, in words that can be shown.
    pub(super) fn said(&self, lang: Lang) -> &str {
        self.text.as_deref().unwrap_or(lang.pick("Not stated.", "未说明。"))
    }
}

/// What the items are.
pub(super) fn scope(lang: Lang) -> &'static str {
    lang.pick(
        "After the disclosure elements of AAPOR’s Transparency Initiative.",
        "依照美国民意研究协会（AAPOR）透明度倡议的披露要素。",
    )
}

/// The disclosure elements of AAPOR's Transparency Initiative, in their order, with whom to ask at the end.
///
/// Reference: AAPOR Code of Professional Ethics and Practices (April 2021), III.A.
pub(super) fn statements(
    words: &Words<'_>,
    about: Option<&About>,
    table: &Table,
    shown: &[Lineup<'_>],
) -> Vec<Statement> {
    let stated = |topic| about?.get(topic).map(|text| text.get(words.lang).to_owned());
    let item = |en, zh, text| Statement { term: words.pick(en, zh), text };
    let survey = words.pick("Survey.", "问卷调查。").to_owned();
    vec![
        item("Research method", "研究方法", Some(survey)),
        item("Sponsor", "委托方", stated(Topic::Sponsor)),
        item("Conducted by", "执行方", stated(Topic::ConductedBy)),
        item("Questionnaire", "问卷", stated(Topic::Questionnaire)),
        item("Population", "调查总体", stated(Topic::Population)),
        item("Sampling frame", "抽样框", stated(Topic::Frame)),
        item("Sampling and recruitment", "抽样与招募", stated(Topic::Sampling)),
        item("Mode and languages", "调查方式与语言", stated(Topic::Mode)),
        item("Fieldwork", "调查时间", fieldwork(words, table, stated(Topic::Fieldwork))),
        item("Sample size", "样本量", Some(sample(words, table, stated(Topic::SampleNote)))),
        item("Precision", "精确度", Some(precision(words, table, shown))),
        item("Weighting", "加权", Some(weighting(words, table))),
        item("Data quality", "数据处理与质量控制", quality(words, table, stated(Topic::Quality))),
        item("Limitations", "局限", stated(Topic::Limitations)),
        item("Contact", "联系方式", stated(Topic::Contact)),
    ]
}

/// The days, or else what the waves are called.
fn fieldwork(words: &Words<'_>, table: &Table, stated: Option<String>) -> Option<String> {
    stated.or_else(|| {
        let mut waves: Vec<&str> = Vec::new();
        for source in table.sources.iter().filter(|source| !source.wave.is_empty()) {
            if !waves.contains(&source.wave.as_str()) {
                waves.push(&source.wave);
            }
        }
        let list = waves.join(words.pick(", ", "、"));
        let noun = if waves.len() == 1 { "Wave" } else { "Waves" };
        (!waves.is_empty()).then(|| {
            words.pick(format!("{noun} {list}; days not stated."), format!("轮次：{list}；具体日期未说明。"))
        })
    })
}

/// What is stated of it, and whom the codebook's rules left out.
fn quality(words: &Words<'_>, table: &Table, stated: Option<String>) -> Option<String> {
    let out = table.sources.iter().filter_map(|source| {
        let (name, out) = (source_name(source), screened(source)?.get(words.lang).to_owned());
        Some(words.pick(format!("{name}: {out}."), format!("{name}：{out}。")))
    });
    let said: Vec<String> = stated.into_iter().chain(out).collect();
    (!said.is_empty()).then(|| said.join(words.pick(" ", "")))
}

/// Respondents of each source.
fn sample(words: &Words<'_>, table: &Table, note: Option<String>) -> String {
    let size = |source| {
        let (name, n) = (source_name(source), count(source.respondents, words.lang));
        words.pick(format!("{n} respondents ({name})"), format!("{n} 名受访者（{name}）"))
    };
    let sizes: Vec<String> = table.sources.iter().map(size).collect();
    let list = sizes.join(words.pick("; ", "；"));
    let note = note.map(|note| words.pick(format!(" {note}"), note)).unwrap_or_default();
    words.pick(
        format!("{list}. The base of each rate stands beside it in the tables.{note}"),
        format!("{list}。各比例的基数见相应表格。{note}"),
    )
}

/// What the intervals cover, and how wide they get among the lineups shown.
fn precision(words: &Words<'_>, table: &Table, shown: &[Lineup<'_>]) -> String {
    let half = |lineup: &Lineup<'_>| {
        let widths = lineup.rates().map(|rate| (rate.interval.1 - rate.interval.0) / 2.0);
        widths.fold(0.0, f64::max)
    };
    let widest = shown.iter().map(half).fold(0.0, f64::max);
    let widest = (widest > 0.0).then(|| Decimals::up_to(widest).hundredths(widest));
    let up_to = widest.map(|points| {
        words.pick(format!(", up to ±{points} points"), format!("，最宽为 ±{points} 个百分点"))
    });
    let (intervals, up_to) = (level_and_interval(table), up_to.unwrap_or_default());
    words.pick(
        format!("{intervals} intervals stand beside the rates{up_to}. They follow the sampling design as far as the data states it, and cover chance in drawing the sample alone: no error of coverage, nonresponse or wording."),
        format!("各比例均附 {intervals} 置信区间{up_to}。区间按数据所述的抽样设计估计，只反映抽样的随机误差，不含覆盖、无应答或措辞造成的误差。"),
    )
}
