//! What a report of more than two segments says: which items tell groups apart, who is clearly above whom, and titles.
//!
//! Every two segments are compared, and a sentence names a segment as higher only where the corrected test of those two does.

use super::lineup::{Comparison, Lineup, Verdict};
use super::titles::Tally;
use super::words::{Words, noun, stands_alone};
use super::{findings, method};
use crate::codebook::capital;
use crate::estimate::letter;
use crate::table::figures::{Decimals, level};
use crate::table::{ItemLabel, Label};

/// Items that get a sentence of their own.
const SPELLED_OUT: usize = 3;
/// Segments named as above others in one sentence, and items named where several share one.
const NAMED: usize = 3;

/// What tells the groups apart most in one place (`None`: everywhere), what does not, and what could not be compared.
pub(super) fn findings(words: &Words<'_>, comparison: &Comparison<'_>, place: Option<&Label>) -> Vec<String> {
    let lineups = comparison.in_place(place);
    let mut clear: Vec<(f64, &Lineup<'_>)> =
        lineups.iter().filter_map(|lineup| Some((widest(lineup)?, lineup))).collect();
    clear.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut out: Vec<String> = findings::sharing_and_reading(words, &lineups).into_iter().collect();
    out.extend(clear.iter().take(SPELLED_OUT).map(|(_, lineup)| above(words, lineup)));
    out.extend(findings::not_clear(words, &lineups));
    out
}

/// The widest clear gap between two segments.
fn widest(lineup: &Lineup<'_>) -> Option<f64> {
    let clear = |side: usize| {
        let lower = lineup.clearly_lower(side).into_iter();
        lower.filter_map(move |other| Some(lineup.between(side, other)?.difference))
    };
    lineup.places().flat_map(clear).reduce(f64::max)
}

/// Who is clearly above whom: `Moments (share): Chinese users 58% above Koreans 22% and …; 6 of 10 gaps clear.`
fn above(words: &Words<'_>, lineup: &Lineup<'_>) -> String {
    let decimals = Decimals::of(lineup.rates());
    let rated = |side: usize| {
        let rate = lineup.rate(side).map_or_else(String::new, |rate| decimals.percent(rate.value));
        words.pick(format!("{} {rate}", words.segment(side)), format!("{}（{rate}）", words.segment(side)))
    };
    let rate = |side: &usize| lineup.rate(*side).map_or(0.0, |rate| rate.value);
    let mut higher: Vec<usize> =
        lineup.places().filter(|side| !lineup.clearly_lower(*side).is_empty()).collect();
    higher.sort_by(|a, b| rate(b).total_cmp(&rate(a)));
    let said = |side: &usize| {
        let lower: Vec<String> = lineup.clearly_lower(*side).into_iter().map(rated).collect();
        let list = words.list(&lower, lower.len());
        words.pick(format!("{} above {list}", rated(*side)), format!("{}高于{list}", rated(*side)))
    };
    let shown: Vec<String> = higher.iter().take(NAMED).map(said).collect();
    let (clear, all) = (clear_gaps(lineup), lineup.gaps.len());
    let care = findings::caution(words, lineup);
    let item = findings::item(words, lineup);
    words.pick(
        format!("{item}: {}; {clear} of {all} gaps clear{care}.", shown.join("; ")),
        format!("{item}：{}；{all} 项差距中 {clear} 项显著{care}。", shown.join("；")),
    )
}

fn clear_gaps(lineup: &Lineup<'_>) -> usize {
    lineup.places().map(|side| lineup.clearly_lower(side).len()).sum()
}

/// How many of the gaps in one place are clear, and who is higher in how many.
pub(super) fn summary(words: &Words<'_>, comparison: &Comparison<'_>, place: Option<&Label>) -> String {
    let lineups = comparison.in_place(place);
    let all: usize = lineups.iter().map(|lineup| lineup.gaps.len()).sum();
    let groups = words.groups();
    if lineups.iter().all(|lineup| lineup.verdict() == Verdict::Untested) {
        return words.pick(
            format!("None of the {all} gaps between {groups} could be compared: too few answers."),
            format!("{groups}之间的 {all} 项差距均无法比较：作答人数太少。"),
        );
    }
    let higher = |side: usize| lineups.iter().map(|lineup| lineup.clearly_lower(side).len()).sum::<usize>();
    let mut wins: Vec<(usize, usize)> = (0..words.segments.len()).map(|side| (side, higher(side))).collect();
    wins.sort_by_key(|(_, wins)| std::cmp::Reverse(*wins));
    let clear: usize = wins.iter().map(|(_, wins)| wins).sum();
    let level = level(comparison.table.settings.level);
    let (en_test, zh_test) = method::corrected(comparison.table.settings.correction);
    let mut en = format!("{clear} of {all} gaps between {groups} are clear at the {level} level{en_test}");
    let mut zh = format!("{groups}之间 {all} 项差距中有 {clear} 项在 {level} 水平上显著{zh_test}");
    if clear > 0 {
        let (mut told_en, mut told_zh) = (Vec::new(), Vec::new());
        for (side, wins) in wins.into_iter().filter(|(_, wins)| *wins > 0) {
            let name = words.segment(side);
            let are = if told_en.is_empty() { " are higher" } else { "" };
            told_en.push(format!("{name}{are} in {wins}"));
            told_zh.push(format!("{name}在 {wins} 项中更高"));
        }
        en = format!("{en}: {}", told_en.join(", "));
        zh = format!("{zh}：{}", told_zh.join("，"));
    }
    words.pick(format!("{en}."), format!("{zh}。"))
}

/// Title of a chart that compares the segments on several features, in one city or (`None`) everywhere.
pub(super) fn by_feature(words: &Words<'_>, city: Option<&Label>, action: &Label, tally: &Tally) -> String {
    let (place, verb, groups, n) = (words.place(city), words.verb(action), words.groups(), tally.all);
    let what = if stands_alone(action) { format!("how many {verb}") } else { noun(action).to_lowercase() };
    let (ahead, wins, _) = tally.lead();
    if tally.untested == n {
        return words.pick(
            format!("{place}, too few answers to compare the {groups} in {what}"),
            format!("{place}，作答人数太少，无法比较{groups}的{verb}率"),
        );
    }
    if tally.clear() == 0 {
        return words.pick(
            format!("{place}, no clear difference between the {groups} in {what}"),
            format!("{place}，{groups}的{verb}率无显著差异"),
        );
    }
    let differ = tally.clear();
    let all = if n == 2 { "both features".to_owned() } else { format!("all {n} features") };
    if wins == n {
        let high = words.segment(ahead);
        let more = if stands_alone(action) {
            format!("{high} {verb} more than every other group")
        } else {
            format!("{high} lead every other group in {what}")
        };
        return words.pick(
            format!("{place}, {more} on {all}"),
            format!("{place}，{high}在全部 {n} 项功能上的{verb}率都高于其他各群体"),
        );
    }
    let (en, zh) = if differ == n {
        (format!("on {all}"), format!("全部 {n} 项功能上，各群体的{verb}率都有显著差异"))
    } else {
        (
            format!("on {differ} of {n} features"),
            format!("{n} 项功能中有 {differ} 项，各群体的{verb}率差异显著"),
        )
    };
    let lead = lead(words, ahead, wins, ("on", "项"));
    words.pick(format!("{place}, groups differ in {what} {en}{lead}"), format!("{place}，{zh}{lead}"))
}

/// Who is clearly above every other, and how often; nothing where nobody is.
fn lead(words: &Words<'_>, ahead: usize, wins: usize, (on, unit): (&str, &str)) -> String {
    let name = words.segment(ahead);
    match wins {
        0 => String::new(),
        _ => words
            .pick(format!("; {name} lead {on} {wins}"), format!("；{name}在 {wins} {unit}中高于其他各群体")),
    }
}

/// Title of a chart that compares the segments on one item in several cities.
pub(super) fn by_city(words: &Words<'_>, item: &ItemLabel, cities: &[&Label], tally: &Tally) -> String {
    let (doing, groups) = (words.doing(item), words.groups());
    let tested = tally.all - tally.untested;
    let (ahead, wins, _) = tally.lead();
    if tested == 0 {
        return words.pick(
            format!("How many {doing}: too few answers to compare the {groups}"),
            format!("作答人数太少，无法比较{groups}的{doing}"),
        );
    }
    let differ = tally.clear();
    if let [city] = cities {
        let place = words.place(Some(city));
        return match (differ, wins) {
            (0, _) => words.pick(
                format!("{place}, no clear difference between the {groups} in how many {doing}"),
                format!("{place}，{groups}的{doing}无显著差异"),
            ),
            (_, 0) => words.pick(
                format!("{place}, groups differ in how many {doing}"),
                format!("{place}，各群体的{doing}差异显著"),
            ),
            _ => words.pick(
                format!("{place}, {} {doing} more than every other group", words.segment(ahead)),
                format!("{place}，{}的{doing}高于其他各群体", words.segment(ahead)),
            ),
        };
    }
    let (compared, zh_of) = if tally.untested > 0 {
        (" compared", format!("可比较的 {tested} 个城市"))
    } else {
        ("", format!("{tested} 个城市"))
    };
    if differ == 0 {
        return words.pick(
            format!("How many {doing}: no clear difference between the {groups} in any of {tested} cities{compared}"),
            format!("在{zh_of}，{groups}的{doing}均无显著差异"),
        );
    }
    if wins == tested {
        let high = words.segment(ahead);
        return words.pick(
            capital(&format!("{high} {doing} more than every other group in all {tested} cities{compared}")),
            format!("在{zh_of}，{high}的{doing}都高于其他各群体"),
        );
    }
    let lead = lead(words, ahead, wins, ("in", "个城市"));
    let (en_in, zh_in) = if differ == tested {
        (format!("all {tested} cities{compared}"), format!("在{zh_of}，各群体的{doing}都有显著差异"))
    } else {
        (
            format!("{differ} of {tested} cities{compared}"),
            format!("{zh_of}中有 {differ} 个，各群体的{doing}差异显著"),
        )
    };
    words.pick(format!("Groups differ in how many {doing} in {en_in}{lead}"), format!("{zh_in}{lead}"))
}

/// Title of the chart of the items that share their action with no other feature.
pub(super) fn other_items(words: &Words<'_>, city: Option<&Label>, tally: &Tally) -> String {
    let (place, groups, n) = (words.place(city), words.groups(), tally.all);
    let (ahead, wins, _) = tally.lead();
    let differ = tally.clear();
    if tally.untested == n {
        return words.pick(
            format!("{place}, too few answered to compare the {groups} on other items"),
            format!("{place}，作答人数太少，无法比较{groups}的其他项目"),
        );
    }
    if differ == 0 {
        return words.pick(
            format!("{place}, no clear difference between the {groups} on other items"),
            format!("{place}，{groups}在其他项目上无显著差异"),
        );
    }
    let lead = lead(words, ahead, wins, ("on", "项"));
    let (en_on, zh_on) = if differ == n {
        (format!("all {n} other items"), format!("其他 {n} 个项目各群体都有显著差异"))
    } else {
        (format!("{differ} of {n} other items"), format!("其他 {n} 个项目中有 {differ} 项各群体差异显著"))
    };
    words.pick(format!("{place}, groups differ on {en_on}{lead}"), format!("{place}，{zh_on}{lead}"))
}

/// Title of the chart of the answers to a scale, by its statistic; `None` where nothing is tested.
pub(super) fn scale(
    words: &Words<'_>,
    (place, name, statistic): (&str, &str, &str),
    verdict: Verdict,
) -> Option<String> {
    let groups = words.groups();
    Some(match verdict {
        Verdict::Higher(side) => {
            let high = words.segment(side);
            words.pick(
                format!("{place}, {high} score higher than every other group on {name} ({statistic})"),
                format!("{place}，{high}的“{name}”{statistic}高于其他各群体"),
            )
        }
        Verdict::Apart => words.pick(
            format!("{place}, groups differ on {name} ({statistic})"),
            format!("{place}，各群体的“{name}”{statistic}差异显著"),
        ),
        Verdict::Unclear => words.pick(
            format!("{place}, no clear difference between the {groups} on {name} ({statistic})"),
            format!("{place}，{groups}的“{name}”{statistic}无显著差异"),
        ),
        Verdict::Untested => return None,
    })
}

/// The letter of a segment in the report's table, before its name: `A Expats`.
pub(super) fn lettered(words: &Words<'_>, comparison: &Comparison<'_>, side: usize) -> String {
    let name = capital(words.segment(side));
    let column = comparison.table.columns.iter().position(|column| column == words.segments[side]);
    match (column, words.are_several()) {
        (Some(column), true) => format!("{} {name}", letter(column)),
        _ => name,
    }
}

/// A cell with the letters of the segments whose figure is clearly lower behind it.
pub(super) fn with_letters(cell: String, lineup: &Lineup<'_>, side: usize) -> String {
    match lineup.sides[side].map(|row| row.letters.as_str()) {
        Some(letters) if !letters.is_empty() => format!("{cell} {letters}"),
        _ => cell,
    }
}
