//! Words for the points of a scale that questionnaires use again and again.

/// From the lowest point to the highest. A point may have several words.
const SCALES: [[&[&str]; 5]; 10] = [
    [
        &["非常不满意", "很不满意"],
        &["不满意", "比较不满意"],
        &["一般", "中立"],
        &["满意", "比较满意"],
        &["非常满意", "很满意"],
    ],
    [
        &["非常不同意", "完全不同意", "很不同意"],
        &["不同意", "比较不同意"],
        &["一般", "中立", "不确定"],
        &["同意", "比较同意"],
        &["非常同意", "完全同意", "很同意"],
    ],
    [
        &["非常不重要", "很不重要"],
        &["不重要", "比较不重要"],
        &["一般"],
        &["重要", "比较重要"],
        &["非常重要", "很重要"],
    ],
    [
        &["非常不符合", "完全不符合"],
        &["不符合", "比较不符合"],
        &["一般", "不确定"],
        &["符合", "比较符合"],
        &["非常符合", "完全符合"],
    ],
    [&["非常不愿意"], &["不愿意", "比较不愿意"], &["一般"], &["愿意", "比较愿意"], &["非常愿意"]],
    [
        &["非常差", "很差"],
        &["差", "较差", "比较差"],
        &["一般"],
        &["好", "较好", "比较好"],
        &["非常好", "很好"],
    ],
    [
        &["very dissatisfied", "extremely dissatisfied"],
        &["dissatisfied", "somewhat dissatisfied"],
        &["neutral", "neither satisfied nor dissatisfied"],
        &["satisfied", "somewhat satisfied"],
        &["very satisfied", "extremely satisfied"],
    ],
    [
        &["strongly disagree"],
        &["disagree", "somewhat disagree"],
        &["neutral", "neither agree nor disagree"],
        &["agree", "somewhat agree"],
        &["strongly agree"],
    ],
    [
        &["not at all important"],
        &["slightly important"],
        &["moderately important"],
        &["very important"],
        &["extremely important"],
    ],
    [
        &["very unlikely", "extremely unlikely"],
        &["unlikely", "somewhat unlikely"],
        &["neutral", "neither likely nor unlikely"],
        &["likely", "somewhat likely"],
        &["very likely", "extremely likely"],
    ],
];

/// The words of the known scale that all the values belong to, with their points from 1 to 5; only words that occur,
/// lowest first.
pub(super) fn points<'a>(values: &[&'a str]) -> Option<Vec<(&'a str, usize)>> {
    if values.len() < 2 {
        return None;
    }
    SCALES.iter().find_map(|scale| {
        let point = |value: &str| {
            let value = value.to_lowercase();
            scale.iter().position(|words| words.contains(&value.as_str()))
        };
        let found: Option<Vec<(&str, usize)>> =
            values.iter().map(|&value| Some((value, point(value)? + 1))).collect();
        let mut found = found?;
        found.sort_by_key(|&(_, point)| point);
        // Two words for one point are two points of another scale.
        found.windows(2).all(|pair| pair[0].1 < pair[1].1).then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn known_words_have_points() {
        let found = points(&["满意", "非常满意", "一般", "不满意"]).unwrap();
        assert_eq!(found, [("不满意", 2), ("一般", 3), ("满意", 4), ("非常满意", 5)]);
        assert_eq!(points(&["Agree", "Strongly disagree"]).unwrap()[0], ("Strongly disagree", 1));
        assert!(points(&["经常", "偶尔", "从不"]).is_none(), "how often is no scale of equal steps");
        assert!(points(&["一般"]).is_none());
        assert!(points(&["不满意", "比较不满意", "一般"]).is_none(), "a scale of other points");
    }
}
