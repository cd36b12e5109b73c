//! The feeds that tell of whole articles, to a table: `getarticletotal` and `getarticletotaldetail`.
//!
//! Their figures are cumulative: of the days of an article the last is taken. Refuses feeds that tell of one day of an
//! article or of an account: their people must not be added over days.

use serde_json::{Map, Value};

use super::super::code::Code;
use super::super::period::Day;
use super::super::problems::{Position, Problem};
use super::Lines;
use super::feed::FeedItem;

/// Fields with the days of an article, each cumulative since its publication.
const DAYS: [&str; 2] = ["details", "detail_list"];

/// Columns that say which article, and as of when.
const NAMING: [&str; 3] = ["msgid", "ref_date", "stat_date"];

/// The table of the articles that a feed tells of.
///
/// # Errors
/// When it tells of something else.
pub(super) fn lines(items: &[FeedItem]) -> Result<Lines, Problem> {
    let Some(first) = items.first() else {
        return Err(Problem::new(Position::START, Code::NoRows, "the feed has no objects").hint(
            "the platform leaves out what fewer than three people did; was anything published on these days?",
        ));
    };
    let rows: Vec<(Map<String, Value>, Position)> = items.iter().map(row).collect::<Result<_, _>>()?;
    let mut columns: Vec<String> = NAMING.iter().map(|name| (*name).to_owned()).collect();
    let fields = rows.iter().flat_map(|(row, _)| row.iter());
    let mut others: Vec<String> = fields
        .filter(|(_, value)| value.is_number() || value.is_string())
        .map(|(name, _)| name.clone())
        .collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|name| !NAMING.contains(&name.as_str()) && name != "title");
    columns.append(&mut others);
    let mut lines = Lines::default();
    lines.push(&columns, first.at);
    for (row, at) in &rows {
        let cells: Vec<String> = columns.iter().map(|name| text(row.get(name))).collect();
        lines.push(&cells, *at);
    }
    Ok(lines)
}

/// What is said of an article, and the last of its days.
fn row(item: &FeedItem) -> Result<(Map<String, Value>, Position), Problem> {
    let mut fields = item.fields.clone();
    let days = DAYS.iter().find_map(|name| fields.remove(*name));
    let (Some(Value::Array(days)), Some(_)) = (days, fields.get("msgid")) else {
        let message = "this feed does not tell of whole articles, but of single days";
        return Err(Problem::new(item.at, Code::NotArticles, message)
            .hint("people are never added over days: take getarticletotal or getarticletotaldetail; wxstats accounts FILE tells feeds by day"));
    };
    let mut last: Option<(Day, Map<String, Value>)> = None;
    for day in days {
        let Value::Object(day) = day else { return Err(no_day(item.at)) };
        let date = text(day.get("stat_date")).parse::<Day>().map_err(|_| no_day(item.at))?;
        if last.as_ref().is_none_or(|(latest, _)| *latest < date) {
            last = Some((date, day));
        }
    }
    if let Some((_, day)) = last {
        fields.extend(day);
    }
    Ok((fields, item.at))
}

fn no_day(at: Position) -> Problem {
    Problem::new(at, Code::BadTime, "a day of this article has no stat_date")
        .hint("a day is written 2026-03-01")
}

/// A value as a cell; what is neither a number nor text is left out.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
