//! What the report found, in at most six sentences: who shares and who reads, then what the corrected tests support.

use super::lineup::{Comparison, Lineup, Verdict, primary};
use super::method;
use super::titles::Tally;
use super::words::{Words, stands_alone};
use crate::codebook::Lang;
use crate::table::Gap;
use crate::table::figures::{Decimals, level};
use crate::table::{Label, sentence};

/// Gaps that get a sentence of their own.
const SPELLED_OUT: usize = 3;
/// Items named where several share a sentence.
const NAMED: usize = 3;

/// The biggest clear gaps in one place (`None`: everywhere), what is not clear, and what could not be compared.
pub(super) fn findings(words: &Words<'_>, comparison: &Comparison<'_>, place: Option<&Label>) -> Vec<String> {
    let lineups = comparison.in_place(place);
    let mut clear: Vec<(Gap, &Lineup<'_>)> = lineups
        .iter()
        .filter(|lineup| matches!(lineup.verdict(), Verdict::Higher(_)))
        .filter_map(|lineup| Some((lineup.gap()?, lineup)))
        .collect();
    clear.sort_by(|(a, _), (b, _)| b.difference.abs().total_cmp(&a.difference.abs()));
    let mut out: Vec<String> = sharing_and_reading(words, &lineups).into_iter().collect();
    out.extend(clear.iter().take(SPELLED_OUT).map(|(gap, lineup)| clear_gap(words, comparison, gap, lineup)));
    out.extend(not_clear(words, &lineups));
    out
}

/// What is not clear, and what could not be compared.
pub(super) fn not_clear(words: &Words<'_>, lineups: &[Lineup<'_>]) -> Vec<String> {
    let mut out = Vec::new();
    let of = |verdict| lineups.iter().filter(move |lineup| lineup.verdict() == verdict);
    let unclear: Vec<String> = of(Verdict::Unclear).map(|lineup| item(words, lineup)).collect();
    if !unclear.is_empty() {
        let list = words.list(&unclear, NAMED);
        out.push(words.pick(format!("No clear difference: {list}."), format!("无显著差异：{list}。")));
    }
    let untested: Vec<String> = of(Verdict::Untested).map(|lineup| not_compared(words, lineup)).collect();
    if !untested.is_empty() {
        let list = words.list(&untested, NAMED);
        out.push(words.pick(format!("Not compared: {list}."), format!("未作比较：{list}。")));
    }
    out
}

/// How many share and how many read the feature that is looked at first; it claims nothing beyond the rates.
pub(super) fn sharing_and_reading(words: &Words<'_>, lineups: &[Lineup<'_>]) -> Option<String> {
    let share = lineups
        .iter()
        .find(|lineup| Some(lineup.item) == primary(lineups) && lineup.item.action.key == "share")?;
    let read = lineups.iter().find(|lineup| lineup.is(&share.item.feature.key, "read"))?;
    let decimals = Decimals::of(share.rates().chain(read.rates()));
    let said = |side: usize| {
        let (share, read) = (share.rate(side)?.value, read.rate(side)?.value);
        let (name, share, read) = (words.segment(side), decimals.percent(share), decimals.percent(read));
        let en = match side {
            0 => format!("{share} of {name} share and {read} read"),
            1 => format!("of {name}, {share} share and {read} read"),
            _ => format!("of {name}, {share} and {read}"),
        };
        let zh = format!("{name}中 {share} 分享、{read} 阅读");
        Some(words.pick(en, zh))
    };
    let sides = share.places().map(said).collect::<Option<Vec<String>>>()?.join(words.pick("; ", "；"));
    let feature = words.name(&share.item.feature);
    let care = [share, read].map(|lineup| caution(words, lineup)).into_iter().find(|care| !care.is_empty());
    let care = care.unwrap_or_default();
    Some(words.pick(format!("{feature}: {sides}{care}."), format!("{feature}：{sides}{care}。")))
}

