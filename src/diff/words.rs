//! What is said of a diff, in both languages.

use super::change::{Change, Diff, Kind, Untested};
use crate::codebook::{Lang, Name};
use crate::estimate::Correction;
use crate::table::figures::level;
use crate::table::sentence;

/// `2014 → 2015: 640 figures, 598 tested, 21 changed by more than noise.`
pub(super) fn summary(diff: &Diff) -> Name {
    let (all, family, clear) = (diff.changes.len(), diff.family(), diff.clear().count());
    let any = diff.changes.iter().filter(|change| change.is_any()).count();
    let (before, after) = (&diff.before, &diff.after);
    if family == 0 {
        return Name::new(
            format!("{before} → {after}: {all} figures, none tested; {any} are not the same."),
            format!("{before} → {after}：共 {all} 个数字，均未检验；{any} 个不相同。"),
        );
    }
    Name::new(
        format!("{before} → {after}: {all} figures, {family} tested; {clear} changed by more than noise."),
        format!("{before} → {after}：共 {all} 个数字，检验 {family} 个；{clear} 个的变化超出偶然误差。"),
    )
}

/// How the two sides are compared.
pub(super) fn kind(diff: &Diff) -> Name {
    let (en, zh) = match diff.kind {
        Kind::Waves => (
            "Waves of one survey, compared as independent samples of other people.",
            "同一调查的两波，按不同人群的独立样本比较。",
        ),
        Kind::PanelWaves => (
            "Waves of a panel: the covariance of people who are in both is accounted for.",
            "追踪调查的两波：已计入两波中同一批人的协方差。",
        ),
        Kind::Independent => (
            "Bundles are compared as independent samples; should people be in both, the tests are too cautious as a rule.",
            "两份报告按独立样本比较；如有人同时在两者之中，检验通常偏保守。",
        ),
        Kind::Published => (
            "A bundle made for publishing holds no standard errors: changes are listed, not tested.",
            "供公布的报告不含标准误：只列出变化，不作检验。",
        ),
        Kind::Panel => (
            "Bundles of a panel do not hold how its waves go together: changes are listed, not tested. wxstats diff on a store tests them.",
            "追踪调查的报告不含各波之间的协方差：只列出变化，不作检验。对存储库使用 wxstats diff 可作检验。",
        ),
        Kind::SameData => (
            "Both bundles rest on the same data, so they are no two samples: changes are listed, not tested.",
            "两份报告依据同一数据，并非两个样本：只列出变化，不作检验。",
        ),
    };
    Name::new(en, zh)
}

/// Level and correction.
pub(super) fn method(diff: &Diff) -> Option<Name> {
    let (level, family) = (level(diff.settings.level), diff.family());
    let (en, zh) = match diff.settings.correction {
        Correction::Holm => ("Holm-corrected", "作 Holm 校正"),
        Correction::BenjaminiHochberg => {
            ("corrected after Benjamini and Hochberg", "作 Benjamini–Hochberg 校正")
        }
        Correction::None => ("not corrected", "未校正"),
    };
    (family > 0).then(|| {
        Name::new(
            format!("More than noise: at the {level} level, {en} over the {family} tested changes; intervals are not corrected."),
            format!("“超出偶然误差”：水平 {level}，按 {family} 项检验{zh}；置信区间未校正。"),
        )
    })
}

/// Why a change is not tested.
pub(super) fn untested(change: &Change) -> Option<Name> {
    Some(match change.test.err()? {
        Untested::OneSide if change.before.is_none() => Name::new("new", "新增"),
        Untested::OneSide => Name::new("gone", "不再有"),
        Untested::Hidden => Name::new("withheld or not estimable", "不予显示或无法估计"),
        Untested::Marked(mark) => sentence::mark(&mark),
        Untested::NoError => Name::new("a rate of 0% or 100%", "比例为 0% 或 100%"),
        Untested::Listed => return None,
    })
}

/// How many changes are not listed by name, for these reasons.
pub(super) fn left_over(diff: &Diff) -> Option<Name> {
    let count = |is: fn(&Untested) -> bool| {
        diff.changes.iter().filter(|change| change.test.as_ref().err().is_some_and(is)).count()
    };
    let hidden = count(|why| matches!(why, Untested::Hidden | Untested::Marked(_)));
    let extreme = count(|why| matches!(why, Untested::NoError));
    let parts = [
        (hidden, "withheld or not estimable on a side", "因不予显示或无法估计"),
        (extreme, "at 0% or 100% on a side", "因比例为 0% 或 100%"),
    ];
    let list = |lang: Lang| {
        let part = |&(count, en, zh): &(usize, &str, &str)| match lang {
            Lang::En => format!("{count} {en}"),
            Lang::Zh => format!("{zh} {count} 个"),
        };
        parts.iter().filter(|part| part.0 > 0).map(part).collect::<Vec<_>>().join(lang.pick(", ", "，"))
    };
    (hidden + extreme > 0).then(|| {
        Name::new(format!("Not tested: {}.", list(Lang::En)), format!("未检验：{}。", list(Lang::Zh)))
    })
}

/// The files behind the two sides.
pub(super) fn inputs(diff: &Diff) -> Vec<Name> {
    let (before, after) = &diff.inputs;
    let sides = [(before, "Before", "之前"), (after, "After", "之后")];
    let line = |(inputs, en, zh): (&Vec<super::Input>, &str, &str)| {
        let list: Vec<Name> = inputs
            .iter()
            .map(|input| {
                let label = format!("{} {}", input.dataset, input.wave);
                let (label, n) = (label.trim_end(), input.respondents);
                // What stays on a cluster has no hash.
                let hash = |comma: &str| {
                    input.blake3.get(..12).map_or_else(String::new, |hash| format!("{comma}BLAKE3 {hash}…"))
                };
                Name::new(
                    format!("{label}, {n} respondents ({}{})", input.file, hash(", ")),
                    format!("{label}，受访者 {n} 人（{}{}）", input.file, hash("，")),
                )
            })
            .collect();
        let join = |lang: Lang| {
            list.iter().map(|name| name.get(lang)).collect::<Vec<_>>().join(lang.pick("; ", "；"))
        };
        Name::new(format!("{en}: {}.", join(Lang::En)), format!("{zh}：{}。", join(Lang::Zh)))
    };
    sides.map(line).to_vec()
}
