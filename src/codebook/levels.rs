//! The levels of a dimension: the order they stand in, and their names.
//!
//! Cities stand by adcode, the segments expat and chinese first, regions and tiers of cities in their own order, everything
//! else in natural order (`<18` before `18-24` before `25-34`, `W9` before `W10`), and the blank level last.

use std::cmp::Ordering;

use super::gazetteer::{self, Division};
use super::{Name, clean, nations};

/// Name of the dimension that tells waves apart; every dataset has it.
pub const WAVE: &str = "wave";

/// Sorts the levels of a dimension into their canonical order.
pub fn sort(dimension: &str, levels: &mut [String]) {
    levels.sort_by(|a, b| compare(dimension, a, b));
}

/// The canonical order of two levels of a dimension. Total: only equal levels compare as equal.
#[must_use]
pub fn compare(dimension: &str, a: &str, b: &str) -> Ordering {
    rank(dimension, a).cmp(&rank(dimension, b)).then_with(|| natural(a, b)).then_with(|| a.cmp(b))
}

/// The display name of a level. A level without a name shows as itself.
#[must_use]
pub fn name(dimension: &str, level: &str) -> Name {
    if dimension == "city"
        && let Some(city) = gazetteer::by_key(level)
    {
        return Name::new(city.key, city.name_zh);
    }
    let division = Division::of_dimension(dimension).map(Division::levels).unwrap_or_default();
    if let Some((key, zh)) = division.iter().find(|(key, _)| *key == level) {
        return Name::new(*key, *zh);
    }
    if let Some(name) =
        nations::name(dimension, level).or_else(|| age(dimension, level)).or_else(|| period(dimension, level))
    {
        return name;
    }
    match (dimension, level) {
        (_, "") => Name::new("(blank)", "（空白）"),
        ("segment", "expat") => Name::new("Expats", "外籍用户"),
        ("segment", "chinese") => Name::new("Chinese users", "中国用户"),
        ("model", "agent") => Name::new("Agents", "代理"),
        ("model", "maker") => Name::new("Makers", "自产自销"),
        ("os", "Android") => Name::new("Android", "安卓"),
        ("gender", "female" | "Female" | "女") => Name::new("Women", "女"),
        ("gender", "male" | "Male" | "男") => Name::new("Men", "男"),
        (_, "other" | "Other") => Name::new("Other", "其他"),
        _ => Name::new(clean(level), clean(level)),
    }
}

/// Years of age: `18-24`, `45+`, `<18`.
fn age(dimension: &str, level: &str) -> Option<Name> {
    let is_age = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(dimension, "age" | "age_group") {
        return None;
    }
    if let Some(low) = level.strip_suffix('+').filter(|low| is_age(low)) {
        return Some(Name::new(level, format!("{low} 岁及以上")));
    }
    if let Some(high) = level.strip_prefix('<').filter(|high| is_age(high)) {
        return Some(Name::new(format!("Under {high}"), format!("{high} 岁以下")));
    }
    let (low, high) = level.split_once(['-', '–']).filter(|(low, high)| is_age(low) && is_age(high))?;
    Some(Name::new(format!("{low}–{high}"), format!("{low}–{high} 岁")))
}

/// Weeks and months as logs are cut into: `2026-W10`, `2026-03`.
fn period(dimension: &str, level: &str) -> Option<Name> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, part) = level.split_once('-').filter(|(year, _)| year.len() == 4 && is_number(year))?;
    let number =
        |text: &str| Some(text).filter(|text| text.len() == 2 && is_number(text))?.parse::<u8>().ok();
    if dimension != WAVE {
        return None;
    }
    match part.strip_prefix('W') {
        Some(week) => Some(Name::new(level, format!("{year}年第{}周", number(week)?))),
        None => Some(Name::new(level, format!("{year}年{}月", number(part)?))),
    }
}

/// What comes before natural order: the place among cities, segments, regions or tiers; unnamed levels after named, all below
/// a number before all others, blank last.
fn rank(dimension: &str, level: &str) -> u32 {
    let division = Division::of_dimension(dimension).map(Division::levels).unwrap_or_default();
    if let Some(place) = division.iter().position(|(key, _)| *key == level) {
        return place as u32;
    }
    let place = match (dimension, level) {
        (_, "") => return u32::MAX,
        ("city", _) => gazetteer::by_key(level).map(|city| city.adcode),
        ("segment", "expat") => Some(0),
        ("segment", "chinese") => Some(1),
        (_, "other") => return u32::MAX - 1,
        (_, level) if level.starts_with('<') => return u32::MAX - 3,
        _ => None,
    };
    place.unwrap_or(u32::MAX - 2)
}

