//! Margins, methods and warnings in words, in both languages.

use crate::codebook::{Name, Names, clean};

use super::diagnosis::{Diagnosis, Warning};
use super::figure::factor;
use super::{LabelledMargin, Weighting};

impl Weighting {
    /// How the weights are made, in keys, for settings: `raked to city within expat, os`.
    #[must_use]
    pub fn settings(&self) -> String {
        let margins: Vec<String> = self
            .margins
            .iter()
            .map(|margin| {
                let within: Vec<&str> = margin.within.iter().map(|(_, level)| level.as_str()).collect();
                let of =
                    if within.is_empty() { String::new() } else { format!(" within {}", within.join(", ")) };
                format!("{}{of}", margin.by.join("*"))
            })
            .collect();
        let method = if self.is_post_stratified() { "post-stratified" } else { "raked" };
        format!("{method} to {}", margins.join(", "))
    }

    /// How the weights are made, as a sentence for readers.
    #[must_use]
    pub fn note(&self, names: &Names) -> Name {
        let Name { en, zh } = joined(self.margins.iter().map(|margin| title(margin, names)), "; ", "、");
        if self.is_post_stratified() {
            Name::new(
                format!("Weights are post-stratified to: {en}."),
                format!("权重按以下边际事后分层：{zh}。"),
            )
        } else {
            Name::new(
                format!("Weights are raked to: {en}."),
                format!("权重按以下边际迭代校准（raking）：{zh}。"),
            )
        }
    }

    /// Whether one step makes the weights.
    fn is_post_stratified(&self) -> bool {
        self.margins.len() == 1 && self.bounds.is_none()
    }
}

/// A margin's name: `City within Expats`, 外籍用户的城市.
pub(super) fn title(margin: &LabelledMargin, names: &Names) -> Name {
    let by = joined(margin.by.iter().map(|key| names.dimension(key)), " × ", " × ");
    let within = margin.within.iter().map(|(dimension, level)| names.level(dimension, level));
    let within = joined(within, ", ", "、");
    if margin.within.is_empty() {
        return by;
    }
    Name::new(format!("{} within {}", by.en, within.en), format!("{}的{}", within.zh, by.zh))
}

/// The name of a target of a margin: `iOS × 18-24`, or all others.
pub(super) fn target(margin: &LabelledMargin, target: usize, names: &Names) -> Name {
    match &margin.targets[target].levels {
        None => Name::new("All others", "其余"),
        Some(keys) => {
            let keys = margin.by.iter().zip(keys);
            joined(keys.map(|(dimension, key)| names.level(dimension, key)), " × ", " × ")
        }
    }
}

fn joined(names: impl Iterator<Item = Name>, between_en: &str, between_zh: &str) -> Name {
    let (en, zh): (Vec<String>, Vec<String>) = names.map(|name| (name.en, name.zh)).unzip();
    Name::new(en.join(between_en), zh.join(between_zh))
}

/// Levels for messages: `iOS*18-24`.
pub(super) fn shown(levels: &[String]) -> String {
    let level = |level: &String| if level.is_empty() { "(blank)".to_owned() } else { level.clone() };
    levels.iter().map(level).collect::<Vec<_>>().join("*")
}

/// `a`, `a and b`, `a, b and c`; or with another word than `and`.
pub(super) fn in_words(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

/// `did you mean a or b?`
pub(super) fn did_you_mean(words: &[String]) -> String {
    format!("did you mean {}?", in_words(words, "or"))
}

/// A warning's stable name.
pub(super) fn code(warning: &Warning) -> &'static str {
    match warning {
        Warning::UnusedRows { .. } => "unused-rows",
        Warning::WideFactors { .. } => "wide-factors",
        Warning::FewRespondents { .. } => "few-respondents",
    }
}

/// A warning as a sentence.
pub(super) fn warning(warning: &Warning, diagnosis: &Diagnosis, names: &Names) -> Name {
    match warning {
        Warning::UnusedRows { file, lines, outside } => unused_rows(file, lines, outside.as_ref()),
        Warning::WideFactors { low, high } => {
            let (low, high) = (factor(*low), factor(*high));
            Name::new(
                format!(
                    "factors run from {low} to {high} times their mean: few respondents may carry much; consider bounds or larger levels"
                ),
                format!(
                    "系数为其均值的 {low} 至 {high} 倍：少数受访者可能占很大权重，可考虑设定 bounds 或合并水平"
                ),
            )
        }
        Warning::FewRespondents { margin, targets } => {
            let diagnosed = &diagnosis.margins[*margin];
            let title = title(&diagnosed.margin, names);
            let levels = targets.iter().map(|&at| {
                let (name, n) = (target(&diagnosed.margin, at, names), diagnosed.targets[at].n);
                Name::new(format!("{} (n = {n})", name.en), format!("{}（n = {n}）", name.zh))
            });
            let levels = joined(levels, ", ", "、");
            Name::new(
                format!("{}: fewer than 30 respondents in {}", title.en, levels.en),
                format!("{}：{}不足 30 名受访者", title.zh, levels.zh),
            )
        }
    }
}

fn unused_rows(file: &str, lines: &[u64], outside: Option<&(String, String)>) -> Name {
    let runs = runs(lines);
    let (line, are, it_belongs) =
        if lines.len() == 1 { ("line", "is", "it belongs") } else { ("lines", "are", "they belong") };
    let (because, because_zh) = match outside {
        Some((dimension, level)) => (
            format!("targets has no list for {dimension} {level}"),
            format!("targets 中没有 {dimension} {level} 的列表"),
        ),
        None => (
            format!("{it_belongs} to no margin that targets lists"),
            "不属于 targets 列出的任何边际".to_owned(),
        ),
    };
    Name::new(
        clean(&format!("{line} {} of {file} {are} not used: {because}", in_words(&runs, "and"))),
        clean(&format!("{file} 第 {} 行未使用：{because_zh}", runs.join("、"))),
    )
}

/// Ascending numbers, with runs of three or more from first to last: `4`, `7–9`.
fn runs(numbers: &[u64]) -> Vec<String> {
    let runs = numbers.chunk_by(|&a, &b| a + 1 == b);
    let words = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        few => few.iter().map(u64::to_string).collect(),
    });
    words.collect()
}
