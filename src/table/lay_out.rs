//! Codes become labels, and flags hide what they withhold.

use std::collections::BTreeSet;

use super::figures::level;
use super::used::{base_of, usage_of};
use super::ways;
use super::{
    Accuracy, Base, Counted, Disclosure, Figure, Gap, GapAccuracy, GapLine, Label, Mark, MeasureLabel, Row,
    Source, Table, TestFigure, TestLine, Weights, filtered, synthetic,
};
use crate::codebook::{Base as BaseOf, Kind, Lang, Name, Names, Quantity};
use crate::estimate::{
    self, Correction, Estimate, Estimates, Family, Flag, Interval, Letter, Letters, NotEstimable, Reason,
    Request, Settings, letter,
};
use crate::ingest::UsageOf;
use crate::measure::Shown;
use crate::tally::{PanelLinks, Tally};
use crate::writing::count;

/// The dimension whose levels may be weighted each to a scale of its own.
const SEGMENT: &str = "segment";

/// What [`lay_out`] needs beside the estimates.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    /// Gives the codes their keys.
    pub tally: &'a Tally,
    /// What was estimated.
    pub request: &'a Request,
    /// What the request's measures say, in its order.
    pub quantities: &'a [(Quantity, Shown)],
    /// Which weights it was estimated with.
    pub weights: &'a Weights,
    /// Whom rates are of.
    pub base: BaseOf,
    /// For whom the table is.
    pub disclosure: Disclosure,
    /// Whom the figures are of, if not of everybody.
    pub filter: Option<&'a Label>,
    /// Whether that is one segment only.
    pub one_segment: bool,
    /// How it was estimated.
    pub settings: Settings,
    /// The surveys behind the tally.
    pub sources: &'a [Source],
    /// Gives the keys their display names.
    pub names: &'a Names,
    /// Whether withheld figures are shown all the same, with their mark.
    pub show_withheld: bool,
}

/// Lays estimates out as a table. Figures and gaps come in the order of the estimates.
#[must_use]
pub fn lay_out(estimates: &Estimates, layout: &Layout) -> Table {
    let by: Vec<usize> = layout.request.by.clone();
    let columns = layout.columns(estimates);
    let compared = layout.request.compare.as_ref().map(|compare| by[compare.position]);
    let others: Vec<usize> = by.iter().copied().filter(|&dimension| Some(dimension) != compared).collect();
    let rows = estimates
        .rows
        .iter()
        .map(|row| {
            let (estimate, mark) = layout.visible(row.estimate, layout.judged(row.measure, row.flag));
            Row {
                by: layout.levels(&by, &row.levels),
                measure: layout.measure(row.measure),
                base: Base { n: row.base.n, some_not_asked: row.base.not_asked > 0, counts: Some(row.base) },
                figure: estimate.map(figure),
                letters: letters(&row.letters, &columns),
                mark,
            }
        })
        .collect();
    let gaps = estimates
        .gaps
        .iter()
        .filter_map(|row| {
            let (gap, mark) = layout.visible(row.gap, layout.judged(row.measure, row.flag));
            let of = compared
                .map(|dimension| (layout.level(dimension, row.of.0), layout.level(dimension, row.of.1)))?;
            Some(GapLine {
                by: layout.levels(&others, &row.levels),
                measure: layout.measure(row.measure),
                of,
                gap: gap.map(|gap| layout.gap(gap)),
                mark,
            })
        })
        .collect();
    let tested: Vec<usize> = by.iter().copied().skip(1).collect();
    let tests = estimates
        .tests
        .iter()
        .map(|row| TestLine {
            by: layout.levels(&tested, &row.levels),
            measure: layout.measure(row.measure),
            test: row.test.ok().map(|test| TestFigure { p: test.p, statistic: Some(test) }),
            mark: row.test.err().map(Mark::NotEstimable),
        })
        .collect();
    Table {
        sources: layout.sources.to_vec(),
        settings: layout.settings,
        weights: layout.weights.clone(),
        base: layout.base,
        panel: layout.tally.panel,
        disclosure: Disclosure::Internal,
        filter: layout.filter.cloned(),
        by: by.iter().map(|&dimension| layout.dimension(dimension)).collect(),
        rows,
        compared: compared.map(|dimension| layout.dimension(dimension)),
        gaps,
        lettered: layout.lettered().map(|dimension| layout.dimension(dimension)),
        tests,
        notes: layout.notes(estimates, compared.is_some(), &columns),
        columns: layout.lettered().map_or_else(Vec::new, |dimension| layout.labels(dimension, &columns)),
    }
}

