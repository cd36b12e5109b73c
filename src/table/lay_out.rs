//! Codes become labels, and flags hide what they withhold.

use std::collections::BTreeSet;

use super::figures::level;
use super::{GapLine, ItemLabel, Label, Mark, Row, Source, Table};
use crate::codebook::{Item, Name, Names, levels};
use crate::estimate::{Correction, Estimates, Flag, NotEstimable, Request, Settings};
use crate::tally::Tally;

/// The dimension whose levels may be weighted each to a scale of its own.
const SEGMENT: &str = "segment";

/// What [`lay_out`] needs beside the estimates.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    /// Gives the codes their keys.
    pub tally: &'a Tally,
    /// What was estimated.
    pub request: &'a Request,
    /// How it was estimated.
    pub settings: Settings,
    /// The surveys behind the tally.
    pub sources: &'a [Source],
    /// Gives the keys their display names.
    pub names: &'a Names,
    /// Whether withheld figures are shown all the same, with their mark.
    pub show_withheld: bool,
}

/// Lays estimates out as a table. Rates and gaps come in the order of the estimates.
#[must_use]
pub fn lay_out(estimates: &Estimates, layout: &Layout) -> Table {
    let by: Vec<usize> = layout.request.by.clone();
    let compared = layout.request.compare.as_ref().map(|compare| by[compare.position]);
    let others: Vec<usize> = by.iter().copied().filter(|&dimension| Some(dimension) != compared).collect();
    let rows = estimates
        .rates
        .iter()
        .map(|row| {
            let (rate, mark) = layout.visible(row.rate, row.flag);
            Row {
                by: layout.levels(&by, &row.levels),
                item: layout.item(row.item),
                base: row.base,
                rate,
                mark,
            }
        })
        .collect();
    let gaps = estimates
        .gaps
        .iter()
        .filter_map(|row| {
            let (gap, mark) = layout.visible(row.gap, row.flag);
            let of = compared
                .map(|dimension| (layout.level(dimension, row.of.0), layout.level(dimension, row.of.1)))?;
            Some(GapLine {
                by: layout.levels(&others, &row.levels),
                item: layout.item(row.item),
                of,
                gap,
                mark,
            })
        })
        .collect();
    Table {
        sources: layout.sources.to_vec(),
        settings: layout.settings,
        weighted: layout.tally.weighted,
        by: by.iter().map(|&dimension| layout.dimension(dimension)).collect(),
        rows,
        compared: compared.map(|dimension| layout.dimension(dimension)),
        gaps,
        notes: layout.notes(estimates, compared.is_some()),
    }
}

