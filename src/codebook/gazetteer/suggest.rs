//! The names nearest to a text that names no city.

use super::{City, tables::GAZETTEER};

/// The nearest cities by edit distance, best known first: only those at the least distance, at most three.
///
/// Latin letters may be off by one in up to five, by two in longer words; of a Chinese name one character may
/// differ. A Chinese text that begins with a city's name suggests that city.
pub(super) fn nearest(folded: &str) -> Vec<&'static City> {
    let length = folded.chars().count();
    let allowed = match (folded.is_ascii(), length) {
        (_, 0..=1) | (true, 2..=3) => return Vec::new(),
        (false, _) | (true, 4..=5) => 1,
        (true, _) => 2,
    };
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (form, places) in &GAZETTEER.city_forms {
        let size = form.chars().count();
        if size < 2 || form.is_ascii() != folded.is_ascii() {
            continue;
        }
        let distance = if begins(folded, form, length - size.min(length)) {
            0
        } else if size.abs_diff(length) <= allowed {
            strsim::osa_distance(folded, form)
        } else {
            continue;
        };
        if distance <= allowed {
            found.extend(places.iter().map(|&place| (distance, place)));
        }
    }
    let least = found.iter().map(|&(distance, _)| distance).min();
    let mut cities: Vec<&City> = found
        .iter()
        .filter(|&&(distance, _)| Some(distance) == least)
        .map(|&(_, place)| &GAZETTEER.cities[place])
        .collect();
    cities.sort_by_key(|city| (city.tier.is_none(), city.tier, !city.is_prefecture_level(), city.adcode));
    cities.dedup();
    cities.truncate(3);
    cities
}

/// 深圳龙岗 begins with 深圳. 朝阳区 is a district of many cities: one character more says nothing.
fn begins(folded: &str, form: &str, left: usize) -> bool {
    !folded.is_ascii() && left >= 2 && folded.starts_with(form)
}
