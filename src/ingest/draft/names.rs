//! Keys for the items and dimensions of a draft, and display names for keys that are not known.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::Item;
use crate::codebook::vocabulary::{action_key, dimension_key, feature_key};

use super::write::brief;

/// What dimensions and items must not be called, or what the program itself derives.
const RESERVED: [&str; 16] = [
    "respondent_id",
    "user_id",
    "segment",
    "city",
    "weight",
    "stratum",
    "psu",
    "fpc",
    "wave",
    "region",
    "tier",
    "total",
    "mean",
    "points",
    "feature",
    "action",
];

/// Keys given so far, and what has to be called by its wording.
#[derive(Debug, Default)]
pub(super) struct Keys {
    items: BTreeSet<Item>,
    dimensions: BTreeSet<String>,
    /// Display names by key.
    pub(super) names: BTreeMap<String, String>,
}

impl Keys {
    /// An item for an option or row of a question: the feature from the `part`, the action from the `wording`.
    pub(super) fn of_part(&mut self, question: &str, wording: &str, number: usize, part: &str) -> Item {
        let own = format!("{question}_{}", number + 1);
        let feature = feature_key(part).map(str::to_owned);
        let action = action_key(wording).map(str::to_owned);
        let candidates = [
            (feature.clone(), action.clone()),
            (feature, Some(question.to_owned())),
            (Some(own.clone()), action),
            (Some(own.clone()), Some(question.to_owned())),
        ];
        self.first_free(candidates, (&own, part), (question, wording))
    }

    /// An item for a question of its own.
    pub(super) fn of_question(&mut self, question: &str, wording: &str, otherwise: &str) -> Item {
        let feature = feature_key(wording).map(str::to_owned);
        let action = action_key(wording).map(str::to_owned);
        let question = question.to_owned();
        let candidates = [
            (feature.clone(), action.clone()),
            (Some(question.clone()), action.filter(|_| feature.is_none())),
            (feature, Some(question.clone())),
            (Some(question.clone()), Some(otherwise.to_owned())),
        ];
        self.first_free(candidates, (&question, wording), (&question, wording))
    }

    /// The first pair of keys that is whole and not taken. The fallbacks are named by what they stand for.
    fn first_free<const N: usize>(
        &mut self,
        candidates: [(Option<String>, Option<String>); N],
        (own_feature, part): (&str, &str),
        (own_action, wording): (&str, &str),
    ) -> Item {
        let whole = candidates
            .into_iter()
            .filter_map(|(feature, action)| Some(Item { feature: feature?, action: action? }));
        let mut last = Item { feature: own_feature.to_owned(), action: own_action.to_owned() };
        for item in whole {
            if !self.items.contains(&item) {
                last = item;
                break;
            }
        }
        let action = last.action.clone();
        for number in 2.. {
            if !self.items.contains(&last) {
                break;
            }
            last.action = format!("{action}_{number}");
        }
        if last.feature == own_feature {
            self.names.insert(own_feature.to_owned(), named(part));
        }
        if last.action == own_action && own_action != own_feature {
            self.names.insert(own_action.to_owned(), named(wording));
        }
        self.items.insert(last.clone());
        last
    }

    /// A name for a dimension.
    pub(super) fn of_dimension(&mut self, question: &str, wording: &str) -> String {
        let known = dimension_key(wording).map(str::to_owned);
        let key = known.filter(|key| !self.dimensions.contains(key)).unwrap_or_else(|| {
            let key = if self.dimensions.contains(question) {
                format!("{question}_level")
            } else {
                question.to_owned()
            };
            self.names.insert(key.clone(), named(wording));
            key
        });
        self.dimensions.insert(key.clone());
        key
    }
}

/// Keys for questions, none twice.
#[derive(Debug, Default)]
pub(super) struct QuestionKeys {
    given: BTreeSet<String>,
}

impl QuestionKeys {
    /// A key for the question whose first column is `column`.
    pub(super) fn of(&mut self, reference: &str, column: usize) -> String {
        let key = question_key(reference, column);
        let is_taken = self.given.contains(&key) || RESERVED.contains(&key.as_str());
        let key = if is_taken { format!("c{}", column + 1) } else { key };
        self.given.insert(key.clone());
        key
    }
}

/// A wording as a display name: on one line, and not a paragraph.
fn named(wording: &str) -> String {
    let name = brief(wording);
    if name.is_empty() { "?".to_owned() } else { name }
}

/// A key for a question: `q7`, `c12` for the twelfth column, or the header's letters and digits.
fn question_key(reference: &str, column: usize) -> String {
    let mut slug = String::new();
    for c in reference.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
    }
    let slug = slug.trim_end_matches('_');
    let is_position = slug.strip_prefix('c').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    let is_whole = !is_position
        && reference.is_ascii()
        && slug.starts_with(|c: char| c.is_ascii_alphabetic())
        && slug.len() <= 24;
    if is_whole { slug.to_owned() } else { format!("c{}", column + 1) }
}
