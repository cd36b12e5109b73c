//! The changes that a reader is shown, as cells of text.

use super::change::{Change, Diff};
use super::words;
use crate::codebook::{Lang, Name};
use crate::measure::Unit;
use crate::table::Scale;
use crate::table::figures::{level, p_value};
use crate::writing::count;

/// Header and rows: the changes that are more than noise, then figures that are on one side only; where nothing could be
/// tested, all that are not the same.
pub(super) fn rows(diff: &Diff, lang: Lang) -> Vec<Vec<String>> {
    let shown: Vec<&Change> = if diff.family() > 0 {
        let one_side = diff.changes.iter().filter(|change| change.before.is_some() != change.after.is_some());
        diff.clear().chain(one_side).collect()
    } else {
        diff.changes.iter().filter(|change| change.is_any()).collect()
    };
    if shown.is_empty() {
        return Vec::new();
    }
    let level = level(diff.settings.level);
    let header = match lang {
        Lang::En => ["Figure", "Before", "After", "n", "Change"].map(str::to_owned).to_vec(),
        Lang::Zh => ["数字", "之前", "之后", "n", "变化"].map(str::to_owned).to_vec(),
    };
    let rest = [
        lang.pick(format!("{level} interval"), format!("{level} 置信区间")),
        lang.pick("corrected p", "校正后 p").to_owned(),
        lang.pick("Note", "说明").to_owned(),
    ];
    std::iter::once(header.into_iter().chain(rest).collect())
        .chain(shown.into_iter().map(|change| cells(change, lang)))
        .collect()
}

fn cells(change: &Change, lang: Lang) -> Vec<String> {
    const NONE: &str = "–";
    let values = [change.before, change.after].map(|side| side.and_then(|side| side.value));
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let unit = change.measure.shown.unit();
    let scale = Scale::of(unit, false, lang, known.iter().copied());
    let gaps = Scale::of(unit.of_gap(), false, lang, known.iter().copied());
    let points = if unit.of_gap() == Unit::Points { lang.pick(" points", " 个百分点") } else { "" };
    let value = |value: Option<f64>| value.map_or_else(|| NONE.to_owned(), |value| scale.value(value));
    let n = [change.before, change.after]
        .map(|side| side.map_or_else(|| NONE.to_owned(), |side| count(side.n, lang)));
    let change_of = |difference: f64| format!("{}{points}", gaps.gap(difference));
    vec![
        name(change).get(lang).to_owned(),
        value(values[0]),
        value(values[1]),
        n.join(" → "),
        change.difference().map_or_else(|| NONE.to_owned(), change_of),
        change.test.map_or_else(|_| NONE.to_owned(), |test| gaps.limits(test.interval)),
        change.test.map_or_else(|_| NONE.to_owned(), |test| p_value(test.p_adjusted)),
        words::untested(change).map(|why| why.get(lang).to_owned()).unwrap_or_default(),
    ]
}

/// `Moments: share, Guangzhou, Expats`.
fn name(change: &Change) -> Name {
    change.by.iter().fold(change.measure.name(), |name, (_, level)| {
        Name::new(format!("{}, {}", name.en, level.name.en), format!("{}，{}", name.zh, level.name.zh))
    })
}
