//! Questions about who respondents are and where they live.

use super::super::platforms::Heading;
use super::profile::Column;
use crate::codebook::gazetteer;

/// A column of cities.
#[derive(Debug)]
pub(super) struct City {
    /// Whether the header says so, and not only the cells.
    pub(super) is_asked: bool,
    /// Cells that name no city, and how often each occurs.
    pub(super) unknown: Vec<(String, u64)>,
}

/// Words of a header that ask for the city.
const CITY: [&str; 10] =
    ["城市", "所在地", "居住地", "现居", "地理位置市", "city", "where do you live", "地区", "省市", "省份"];
/// Words that ask for another place.
const OTHER_PLACE: [&str; 6] = ["籍贯", "出生", "家乡", "hometown", "birth", "国家和地区"];
/// Words that ask where somebody comes from.
const ORIGIN: [&str; 9] =
    ["国籍", "nationality", "citizen", "passport", "哪国", "哪个国家", "which country", "外籍", "国家和地区"];
/// What Chinese respondents answer.
const CHINESE: [&str; 14] = [
    "中国",
    "中国人",
    "中国籍",
    "中华人民共和国",
    "大陆",
    "中国大陆",
    "chinese",
    "china",
    "prc",
    "p.r. china",
    "mainland china",
    "中国公民",
    "local",
    "本地人",
];

fn asks(header: &str, words: &[&str]) -> bool {
    let header = header.to_lowercase();
    words.iter().any(|word| header.contains(word))
}

/// The column as one of cities, if at least nine in ten respondents name one.
pub(super) fn city(heading: &Heading, column: &Column) -> Option<City> {
    const MOST: usize = 1000;
    let header = format!("{} {}", heading.wording, heading.part);
    if !column.is_whole || column.values.len() > MOST || asks(&header, &OTHER_PLACE) {
        return None;
    }
    let is_asked = asks(&header, &CITY);
    if !is_asked && column.numbers().is_some() {
        return None;
    }
    let mut by_count: Vec<&(String, u64)> = column.values.iter().collect();
    by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let (mut unknown, mut lost) = (Vec::new(), 0);
    for (value, count) in by_count {
        if !gazetteer::names_city(value) {
            unknown.push((value.clone(), *count));
            lost += count;
        }
        if lost * 10 > column.said {
            return None;
        }
    }
    Some(City { is_asked, unknown })
}

/// The levels that mean China, of a column that tells where respondents come from.
pub(super) fn origin(heading: &Heading, column: &Column) -> Option<Vec<String>> {
    let is_chinese = |value: &str| CHINESE.contains(&value.trim().to_lowercase().as_str());
    let chinese: Vec<String> =
        column.values.iter().map(|(value, _)| value.clone()).filter(|value| is_chinese(value)).collect();
    let is_asked = asks(&heading.wording, &ORIGIN) || asks(&heading.part, &ORIGIN);
    let has_others = chinese.len() < column.values.len();
    (!chinese.is_empty() && has_others && column.is_whole && (is_asked || column.values.len() <= 60))
        .then_some(chinese)
}
