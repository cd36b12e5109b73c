//! The objects of a feed: what WeChat's datacube interfaces answer, one answer or many, one after the other.
//!
//! In: JSON text: an answer `{"list": […]}`, an object, lists of those, or several such values one after the other, as `cat *.json`
//! makes them. Out: the objects in their order, each with its place. Refuses text that is no JSON, answers that are errors, and figures that the
//! platform itself says are not complete yet.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::super::code::Code;
use super::super::problems::{Position, Problem};
use super::cursor::Cursor;

/// One object of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedItem {
    /// Where it begins.
    pub at: Position,
    /// What it says.
    pub fields: Map<String, Value>,
}

/// The objects in a text.
///
/// # Errors
/// What is wrong with it, and where.
pub fn feed(text: &str) -> Result<Vec<FeedItem>, Problem> {
    let mut reading = Reading { text, cursor: Cursor::new(text), items: Vec::new() };
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        let value = value.map_err(|error| {
            let at = Position { line: error.line().max(1) as u64, column: error.column().max(1) as u64 };
            let what = if error.is_eof() { "the JSON ends before it is complete" } else { "this is no JSON" };
            Problem::new(at, Code::BadJson, what)
                .hint("keep the interface's answer as it came; was the file cut off?")
        })?;
        reading.answer(value)?;
    }
    Ok(reading.items)
}

struct Reading<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
    items: Vec<FeedItem>,
}

impl<'a> Reading<'a> {
    /// Takes an answer, an object, or a list of such.
    fn answer(&mut self, value: &'a RawValue) -> Result<(), Problem> {
        if let Ok(list) = serde_json::from_str::<Vec<&'a RawValue>>(value.get()) {
            return list.into_iter().try_for_each(|value| self.answer(value));
        }
        let at = self.place(value);
        let Ok(mut fields) = serde_json::from_str::<BTreeMap<String, &'a RawValue>>(value.get()) else {
            return Err(Problem::new(at, Code::BadJson, "a value that is no object").hint(SHAPE));
        };
        refuse_errors(&fields, at)?;
        match fields.remove("list") {
            Some(list) => self.list(list),
            None => self.item(value, at),
        }
    }

    fn list(&mut self, list: &'a RawValue) -> Result<(), Problem> {
        let Ok(values) = serde_json::from_str::<Vec<&'a RawValue>>(list.get()) else {
            return Err(Problem::new(self.place(list), Code::BadJson, "list is no list").hint(SHAPE));
        };
        for value in values {
            let at = self.place(value);
            self.item(value, at)?;
        }
        Ok(())
    }

    fn item(&mut self, value: &RawValue, at: Position) -> Result<(), Problem> {
        let Ok(fields) = serde_json::from_str(value.get()) else {
            return Err(Problem::new(at, Code::BadJson, "a value that is no object").hint(SHAPE));
        };
        self.items.push(FeedItem { at, fields });
        Ok(())
    }

    /// Where a value stands, which is part of the text.
    fn place(&mut self, value: &RawValue) -> Position {
        self.cursor.position(value.get().as_ptr().addr().wrapping_sub(self.text.as_ptr().addr()))
    }
}

const SHAPE: &str = "an answer of a datacube interface is an object with a list of objects";

/// Answers that hold no figures, or not yet all of them.
fn refuse_errors(fields: &BTreeMap<String, &RawValue>, at: Position) -> Result<(), Problem> {
    let said = |name: &str| fields.get(name).map(|value| value.get().trim_matches('"'));
    if let Some(code) = said("errcode").and_then(|code| code.parse::<i64>().ok()).filter(|code| *code != 0) {
        let message = format!("the interface answered with error {code}, and with no figures");
        return Err(Problem::new(at, Code::BadJson, message)
            .hint("ask it again, and keep the answer that has a list"));
    }
    if said("is_delay").is_some_and(|delay| delay == "true" || delay == "1") {
        let message =
            "the interface says that these figures are delayed (is_delay), so they are not complete";
        return Err(Problem::new(at, Code::BadJson, message).hint("ask it again later"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_lists_and_lines_give_their_objects_with_their_places() {
        let text = "{\"list\":[{\"a\":1},\n  {\"a\":2}]}\n[{\"list\":[{\"a\":3}]}]\n{\"a\":4}";
        let items = feed(text).unwrap();
        let found: Vec<(i64, u64, u64)> = items
            .iter()
            .map(|item| (item.fields["a"].as_i64().unwrap(), item.at.line, item.at.column))
            .collect();
        assert_eq!(found, [(1, 1, 10), (2, 2, 3), (3, 3, 11), (4, 4, 1)]);
    }

    #[test]
    fn what_holds_no_figures_is_refused() {
        for (text, line, what) in [
            ("{\"list\":[{\"a\":1}", 1, "ends before"),
            ("{\"list\":\n[{a:1}]}", 2, "no JSON"),
            ("{\"errcode\":45009,\"errmsg\":\"reach max api daily quota limit\"}", 1, "error 45009"),
            ("{\"is_delay\":true,\"list\":[]}", 1, "delayed"),
            ("{\"list\":{}}", 1, "no list"),
            ("{\"list\":[1]}", 1, "no object"),
            ("\"text\"", 1, "no object"),
        ] {
            let problem = feed(text).unwrap_err();
            assert!(problem.message.contains(what) && problem.at.line == line, "{text}: {problem:?}");
        }
        assert_eq!(feed("{\"errcode\":0,\"list\":[]}").unwrap(), []);
    }
}
