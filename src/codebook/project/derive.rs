//! `[dataset.….derive]`: dimensions that are made from others, by bands of a number or by recoding levels.

use std::collections::BTreeMap;

use super::document::{Document, Entry, Value, entries, shown};
use super::level::level_key;
use crate::codebook::gazetteer::Division;
use crate::codebook::{Bands, Item, Name, clean};

/// A dimension that is made from another, or from an item that is answered with numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// What it is made from.
    pub of: MadeOf,
    /// How.
    pub rule: Rule,
    /// The codebook, as messages show it.
    pub file: String,
    /// Line and column of it, from 1.
    pub at: (u64, u64),
}

/// What a dimension is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MadeOf {
    /// A dimension of the survey, or the region or tier of its cities.
    Dimension(String),
    /// An item that is answered with numbers.
    Number(Item),
}

/// How a dimension is made from another.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// By bands of its numbers.
    Bands(Bands),
    /// By level key; blank stays blank if it is not listed.
    Recode {
        /// New levels by old ones.
        levels: BTreeMap<String, String>,
        /// The level of all old ones that are not listed, but for the blank one.
        others: Option<String>,
    },
}

const KEYS: [&str; 3] = ["of", "bands", "levels"];
const EXAMPLE: &str = "{ of = \"age\", bands = [18, 25, 35, 50] }";
/// Dimensions that a survey has in any case.
const TAKEN: [&str; 3] = ["segment", "city", "wave"];

impl Derivation {
    /// Display names of the levels that it makes, by key.
    #[must_use]
    pub fn level_names(&self) -> BTreeMap<String, Name> {
        match &self.rule {
            Rule::Bands(bands) => bands.names().collect(),
            Rule::Recode { .. } => BTreeMap::new(),
        }
    }

    /// Reads a derive table; what is wrong is noted.
    pub(super) fn read_all<'t>(
        document: &mut Document<'t>,
        name: &str,
        entry: &Entry<'_, 't>,
    ) -> BTreeMap<String, Self> {
        let mut found = BTreeMap::new();
        let Some(table) = document.table(entry.value, name, "[dataset.expats.derive]") else { return found };
        let own: Vec<&str> = entries(table).iter().map(|entry| entry.key).collect();
        for entry in entries(table) {
            let is_good = check_name(document, &entry);
            let derivation = Self::read(document, &entry, &own);
            if let (true, Some(derivation)) = (is_good, derivation) {
                found.insert(entry.key.to_owned(), derivation);
            }
        }
        found
    }

    fn read<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>, own: &[&str]) -> Option<Self> {
        let table = document.table(entry.value, entry.key, EXAMPLE)?;
        let (mut of, mut rules) = (None, Vec::new());
        let found = document.entries(table, entry.key, &KEYS);
        let is_known = found.len() == table.len();
        for part in found {
            match part.key {
                "of" => of = read_source(document, &part, own),
                "bands" => rules.push(read_bands(document, part.value).map(Rule::Bands)),
                _ => rules.push(read_levels(document, entry.key, table, part.value)),
            }
        }
        if !table.contains_key("of") && is_known {
            document.refuse(entry.at(), format!("{} does not say of what it is made", entry.key), EXAMPLE);
        }
        if rules.len() != 1 && is_known {
            let message = format!("{} needs either bands or levels", entry.key);
            document.refuse(entry.at(), message, "bands cut a number, levels recode a dimension");
        }
        let rule = rules.into_iter().next().flatten()?;
        let of = of?;
        if let (MadeOf::Number(item), Rule::Recode { .. }) = (&of, &rule) {
            let message = format!("{} recodes {item}, which has numbers and no levels", entry.key);
            document.refuse(entry.at(), message, format!("cut it into bands: {EXAMPLE}"));
        }
        Some(Self { of, rule, file: document.file().to_owned(), at: document.place(entry.at()) })
    }
}

/// A dimension's name must be one that `--by` can say and that no survey has in any case.
fn check_name(document: &mut Document<'_>, entry: &Entry<'_, '_>) -> bool {
    let key = entry.key;
    let is_taken = TAKEN.contains(&key) || Division::of_dimension(key).is_some();
    let is_sayable =
        !key.trim().is_empty() && key.trim() == key && clean(key) == key && !key.contains(['*', ',']);
    if is_taken {
        let hint = "give the derived dimension a name of its own";
        document.refuse(entry.at(), format!("{key} is a dimension already"), hint);
    } else if !is_sayable || key.parse::<Item>().is_ok() {
        let hint = "a dimension is called by a word or several, without * , and such, and not like an item";
        document.refuse(entry.at(), format!("{} is no name of a dimension", shown(key)), hint);
    }
    !is_taken && is_sayable
}

fn read_source<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>, own: &[&str]) -> Option<MadeOf> {
    let text = document.text(entry.value, "of", "\"age\"")?.trim();
    if own.contains(&text) {
        let hint = "derive it from a column of the survey, or from region or tier";
        document.refuse(entry.value.span(), format!("{} is itself derived", shown(text)), hint);
        return None;
    }
    if text == "wave" {
        let hint = "waves are told apart by --by wave, and chosen by --wave or --where";
        document.refuse(entry.value.span(), "nothing is derived from the wave", hint);
        return None;
    }
    Some(match text.parse::<Item>() {
        Ok(item) => MadeOf::Number(item),
        Err(_) => MadeOf::Dimension(text.to_owned()),
    })
}

fn read_bands<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<Bands> {
    const EXAMPLE: &str = "[18, 25, 35, 50]";
    let list = document.list(value, "bands", EXAMPLE)?;
    let is_whole = list.iter().all(|bound| bound.get_ref().is_integer());
    let bounds: Option<Vec<f64>> = list.iter().map(|bound| document.number(bound, "a bound", "18")).collect();
    let bands = Bands::new(bounds?, is_whole);
    if bands.is_none() {
        let hint = format!("each band begins at a number, 0 or more, ascending: {EXAMPLE}");
        document.refuse(value.span(), "bands must be ascending numbers, at least one", hint);
    }
    bands
}

fn read_levels<'t>(
    document: &mut Document<'t>,
    name: &str,
    table: &toml::de::DeTable<'t>,
    value: &Value<'t>,
) -> Option<Rule> {
    let listed = document.table(value, "levels", "{ iOS = \"Apple\", \"*\" = \"other\" }")?;
    let of = table.get("of").and_then(|of| of.get_ref().as_str()).unwrap_or_default().trim();
    let (mut levels, mut others) = (BTreeMap::new(), None);
    for entry in entries(listed) {
        let Some(new) = document.text(entry.value, entry.key, "\"Apple\"").map(clean) else { continue };
        if entry.key.trim() == "*" {
            others = Some(new);
            continue;
        }
        match level_key(of, entry.key) {
            Ok(old) => {
                if levels.insert(old, new).is_some() {
                    let hint = "different spellings of a level are one level";
                    document.refuse(entry.at(), format!("{} stands twice", shown(entry.key)), hint);
                }
            }
            Err(error) => document.note(entry.at(), &error.to_string(), error.hint().as_deref()),
        }
    }
    if listed.is_empty() {
        document.refuse(
            value.span(),
            format!("{name} lists no levels"),
            "{ iOS = \"Apple\", \"*\" = \"other\" }",
        );
    }
    Some(Rule::Recode { levels, others })
}