/// Compares text by text and number by number, numbers by value whatever their length.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        match (a.is_empty(), b.is_empty()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        let (run_a, rest_a) = run(a);
        let (run_b, rest_b) = run(b);
        let order =
            if is_number(run_a) && is_number(run_b) { by_value(run_a, run_b) } else { run_a.cmp(run_b) };
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// The leading digits, or what stands before the next digit.
fn run(text: &str) -> (&str, &str) {
    let digits = is_number(text);
    let end = text.find(|char: char| char.is_ascii_digit() != digits).unwrap_or(text.len());
    text.split_at(end)
}

fn is_number(text: &str) -> bool {
    text.starts_with(|char: char| char.is_ascii_digit())
}

fn by_value(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(dimension: &str, levels: &[&str]) -> Vec<String> {
        let mut levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
        sort(dimension, &mut levels);
        levels
    }

    #[test]
    fn cities_stand_by_adcode_and_strangers_after() {
        let levels = ["Shenzhen", "", "Narnia", "Guangzhou", "Beijing", "Suzhou (Anhui)", "Suzhou (Jiangsu)"];
        let expected =
            ["Beijing", "Suzhou (Jiangsu)", "Suzhou (Anhui)", "Guangzhou", "Shenzhen", "Narnia", ""];
        assert_eq!(sorted("city", &levels), expected);
    }

    #[test]
    fn segments_start_with_the_compared_two() {
        assert_eq!(
            sorted("segment", &["", "student", "chinese", "agent", "expat"]),
            ["expat", "chinese", "agent", "student", ""]
        );
    }

    #[test]
    fn numbers_compare_by_value() {
        assert_eq!(
            sorted("age_group", &["45+", "25-34", "5-17", "18-24", ""]),
            ["5-17", "18-24", "25-34", "45+", ""]
        );
        assert_eq!(sorted("wave", &["W10", "W9", "2015", "W", "w1"]), ["2015", "W", "W9", "W10", "w1"]);
        assert_eq!(sorted("wave", &["2", "02", "10", "1"]), ["1", "02", "2", "10"], "ties by bytes");
        assert_eq!(sorted("os", &["other", "iOS", "Android"]), ["Android", "iOS", "other"]);
        let huge = ["99999999999999999999999999", "100000000000000000000000000"];
        assert_eq!(sorted("x", &huge), huge);
    }

    #[test]
    fn regions_and_tiers_have_their_order_and_bands_begin_below() {
        assert_eq!(
            sorted("tier", &["", "Taiwan", "Unranked", "Tier 2", "New tier 1", "Tier 1"]),
            ["Tier 1", "New tier 1", "Tier 2", "Unranked", "Taiwan", ""]
        );
        assert_eq!(sorted("region", &["South China", "East China"]), ["East China", "South China"]);
        assert_eq!(
            sorted("region", &["Narnia", "Macau"]),
            ["Macau", "Narnia"],
            "those of a file's own column"
        );
        assert_eq!(sorted("age_group", &["18-24", "50+", "<18", "5-9"]), ["<18", "5-9", "18-24", "50+"]);
        assert_eq!(name("tier", "New tier 1"), Name::new("New tier 1", "新一线"));
        assert_eq!(name("region", "Hong Kong"), Name::new("Hong Kong", "香港"));
        assert_eq!(name("team", "Tier 1"), Name::new("Tier 1", "Tier 1"));
    }

    #[test]
    fn ages_and_periods_are_said_as_people_say_them() {
        assert_eq!(name("age_group", "18-24"), Name::new("18–24", "18–24 岁"));
        assert_eq!(name("age_group", "45+"), Name::new("45+", "45 岁及以上"));
        assert_eq!(name("age_group", "<18"), Name::new("Under 18", "18 岁以下"));
        assert_eq!(name("age_group", "young"), Name::new("young", "young"));
        assert_eq!(name("income", "18-24"), Name::new("18-24", "18-24"));
        assert_eq!(name(WAVE, "2026-W09"), Name::new("2026-W09", "2026年第9周"));
        assert_eq!(name(WAVE, "2026-03"), Name::new("2026-03", "2026年3月"));
        assert_eq!(name(WAVE, "2015"), Name::new("2015", "2015"));
        assert_eq!(name("team", "2026-03"), Name::new("2026-03", "2026-03"));
    }

    #[test]
    fn levels_have_names_in_both_languages() {
        assert_eq!(name("city", "Guangzhou"), Name::new("Guangzhou", "广州"));
        assert_eq!(name("city", "Suzhou (Anhui)"), Name::new("Suzhou (Anhui)", "宿州"));
        assert_eq!(name("segment", "expat"), Name::new("Expats", "外籍用户"));
        assert_eq!(name("os", "iOS"), Name::new("iOS", "iOS"));
        assert_eq!(name("os", "Android"), Name::new("Android", "安卓"));
        assert_eq!(name("os", ""), Name::new("(blank)", "（空白）"));
        assert_eq!(name("nationality", "Korean"), Name::new("Korean", "韩国"));
        assert_eq!(name("nationality", "Other"), Name::new("Other", "其他"));
        assert_eq!(name("team", "Guangzhou"), Name::new("Guangzhou", "Guangzhou"));
    }
}
