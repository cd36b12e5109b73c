//! Groups of cities: the seven regions, and the commercial tiers. Hong Kong, Macau and Taiwan are levels of their own in
//! both. Sources and what is not verified: `data/gazetteer/README.md`.

use super::City;

/// A way to group cities; also a dimension of every survey that has cities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    /// 地理大区: East China, 华东.
    Region,
    /// 城市等级, after the 2025 list of 新一线城市研究所 (Yicai): New tier 1, 新一线.
    Tier,
}

/// Level key, which is also its English name, and Chinese name; in display order.
type Levels = &'static [(&'static str, &'static str)];

const REGIONS: Levels = &[
    ("North China", "华北"),
    ("Northeast China", "东北"),
    ("East China", "华东"),
    ("Central China", "华中"),
    ("South China", "华南"),
    ("Southwest China", "西南"),
    ("Northwest China", "西北"),
    ("Hong Kong", "香港"),
    ("Macau", "澳门"),
    ("Taiwan", "台湾"),
];

const TIERS: Levels = &[
    ("Tier 1", "一线"),
    ("New tier 1", "新一线"),
    ("Tier 2", "二线"),
    ("Tier 3", "三线"),
    ("Tier 4", "四线"),
    ("Tier 5", "五线"),
    (UNRANKED, "未列入"),
    ("Hong Kong", "香港"),
    ("Macau", "澳门"),
    ("Taiwan", "台湾"),
];

/// The level of cities that the list does not rank.
const UNRANKED: &str = "Unranked";

impl Division {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Region, Self::Tier];

    /// The dimension's name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Tier => "tier",
        }
    }

    /// The division that a dimension of this name is.
    #[must_use]
    pub fn of_dimension(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|division| division.key() == name)
    }

    /// Keys and Chinese names of its levels, in display order.
    #[must_use]
    pub fn levels(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Region => REGIONS,
            Self::Tier => TIERS,
        }
    }

    /// Key of the level that a city is on.
    #[must_use]
    pub fn level(self, city: &City) -> &'static str {
        let is_apart = city.region.is_none();
        match self {
            _ if is_apart => city.province_en,
            Self::Region => city.region.unwrap_or_default(),
            Self::Tier => city.tier.map_or(UNRANKED, |tier| TIERS[tier as usize].0),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{all, resolve};
    use super::*;

    #[test]
    fn every_city_is_on_a_level() {
        for division in Division::ALL {
            for city in all() {
                let level = division.level(city);
                assert!(division.levels().iter().any(|(key, _)| *key == level), "{city}: {level}");
            }
        }
    }

    #[test]
    fn tiers_are_as_many_as_the_list_says() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for city in all().iter().filter(|city| city.is_prefecture_level()) {
            *counts.entry(Division::Tier.level(city)).or_default() += 1;
        }
        let expected = [4, 15, 30, 70, 90, 128, 0, 1, 1, 1];
        let found = TIERS.iter().map(|(key, _)| counts.get(key).copied().unwrap_or_default());
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn cities_and_those_apart() {
        for (city, region, tier) in [
            ("广州", "South China", "Tier 1"),
            ("成都", "Southwest China", "New tier 1"),
            ("厦门", "East China", "Tier 2"),
            ("济宁", "East China", "Tier 3"),
            ("赤峰", "North China", "Tier 4"),
            ("丽江", "Southwest China", "Tier 5"),
            ("昆山", "East China", "Unranked"),
            ("香港", "Hong Kong", "Hong Kong"),
            ("澳门", "Macau", "Macau"),
            ("台湾", "Taiwan", "Taiwan"),
        ] {
            let city = resolve(city).unwrap();
            assert_eq!((Division::Region.level(city), Division::Tier.level(city)), (region, tier), "{city}");
        }
    }
}