/// How many of the gaps in one place are clear, and which way they point.
pub(super) fn summary(words: &Words<'_>, comparison: &Comparison<'_>, place: Option<&Label>) -> String {
    let tally = Tally::of(&comparison.in_place(place));
    let clear = tally.clear();
    let all = tally.all;
    if tally.untested == all {
        return words.pick(
            format!("None of the {all} gaps could be compared: too few answers."),
            format!("{all} 项差距均无法比较：作答人数太少。"),
        );
    }
    let level = level(comparison.table.settings.level);
    let (en_test, zh_test) = method::corrected(comparison.table.settings.correction);
    let (en_noun, en_verb) = if all == 1 { ("gap", "is") } else { ("gaps", "are") };
    let mut en = format!("{clear} of {all} {en_noun} {en_verb} clear at the {level} level{en_test}");
    let mut zh = format!("{all} 项差距中有 {clear} 项在 {level} 水平上显著{zh_test}");
    if clear > 0 {
        let (a, b) = (words.segment(0), words.segment(1));
        let (first, second) = (tally.higher[0], tally.higher[1]);
        en = format!("{en}: {b} are higher in {second}, {a} in {first}");
        zh = format!("{zh}：其中 {second} 项{b}更高，{first} 项{a}更高");
    }
    words.pick(format!("{en}."), format!("{zh}。"))
}

fn clear_gap(words: &Words<'_>, comparison: &Comparison<'_>, gap: &Gap, lineup: &Lineup<'_>) -> String {
    let (feature, verb) = (words.name(&lineup.item.feature), words.verb(&lineup.item.action));
    let (a, b) = (words.segment(0), words.segment(1));
    let decimals = Decimals::of(lineup.rates());
    let side = |side| lineup.rate(side).map_or_else(|| "–".to_owned(), |rate| decimals.percent(rate.value));
    let (rate_a, rate_b) = (side(0), side(1));
    let (points, interval) = (decimals.points(gap.difference), decimals.gap_interval(gap, words.lang));
    let level = level(comparison.table.settings.level);
    let care = caution(words, lineup);
    let asked = if lineup.is_routed() { "（被问到者中）" } else { "" };
    let en = if stands_alone(&lineup.item.action) {
        format!("{feature}: {rate_a} of {a} {verb}, {rate_b} of {b}")
    } else {
        format!("{}: {rate_a} of {a}, {rate_b} of {b}", item(words, lineup))
    };
    words.pick(
        format!("{en}; gap {points} points ({level} interval {interval}){care}."),
        format!(
            "{feature}：{a}的{verb}率{asked}为 {rate_a}，{b}为 {rate_b}；差距 {points} 个百分点（{level} 置信区间 {interval}）{care}。"
        ),
    )
}

/// An item inside a sentence, which says where the rate is of those asked: `Wallet (use, of those asked)`.
pub(super) fn item(words: &Words<'_>, lineup: &Lineup<'_>) -> String {
    let (feature, action) = (words.name(&lineup.item.feature), words.name(&lineup.item.action));
    if lineup.is_routed() {
        words.pick(
            format!("{feature} ({action}, of those asked)"),
            format!("{feature}（{action}，被问到者中）"),
        )
    } else {
        words.pick(format!("{feature} ({action})"), format!("{feature}（{action}）"))
    }
}

/// The warning that goes with a gap to be used with care, or nothing.
pub(super) fn caution(words: &Words<'_>, lineup: &Lineup<'_>) -> String {
    let reasons = lineup.reasons(words, sentence::reason);
    match (reasons.is_empty(), words.lang) {
        (true, _) => String::new(),
        (false, Lang::En) => format!("; with care: {}", reasons.join("; ")),
        (false, Lang::Zh) => format!("；谨慎使用：{}", reasons.join("；")),
    }
}

fn not_compared(words: &Words<'_>, lineup: &Lineup<'_>) -> String {
    let (feature, action) = (words.name(&lineup.item.feature), words.name(&lineup.item.action));
    let reasons = lineup.reasons(words, sentence::reason);
    words.pick(
        format!("{feature} ({action}; {})", reasons.join("; ")),
        format!("{feature}（{action}；{}）", reasons.join("；")),
    )
}
