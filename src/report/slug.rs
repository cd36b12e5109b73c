//! Keys → names of directories and files, `[a-z0-9-]`.

use std::collections::BTreeMap;

use super::lineup::Comparison;
use super::story::Subject;
use crate::codebook::{City, gazetteer};
use crate::table::Label;

/// Slug of the overview bundle.
pub(super) const OVERVIEW: &str = "overview";

/// Directory names for cities, in their order, no two the same and none that of the overview.
///
/// A name says the key in `[a-z0-9-]`; where that loses letters or is taken, eight digits of the key's BLAKE3 follow.
pub(super) fn of_cities(cities: &[&Label]) -> Vec<String> {
    let known = |key: &str| gazetteer::by_key(key).map(City::slug);
    let plain: Vec<String> =
        cities.iter().map(|city| known(&city.key).unwrap_or_else(|| of(&city.key))).collect();
    plain
        .iter()
        .enumerate()
        .map(|(i, slug)| {
            let taken =
                slug == OVERVIEW || plain.iter().enumerate().any(|(j, other)| i != j && other == slug);
            if taken && !lossy(&cities[i].key) { with_hash(slug, &cities[i].key) } else { slug.clone() }
        })
        .collect()
}

/// The key in `[a-z0-9-]`, followed by a hash where letters are lost.
pub(super) fn of(key: &str) -> String {
    let mut slug = String::with_capacity(key.len());
    for c in key.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(48);
    let slug = slug.trim_end_matches('-');
    if lossy(key) || slug.is_empty() { with_hash(slug, key) } else { slug.to_owned() }
}

/// Whether `text` may be a directory of ours.
pub(super) fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn lossy(key: &str) -> bool {
    key.len() > 48
        || key.contains("__")
        || key.starts_with('_')
        || key.ends_with('_')
        || key.chars().any(|c| !c.is_ascii_alphanumeric() && !matches!(c, ' ' | '_' | '-' | '\''))
}

fn with_hash(slug: &str, key: &str) -> String {
    let hash = blake3::hash(key.as_bytes()).to_hex();
    let dash = if slug.is_empty() { "x-" } else { "-" };
    format!("{slug}{dash}{}", &hash.as_str()[..8])
}

/// The directory names of all cities of a table.
pub(super) struct Slugs(BTreeMap<String, String>);

impl Slugs {
    pub(super) fn of(by_city: Option<&Comparison<'_>>) -> Self {
        let mut cities: Vec<&Label> =
            by_city.iter().flat_map(|by_city| &by_city.lineups).filter_map(|lineup| lineup.place).collect();
        cities.sort();
        cities.dedup();
        let slugs = of_cities(&cities);
        Self(cities.iter().map(|city| city.key.clone()).zip(slugs).collect())
    }

    pub(super) fn get(&self, subject: &Subject) -> String {
        match subject {
            Subject::Overview => OVERVIEW.to_owned(),
            Subject::City(city) => self.0.get(&city.key).cloned().unwrap_or_else(|| of(&city.key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Name;

    fn label(key: &str) -> Label {
        Label { key: key.to_owned(), name: Name::new(key, key) }
    }

    #[test]
    fn plain_keys_stay_readable() {
        assert_eq!(of("Guangzhou"), "guangzhou");
        assert_eq!(of("Xi'an"), "xi-an");
        assert_eq!(of("wechat_pay"), "wechat-pay");
    }

    #[test]
    fn hostile_and_colliding_keys_get_a_hash() {
        for key in ["../../etc", "广州", "", "a/b", "CON.txt", "-", "é"] {
            assert!(is_slug(&of(key)), "{key}: {}", of(key));
        }
        let labels = ["Xi an", "Xi'an", "overview", "Overview", "Beijing"].map(label);
        let slugs = of_cities(&labels.each_ref());
        let distinct: std::collections::BTreeSet<&String> = slugs.iter().collect();
        assert_eq!(distinct.len(), labels.len(), "{slugs:?}");
        assert!(slugs.iter().all(|slug| is_slug(slug) && slug != OVERVIEW));
        assert_eq!(slugs[4], "beijing");
    }
}
