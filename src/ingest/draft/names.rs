//! Keys for the items and dimensions of a draft, and display names for keys that are not known.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::vocabulary::{action_key, dimension_key, feature_key};
use crate::codebook::{Item, clean};

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
        if last.feature == own_feature {
            self.names.insert(own_feature.to_owned(), clean(part));
        }
        if last.action == own_action && own_action != own_feature {
            self.names.insert(own_action.to_owned(), clean(wording));
        }
        self.items.insert(last.clone());
        last
    }

    /// A name for a dimension.
    pub(super) fn of_dimension(&mut self, question: &str, wording: &str) -> String {
        let known = dimension_key(wording).map(str::to_owned);
        let key = known.filter(|key| !self.dimensions.contains(key)).unwrap_or_else(|| {
            self.names.insert(question.to_owned(), clean(wording));
            question.to_owned()
        });
        self.dimensions.insert(key.clone());
        key
    }
}

/// A key for a question: `q7`, `c12` for the twelfth column, or the header's letters and digits.
pub(super) fn question_key(reference: &str, column: usize) -> String {
    let mut slug = String::new();
    for c in reference.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
    }
    let slug = slug.trim_end_matches('_');
    let is_whole =
        reference.is_ascii() && slug.starts_with(|c: char| c.is_ascii_alphabetic()) && slug.len() <= 24;
    if is_whole { slug.to_owned() } else { format!("c{}", column + 1) }
}
