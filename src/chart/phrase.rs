//! The few words that charts add of their own, in both languages.

use crate::codebook::Lang;
use crate::table::figures::level;

fn choose(lang: Lang, en: &str, zh: &str) -> String {
    lang.pick(en, zh).to_owned()
}

/// "95% confidence interval"; `fraction` is the level.
pub(super) fn interval(lang: Lang, fraction: f64) -> String {
    let level = level(fraction);
    choose(lang, &format!("{level} confidence interval"), &format!("{level} 置信区间"))
}

/// The heading of a column of ranges: the highest rate minus the lowest.
pub(super) fn range_column(lang: Lang) -> String {
    choose(lang, "Range", "最大差距")
}

/// The heading of a column of gaps.
pub(super) fn gap_column(lang: Lang) -> String {
    choose(lang, "Gap, pts", "百分点差距")
}

/// What a hollow mark means.
pub(super) fn caution(lang: Lang) -> String {
    choose(lang, "To be used with care", "谨慎使用")
}

/// What a stroke across a mark means.
pub(super) fn published(lang: Lang) -> String {
    choose(lang, "Published figure", "已发表的数字")
}

/// What a stroke with an arrow means.
pub(super) fn bound(lang: Lang) -> String {
    choose(lang, "Published as over or below", "已发表：高于或低于")
}

/// What the size of a bubble means.
pub(super) fn bubbles(lang: Lang) -> String {
    choose(lang, "Bubble area = respondents", "气泡面积 = 受访人数")
}

/// How many bubbles have no label for want of room.
pub(super) fn unlabelled(lang: Lang, count: usize) -> String {
    let en = match count {
        1 => "One bubble has no label for want of room.".to_owned(),
        _ => format!("{count} bubbles have no label for want of room."),
    };
    choose(lang, &en, &format!("另有 {count} 个气泡因空间不足未标注。"))
}

/// Which of several pictures one is: its number, and how many there are.
pub(super) fn part(lang: Lang, (number, count): (usize, usize)) -> String {
    choose(lang, &format!("({number} of {count})"), &format!("（{number}/{count}）"))
}

/// The word that a key sets in bold, before [`clear_gap`].
pub(super) fn bold(lang: Lang) -> String {
    choose(lang, "Bold", "粗体")
}

/// What figures in bold are.
pub(super) fn clear_gap(lang: Lang) -> String {
    choose(lang, "clear difference", "差异明确")
}

/// What a place without a figure is.
pub(super) fn no_figure(lang: Lang) -> String {
    choose(lang, "No figure", "无数据")
}

/// What a triangle in place of a dot means.
pub(super) fn clear_change(lang: Lang) -> String {
    choose(lang, "Clear change since the wave before, points", "较上一期有明确变化（百分点）")
}

/// A note under a chart whose axis does not start at zero; `tick` is in percent.
pub(super) fn axis_start(lang: Lang, tick: &str) -> String {
    choose(lang, &format!("The vertical axis starts at {tick}%."), &format!("纵轴从 {tick}% 起。"))
}

/// A note under a chart of two axes, of which at least one does not start at zero.
pub(super) fn axes_start(lang: Lang, along: bool, up: bool) -> Option<String> {
    let (en, zh) = match (along, up) {
        (false, false) => return None,
        (true, false) => ("The horizontal axis does not start at 0.", "横轴不从 0 起。"),
        (false, true) => ("The vertical axis does not start at 0.", "纵轴不从 0 起。"),
        (true, true) => ("Neither axis starts at 0.", "两轴均不从 0 起。"),
    };
    Some(choose(lang, en, zh))
}

/// What a bar between dots means.
pub(super) fn disagreement(lang: Lang) -> String {
    choose(lang, "Range of what sources say", "各来源数字的范围")
}

/// What a hollow dot means where figures are not estimates.
pub(super) fn derived(lang: Lang) -> String {
    choose(lang, "Derived, stated by nobody", "推算所得，无人直接给出")
}

/// A note under a chart with a logarithmic axis.
pub(super) fn logarithmic(lang: Lang) -> String {
    choose(
        lang,
        "The axis is logarithmic: equal distances are equal ratios, and it has no zero.",
        "横轴为对数刻度：相等的距离表示相等的倍数，没有零点。",
    )
}

/// The word over a gap.
pub(super) fn gap(lang: Lang) -> String {
    choose(lang, "gap", "差距")
}

/// A note under a chart with brackets.
pub(super) fn brackets(lang: Lang) -> String {
    choose(
        lang,
        "Brackets: gap between the groups in that wave, points; bold where the difference is clear.",
        "括线：当次两类群体之差（百分点）；粗体表示差异明确。",
    )
}

/// A figure that is missing, by its row and column, and why.
pub(super) fn missing(lang: Lang, row: &str, column: &str, why: &str) -> String {
    choose(lang, &format!("{row}, {column} ({why})"), &format!("{row}·{column}（{why}）"))
}

/// A note under a chart that names the first `most` of the figures that are missing; none when there are none.
pub(super) fn no_figures(lang: Lang, missing: &[String], most: usize) -> Option<String> {
    let named = missing.get(..most).unwrap_or(missing).join(lang.pick("; ", "；"));
    match missing.len().saturating_sub(most) {
        _ if missing.is_empty() => None,
        0 => Some(choose(lang, &format!("No figure: {named}."), &format!("无数据：{named}。"))),
        more => {
            let en = format!("No figure: {named}; and {more} more.");
            Some(choose(lang, &en, &format!("无数据：{named}；另有 {more} 处。")))
        }
    }
}
