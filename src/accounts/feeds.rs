//! Answers of datacube interfaces by day: `getuserread`, `getusershare`, `getbizsummary` of an account, the trends and the portrait of
//! a mini-program.
//!
//! Each object is told by its fields. Counts are numbers, or numbers in quotes. Refused are objects by hour and of single articles:
//! their people would have to be added. An object with `"synthetic": true`, which no interface gives, is made up.

use serde_json::{Map, Value};

use super::account::Reading;
use super::channel::Of;
use super::measure::Measure;
use crate::codebook::clean;
use crate::ingest::{Code, Day, FeedItem, feed};

/// Fields of an object and what they count, of all channels.
const OF_ALL: [(&str, Measure); 20] = [
    ("int_page_read_user", Measure::Readers),
    ("read_user", Measure::Readers),
    ("int_page_read_count", Measure::Reads),
    ("read_count", Measure::Reads),
    ("share_user", Measure::Sharers),
    ("share_count", Measure::Shares),
    ("ori_page_read_user", Measure::Originals),
    ("add_to_fav_user", Measure::Favouriters),
    ("collection_user", Measure::Favouriters),
    ("zaikan_user", Measure::Recommenders),
    ("like_user", Measure::Likers),
    ("comment_count", Measure::Comments),
    ("visit_uv", Measure::Visitors),
    ("visit_uv_new", Measure::NewVisitors),
    ("visit_pv", Measure::Visits),
    ("session_cnt", Measure::Openings),
    ("share_uv", Measure::AppSharers),
    ("share_pv", Measure::AppShares),
    ("visit_total", Measure::AppUsers),
    ("cumulate_user", Measure::Followers),
];

/// What of an object by channel, or by kind of share, is read.
const OF_PART: [&str; 6] =
    ["int_page_read_user", "int_page_read_count", "read_user", "read_count", "share_user", "share_count"];

/// The text of a file that is a feed.
pub(super) fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let is_feed =
        matches!((signs.next(), signs.next()), (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | ']')));
    is_feed.then_some(text)
}

/// Reads a feed; `false` when it is none, which has then been noted.
pub(super) fn read(reading: &mut Reading, text: &str) -> bool {
    let items = match feed(text) {
        Ok(items) => items,
        Err(problem) => {
            reading.problems.add(problem);
            return false;
        }
    };
    for item in &items {
        reading.synthetic |= item.fields.get("synthetic") == Some(&Value::Bool(true));
        if item.fields.get("visit_uv").is_some_and(Value::is_object) {
            portrait(item, reading);
        } else {
            day(item, reading);
        }
    }
    true
}

fn day(item: &FeedItem, reading: &mut Reading) {
    let FeedItem { at, fields } = item;
    let refused = if fields.contains_key("ref_hour") {
        Some(("hours of a day", "take the interface by day, getuserread or getusershare"))
    } else if fields.contains_key("msgid") {
        Some((
            "single articles",
            "whole articles (getarticletotal, getarticletotaldetail) are for wxstats ingest; getuserread tells of an account's days",
        ))
    } else if fields.contains_key("page_path") {
        Some(("single pages", "the daily trends tell of a whole mini-program"))
    } else {
        None
    };
    if let Some((what, hint)) = refused {
        let message = format!("the feed tells of {what}, whose people must not be added");
        reading.refuse(*at, Code::NotAccount, message, hint);
        return;
    }
    let date = scalar(fields, "ref_date").or_else(|| scalar(fields, "stat_date")).unwrap_or_default();
    let Ok(day) = date.parse::<Day>() else {
        reading.refuse(
            *at,
            Code::BadTime,
            "no day: ref_date is missing or no date",
            "a day is written 2026-03-01 or 20260301",
        );
        return;
    };
    let Some(of) = of(item, reading) else { return };
    let counts: Vec<(&str, Measure)> = OF_ALL
        .into_iter()
        .filter(|(field, _)| fields.contains_key(*field) && (of == Of::All || OF_PART.contains(field)))
        .collect();
    if counts.is_empty() {
        let hint =
            "known are getuserread, getusershare, getbizsummary, and a mini-program's trends and portrait";
        reading.refuse(*at, Code::NotAccount, "an object without a count that is known here", hint);
    }
    for (field, measure) in counts {
        match scalar(fields, field).and_then(|count| count.parse::<u64>().ok()) {
            Some(count) => reading.count(*at, (measure, of.clone(), day), count),
            None => reading.refuse(
                *at,
                Code::BadNumber,
                format!("{field} is no count"),
                "a count is a whole number of at least 0",
            ),
        }
    }
}

/// Which channel or kind of share an object is of.
fn of(item: &FeedItem, reading: &mut Reading) -> Option<Of> {
    let (code, of, hint) = if let Some(code) = scalar(&item.fields, "user_source") {
        let of = Of::source(&code);
        (code, of, Of::SOURCES)
    } else if let Some(code) = scalar(&item.fields, "share_scene") {
        let of = Of::scene(&code);
        (code, of, Of::KINDS)
    } else {
        return Some(Of::All);
    };
    if of.is_none() {
        reading.refuse(item.at, Code::UnknownLevel, format!("code \"{}\" is not known", clean(&code)), hint);
    }
    of
}

/// Visitors by city.
fn portrait(item: &FeedItem, reading: &mut Reading) {
    let period = scalar(&item.fields, "ref_date").unwrap_or_default();
    let cities =
        item.fields.get("visit_uv").and_then(|visitors| visitors.get("city")).and_then(Value::as_array);
    let Some(cities) = cities else {
        reading.refuse(
            item.at,
            Code::NotAccount,
            "a portrait without cities",
            "visit_uv.city is a list of names and values",
        );
        return;
    };
    for city in cities {
        let name = city.get("name").and_then(Value::as_str).map(clean).filter(|name| !name.is_empty());
        let value =
            city.as_object().and_then(|city| scalar(city, "value")).and_then(|value| value.parse().ok());
        let (Some(name), Some(value)) = (name, value) else {
            reading.refuse(
                item.at,
                Code::BadNumber,
                "a city of the portrait without name or value",
                "visit_uv.city is a list of names and values",
            );
            continue;
        };
        let key = (clean(&period), name);
        if reading.account.cities.insert(key, value).is_some_and(|before| before != value) {
            reading.refuse(
                item.at,
                Code::Contradiction,
                "a city stands twice in one period",
                "leave one of the portraits out",
            );
        }
    }
}

/// A number or a text as text.
fn scalar(fields: &Map<String, Value>, name: &str) -> Option<String> {
    match fields.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
