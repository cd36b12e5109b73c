//! Questions about who respondents are and where they live.

use super::super::platforms::Heading;
use super::profile::Column;
use crate::codebook::gazetteer;

/// A column of cities.
#[derive(Debug)]
pub(super) struct City {
    /// How sure it is that respondents live there.
    pub(super) asked: Asked,
    /// Cells that name no city, and how often each occurs.
    pub(super) unknown: Vec<(String, u64)>,
}

/// A column of where respondents come from.
#[derive(Debug)]
pub(super) struct Origin {
    /// How sure it is that this is asked.
    pub(super) asked: Asked,
    /// Levels that mean China.
    pub(super) chinese: Vec<String>,
}

/// What tells that something is asked, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// Only what the cells hold.
    ByCells,
    /// A word of the header that may also stand in another question.
    ByWord,
    /// The header.
    Plainly,
}

/// Words of a header that ask where respondents live.
const LIVES: [&str; 12] = [
    "居住",
    "现居",
    "常住",
    "住在",
    "所在城市",
    "所在地",
    "所在的城市",
    "地理位置市",
    "where do you live",
    "city of residence",
    "reside",
    "live in",
];
/// Words that ask for some city.
const CITY: [&str; 6] = ["城市", "city", "地区", "省市", "省份", "town"];
/// Words that ask for another place than the one respondents live in.
const OTHER_PLACE: [&str; 34] = [
    "籍贯",
    "户籍",
    "户口",
    "出生",
    "家乡",
    "老家",
    "去过",
    "去年",
    "到过",
    "来过",
    "想去",
    "打算",
    "旅游",
    "旅行",
    "出差",
    "喜欢",
    "向往",
    "上学",
    "就读",
    "工作地",
    "国家和地区",
    "hometown",
    "birth",
    "born",
    "grew up",
    "visit",
    "travel",
    "trip",
    "last year",
    "favourite",
    "favorite",
    "like to",
    "want to",
    "work in",
];
/// Other people than the respondent.
const OTHER_PERSON: [&str; 22] = [
    "配偶",
    "伴侣",
    "丈夫",
    "妻子",
    "爱人",
    "父",
    "母",
    "孩子",
    "子女",
    "朋友是",
    "好友的",
    "同事",
    "老板",
    "雇主",
    "spouse",
    "partner",
    "husband",
    "wife",
    "parent",
    "father",
    "mother",
    "employer",
];
/// Words that ask where somebody comes from.
const ORIGIN: [&str; 9] = [
    "国籍",
    "nationality",
    "citizen",
    "passport",
    "哪国",
    "哪个国家",
    "which country",
    "外籍",
    "country of origin",
];
/// Words that may ask for it.
const COUNTRY: [&str; 3] = ["country", "国家", "where are you from"];
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
/// What others answer where the choice is between Chinese and foreigners.
const FOREIGN: [&str; 10] = [
    "外国人",
    "外籍",
    "外国籍",
    "非中国籍",
    "外籍人士",
    "外国公民",
    "expat",
    "foreigner",
    "foreign",
    "non-chinese",
];

fn asks(header: &str, words: &[&str]) -> bool {
    let header = header.to_lowercase();
    words.iter().any(|word| header.contains(word))
}

/// How the header asks, if by some of these words.
fn how_asked(header: &str, plainly: &[&str], by_word: &[&str]) -> Asked {
    if asks(header, plainly) {
        Asked::Plainly
    } else if asks(header, by_word) {
        Asked::ByWord
    } else {
        Asked::ByCells
    }
}

/// The column as one of cities, if at least nine in ten respondents name one.
pub(super) fn city(heading: &Heading, column: &Column) -> Option<City> {
    const MOST: usize = 1000;
    const TELLING: usize = 3;
    let header = format!("{} {}", heading.wording, heading.part);
    let is_other = asks(&header, &OTHER_PLACE) || asks(&header, &OTHER_PERSON);
    if !column.is_whole || column.values.len() > MOST || is_other {
        return None;
    }
    let asked = how_asked(&header, &LIVES, &CITY);
    if asked == Asked::ByCells && column.numbers().is_some() {
        return None;
    }
    let mut by_count: Vec<&(String, u64)> = column.values.iter().collect();
    by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    // Most columns hold no cities; the most frequent values tell.
    if asked == Asked::ByCells
        && !by_count.iter().take(TELLING).any(|(value, _)| gazetteer::names_city(value))
    {
        return None;
    }
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
    Some(City { asked, unknown })
}

/// The column as one that tells where respondents come from: some say China, others do not.
pub(super) fn origin(heading: &Heading, column: &Column) -> Option<Origin> {
    /// There are fewer countries, and so are their spellings in one file.
    const COUNTRIES: usize = 400;
    let header = format!("{} {}", heading.wording, heading.part);
    let is_among =
        |value: &str, words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value.trim()));
    let asked = how_asked(&header, &ORIGIN, &COUNTRY);
    if asked == Asked::ByCells && column.values.len() > COUNTRIES {
        return None;
    }
    let values = column.values.iter().map(|(value, _)| value);
    let chinese: Vec<String> = values.filter(|value| is_among(value, &CHINESE)).cloned().collect();
    if chinese.is_empty() {
        return None;
    }
    let has_foreign = column.values.iter().any(|(value, _)| is_among(value, &FOREIGN));
    let is_asked = asked > Asked::ByCells || has_foreign;
    let is_other = asks(&header, &OTHER_PERSON) || (asked < Asked::Plainly && asks(&header, &OTHER_PLACE));
    let has_others = chinese.len() < column.values.len();
    (has_others && column.is_whole && is_asked && !is_other).then_some(Origin { asked, chinese })
}
