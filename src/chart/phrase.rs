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

/// The heading of a column of gaps.
pub(super) fn gap_column(lang: Lang) -> String {
    choose(lang, "Gap, pts", "差距（点）")
}

/// What a hollow mark means.
pub(super) fn caution(lang: Lang) -> String {
    choose(lang, "To be used with care", "谨慎使用")
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
