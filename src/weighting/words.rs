//! Margins, methods and warnings in words, in both languages.

use crate::codebook::{Name, Names};

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

/// A warning's stable name.
pub(super) fn code(warning: &Warning) -> &'static str {
    match warning {
        Warning::NotPersons { .. } => "not-persons",
        Warning::WideFactors { .. } => "wide-factors",
        Warning::FewRespondents { .. } => "few-respondents",
    }
}

/// A warning as a sentence.
pub(super) fn warning(warning: &Warning, diagnosis: &Diagnosis, names: &Names) -> Name {
    match warning {
        Warning::NotPersons { n } => Name::new(
            format!(
                "{n} respondents are not weighted to persons while others are: figures of both together mean nothing"
            ),
            format!("{n} 名受访者未加权到人数，其余受访者已加权到人数：两者合并的数字没有意义"),
        ),
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