impl Layout<'_> {
    pub(super) fn visible<T>(
        &self,
        figure: Result<T, NotEstimable>,
        flag: Option<Flag>,
    ) -> (Option<T>, Option<Mark>) {
        match figure {
            Err(why) => (None, Some(Mark::NotEstimable(why))),
            Ok(figure) => {
                let mark = flag.map(Mark::Flag);
                let hidden = !self.show_withheld && mark.is_some_and(|mark| mark.hides());
                ((!hidden).then_some(figure), mark)
            }
        }
    }

    /// The flag of a measure's figure. The points of a scale add up to all answers, so that one withheld for being small would
    /// be told by the others: where that is the only reason, it is shown with care.
    fn judged(&self, measure: usize, flag: Option<Flag>) -> Option<Flag> {
        match flag {
            Some(Flag::Withheld(why @ Reason::RelativeWidth(_)))
                if self.quantities[measure].1 == Shown::Point =>
            {
                Some(Flag::Caution(why))
            }
            other => other,
        }
    }

    fn gap(&self, gap: estimate::Gap) -> Gap {
        let estimate::Gap { difference, se, interval, df, t, p, p_adjusted, ratio } = gap;
        let clear = p_adjusted < self.settings.alpha();
        Gap { difference, interval, clear, accuracy: Some(GapAccuracy { se, df, t, p, p_adjusted, ratio }) }
    }

    /// The dimension whose levels get letters.
    fn lettered(&self) -> Option<usize> {
        self.request.letters.and_then(|letters| self.request.by.get(letters.position)).copied()
    }

    /// The levels that letters stand for: those on which somebody is, by code.
    fn columns(&self, estimates: &Estimates) -> Vec<u16> {
        let codes: BTreeSet<u16> = match self.request.letters {
            Some(Letters { position, .. }) => estimates.rows.iter().map(|row| row.levels[position]).collect(),
            None => BTreeSet::new(),
        };
        codes.into_iter().collect()
    }

    fn labels(&self, dimension: usize, codes: &[u16]) -> Vec<Label> {
        codes.iter().map(|&code| self.level(dimension, code)).collect()
    }

    pub(super) fn dimension(&self, dimension: usize) -> Label {
        let key = &self.tally.dimensions[dimension].name;
        Label { key: key.clone(), name: self.names.dimension(key) }
    }

    pub(super) fn level(&self, dimension: usize, code: u16) -> Label {
        let dimension = &self.tally.dimensions[dimension];
        let key = &dimension.levels[usize::from(code)];
        Label { key: key.clone(), name: self.names.level(&dimension.name, key) }
    }

    pub(super) fn levels(&self, dimensions: &[usize], codes: &[u16]) -> Vec<Label> {
        dimensions.iter().zip(codes).map(|(&dimension, &code)| self.level(dimension, code)).collect()
    }

    fn measure(&self, index: usize) -> MeasureLabel {
        let (quantity, shown) = &self.quantities[index];
        let counted = usage_of(self.sources).and_then(|of| Counted::of(quantity, of));
        MeasureLabel { counted, ..MeasureLabel::of(quantity, *shown, self.names) }
    }

    /// What must stand under every figure: data, base, weights, method.
    fn notes(&self, estimates: &Estimates, with_gaps: bool, columns: &[u16]) -> Vec<Name> {
        let mut notes: Vec<Name> = synthetic(self.sources).into_iter().collect();
        notes.extend(self.sources.iter().map(Source::note));
        notes.extend(self.filter.map(domain));
        notes.extend(self.bases());
        notes.push(self.weights.note());
        if self.pools_segments() {
            notes.push(Name::new(
                "Segments are pooled by their weights, which is right only if the weights make them comparable.",
                "各群体按权重合并；只有权重使其可比时才正确。",
            ));
        }
        notes.push(self.method());
        notes.extend(self.panel());
        notes.extend(self.lone_strata(estimates));
        if with_gaps {
            notes.push(correction(self.settings.correction));
        }
        if self.request.letters.is_some() {
            notes.extend(self.lettered().map(|dimension| self.letters_explained(dimension, columns)));
        }
        if !estimates.tests.is_empty() {
            notes.push(Name::new(
                "Tests: Rao & Scott's second-order F of the item against the first dimension; p-values not corrected.",
                "检验：各项与第一个维度的 Rao–Scott 二阶校正 F 检验；p 值未校正。",
            ));
        }
        notes
    }

    /// Whom the figures are of, by what they say.
    fn bases(&self) -> Vec<Name> {
        let is = |kind: fn(&Kind) -> bool| self.quantities.iter().any(|(quantity, _)| kind(&quantity.kind));
        let mut notes = Vec::new();
        if let Some(of) = usage_of(self.sources) {
            notes.push(base_of(of));
        } else if let Some(funnel) = self.sources.iter().find_map(|source| source.funnel.as_ref()) {
            notes.push(ways::base_of(funnel));
        } else if is(|kind| !matches!(kind, Kind::Option(_))) {
            notes.push(if self.base == BaseOf::Asked {
                Name::new(
                    "Base of rates: respondents who were asked the item; leaving it blank counts as no.",
                    "比例的基数：被问到该项的受访者；留空视为“否”。",
                )
            } else {
                Name::new(
                    "Base: respondents who answered the item; those not asked, or who left it blank, are outside.",
                    "基数：回答了该项的受访者；未被问到或留空者不计入。",
                )
            });
        }
        if is(|kind| matches!(kind, Kind::Per(_))) {
            notes.push(Name::new(
                "Figures among others are of those who said yes to the second item; ratios of those who gave both numbers.",
                "“在……者中”的数字以对第二项回答“是”者为基数；比率以两项数值均作答者为基数。",
            ));
        }
        if is(|kind| matches!(kind, Kind::Option(_))) {
            notes.push(match self.base {
                BaseOf::Answered => Name::new(
                    "Base of multi-response options: respondents who answered the question, that is any of its options; an option left blank counts as no.",
                    "多选题选项的基数：回答了该题任一选项的受访者；留空的选项视为“否”。",
                ),
                BaseOf::Asked => Name::new(
                    "Base of multi-response options: respondents who were asked the question; leaving it blank counts as no.",
                    "多选题选项的基数：被问到该题的受访者；留空视为“否”。",
                ),
                BaseOf::Mentions => Name::new(
                    "Base of multi-response options: all mentions; n are respondents who answered the question.",
                    "多选题选项的基数：全部提及次数；n 为回答了该题的受访者人数。",
                ),
            });
        }
        notes
    }

    /// Whether segments are added up whose sizes the weights do not set.
    fn pools_segments(&self) -> bool {
        let sizes_are_set = matches!(self.weights, Weights::Calibrated { sizes_segments: true, .. });
        let weighted = *self.weights != Weights::None;
        weighted
            && !self.one_segment
            && !sizes_are_set
            && !self.request.by.iter().any(|&by| self.tally.dimensions[by].name == SEGMENT)
    }

    fn panel(&self) -> Option<Name> {
        self.tally.panel.map(|PanelLinks { people, linked }| {
            if matches!(usage_of(self.sources), Some(UsageOf::Users | UsageOf::SoFar)) {
                return Name::new(
                    "Users are linked over the periods by their ids, so that changes are those of people who overlap.",
                    "各期用户按编号关联；期间变化的方差计入重复出现的用户。",
                );
            }
            if self.disclosure == Disclosure::Publish {
                return Name::new(
                    "The waves are a panel: the same people, linked by their ids.",
                    "各次调查为同一固定样本，按编号关联。",
                );
            }
            Name::new(
                format!(
                    "The waves are a panel: {} of {} people are in several of them, linked by their ids.",
                    count(linked, Lang::En),
                    count(people, Lang::En)
                ),
                format!(
                    "各次调查为同一固定样本：{} 人中有 {} 人参加了多次，按编号关联。",
                    count(people, Lang::Zh),
                    count(linked, Lang::Zh)
                ),
            )
        })
    }

    /// The strata for whose lone PSU a figure could not be estimated.
    fn lone_strata(&self, estimates: &Estimates) -> Option<Name> {
        let lone: BTreeSet<&str> = estimates
            .rows
            .iter()
            .filter_map(|row| match row.estimate {
                Err(NotEstimable::LonePsu { stratum }) => self.tally.strata.get(stratum as usize),
                _ => None,
            })
            .map(String::as_str)
            .collect();
        let list = |between: &str| lone.iter().copied().collect::<Vec<_>>().join(between);
        // A stratum of one respondent may be known by its name.
        (!lone.is_empty() && self.disclosure == Disclosure::Internal).then(|| {
            Name::new(
                format!("Strata with one PSU only: {}.", list("; ")),
                format!("只有一个初级抽样单位的层：{}。", list("；")),
            )
        })
    }

    fn letters_explained(&self, dimension: usize, columns: &[u16]) -> Name {
        let of = self.dimension(dimension).name;
        let list = |lang| {
            let named = self
                .labels(dimension, columns)
                .into_iter()
                .enumerate()
                .map(|(at, label)| format!("{} {}", letter(at), label.name.get(lang)));
            named.collect::<Vec<_>>()
        };
        let alpha = self.settings.alpha();
        let [weak, strong] = [alpha, alpha / 5.0].map(|p| (p * 1e6).round() / 1e6);
        let (en_family, zh_family) = match self.request.letters.map(|letters| letters.family) {
            Some(Family::Gaps) => ("all gaps of the table", "表内全部差距"),
            _ => ("the pairs of a row", "行内各对"),
        };
        let (en_correction, zh_correction) = match self.settings.correction {
            Correction::Holm => {
                (format!("Holm-corrected over {en_family}"), format!("按{zh_family}作 Holm 校正"))
            }
            Correction::BenjaminiHochberg => (
                format!("Benjamini–Hochberg-corrected over {en_family}"),
                format!("按{zh_family}作 Benjamini–Hochberg 校正"),
            ),
            Correction::None => ("not corrected".to_owned(), "未作多重比较校正".to_owned()),
        };
        Name::new(
            format!(
                "Letters of {}: {}. A letter names a column whose figure is lower, at p < {weak} in lower case and p < {strong} \
                 in upper case; {en_correction}.",
                of.en,
                list(Lang::En).join(", ")
            ),
            format!(
                "{}的字母：{}。字母表示该列数值显著更低：小写 p < {weak}，大写 p < {strong}；{zh_correction}。",
                of.zh,
                list(Lang::Zh).join("、")
            ),
        )
    }

    fn method(&self) -> Name {
        let level = level(self.settings.level);
        let (en, zh) = match self.settings.interval {
            Interval::Logit => ("logit", "logit 法"),
            Interval::Wilson => ("Wilson", "Wilson 法"),
            Interval::Beta => ("Korn–Graubard", "Korn–Graubard 法"),
            Interval::Asin => ("arcsine", "反正弦法"),
            Interval::Mean => ("symmetric (not clipped to 0–100%)", "对称法（不截断于 0–100%）"),
        };
        // People of a panel are clusters of their answers, also where no figure needs to tell them apart.
        let clustered = self.tally.cells.clustered || self.tally.panel.is_some();
        let design = match (self.tally.stratified, clustered) {
            (false, false) => Name::new("no strata or clusters declared", "未声明分层或整群"),
            (true, false) => Name::new("stratified", "分层"),
            (false, true) => Name::new("clustered", "整群"),
            (true, true) => Name::new("stratified and clustered", "分层整群"),
        };
        Name::new(
            format!("{level} {en} intervals and standard errors from the survey design ({}).", design.en),
            format!("{level} 置信区间（{zh}）与标准误按抽样设计估计（{}）。", design.zh),
        )
    }
}

