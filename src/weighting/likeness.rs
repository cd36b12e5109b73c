//! Which of the known levels somebody meant who wrote another.

/// The known combinations of levels of the dimensions `by` that `levels` may be a slip for: those that differ in case,
/// dashes or spaces only, or else the nearest; at most three. Names of dimensions do for `by` of their own.
pub(super) fn nearest<'k>(by: &[String], levels: &[String], known: &'k [Vec<String>]) -> Vec<&'k [String]> {
    let distance = |candidate: &[String]| {
        let levels = by.iter().zip(levels).zip(candidate);
        levels.map(|((dimension, level), known)| distance(dimension, level, known)).sum::<Option<usize>>()
    };
    let mut near: Vec<(usize, &[String])> =
        known.iter().filter_map(|known| Some((distance(known)?, known.as_slice()))).collect();
    near.sort_by_key(|&(distance, _)| distance);
    let least = near.first().map(|&(distance, _)| distance);
    near.into_iter()
        .filter(|&(distance, _)| Some(distance) == least)
        .map(|(_, known)| known)
        .take(3)
        .collect()
}

/// As [`nearest`], of single levels of one dimension.
pub(super) fn nearest_level(dimension: &str, level: &str, known: &[String]) -> Vec<String> {
    let known: Vec<Vec<String>> = known.iter().map(|known| vec![known.clone()]).collect();
    let found = nearest(&[dimension.to_owned()], &[level.to_owned()], &known);
    found.into_iter().flatten().cloned().collect()
}

/// How many letters differ between two levels of a dimension, but for case, dashes and spaces; `None` where nobody takes
/// one for the other. Cities have been looked up by all their spellings, and numbers are not misspelt.
fn distance(dimension: &str, a: &str, b: &str) -> Option<usize> {
    let (a, b) = (folded(a), folded(b));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if dimension == "city" || a == b || digits(&a) != digits(&b) {
        return (a == b).then_some(0);
    }
    let allowed = match (a.is_ascii() && b.is_ascii(), a.chars().count().min(b.chars().count())) {
        (_, 0..=2) => 0,
        (false, _) | (true, 3..=5) => 1,
        (true, _) => 2,
    };
    Some(strsim::osa_distance(&a, &b)).filter(|&distance| distance <= allowed)
}

/// In lower case, with plain letters for wide ones and one kind of dash, and without spaces.
pub(super) fn folded(text: &str) -> String {
    /// A wide form of ASCII stands this far from it.
    const WIDE: u32 = 0xFEE0;
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - WIDE).unwrap_or(c),
        _ => c,
    };
    let plain = |c: char| match narrow(c) {
        '~' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{223C}' | '\u{301C}' | '\u{FE63}' => '-',
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(plain).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_levels() {
        for (level, meant) in [
            ("ios", "iOS"),
            ("IOS ", "iOS"),
            ("25–34", "25-34"),
            ("25～34", "25-34"),
            ("25 — 34", "25-34"),
            ("２５-34", "25-34"),
            ("expatt", "expat"),
            ("epxat", "expat"),
            ("Androide", "Android"),
            ("HuaweiOS", "Huawei OS"),
            ("外籍人士们", "外籍人士"),
        ] {
            assert_eq!(distance("x", level, meant).map(|found| found < 2), Some(true), "{level} {meant}");
        }
        for (level, other) in [
            ("25-34", "25-35"),
            ("2015", "2016"),
            ("male", "female"),
            ("M", "F"),
            ("学生", "学者"),
            ("", "x"),
        ] {
            assert_eq!(distance("x", level, other), None, "{level} {other}");
        }
        assert_eq!(distance("city", "Hangzhou", "Guangzhou"), None);
    }

    #[test]
    fn the_nearest_are_found_level_by_level() {
        let owned = |levels: &[&str]| levels.iter().map(ToString::to_string).collect::<Vec<String>>();
        let known = [owned(&["iOS", "18-24"]), owned(&["iOS", "25-34"]), owned(&["Android", "18-24"])];
        let by = owned(&["os", "age_group"]);
        assert_eq!(nearest(&by, &owned(&["ios", "18–24"]), &known), [&known[0]]);
        assert!(nearest(&by, &owned(&["ios", "45+"]), &known).is_empty());
        assert_eq!(nearest_level("x", "cat", &owned(&["bat", "car", "cart", "dog"])), ["bat", "car", "cart"]);
        assert_eq!(nearest_level("x", "Cat", &owned(&["bat", "cat"])), ["cat"]);
    }
}
