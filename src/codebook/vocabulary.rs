//! Words of questionnaires → the keys of features, actions and dimensions, for drafts of codebooks.

use super::names::{ACTIONS, DIMENSIONS, FEATURES, Table};

/// Words beyond the names, longest first where one contains another.
const MORE_FEATURES: &[(&str, &str)] = &[
    ("看一看", "top_stories"),
    ("搜一搜", "search"),
    ("订阅号", "official_accounts"),
    ("服务号", "official_accounts"),
    ("微信群", "group_chat"),
    ("视频通话", "calls"),
    ("语音通话", "calls"),
    ("扫一扫", "qr_code"),
    ("微信红包", "red_packets"),
    ("公众号文章", "articles"),
    ("文章", "articles"),
];

/// What numbers are numbers of; the verb beside them says less.
const UNITS: &[(&str, &str)] =
    &[("分钟", "minutes"), ("minutes", "minutes"), ("小时", "hours"), ("hours", "hours")];

const MORE_ACTIONS: &[(&str, &str)] = &[
    ("满意", "satisfied"),
    ("satisfied", "satisfied"),
    ("satisfaction", "satisfied"),
    ("重要", "important"),
    ("评分", "rated"),
    ("评价", "rated"),
    ("发朋友圈", "post"),
    ("发过", "post"),
    ("浏览", "read"),
    ("看", "read"),
    ("用", "use"),
    ("听说", "aware"),
    ("知道", "aware"),
    ("reading", "read"),
    ("sharing", "share"),
    ("using", "use"),
];

const MORE_DIMENSIONS: &[(&str, &str)] = &[
    ("年龄", "age_group"),
    ("how old", "age_group"),
    ("手机系统", "os"),
    ("操作系统", "os"),
    ("operating system", "os"),
    ("教育程度", "education"),
    ("最高学历", "education"),
    ("月收入", "income"),
    ("年收入", "income"),
    ("行业", "industry"),
    ("职业", "occupation"),
    ("性别", "gender"),
    ("sex", "gender"),
    ("age", "age_group"),
];

/// The feature that an option, a row or a question is about.
#[must_use]
pub fn feature_key(text: &str) -> Option<&'static str> {
    named(text, FEATURES).or_else(|| longest(text, FEATURES, MORE_FEATURES))
}

/// The action that a question asks about.
#[must_use]
pub fn action_key(text: &str) -> Option<&'static str> {
    let unit = longest(text, &[], UNITS);
    unit.or_else(|| longest(text, ACTIONS, &[])).or_else(|| longest(text, &[], MORE_ACTIONS))
}

/// The dimension that a question asks for.
#[must_use]
pub fn dimension_key(text: &str) -> Option<&'static str> {
    const OTHERS: [&str; 5] = ["city", "segment", "wave", "region", "tier"];
    let key = longest(text, DIMENSIONS, &[]).or_else(|| longest(text, &[], MORE_DIMENSIONS));
    key.filter(|key| !OTHERS.contains(key))
}

/// The key whose name is the whole text.
fn named(text: &str, table: Table) -> Option<&'static str> {
    let text = text.trim();
    let is_name = |name: &str| name == text || name.eq_ignore_ascii_case(text);
    table.iter().find(|(_, en, zh)| is_name(en) || is_name(zh)).map(|&(key, ..)| key)
}

/// The key with the longest name or word that the text contains; English ones as whole words.
fn longest(text: &str, table: Table, words: &[(&str, &'static str)]) -> Option<&'static str> {
    let text = text.to_lowercase();
    let names = table.iter().flat_map(|&(key, en, zh)| [(en, key), (zh, key)]);
    let found = names.chain(words.iter().copied()).filter(|(word, _)| contains(&text, &word.to_lowercase()));
    found.max_by_key(|(word, _)| word.chars().count()).map(|(_, key)| key)
}

fn contains(text: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !word.is_ascii() || !(is_letter(before.chars().next_back()) || starts_other_word(after))
    })
}

/// Whether the word goes on: `sharesman`, but not the forms `shares` and `shared`.
fn starts_other_word(after: &str) -> bool {
    let rest = after.strip_prefix("ing").or_else(|| after.strip_prefix(['s', 'd'])).unwrap_or(after);
    rest.chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_about_features_and_actions() {
        for (text, feature, action) in [
            ("朋友圈", Some("moments"), None),
            ("您使用哪些微信功能？", Some("wechat"), Some("use")),
            ("您在朋友圈分享吗？", Some("moments"), Some("share")),
            ("公众号文章", Some("articles"), None),
            ("Which of these do you share on?", None, Some("share")),
            ("Moments", Some("moments"), None),
            ("How satisfied are you with Mini Programs?", Some("mini_programs"), Some("satisfied")),
            ("其他", None, None),
        ] {
            assert_eq!((feature_key(text), action_key(text)), (feature, action), "{text}");
        }
        assert_eq!(dimension_key("您的年龄段"), Some("age_group"));
        assert_eq!(dimension_key("What is your gender?"), Some("gender"));
        assert_eq!(dimension_key("您所在的城市"), None);
        assert_eq!(dimension_key("What language do you use?"), Some("language"));
        assert_eq!(dimension_key("engagement"), None, "age is inside a word");
    }
}
