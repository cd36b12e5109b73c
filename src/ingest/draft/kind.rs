//! What kind of question a column, or the columns of one question, are.

use super::super::platforms::{Heading, Meta};
use super::super::survey::{is_personal_header, is_personal_level};
use super::choice::{self, Choice};
use super::likert;
use super::multiple::{self, Ticks, is_write_in};
use super::people::{self, City, Origin};
use super::profile::Column;
use crate::codebook::vocabulary::dimension_key;
use crate::codebook::{Answer, Platform};

/// What a question is taken for.
#[derive(Debug)]
pub(super) enum Kind {
    /// Nobody answered.
    Empty,
    /// Something of the interview.
    Meta(Meta),
    /// Personal data, which is left out.
    Personal,
    /// Where respondents live.
    City(City),
    /// Where respondents come from.
    Origin(Origin),
    /// Yes or no.
    YesNo,
    /// Several options may be ticked.
    Multiple(Ticks),
    /// One of several options.
    Choice(Choice),
    /// Points of a scale.
    Scale(Scale),
    /// Rows that are answered by one scale.
    Matrix { rows: Vec<String>, scale: Scale },
    /// Numbers.
    Number,
    /// Text.
    Text,
    /// The order that respondents gave to options.
    Ranking,
    /// One answer or nothing, as an option has that stands apart from its question: that it was not ticked cannot be told from that
    /// nobody asked.
    Lone,
    /// Several options, with something else between them than in the rest of the file.
    OddSeparator(String),
}

/// A scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scale {
    /// Lowest and highest point.
    pub(super) ends: (i32, i32),
    /// The words for the points, if it is not answered in numbers.
    pub(super) words: Vec<(String, usize)>,
}

/// What asks for a point of a scale.
const RATINGS: [&str; 16] = [
    "满意",
    "评分",
    "打分",
    "程度",
    "同意",
    "推荐",
    "重要",
    "评价",
    "rate",
    "rating",
    "satisf",
    "likely",
    "agree",
    "score",
    "recommend",
    "important",
];

/// What the columns of one question are together; `None` where each is a question of its own.
pub(super) fn kind_of_group(group: &[(&Heading, &Column)]) -> Option<Kind> {
    if let Some(ticks) = multiple::own_columns(group) {
        return Some(Kind::Multiple(ticks));
    }
    let is_row = |heading: &Heading| {
        !heading.part.is_empty()
            && !is_line(heading)
            && !is_personal_header(&heading.part)
            && heading.meta.is_none()
    };
    if !group.iter().all(|(heading, column)| is_row(heading) && column.is_whole) {
        return None;
    }
    let mut values: Vec<&str> =
        group.iter().flat_map(|(_, column)| column.values.iter().map(|(value, _)| value.as_str())).collect();
    values.sort_unstable();
    values.dedup();
    let scale = scale_of(&values, true)?;
    let rows = group.iter().map(|(heading, _)| heading.part.clone()).collect();
    Some(Kind::Matrix { rows, scale })
}

/// What one column is.
pub(super) fn kind_of_column(heading: &Heading, column: &Column, platform: Platform) -> Kind {
    if let Some(meta) = heading.meta.filter(|meta| *meta != Meta::Place) {
        return Kind::Meta(meta);
    }
    if column.said == 0 {
        return Kind::Empty;
    }
    let personal = column.values.iter().filter(|(value, _)| is_personal_level(value)).count();
    let is_personal = is_personal_header(&heading.wording) || is_personal_header(&heading.part);
    if is_personal || personal * 2 > column.values.len() {
        return Kind::Personal;
    }
    if is_write_in(heading) {
        return Kind::Text;
    }
    if let Some(city) = people::city(heading, column) {
        return Kind::City(city);
    }
    if let Some(origin) = people::origin(heading, column) {
        return Kind::Origin(origin);
    }
    if column.values.len() == 1 && column.is_whole && column.blank > 0 {
        return Kind::Lone;
    }
    let says = |answer: Answer| column.values.iter().any(|(value, _)| Answer::parse(value) == Some(answer));
    let is_answer = |value: &str| matches!(Answer::parse(value), Some(Answer::Yes | Answer::No));
    let is_person = dimension_key(&heading.wording).is_some();
    if column.all(is_answer) && says(Answer::Yes) && says(Answer::No) && !is_person {
        return Kind::YesNo;
    }
    if is_line(heading) && column.numbers().is_none() {
        return Kind::Text;
    }
    let ranked: u64 =
        column.values.iter().filter(|(value, _)| value.contains('→')).map(|(_, count)| count).sum();
    if ranked * 2 > column.said {
        return Kind::Ranking;
    }
    let values: Vec<&str> = column.values.iter().map(|(value, _)| value.as_str()).collect();
    let asks_rating = RATINGS.iter().any(|word| heading.wording.to_lowercase().contains(word));
    if let Some(scale) = scale_of(&values, asks_rating) {
        return Kind::Scale(scale);
    }
    if let Some(ticks) = multiple::joined(column, platform) {
        return Kind::Multiple(ticks);
    }
    match choice::choice(column, &heading.wording) {
        Some(choice) => Kind::Choice(choice),
        None if column.is_whole && column.numbers().is_some() => Kind::Number,
        None => Kind::Text,
    }
}

/// Whether the header is a line to write on.
fn is_line(heading: &Heading) -> bool {
    heading.wording.contains("___") || heading.part.contains("___")
}

/// The scale that values are points of: known words, or few whole numbers where points are asked for.
fn scale_of(values: &[&str], asks_rating: bool) -> Option<Scale> {
    if let Some(points) = likert::points(values) {
        let words = points.into_iter().map(|(word, point)| (word.to_owned(), point)).collect();
        return Some(Scale { ends: (1, 5), words });
    }
    let points: Option<Vec<i32>> = values.iter().map(|value| value.parse().ok()).collect();
    let points = points.filter(|points| asks_rating && points.len() > 1)?;
    let (low, high) = (*points.iter().min()?, *points.iter().max()?);
    let ends = [(1, 5), (1, 7), (1, 10), (0, 10)].into_iter().find(|ends| ends.0 <= low && high <= ends.1)?;
    (low >= 0).then_some(Scale { ends, words: Vec::new() })
}
