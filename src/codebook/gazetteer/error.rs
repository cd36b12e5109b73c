//! Why a text is no city, and what to write instead.

use std::fmt;

use super::City;

/// A text that does not name one city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CityError {
    /// Nothing but space and punctuation.
    Empty,
    /// Several cities are written so.
    Ambiguous {
        /// What was written.
        text: String,
        /// All that it may mean, by adcode.
        candidates: Vec<&'static City>,
    },
    /// A province. Some cities bear the name of one; they need to be told apart from it.
    Province {
        /// What was written.
        text: String,
        /// Its seat, then the city of the same name if there is one.
        candidates: Vec<&'static City>,
    },
    /// No city is written so.
    Unknown {
        /// What was written.
        text: String,
        /// The nearest names, at most three; often none.
        suggestions: Vec<&'static City>,
    },
}

impl CityError {
    /// What to write instead, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Empty => None,
            Self::Ambiguous { candidates, .. } => {
                let ways: Vec<String> = candidates.iter().map(|city| way(city)).collect();
                Some(format!("write {}", either(&ways)))
            }
            Self::Province { candidates, .. } => {
                let (seat, namesake) = (candidates.first()?, candidates.get(1));
                let namesake = namesake.map(|city| format!("; the city of that name is {}", way(city)));
                Some(format!("write a city of it, such as {seat}{}", namesake.unwrap_or_default()))
            }
            Self::Unknown { suggestions, .. } if suggestions.is_empty() => None,
            Self::Unknown { suggestions, .. } => {
                let names: Vec<String> = suggestions.iter().map(|city| named(city)).collect();
                Some(format!("did you mean {}?", either(&names)))
            }
        }
    }
}

impl fmt::Display for CityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no city is given"),
            Self::Ambiguous { text, candidates } => {
                let names: Vec<String> = candidates.iter().map(|city| placed(city)).collect();
                write!(f, "city \"{text}\" may be {}", either(&names))
            }
            Self::Province { text, .. } => write!(f, "\"{text}\" is a province, not a city"),
            Self::Unknown { text, .. } => write!(f, "unknown city \"{text}\""),
        }
    }
}

impl std::error::Error for CityError {}

/// `"Suzhou (Anhui)" (宿州市)`: the two ways that always work.
fn way(city: &City) -> String {
    format!("\"{}\" ({})", city.key, city.full_zh)
}

/// `Suzhou in Anhui (安徽宿州)`; a municipality is not in anything.
fn placed(city: &City) -> String {
    if city.name_en == city.province_en && city.key == city.name_en {
        city.to_string()
    } else {
        format!("{} in {} ({}{})", city.name_en, city.province_en, city.province_zh, city.name_zh)
    }
}

/// `Guangzhou (广州)`, `Suzhou in Anhui (安徽宿州)` where the bare name would not do.
fn named(city: &City) -> String {
    if city.key == city.name_en { city.to_string() } else { placed(city) }
}

/// `a`, `a or b`, `a, b or c`.
fn either(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
