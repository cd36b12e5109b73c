//! An item is one thing a respondent may do: a feature and an action, written `moments.share`.

use std::{fmt, str::FromStr};

/// A feature and an action; both are lower-case slugs of `a-z`, `0-9` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Item {
    /// The part of WeChat: `moments`, `wechat_pay`, …
    pub feature: String,
    /// What is done with it: `share`, `read`, `use`, …
    pub action: String,
}

impl Item {
    /// What the action of an item ends with that counts events of a usage log.
    pub const EVENTS: &str = "_events";

    /// The item that counts how often this one was done: `moments.share_events` of `moments.share`.
    #[must_use]
    pub fn events(&self) -> Self {
        Self { feature: self.feature.clone(), action: format!("{}{}", self.action, Self::EVENTS) }
    }

    /// Whether it counts how often something was done.
    #[must_use]
    pub fn counts_events(&self) -> bool {
        self.action.ends_with(Self::EVENTS)
    }
}

/// The text is not of the form `feature.action`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnItem;

impl fmt::Display for NotAnItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item is written feature.action in lower case, such as moments.share")
    }
}

impl std::error::Error for NotAnItem {}

impl FromStr for Item {
    type Err = NotAnItem;

    fn from_str(text: &str) -> Result<Self, NotAnItem> {
        let (feature, action) = text.trim().split_once('.').ok_or(NotAnItem)?;
        if is_slug(feature) && is_slug(action) {
            Ok(Self { feature: feature.to_owned(), action: action.to_owned() })
        } else {
            Err(NotAnItem)
        }
    }
}

impl TryFrom<String> for Item {
    type Error = NotAnItem;

    fn try_from(text: String) -> Result<Self, NotAnItem> {
        text.parse()
    }
}

impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.feature, self.action)
    }
}

fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
