//! `[names]` and the title: words in both languages.

use std::collections::BTreeMap;

use super::document::{Document, Entry, Value, entries, shown};
use super::level::level_key;
use crate::codebook::{Name, clean};

/// Display names by key, and by dimension and level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct NamesBook {
    /// By feature, action, dimension or set.
    pub(super) keys: BTreeMap<String, Name>,
    /// By dimension and level key.
    pub(super) levels: BTreeMap<(String, String), Name>,
}

impl NamesBook {
    pub(super) fn read<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Self {
        let mut book = Self::default();
        let Some(table) = document.table(value, "names", "[names]") else { return book };
        for entry in entries(table) {
            let Some(key) = read_key(document, &entry) else { continue };
            let Some(name) = read_name(document, &entry) else { continue };
            let is_new = match key {
                Key::Word(word) => book.keys.insert(word, name).is_none(),
                Key::Level(dimension, level) => book.levels.insert((dimension, level), name).is_none(),
            };
            if !is_new {
                let hint = "different spellings of a level are one level";
                document.refuse(entry.at(), format!("{} is named twice", shown(entry.key)), hint);
            }
        }
        book
    }
}

/// What a name is of.
enum Key {
    Word(String),
    Level(String, String),
}

fn read_key<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Key> {
    const HINT: &str =
        "write a feature, an action, a dimension or a set, such as moments, or a level, such as \"os=iOS\"";
    let key = entry.key.trim();
    if let Some((dimension, level)) = key.split_once('=') {
        return match level_key(dimension.trim(), level) {
            Ok(level) => Some(Key::Level(dimension.trim().to_owned(), level)),
            Err(error) => {
                document.note(entry.at(), &error.to_string(), error.hint().as_deref());
                None
            }
        };
    }
    let is_item = key.contains('.') || entry.value.get_ref().as_table().is_some_and(holds_tables);
    if key.is_empty() || is_item {
        let what =
            if is_item { " is an item; its feature and its action are named" } else { " names nothing" };
        document.refuse(entry.at(), format!("{}{what}", shown(entry.key)), HINT);
        return None;
    }
    Some(Key::Word(key.to_owned()))
}

/// Whether a key was written with a dot and without quotes.
fn holds_tables(table: &toml::de::DeTable<'_>) -> bool {
    table.values().any(|value| value.get_ref().is_table())
}

/// One text for both languages, or one for each.
pub(crate) fn read_name<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Name> {
    const EXAMPLE: &str = "{ en = \"Moments\", zh = \"朋友圈\" }";
    if entry.value.get_ref().is_str() {
        let text = clean(document.text(entry.value, entry.key, EXAMPLE)?);
        return Some(Name::new(text.clone(), text));
    }
    let key = entry.key;
    let Some(table) = entry.value.get_ref().as_table() else {
        let hint = format!("write text, or {EXAMPLE}");
        document.refuse(entry.value.span(), format!("{key} must be text, or a text for each language"), hint);
        return None;
    };
    let (mut en, mut zh) = (None, None);
    let found = document.entries(table, key, &["en", "zh"]);
    let found_languages = found.len();
    for text in found {
        let what = format!("{key}: {}", text.key);
        let words = document.text(text.value, &what, "\"Moments\"").map(clean);
        if text.key == "en" { en = words } else { zh = words }
    }
    if found_languages < 2 && found_languages == table.len() {
        let hint = format!("write both, {EXAMPLE}, or one text for both languages");
        document.refuse(entry.at(), format!("{key} needs a text for en and one for zh"), hint);
    }
    Some(Name::new(en?, zh?))
}
