//! One form for all spellings of a name: `Xi’an`, `ＸＩ ＡＮ` and `xian`; 廣州 and 广州.

use std::{collections::BTreeMap, sync::LazyLock};

static SIMPLIFIED: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let pairs = include_str!("../../../data/gazetteer/traditional.csv").lines().skip(1);
    pairs
        .filter_map(|line| line.split_once(','))
        .filter_map(|(from, to)| Some((one(from)?, one(to)?)))
        .collect()
});

/// Letters and digits only, in lower case, half width, simplified and without diacritics.
pub(super) fn fold(text: &str) -> String {
    let narrow = text.chars().map(half_width).filter(|&char| char.is_alphanumeric());
    narrow.flat_map(char::to_lowercase).map(plain).collect()
}

fn half_width(char: char) -> char {
    match char {
        '！'..='～' => char::from_u32(char as u32 - 0xFEE0).unwrap_or(char),
        _ => char,
    }
}

fn plain(char: char) -> char {
    match char {
        'à' | 'á' | 'â' | 'ä' | 'ā' | 'ǎ' => 'a',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ǐ' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' | 'ō' | 'ǒ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'u',
        _ if char.is_ascii() => char,
        _ => SIMPLIFIED.get(&char).copied().unwrap_or(char),
    }
}

fn one(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_meet() {
        for spelling in ["Xi'an", "Xi’an", "XI AN", "xi-an", "Ｘｉａｎ", "Xī'ān", "Xi\u{304}'a\u{304}n"]
        {
            assert_eq!(fold(spelling), "xian", "{spelling}");
        }
        assert_eq!(fold("烏魯木齊（新疆）"), "乌鲁木齐新疆");
        assert_eq!(fold("Ürümqi"), "urumqi");
        assert_eq!(fold(" ·-—\u{3000}"), "");
    }

    #[test]
    fn every_pair_of_the_table_is_read() {
        let lines = include_str!("../../../data/gazetteer/traditional.csv").lines().count();
        assert_eq!(super::SIMPLIFIED.len(), lines - 1);
    }
}