/// Whom the figures are of, and what they are estimated from all the same.
fn domain(filter: &Label) -> Name {
    let who = filtered(filter);
    Name::new(
        format!("{} Strata, PSUs and weights are those of the whole sample.", who.en),
        format!("{}分层、初级抽样单位与权重仍按全体样本。", who.zh),
    )
}

pub(super) fn figure(estimate: Estimate) -> Figure {
    let Estimate { value, se, interval, df, deff, n_eff, test } = estimate;
    Figure { value, interval, accuracy: Some(Accuracy { se, df, deff, n_eff, test }) }
}

fn correction(correction: Correction) -> Name {
    match correction {
        Correction::Holm => Name::new(
            "Gaps: t tests (MOVER where a rate is 0% or 100%); p-values are Holm-corrected over all gaps of the table, \
             intervals are not.",
            "差距：t 检验（比例为 0% 或 100% 时用 MOVER 法）；p 值按表内全部差距作 Holm 校正，置信区间未校正。",
        ),
        Correction::BenjaminiHochberg => Name::new(
            "Gaps: t tests (MOVER where a rate is 0% or 100%); p-values are corrected over all gaps of the table after \
             Benjamini and Hochberg, intervals are not.",
            "差距：t 检验（比例为 0% 或 100% 时用 MOVER 法）；p 值按表内全部差距作 Benjamini–Hochberg 校正，置信区间未校正。",
        ),
        Correction::None => Name::new(
            "Gaps: t tests (MOVER where a rate is 0% or 100%), p-values not corrected.",
            "差距：t 检验（比例为 0% 或 100% 时用 MOVER 法），p 值未校正。",
        ),
    }
}

/// The letters of lower columns: lower case, or upper case where they are strong.
fn letters(lower: &[Letter], columns: &[u16]) -> String {
    let spelled = lower.iter().map(|one| {
        let upper = letter(columns.partition_point(|code| *code < one.lower));
        if one.strong { upper } else { upper.to_lowercase() }
    });
    spelled.collect::<Vec<_>>().join(" ")
}
