//! Metrics and units: their keys, and what they are called in both languages.

use crate::codebook::{Lang, Name, Names, capital};
use crate::writing::{magnitude, rounded};

/// The unit of shares and of growth.
pub(crate) const PERCENT: &str = "percent";

/// Dimensions under which a codebook's `[names]` may name metrics, units and platforms.
const METRIC: &str = "metric";
const UNIT: &str = "unit";
const PLATFORM: &str = "platform";
const SCOPE: &str = "scope";

/// Key, English, Chinese.
type Table = &'static [(&'static str, &'static str, &'static str)];

const METRICS: Table = &[
    ("active_users", "Active users", "活跃用户"),
    ("countries", "Countries", "覆盖国家和地区"),
    ("currencies", "Currencies", "支持币种"),
    ("daily_active_users", "Daily active users", "日活跃用户"),
    ("hours_per_week", "Hours per week", "每周使用时长"),
    ("merchants", "Merchants", "商户"),
    ("messages_per_day", "Messages per day", "日均消息量"),
    ("mobile_penetration", "Mobile phone penetration", "手机普及率"),
    ("mobile_users", "Mobile phone users", "手机用户"),
    ("monthly_active_users", "Monthly active users", "月活跃用户"),
    ("official_accounts", "Official accounts", "公众号数量"),
    ("registered_users", "Registered users", "注册用户"),
    ("revenue", "Revenue", "营收"),
    ("share_of_chinese_social_users", "Share of Chinese social-network users", "占中国社交网络用户的比例"),
    ("social_network_users", "Social-network users", "社交网络用户"),
    ("spending_in_us", "Spending in the United States", "赴美消费"),
    ("transactions", "Transactions", "交易笔数"),
];

const UNITS: Table = &[
    ("CNY", "CNY", "元人民币"),
    ("EUR", "EUR", "欧元"),
    ("HKD", "HKD", "港元"),
    ("JPY", "JPY", "日元"),
    ("USD", "USD", "美元"),
    ("accounts", "accounts", "个账户"),
    ("countries", "countries", "个国家和地区"),
    ("currencies", "currencies", "种货币"),
    ("hours", "hours", "小时"),
    ("merchants", "merchants", "家商户"),
    ("messages", "messages", "条消息"),
    ("minutes", "minutes", "分钟"),
    ("percent", "%", "%"),
    ("persons", "persons", "人"),
    ("transactions", "transactions", "笔"),
    ("users", "users", "名用户"),
];

/// Further ways to write a unit.
const SPELLINGS: [(&str, &str); 12] = [
    ("%", PERCENT),
    ("％", PERCENT),
    ("per cent", PERCENT),
    ("百分比", PERCENT),
    ("US$", "USD"),
    ("RMB", "CNY"),
    ("元", "CNY"),
    ("人民币", "CNY"),
    ("用户", "users"),
    ("账户", "accounts"),
    ("people", "persons"),
    ("国家", "countries"),
];

const PLATFORMS: Table = &[
    ("Alipay", "Alipay", "支付宝"),
    ("Chinese travellers", "Chinese travellers", "中国游客"),
    ("Tencent", "Tencent", "腾讯"),
    ("WeChat", "WeChat", "微信"),
    ("WeChat Pay", "WeChat Pay", "微信支付"),
    ("Weibo", "Weibo", "微博"),
    ("all", "All platforms", "各平台合计"),
];

const SCOPES: Table = &[
    ("China", "China", "中国"),
    ("forecast", "forecast", "预测"),
    ("outside mainland China", "outside mainland China", "中国大陆以外"),
    ("worldwide", "worldwide", "全球"),
];

/// The key of a metric: a slug as it stands, or the metric of this name in either language. `None`: neither.
pub(crate) fn metric_key(text: &str) -> Option<String> {
    let is_slug = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    is_slug(text).then(|| text.to_owned()).or_else(|| key(text, METRICS))
}

/// The key of a unit; one that is not known is its own.
pub(super) fn unit_key(text: &str) -> String {
    let spelling = SPELLINGS.iter().find(|(spelling, _)| spelling.eq_ignore_ascii_case(text));
    spelling.map(|(_, key)| (*key).to_owned()).or_else(|| key(text, UNITS)).unwrap_or_else(|| text.to_owned())
}

/// The key of a platform; one that is not known is its own.
pub(crate) fn platform_key(text: &str) -> String {
    key(text, PLATFORMS).unwrap_or_else(|| text.to_owned())
}

/// The key of a scope; one that is not known is its own.
pub(crate) fn scope_key(text: &str) -> String {
    key(text, SCOPES).unwrap_or_else(|| text.to_owned())
}

fn key(text: &str, table: Table) -> Option<String> {
    let is_it = |(key, en, zh): &&(&str, &str, &str)| {
        [key, en, zh].into_iter().any(|known| known.eq_ignore_ascii_case(text))
    };
    table.iter().find(is_it).map(|(key, _, _)| (*key).to_owned())
}

fn named(key: &str, dimension: &str, table: Table, names: &Names) -> Name {
    let own = names.level(dimension, key);
    if own.en != key || own.zh != key {
        return own;
    }
    table.iter().find(|(known, _, _)| *known == key).map_or(own, |(_, en, zh)| Name::new(*en, *zh))
}

