//! The compiled-in tables, read once: cities, provinces, and the index from folded spellings to them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{City, Tier, fold::fold};

const CITIES: &str = include_str!("../../../data/gazetteer/cities.csv");
const PROVINCES: &str = include_str!("../../../data/gazetteer/provinces.csv");
const REGIONS: &str = include_str!("../../../data/gazetteer/regions.csv");
const ALIASES: &str = include_str!("../../../data/gazetteer/aliases.csv");

pub(super) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

/// All cities, by adcode.
#[must_use]
pub fn all() -> &'static [City] {
    &GAZETTEER.cities
}

/// The city of a key, as it stands in data; spelling counts. For what people write use [`resolve`](fn@super::resolve).
#[must_use]
pub fn by_key(key: &str) -> Option<&'static City> {
    GAZETTEER.keys.get(key).map(|&place| &all()[place])
}

/// A first-level division.
pub(super) struct Province {
    /// First two digits of its adcode.
    pub(super) code: u32,
    pub(super) name_en: &'static str,
    pub(super) name_zh: &'static str,
    pub(super) full_zh: &'static str,
}

/// Cities and provinces, and the folded spellings of both as places in those lists.
pub(super) struct Gazetteer {
    pub(super) cities: Vec<City>,
    pub(super) provinces: Vec<Province>,
    pub(super) city_forms: BTreeMap<String, Vec<usize>>,
    pub(super) province_forms: BTreeMap<String, usize>,
    /// The full Chinese names of cities.
    pub(super) full_names: BTreeSet<&'static str>,
    keys: BTreeMap<&'static str, usize>,
}

impl Gazetteer {
    fn read() -> Self {
        let provinces = read_provinces();
        let cities = read_cities(&provinces);
        let mut city_forms = BTreeMap::new();
        for (place, city) in cities.iter().enumerate() {
            for form in forms(city) {
                add(&mut city_forms, form, place);
            }
        }
        for [alias, full] in records(ALIASES) {
            for (place, _) in cities.iter().enumerate().filter(|(_, city)| city.full_zh == full) {
                add(&mut city_forms, fold(alias), place);
            }
        }
        let province_forms = provinces.iter().enumerate().flat_map(|(place, province)| {
            [province.name_en, province.name_zh, province.full_zh].map(|form| (fold(form), place))
        });
        Self {
            province_forms: province_forms.collect(),
            full_names: cities.iter().map(|city| city.full_zh).collect(),
            keys: cities.iter().enumerate().map(|(place, city)| (city.key, place)).collect(),
            cities,
            provinces,
            city_forms,
        }
    }
}

fn read_provinces() -> Vec<Province> {
    let province = |[adcode, name_zh, full_zh, name_en]: [&'static str; 4]| {
        Some(Province { code: adcode.parse::<u32>().ok()? / 10_000, name_en, name_zh, full_zh })
    };
    records(PROVINCES).filter_map(province).collect()
}

fn read_cities(provinces: &[Province]) -> Vec<City> {
    let region =
        |province: &str| records(REGIONS).find(|[name, _]| *name == province).map(|[_, region]| region);
    let city = |[adcode, name_zh, full_zh, name_en, key, tier]: [&'static str; 6]| {
        let adcode: u32 = adcode.parse().ok()?;
        let province = provinces.iter().find(|province| province.code == adcode / 10_000)?;
        Some(City {
            adcode,
            key,
            name_en,
            name_zh,
            full_zh,
            province_en: province.name_en,
            province_zh: province.name_zh,
            region: region(province.name_zh),
            tier: match tier {
                "first" => Some(Tier::First),
                "new-first" => Some(Tier::NewFirst),
                "second" => Some(Tier::Second),
                "third" => Some(Tier::Third),
                "fourth" => Some(Tier::Fourth),
                "fifth" => Some(Tier::Fifth),
                _ => None,
            },
        })
    };
    records(CITIES).filter_map(city).collect()
}

/// Lines after the header that have exactly `N` cells; no cell of these tables holds a comma or a quote.
fn records<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).filter_map(|line| line.split(',').collect::<Vec<_>>().try_into().ok())
}

/// What a city is called: names and key, `Lvliang` for Lüliang and 延边州 for 延边朝鲜族自治州.
fn forms(city: &City) -> Vec<String> {
    let mut forms: Vec<String> = [city.name_zh, city.full_zh, city.name_en, city.key].map(fold).into();
    if city.name_en.contains(['ü', 'Ü']) {
        forms.push(fold(&city.name_en.replace(['ü', 'Ü'], "v")));
    }
    if city.full_zh.ends_with("自治州") {
        forms.push(fold(city.name_zh) + "州");
    }
    forms
}

fn add(index: &mut BTreeMap<String, Vec<usize>>, form: String, place: usize) {
    let places = index.entry(form).or_default();
    if !places.contains(&place) {
        places.push(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        assert_eq!(all().len(), CITIES.lines().count() - 1);
        assert_eq!(GAZETTEER.provinces.len(), 34);
        assert!(all().is_sorted_by_key(|city| city.adcode));
        assert_eq!(GAZETTEER.keys.len(), all().len(), "keys are unique");
        for [alias, full] in records(ALIASES) {
            assert!(all().iter().any(|city| city.full_zh == full), "{alias}");
        }
        assert_eq!(records::<2>(ALIASES).count(), ALIASES.lines().count() - 1);
        for [province, _] in records::<2>(REGIONS) {
            assert!(GAZETTEER.provinces.iter().any(|known| known.name_zh == province), "{province}");
        }
        assert_eq!(records::<2>(REGIONS).count(), 31);
    }
}
