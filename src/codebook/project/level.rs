//! A level as people write it → the key that data has.

use crate::codebook::gazetteer::{self, CityError};

/// The key of the level that `text` names, by the rules for the cells of a survey: cities by the gazetteer (广州 is
/// `Guangzhou`), segments in lower case, all else as it is but for spaces at the ends.
///
/// # Errors
/// When the dimension is `city` and the text names no city, or several.
pub fn level_key(dimension: &str, text: &str) -> Result<String, CityError> {
    match dimension {
        "city" => gazetteer::resolve(text).map(|city| city.key.to_owned()),
        "segment" => Ok(text.trim().to_ascii_lowercase()),
        _ => Ok(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_spelt_as_in_data() {
        for (dimension, text, key) in [
            ("city", "广州", "Guangzhou"),
            ("city", " Canton", "Guangzhou"),
            ("segment", " Expat ", "expat"),
            ("os", " iOS ", "iOS"),
            ("age_group", "", ""),
        ] {
            assert_eq!(level_key(dimension, text).as_deref(), Ok(key), "{dimension} {text}");
        }
        assert!(level_key("city", "Suzhou").is_err(), "two cities are called so");
        assert!(level_key("city", " ").is_err());
    }
}
