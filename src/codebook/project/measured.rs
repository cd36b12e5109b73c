//! How an item that is not answered with yes or no is measured.

use toml::de::DeTable;

use super::answer_source;
use super::document::{Document, Value};

/// How an item's answers are coded, and what is estimated of them. Items that are not listed are yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// Any number: its mean.
    Number,
    /// A whole number from `low` to `high`: its mean.
    Scale {
        /// The lowest point.
        low: i32,
        /// The highest point.
        high: i32,
    },
    /// A whole number from `low` to `high`: the proportion who gave one of the `boxes` highest points.
    Top {
        /// The lowest point.
        low: i32,
        /// The highest point.
        high: i32,
        /// How many points count; at least 1, and fewer than there are.
        boxes: u32,
    },
    /// A whole number from 0 to 10: the net promoter score, the mean of 100 (9 and 10), 0 (7 and 8) and −100 (0 to 6).
    Nps,
}

impl Measured {
    /// The lowest and the highest point, if it is a scale.
    #[must_use]
    pub fn scale(self) -> Option<(i32, i32)> {
        match self {
            Self::Number => None,
            Self::Scale { low, high } | Self::Top { low, high, .. } => Some((low, high)),
            Self::Nps => Some((0, 10)),
        }
    }
}

/// The points of a scale lie between −FARTHEST and FARTHEST.
const FARTHEST: i64 = 1000;
/// What files write for "not asked".
const NOT_ASKED: i64 = -3;
const EXAMPLE: &str =
    "{ scale = [1, 5], top = 2 }, { scale = [1, 7] }, { scale = [0, 10], nps = true } or { number = true }";

impl Measured {
    /// Reads `{ scale = [1, 5], top = 2 }` and its like, beside keys that say where the item stands. `None` for an item that
    /// is yes or no, and where what is said was refused.
    pub(super) fn read<'t>(document: &mut Document<'t>, item: &str, value: &Value<'t>) -> Option<Self> {
        let table = document.table(value, item, EXAMPLE)?;
        let keys = Keys::read(document, item, table)?;
        if keys.is_empty() && table.keys().any(|key| answer_source::KEYS.contains(&key.get_ref().as_ref())) {
            return None;
        }
        let refuse = |document: &mut Document<'t>, message: &str, hint: &str| {
            document.refuse(value.span(), format!("{item}: {message}"), hint);
            None
        };
        match keys {
            Keys { number: true, scale: None, top: None, nps: false } => Some(Self::Number),
            Keys { number: true, .. } => {
                refuse(document, "number stands alone", "leave out scale, top and nps, or number")
            }
            Keys { nps: true, top: Some(_), .. } => {
                refuse(document, "a net promoter score has no top boxes", "leave out top, or nps")
            }
            Keys { nps: true, scale: None | Some((0, 10)), .. } => Some(Self::Nps),
            Keys { nps: true, .. } => refuse(
                document,
                "a net promoter score needs a scale from 0 to 10",
                "write { scale = [0, 10], nps = true }",
            ),
            Keys { top: Some(boxes), scale: Some((low, high)), .. } => match u32::try_from(boxes) {
                Ok(boxes @ 1..) if boxes <= low.abs_diff(high) => Some(Self::Top { low, high, boxes }),
                _ => refuse(
                    document,
                    &format!("top = {boxes} is no part of a scale of {} points", low.abs_diff(high) + 1),
                    "top = 2 counts the two highest points",
                ),
            },
            Keys { top: Some(_), scale: None, .. } => refuse(
                document,
                "top needs the scale whose highest points it counts",
                "write { scale = [1, 5], top = 2 }",
            ),
            Keys { scale: Some((low, high)), .. } => Some(Self::Scale { low, high }),
            Keys { .. } => refuse(
                document,
                "nothing says how it is measured",
                format!("write {EXAMPLE}; an item that is yes or no needs no entry").as_str(),
            ),
        }
    }
}

/// What stands in the item's table.
struct Keys {
    number: bool,
    scale: Option<(i32, i32)>,
    top: Option<i64>,
    nps: bool,
}

impl Keys {
    fn is_empty(&self) -> bool {
        !self.number && !self.nps && self.scale.is_none() && self.top.is_none()
    }

    /// `None` where one of them cannot be read.
    fn read<'t>(document: &mut Document<'t>, item: &str, table: &DeTable<'t>) -> Option<Self> {
        let mut keys = Self { number: false, scale: None, top: None, nps: false };
        let known: Vec<&str> =
            ["scale", "top", "nps", "number"].into_iter().chain(answer_source::KEYS).collect();
        let entries = document.entries(table, item, &known);
        let mut is_read = entries.len() == table.len();
        for entry in entries {
            let what = format!("{item}: {}", entry.key);
            is_read &= match entry.key {
                "scale" => scale(document, &what, entry.value).map(|scale| keys.scale = Some(scale)),
                "top" => document.whole(entry.value, &what, "2").map(|top| keys.top = Some(top)),
                "nps" => document.flag(entry.value, &what).map(|nps| keys.nps = nps),
                key if answer_source::KEYS.contains(&key) => Some(()),
                _ => document.flag(entry.value, &what).map(|number| keys.number = number),
            }
            .is_some();
        }
        is_read.then_some(keys)
    }
}

/// The ends of a scale.
fn scale<'t>(document: &mut Document<'t>, what: &str, value: &Value<'t>) -> Option<(i32, i32)> {
    const EXAMPLE: &str = "[1, 5]";
    let list = document.list(value, what, EXAMPLE)?;
    let [low, high] = list else {
        document.refuse(
            value.span(),
            format!("{what} must hold two numbers, not {}", list.len()),
            "write the lowest and the highest point, such as [1, 5]",
        );
        return None;
    };
    let (low, high) = (document.whole(low, what, EXAMPLE)?, document.whole(high, what, EXAMPLE)?);
    let (message, hint) = if low >= high {
        (
            format!("{what} runs from {low} to {high}"),
            "write the lowest point first, such as [1, 5]".to_owned(),
        )
    } else if low < -FARTHEST || high > FARTHEST {
        (
            format!("{what} runs from {low} to {high}, farther than {FARTHEST}"),
            "{ number = true } takes any number".to_owned(),
        )
    } else if (low..=high).contains(&NOT_ASKED) {
        (
            format!("{what} runs from {low} to {high}, but in files {NOT_ASKED} means not asked"),
            "code the points from 1 on".to_owned(),
        )
    } else {
        return Some((low as i32, high as i32));
    };
    document.refuse(value.span(), message, hint);
    None
}