impl Layout<'_> {
    fn visible<T>(&self, figure: Result<T, NotEstimable>, flag: Option<Flag>) -> (Option<T>, Option<Mark>) {
        match figure {
            Err(why) => (None, Some(Mark::NotEstimable(why))),
            Ok(figure) => {
                let mark = flag.map(Mark::Flag);
                let hidden = !self.show_withheld && mark.is_some_and(|mark| mark.hides());
                ((!hidden).then_some(figure), mark)
            }
        }
    }

    fn dimension(&self, dimension: usize) -> Label {
        let key = &self.tally.dimensions[dimension].name;
        Label { key: key.clone(), name: self.names.dimension(key) }
    }

    fn level(&self, dimension: usize, code: u16) -> Label {
        let dimension = &self.tally.dimensions[dimension];
        let key = &dimension.levels[usize::from(code)];
        Label { key: key.clone(), name: levels::name(&dimension.name, key) }
    }

    fn levels(&self, dimensions: &[usize], codes: &[u16]) -> Vec<Label> {
        dimensions.iter().zip(codes).map(|(&dimension, &code)| self.level(dimension, code)).collect()
    }

    fn item(&self, index: usize) -> ItemLabel {
        let Item { feature, action } = &self.tally.items[index];
        ItemLabel {
            feature: Label { key: feature.clone(), name: self.names.feature(feature) },
            action: Label { key: action.clone(), name: self.names.action(action) },
        }
    }

    /// What must stand under every figure: data, base, weights, method.
    fn notes(&self, estimates: &Estimates, with_gaps: bool) -> Vec<Name> {
        let mut notes = Vec::new();
        if self.sources.iter().any(|source| source.synthetic) {
            notes.push(Name::new(
                "Synthetic data, made for demonstration: nobody in it is real.",
                "合成数据，仅供演示：其中没有真实的人。",
            ));
        }
        notes.extend(self.sources.iter().map(source));
        notes.push(Name::new(
            "Base: respondents who answered the item; those not asked, or who left it blank, are outside.",
            "基数：回答了该项的受访者；未被问到或留空者不计入。",
        ));
        notes.push(if self.tally.weighted {
            Name::new("Rates are weighted; n is unweighted.", "比例经加权；n 为未加权人数。")
        } else {
            Name::new("Rates are unweighted.", "比例未加权。")
        });
        if self.tally.weighted && !self.request.by.iter().any(|&by| self.tally.dimensions[by].name == SEGMENT)
        {
            notes.push(Name::new(
                "Segments are pooled by their weights, which is right only if the weights make them comparable.",
                "各群体按权重合并；只有权重使其可比时才正确。",
            ));
        }
        notes.push(self.method());
        notes.extend(self.lone_strata(estimates));
        if with_gaps {
            notes.push(correction(self.settings.correction));
        }
        notes
    }

    /// The strata for whose lone PSU a rate could not be estimated.
    fn lone_strata(&self, estimates: &Estimates) -> Option<Name> {
        let lone: BTreeSet<&str> = estimates
            .rates
            .iter()
            .filter_map(|row| match row.rate {
                Err(NotEstimable::LonePsu { stratum }) => self.tally.strata.get(stratum as usize),
                _ => None,
            })
            .map(String::as_str)
            .collect();
        let list = |between: &str| lone.iter().copied().collect::<Vec<_>>().join(between);
        (!lone.is_empty()).then(|| {
            Name::new(
                format!("Strata with one PSU only: {}.", list("; ")),
                format!("只有一个初级抽样单位的层：{}。", list("；")),
            )
        })
    }

    fn method(&self) -> Name {
        let level = level(self.settings.level);
        let design = match (self.tally.stratified, self.tally.cells.clustered) {
            (false, false) => Name::new("no strata or clusters declared", "未声明分层或整群"),
            (true, false) => Name::new("stratified", "分层"),
            (false, true) => Name::new("clustered", "整群"),
            (true, true) => Name::new("stratified and clustered", "分层整群"),
        };
        Name::new(
            format!("{level} logit intervals and standard errors from the survey design ({}).", design.en),
            format!("{level} 置信区间（logit 法）与标准误按抽样设计估计（{}）。", design.zh),
        )
    }
}

fn source(source: &Source) -> Name {
    let Source { dataset, wave, respondents, origin, .. } = source;
    let label = if wave.is_empty() { dataset.clone() } else { format!("{dataset} {wave}") };
    Name::new(
        format!("Source: {label}, {respondents} respondents ({}).", origin.file),
        format!("来源：{label}，受访者 {respondents} 人（{}）。", origin.file),
    )
}

fn correction(correction: Correction) -> Name {
    match correction {
        Correction::Holm => Name::new(
            "Gaps: t tests (MOVER where a rate is 0% or 100%); p-values are Holm-corrected over all gaps of the table, \
             intervals are not.",
            "差距：t 检验（比例为 0% 或 100% 时用 MOVER 法）；p 值按表内全部差距作 Holm 校正，置信区间未校正。",
        ),
        Correction::None => Name::new(
            "Gaps: t tests (MOVER where a rate is 0% or 100%), p-values not corrected.",
            "差距：t 检验（比例为 0% 或 100% 时用 MOVER 法），p 值未校正。",
        ),
    }
}
