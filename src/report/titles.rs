//! Titles of charts: they claim what the corrected tests support, and are neutral otherwise.

use super::lineup::{Lineup, Verdict};
use super::several;
use super::words::{Words, noun, stands_alone};
use crate::codebook::{Lang, capital};
use crate::table::{ItemLabel, Label};

/// How the tests of several lineups came out.
pub(super) struct Tally {
    /// By segment: lineups in which it is clearly higher than every other.
    pub(super) higher: Vec<usize>,
    /// Lineups in which some segments are clearly higher than others, and none than all; never of two.
    pub(super) apart: usize,
    /// Lineups without a gap to test.
    pub(super) untested: usize,
    /// All lineups.
    pub(super) all: usize,
}

impl Tally {
    pub(super) fn of(lineups: &[Lineup<'_>]) -> Self {
        let verdicts: Vec<Verdict> = lineups.iter().map(Lineup::verdict).collect();
        let count = |verdict| verdicts.iter().filter(|other| **other == verdict).count();
        let sides = lineups.first().map_or(0..2, Lineup::places);
        Self {
            higher: sides.map(|side| count(Verdict::Higher(side))).collect(),
            apart: count(Verdict::Apart),
            untested: count(Verdict::Untested),
            all: lineups.len(),
        }
    }

    /// Lineups in which any segment is clearly higher than another.
    pub(super) fn clear(&self) -> usize {
        self.higher.iter().sum::<usize>() + self.apart
    }

    /// The segment that is higher more often (the last on a tie), how often it is, and how often others are.
    pub(super) fn lead(&self) -> (usize, usize, usize) {
        let (ahead, wins) =
            self.higher.iter().copied().enumerate().max_by_key(|(_, wins)| *wins).unwrap_or((0, 0));
        (ahead, wins, self.higher.iter().sum::<usize>() - wins)
    }
}

/// Title of a chart that compares the segments on several features, in one city or (`None`) everywhere.
pub(super) fn by_feature(words: &Words<'_>, city: Option<&Label>, action: &Label, tally: &Tally) -> String {
    match words.lang {
        _ if words.are_several() => several::by_feature(words, city, action, tally),
        Lang::En => by_feature_en(words, city, action, tally),
        Lang::Zh => by_feature_zh(words, city, action, tally),
    }
}

fn by_feature_en(words: &Words<'_>, city: Option<&Label>, action: &Label, tally: &Tally) -> String {
    let (place, verb, n) = (words.place(city), words.verb(action), tally.all);
    let (a, b) = (words.segment(0), words.segment(1));
    let alone = stands_alone(action);
    let subject = match city {
        Some(city) => format!("{} in {}", noun(action), words.name(city)),
        None => format!("{} across all cities", noun(action)),
    };
    if tally.untested == n {
        return if alone {
            format!("{place}, too few answers to compare how many {a} and {b} {verb}")
        } else {
            format!("{subject}: too few answers to compare {a} and {b}")
        };
    }
    let (ahead, wins, losses) = tally.lead();
    if wins == 0 {
        return if alone {
            format!("{place}, no clear difference between {a} and {b} in how many {verb}")
        } else {
            format!("{subject}: no clear difference between {a} and {b}")
        };
    }
    let (high, low) = (words.segment(ahead), words.segment(1 - ahead));
    let features = match (wins == n, n) {
        (true, 2) => "both features".to_owned(),
        (true, _) => format!("all {n} features"),
        _ => format!("{wins} of {n} features"),
    };
    match (alone, losses) {
        (true, 0) => format!("{place}, {high} {verb} more than {low} on {features}"),
        (true, _) => format!("{place}, {high} {verb} more than {low} on {features}; {low} more on {losses}"),
        (false, 0) => format!("{subject}: {high} lead on {features}"),
        (false, _) => format!("{subject}: {high} lead on {features}, {low} on {losses}"),
    }
}

fn by_feature_zh(words: &Words<'_>, city: Option<&Label>, action: &Label, tally: &Tally) -> String {
    let (place, verb, n) = (words.place(city), words.verb(action), tally.all);
    let (a, b) = (words.segment(0), words.segment(1));
    if tally.untested == n {
        return format!("{place}，作答人数太少，无法比较{a}与{b}的{verb}率");
    }
    let (ahead, wins, losses) = tally.lead();
    if wins == 0 {
        return format!("{place}，{a}与{b}的{verb}率无显著差异");
    }
    let (high, low) = (words.segment(ahead), words.segment(1 - ahead));
    if wins == n {
        return format!("{place}，{high}在全部 {n} 项功能上的{verb}率都高于{low}");
    }
    let rest = if losses == 0 { String::new() } else { format!("，{losses} 项{low}更高") };
    format!("{place}，{n} 项功能中有 {wins} 项{high}的{verb}率高于{low}{rest}")
}

/// Title of a chart that compares the segments on one item in several cities.
pub(super) fn by_city(words: &Words<'_>, item: &ItemLabel, cities: &[&Label], tally: &Tally) -> String {
    match words.lang {
        _ if words.are_several() => several::by_city(words, item, cities, tally),
        Lang::En => by_city_en(words, item, cities, tally),
        Lang::Zh => by_city_zh(words, item, cities, tally),
    }
}

fn by_city_en(words: &Words<'_>, item: &ItemLabel, cities: &[&Label], tally: &Tally) -> String {
    let (doing, n) = (words.doing(item), tally.all);
    let (a, b) = (words.segment(0), words.segment(1));
    let tested = n - tally.untested;
    if tested == 0 {
        return format!("How many {doing}: too few answers to compare {a} and {b}");
    }
    let (ahead, wins, losses) = tally.lead();
    if wins == 0 {
        let where_ = match (tested == n, tested) {
            (_, 1) => String::new(),
            (true, 2) => " in either city".to_owned(),
            (true, _) => format!(" in any of {n} cities"),
            (false, _) => format!(" in any of the {tested} cities compared"),
        };
        return format!("How many {doing}: no clear difference between {a} and {b}{where_}");
    }
    let (high, low) = (words.segment(ahead), words.segment(1 - ahead));
    let claim = format!("{high} {doing} more than {low}");
    match cities {
        [city] => format!("{}, {claim}", words.place(Some(city))),
        _ if tested == 1 && n > 1 => capital(&format!("{claim} in the one city that can be compared")),
        _ if wins == tested && tested < n => {
            capital(&format!("{claim} in all {tested} cities that can be compared"))
        }
        _ if tested < n => capital(&format!("{claim} in {wins} of the {tested} cities compared")),
        [_, _] if wins == n => format!("In both cities, {claim}"),
        _ if wins == n => format!("In all {n} cities, {claim}"),
        _ if losses == 0 => capital(&format!("{claim} in {wins} of {n} cities")),
        _ => capital(&format!("{claim} in {wins} of {n} cities; {low} more in {losses}")),
    }
}

fn by_city_zh(words: &Words<'_>, item: &ItemLabel, cities: &[&Label], tally: &Tally) -> String {
    let (rate, n) = (words.doing(item), tally.all);
    let (a, b) = (words.segment(0), words.segment(1));
    let tested = n - tally.untested;
    if tested == 0 {
        return format!("作答人数太少，无法比较{a}与{b}的{rate}");
    }
    let (ahead, wins, losses) = tally.lead();
    if wins == 0 {
        return match (tested == n, tested) {
            (_, 1) => format!("{a}与{b}的{rate}无显著差异"),
            (true, _) => format!("在 {n} 个城市，{a}与{b}的{rate}均无显著差异"),
            (false, _) => format!("在可比较的 {tested} 个城市，{a}与{b}的{rate}均无显著差异"),
        };
    }
    let (high, low) = (words.segment(ahead), words.segment(1 - ahead));
    match cities {
        [city] => format!("{}，{high}的{rate}高于{low}", words.place(Some(city))),
        _ if tested == 1 && n > 1 => format!("在唯一可比较的城市，{high}的{rate}高于{low}"),
        _ if wins == tested && tested < n => format!("在可比较的 {tested} 个城市，{high}的{rate}都高于{low}"),
        _ if tested < n => format!("可比较的 {tested} 个城市中有 {wins} 个，{high}的{rate}高于{low}"),
        [_, _] if wins == n => format!("在两个城市，{high}的{rate}都高于{low}"),
        _ if wins == n => format!("在全部 {n} 个城市，{high}的{rate}都高于{low}"),
        _ if losses == 0 => format!("{n} 个城市中有 {wins} 个，{high}的{rate}高于{low}"),
        _ => format!("{n} 个城市中有 {wins} 个，{high}的{rate}高于{low}；{losses} 个城市{low}更高"),
    }
}

/// Title of the chart of all gaps of one action, by city and feature.
pub(super) fn by_city_and_feature(words: &Words<'_>, action: &Label, tally: &Tally) -> String {
    let verb = words.verb(action);
    let (a, b) = (words.segment(0), words.segment(1));
    let tested = tally.all - tally.untested;
    let (ahead, wins, losses) = tally.lead();
    if wins == 0 {
        return words.pick(
            format!(
                "{}: no clear difference between {a} and {b} in {tested} comparisons of city and feature",
                noun(action)
            ),
            format!("在 {tested} 个城市与功能的组合中，{a}与{b}的{verb}率均无显著差异"),
        );
    }
    let (high, low) = (words.segment(ahead), words.segment(1 - ahead));
    let (en_rest, zh_rest) = match losses {
        0 => (String::new(), String::new()),
        _ => (format!(", {low} in {losses}"), format!("，{losses} 项{low}更高")),
    };
    let more = if stands_alone(action) { format!("{verb} more") } else { "lead".to_owned() };
    words.pick(
        capital(&format!("{high} {more} in {wins} of {tested} comparisons of city and feature{en_rest}")),
        format!("按城市与功能的 {tested} 项比较中，有 {wins} 项{high}{verb}率更高{zh_rest}"),
    )
}

/// Title of the chart of the items that share their action with no other feature.
pub(super) fn other_items(words: &Words<'_>, city: Option<&Label>, tally: &Tally) -> String {
    if words.are_several() {
        return several::other_items(words, city, tally);
    }
    let place = words.place(city);
    let (ahead, wins, losses) = tally.lead();
    let (high, low) = (words.segment(ahead), words.segment(1 - ahead));
    let n = tally.all;
    if tally.untested == n {
        let (a, b) = (words.segment(0), words.segment(1));
        return words.pick(
            format!("{place}, too few answered to compare {a} and {b} on other items"),
            format!("{place}，作答人数太少，无法比较{a}与{b}的其他项目"),
        );
    }
    if wins == 0 {
        let (a, b) = (words.segment(0), words.segment(1));
        return words.pick(
            format!("{place}, no clear difference between {a} and {b} on other items"),
            format!("{place}，{a}与{b}在其他项目上无显著差异"),
        );
    }
    if wins == n {
        let items = match n {
            1 => "the other item".to_owned(),
            2 => "both other items".to_owned(),
            _ => format!("all {n} other items"),
        };
        return words.pick(
            format!("{place}, {high} lead on {items}"),
            format!("{place}，其他 {n} 个项目都是{high}更高"),
        );
    }
    let (en_rest, zh_rest) = match losses {
        0 => (String::new(), String::new()),
        _ => (format!(", {low} on {losses}"), format!("，{losses} 项{low}更高")),
    };
    words.pick(
        format!("{place}, {high} lead on {wins} of {n} other items{en_rest}"),
        format!("{place}，其他 {n} 个项目中有 {wins} 项{high}更高{zh_rest}"),
    )
}

/// Title of the chart of sharing against reading: it claims nothing.
pub(super) fn sharing_and_reading(words: &Words<'_>, feature: &Label) -> String {
    let feature = words.name(feature);
    words.pick(format!("Sharing and reading {feature}, city by city"), format!("各城市的{feature}分享与阅读"))
}