/// What a platform is called.
pub(super) fn platform(key: &str, names: &Names) -> Name {
    named(key, PLATFORM, PLATFORMS, names)
}

/// What a metric is called, and its scope if it has one: `Active users, worldwide`.
pub(super) fn measure(metric: &str, scope: &str, names: &Names) -> Name {
    let known = named(metric, METRIC, METRICS, names);
    let is_bare = known.en == metric;
    let name = if is_bare {
        Name::new(capital(&metric.replace('_', " ")), known.zh.replace('_', " "))
    } else {
        known
    };
    if scope.is_empty() {
        return name;
    }
    let scope = named(scope, SCOPE, SCOPES, names);
    Name::new(format!("{}, {}", name.en, scope.en), format!("{}（{}）", name.zh, scope.zh))
}

/// A figure with its unit: `938 million users`, 9.38亿名用户, `USD 7.2 billion`, `91%`; a range where the two differ:
/// `55 million to 129 million users`. What is not stated but derived is told to four digits, after `≈`.
pub(super) fn quantity(
    (low, high): (f64, f64),
    unit: &str,
    derived: bool,
    names: &Names,
    lang: Lang,
) -> String {
    let amounts = amounts((low, high), unit, derived, lang);
    let about = if derived { ABOUT } else { "" };
    let name = named(unit, UNIT, UNITS, names);
    match lang {
        _ if unit == PERCENT => format!("{about}{amounts}"),
        Lang::En if is_currency(unit) => format!("{about}{} {amounts}", name.en),
        Lang::En => format!("{about}{amounts} {}", name.en),
        Lang::Zh => format!("{about}{amounts}{}", name.zh),
    }
}

/// As [`quantity`], where the unit is said elsewhere; percent keeps its sign.
pub(super) fn bare(range: (f64, f64), unit: &str, derived: bool, lang: Lang) -> String {
    format!("{}{}", if derived { ABOUT } else { "" }, amounts(range, unit, derived, lang))
}

/// Stands before what is derived.
const ABOUT: &str = "≈ ";

fn amounts((low, high): (f64, f64), unit: &str, derived: bool, lang: Lang) -> String {
    let percent = if unit == PERCENT { "%" } else { "" };
    let amount = |value: f64| {
        let value = if derived { rounded(value, 4) } else { value };
        format!("{}{percent}", magnitude(value, lang))
    };
    if low < high { span(&amount(low), &amount(high), lang) } else { amount(low) }
}

/// `2013 to 2014`, 2013至2014.
pub(super) fn span(from: &str, to: &str, lang: Lang) -> String {
    lang.pick(format!("{from} to {to}"), format!("{from}至{to}"))
}

/// What a unit is called on its own, in Chinese without the classifier that follows a number.
pub(super) fn unit(key: &str, names: &Names) -> Name {
    let name = named(key, UNIT, UNITS, names);
    let bare = name.zh.strip_prefix(['个', '名', '种', '家', '条']).unwrap_or(&name.zh).to_owned();
    Name::new(name.en, bare)
}

/// Whether a unit is a currency, by its code of three capital letters; of these there can be less than nothing.
pub(super) fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_by_either_name() {
        assert_eq!(metric_key("月活跃用户").as_deref(), Some("monthly_active_users"));
        assert_eq!(metric_key("Monthly active users").as_deref(), Some("monthly_active_users"));
        assert_eq!(metric_key("stickers_sent").as_deref(), Some("stickers_sent"));
        assert_eq!(metric_key("Stickers sent"), None);
        assert_eq!([unit_key("%"), unit_key("美元"), unit_key("bytes")], ["percent", "USD", "bytes"]);
        assert_eq!(platform_key("微信"), "WeChat");
    }

    #[test]
    fn figures_read_well_in_both_languages() {
        let names = Names::default();
        let said = |value, unit, derived, lang| quantity((value, value), unit, derived, &names, lang);
        assert_eq!(said(938e6, "users", false, Lang::En), "938 million users");
        assert_eq!(said(938e6, "users", false, Lang::Zh), "9.38亿名用户");
        assert_eq!(said(938e6 / 1.23, "users", true, Lang::En), "≈ 762.6 million users");
        assert_eq!(said(7.2e9, "USD", false, Lang::En), "USD 7.2 billion");
        assert_eq!(said(7.2e9, "USD", false, Lang::Zh), "72亿美元");
        assert_eq!(said(91.0, "percent", false, Lang::Zh), "91%");
        let range = |unit, lang| quantity((55e6, 129e6), unit, false, &names, lang);
        assert_eq!(range("users", Lang::En), "55 million to 129 million users");
        assert_eq!(range("USD", Lang::Zh), "5,500万至1.29亿美元");
    }

    #[test]
    fn tables_are_sorted_and_in_both_languages() {
        for table in [METRICS, UNITS, PLATFORMS, SCOPES] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
        assert!(
            METRICS.iter().chain(PLATFORMS).chain(SCOPES).all(|(_, en, zh)| en.is_ascii() && !zh.is_ascii())
        );
    }
}
