//! Cities of China: from what people and platforms write to one entry with both names.
//!
//! In: a cell or a command-line option (`广州`, `Canton`, `广东-深圳市-龙岗区`, `Suzhou, Anhui`). Out: a [`City`],
//! or a [`CityError`] that says what would have been understood. Five pairs of prefectures share one spelling
//! (Suzhou, Fuzhou, Taizhou, Yichun, Yulin): those, and names of provinces, are refused and never guessed.
//! Likeness suggests, it never decides. The tables stand in `data/gazetteer/` and are compiled in.

mod division;
mod error;
mod fold;
mod resolve;
mod suggest;
mod tables;

pub use division::Division;
pub use error::CityError;
pub use resolve::{names_city, resolve};
pub use tables::{all, by_key};

use std::fmt;

/// A prefecture-level unit, municipality, special region or county-level city.
#[derive(Debug, PartialEq, Eq)]
pub struct City {
    /// Code of GB/T 2260, such as 440100; cities are ordered by it.
    pub adcode: u32,
    /// Unique English name, the level in data: `Guangzhou`, `Suzhou (Anhui)`.
    pub key: &'static str,
    /// English name for display: `Suzhou`.
    pub name_en: &'static str,
    /// Short Chinese name for display: 宿州.
    pub name_zh: &'static str,
    /// Chinese name in full: 宿州市, 延边朝鲜族自治州.
    pub full_zh: &'static str,
    /// English name of its province; of itself for a municipality.
    pub province_en: &'static str,
    /// Short Chinese name of its province.
    pub province_zh: &'static str,
    /// Key of its region, such as `East China`; `None` for Hong Kong, Macau and Taiwan.
    pub region: Option<&'static str>,
    /// Tier, for cities that `tiers.csv` ranks: those of prefecture level on the mainland.
    pub tier: Option<Tier>,
}

/// Commercial tier, after the 2025 list of 新一线城市研究所 (Yicai).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// 一线: Beijing, Shanghai, Guangzhou, Shenzhen.
    First,
    /// 新一线: the fifteen that follow.
    NewFirst,
    /// 二线.
    Second,
    /// 三线.
    Third,
    /// 四线.
    Fourth,
    /// 五线.
    Fifth,
}

impl City {
    /// The key as part of a file name or an address: `suzhou-anhui`, `xian`, `urumqi`.
    #[must_use]
    pub fn slug(&self) -> String {
        let words = self.key.split([' ', '-']).map(fold::fold).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-")
    }

    /// Whether it ranks above a county: a prefecture, municipality or special region.
    #[must_use]
    pub fn is_prefecture_level(&self) -> bool {
        self.adcode.is_multiple_of(100)
    }
}

impl fmt::Display for City {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name_en, self.name_zh)
    }
}
