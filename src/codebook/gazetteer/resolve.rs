//! From a text to a city: the whole text, then its parts, then Chinese names run together.

use std::collections::BTreeSet;

use super::{
    City, CityError,
    fold::fold,
    suggest,
    tables::{GAZETTEER, Province},
};

/// Words that may follow a name.
const KINDS: [&str; 7] = ["市", "city", "shi", "municipality", "prefecture", "league", "sar"];
/// Words that may follow the English name of a province.
const PROVINCE_KINDS: [&str; 2] = ["province", "sheng"];
/// The country, which says nothing about the city.
const COUNTRY: [&str; 5] = ["prchina", "china", "prc", "中华人民共和国", "中国"];
/// What stands between the parts of an address; a hyphen may also stand inside a name.
const SEPARATORS: &str = ",;/|()[]:>+&、，；／｜（）【】：·→";
/// What a district, county or town ends with.
const BELOW: [&str; 6] = ["区", "县", "旗", "镇", "乡", "街道"];

/// The city that a text names.
///
/// Understood are Chinese names, short (广州), full (广州市) or traditional (廣州); English ones in any case, with or
/// without `City`, `Shi` or `Municipality`, apostrophes and hyphens; common aliases (Canton, 羊城); a city with its
/// province in either order (`Suzhou, Anhui`, 安徽宿州); and addresses from the province down
/// (`广东-深圳市-龙岗区`, 广东省深圳市). Where a prefecture and a county-level city share a name, the prefecture is meant.
///
/// # Errors
/// [`CityError`] if the text names no city, a province, or several cities.
pub fn resolve(text: &str) -> Result<&'static City, CityError> {
    let text = text.trim();
    let whole = without_country(fold(text));
    if whole.is_empty() {
        return Err(CityError::Empty);
    }
    if let Some(province) = province(&whole).filter(|province| !is_city(province)) {
        return Err(CityError::Province { text: text.to_owned(), candidates: seat_and_namesake(province) });
    }
    let mut candidates = candidates(text, &whole);
    match candidates.len() {
        0 => Err(CityError::Unknown { text: text.to_owned(), suggestions: suggestions(text, &whole) }),
        1 => Ok(candidates.remove(0)),
        _ => Err(CityError::Ambiguous { text: text.to_owned(), candidates }),
    }
}

/// Whether [`resolve`] finds a city: quicker to ask where it does not.
#[must_use]
pub fn names_city(text: &str) -> bool {
    let text = text.trim();
    let whole = without_country(fold(text));
    let is_province = || province(&whole).is_some_and(|province| !is_city(province));
    !whole.is_empty() && !is_province() && candidates(text, &whole).len() == 1
}

/// The cities that a text may name; `whole` is the text folded.
fn candidates(text: &str, whole: &str) -> Vec<&'static City> {
    let mut places = named(whole, None);
    if places.is_empty() {
        places = with_province(whole);
    }
    if places.is_empty() {
        places = in_parts(text, |char| SEPARATORS.contains(char));
    }
    cities(places)
}

type Places = BTreeSet<usize>;

fn cities(places: Places) -> Vec<&'static City> {
    places.into_iter().map(|place| &GAZETTEER.cities[place]).collect()
}

/// The cities of one folded name, inside a province if one is given; prefectures before county-level cities.
fn named(folded: &str, within: Option<&Province>) -> Places {
    let listed = |form: &str| {
        let places = GAZETTEER.city_forms.get(form).into_iter().flatten().copied();
        places.filter(|&place| within.is_none_or(|province| lies_in(place, province))).collect::<Places>()
    };
    let mut places = listed(folded);
    if places.is_empty()
        && let Some(bare) = KINDS.iter().find_map(|kind| folded.strip_suffix(kind))
    {
        places = listed(bare);
        if province(bare).is_some_and(|province| !is_city(province)) {
            places.retain(|&place| GAZETTEER.cities[place].full_zh.ends_with('市'));
        }
    }
    let above = |place: &usize| GAZETTEER.cities[*place].is_prefecture_level();
    if places.iter().any(above) {
        places.retain(above);
    }
    places
}

/// An English name before or after that of its province: `Xi'an Shaanxi`, `Guangdong Shenzhen`.
fn with_province(folded: &str) -> Places {
    let bare = PROVINCE_KINDS.iter().find_map(|kind| folded.strip_suffix(kind)).unwrap_or(folded);
    for (form, &place) in &GAZETTEER.province_forms {
        for rest in [bare.strip_suffix(form.as_str()), bare.strip_prefix(form.as_str())].into_iter().flatten()
        {
            let places = named(rest, Some(&GAZETTEER.provinces[place]));
            if !places.is_empty() {
                return places;
            }
        }
    }
    Places::new()
}

/// The cities that the parts of an address name together; parts that mean nothing here may stand beside them.
fn in_parts(text: &str, separates: impl Fn(char) -> bool) -> Places {
    let parts: Vec<String> =
        text.split(separates).map(|part| without_country(fold(part))).filter(|part| tells(part)).collect();
    let mut found = Places::new();
    let mut contradicted = false;
    for (at, part) in parts.iter().enumerate() {
        let Some(province) = province(part) else {
            found.extend(anywhere(part));
            continue;
        };
        let others = parts.iter().enumerate().filter(|&(other, _)| other != at);
        let inside = others.map(|(_, part)| named(part, Some(province))).find(|places| !places.is_empty());
        match inside {
            Some(places) => return places,
            None if is_city(province) => found.extend(named(part, Some(province))),
            None => contradicted = true,
        }
    }
    if contradicted { Places::new() } else { found }
}

/// One part of a text: a name, or Chinese names run together.
fn anywhere(part: &str) -> Places {
    let places = named(part, None);
    if places.is_empty() && !part.is_ascii() { run_together(part) } else { places }
}

/// 深圳市龙岗区, 广东省深圳市龙岗区, 安徽宿州, 北京海淀区.
fn run_together(text: &str) -> Places {
    let full = heads(text).find(|head| GAZETTEER.full_names.contains(head));
    if let Some(head) = full {
        return named(head, None);
    }
    for head in heads(text) {
        let Some(province) = province(head) else { continue };
        let rest = &text[head.len()..];
        let inside = heads(rest).map(|head| named(head, Some(province))).find(|places| !places.is_empty());
        if let Some(places) = inside {
            return places;
        }
        if is_city(province) {
            return named(head, Some(province)).union(&named(rest, None)).copied().collect();
        }
    }
    if is_below(text) {
        let towns =
            heads(text).filter(|head| province(head).is_none() && text[head.len()..].chars().count() >= 2);
        return towns.map(|head| named(head, None)).find(|places| !places.is_empty()).unwrap_or_default();
    }
    Places::new()
}

/// The beginnings of a text, longest first, down to two characters.
fn heads(text: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = text.char_indices().skip(2).map(|(at, _)| at).chain([text.len()]).collect();
    ends.into_iter().rev().map(|end| &text[..end])
}

/// A folded text without the country before or after it.
fn without_country(folded: String) -> String {
    let stripped =
        COUNTRY.iter().find_map(|name| folded.strip_suffix(name).or_else(|| folded.strip_prefix(name)));
    match stripped {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => folded,
    }
}

/// Whether a part may name a place: not the country, not a number as in `1.2.3.4(广东-深圳)`.
fn tells(part: &str) -> bool {
    !part.chars().all(|char| char.is_ascii_digit()) && !COUNTRY.contains(&part)
}

/// The cities among the words of a text, or else those of similar names.
fn suggestions(text: &str, folded: &str) -> Vec<&'static City> {
    let words = in_parts(text, |char| !char.is_alphanumeric());
    if words.is_empty() && !is_below(folded) {
        suggest::nearest(folded)
    } else {
        cities(words).into_iter().take(3).collect()
    }
}

/// 龙岗区: a district, a county or a town.
fn is_below(text: &str) -> bool {
    BELOW.iter().any(|below| text.ends_with(below))
}

fn province(folded: &str) -> Option<&'static Province> {
    let listed = |form: &str| GAZETTEER.province_forms.get(form).map(|&place| &GAZETTEER.provinces[place]);
    let mut bare = PROVINCE_KINDS.iter().filter_map(|kind| folded.strip_suffix(kind));
    listed(folded).or_else(|| bare.find_map(listed))
}

/// Whether a province is itself a city here: municipalities, special regions, Taiwan.
fn is_city(province: &Province) -> bool {
    GAZETTEER.cities.iter().any(|city| city.adcode == province.code * 10_000)
}

fn lies_in(place: usize, province: &Province) -> bool {
    GAZETTEER.cities[place].adcode / 10_000 == province.code
}

/// The first prefecture of a province is its seat.
fn seat_and_namesake(province: &Province) -> Vec<&'static City> {
    let seat = GAZETTEER.cities.iter().find(|city| city.adcode == province.code * 10_000 + 100);
    let namesake = GAZETTEER.cities.iter().find(|city| city.name_zh == province.name_zh);
    seat.into_iter().chain(namesake).collect()
}
