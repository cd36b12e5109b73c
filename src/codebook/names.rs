//! Display names in English and Chinese for the keys that surveys use.
//!
//! A key without a name shows as itself, with `_` as a space. The built-in names stand at the end of the file.

use std::{collections::BTreeMap, fmt};

use super::{Item, capital, levels};

/// The language of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// The first in English, the second in Chinese.
    #[must_use]
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// The BCP 47 tag, as in HTML's `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }
}

/// The same words in both languages: a display name, or a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Name {
    /// A name from its two forms.
    #[must_use]
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The form in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.zh)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Names of features, actions and dimensions: the built-in ones, overridden by a codebook's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    overrides: BTreeMap<String, Name>,
    /// By dimension and level.
    levels: BTreeMap<(String, String), Name>,
}

impl Names {
    /// The built-in names, but for the given keys (a feature, an action, a dimension or a set) and for the given levels, by
    /// dimension and key.
    #[must_use]
    pub fn with_overrides(
        overrides: BTreeMap<String, Name>,
        levels: BTreeMap<(String, String), Name>,
    ) -> Self {
        Self { overrides, levels }
    }

    /// Name of a level: `Guangzhou` of `city` is "Guangzhou", 广州.
    #[must_use]
    pub fn level(&self, dimension: &str, key: &str) -> Name {
        let own = self.levels.get(&(dimension.to_owned(), key.to_owned())).cloned();
        own.unwrap_or_else(|| levels::name(dimension, key))
    }

    /// Name of a feature: `friends_moments` is "Friends’ Moments", 好友的朋友圈.
    #[must_use]
    pub fn feature(&self, key: &str) -> Name {
        let stage = || listed(key, STAGES);
        self.find(key, FEATURES).or_else(stage).unwrap_or_else(|| same(&capital(&words(key))))
    }

    /// Name of an action, in lower case as it stands inside a sentence: `take_part` is "take part", 参与, and
    /// `share_events`, which counts how often, is "share events", 分享次数.
    #[must_use]
    pub fn action(&self, key: &str) -> Name {
        let events = |action| {
            let Name { en, zh } = self.action(action);
            Name::new(format!("{en} events"), format!("{zh}次数"))
        };
        let counted = || key.strip_suffix(Item::EVENTS).map(events);
        self.find(key, ACTIONS)
            .or_else(|| listed(key, COUNTS))
            .or_else(|| listed(key, STEPS))
            .or_else(|| listed(key, REASONS))
            .or_else(counted)
            .unwrap_or_else(|| same(&words(key)))
    }

    /// Name of a dimension: `os` is "Operating system", 操作系统.
    #[must_use]
    pub fn dimension(&self, key: &str) -> Name {
        self.find(key, DIMENSIONS).unwrap_or_else(|| same(&capital(&words(key))))
    }

    /// An action as the plural verb of a sentence: "Chinese users {share} more than expats".
    ///
    /// Only where the action's name is not itself the verb do the two differ: `aware` is "know", 知晓.
    #[must_use]
    pub fn verb(&self, action: &str) -> Name {
        let overridden = self.overrides.get(action).cloned();
        overridden.or_else(|| listed(action, VERBS)).unwrap_or_else(|| self.action(action))
    }

    fn find(&self, key: &str, table: Table) -> Option<Name> {
        self.overrides.get(key).cloned().or_else(|| listed(key, table))
    }
}

/// Key, English, Chinese.
pub(super) type Table = &'static [(&'static str, &'static str, &'static str)];

fn listed(key: &str, table: Table) -> Option<Name> {
    table.iter().find(|&&(listed, _, _)| listed == key).map(|&(_, en, zh)| Name::new(en, zh))
}

fn same(text: &str) -> Name {
    Name::new(text, text)
}

fn words(key: &str) -> String {
    key.replace('_', " ")
}

pub(super) const FEATURES: Table = &[
    ("articles", "Articles", "公众号文章"),
    ("bank", "Banking", "银行服务"),
    ("brand_accounts", "Brand accounts", "品牌公众号"),
    ("calls", "Voice & video calls", "语音视频通话"),
    ("channels", "Channels", "视频号"),
    ("community", "Community", "社区"),
    ("contact_card", "Contact cards", "个人名片"),
    ("favourites", "Favourites", "收藏"),
    ("forwarded_messages", "Forwarded messages", "转发消息"),
    ("friends_moments", "Friends’ Moments", "好友的朋友圈"),
    ("games", "Games", "游戏"),
    ("group_chat", "Group chat", "群聊"),
    ("location", "Location sharing", "位置共享"),
    ("loyalty_programme", "Loyalty programme", "会员计划"),
    ("mini_programs", "Mini Programs", "小程序"),
    ("mobile_contacts", "Mobile contacts", "手机通讯录"),
    ("moments", "Moments", "朋友圈"),
    ("moments_ads", "Moments ads", "朋友圈广告"),
    ("nearby", "People Nearby", "附近的人"),
    ("official_accounts", "Official accounts", "公众号"),
    ("qq_contacts", "QQ contacts", "QQ好友"),
    ("qr_code", "QR codes", "二维码"),
    ("radar", "Radar", "雷达加朋友"),
    ("red_packets", "Red packets", "红包"),
    ("search", "Search", "搜一搜"),
    ("shake", "Shake", "摇一摇"),
    ("stickers", "Stickers", "表情"),
    ("taxi", "Taxi", "打车"),
    ("top_stories", "Top Stories", "看一看"),
    ("translation", "Translation", "翻译"),
    ("voice_messages", "Voice messages", "语音消息"),
    ("wallet", "Wallet", "微信钱包"),
    ("wechat", "WeChat", "微信"),
    ("wechat_pay", "WeChat Pay", "微信支付"),
];

pub(super) const ACTIONS: Table = &[
    ("aware", "aware", "知晓"),
    ("buy", "buy", "购买"),
    ("click", "click", "点击"),
    ("comment", "comment", "评论"),
    ("follow", "follow", "关注"),
    ("forward", "forward", "转发"),
    ("hours", "hours", "小时数"),
    ("important", "important", "重要"),
    ("like", "like", "点赞"),
    ("minutes", "minutes", "分钟数"),
    ("pay", "pay", "付款"),
    ("post", "post", "发布"),
    ("rated", "rated", "评分"),
    ("read", "read", "阅读"),
    ("receive", "receive", "收取"),
    ("recommend", "recommend", "推荐"),
    ("satisfied", "satisfied", "满意"),
    ("save", "save", "收藏"),
    ("scan", "scan", "扫码"),
    ("search", "search", "搜索"),
    ("send", "send", "发送"),
    ("share", "share", "分享"),
    ("take_part", "take part", "参与"),
    ("use", "use", "使用"),
    ("watch", "watch", "观看"),
];

/// Counts of articles' statistics, by the names that the platform gives them.
const COUNTS: Table = &[
    ("delivered", "delivered to", "送达人数"),
    ("finishers", "finished reading", "读完人数"),
    ("first_shares", "first shares", "首次分享次数"),
    ("followers", "new followers", "阅读后关注人数"),
    ("message_reads", "reads in the message", "公众号消息阅读次数"),
    ("readers", "readers", "阅读人数"),
    ("reads", "reads", "阅读次数"),
    ("reads_from_shares", "reads from shares", "分享产生阅读次数"),
    ("sharers", "sharers", "分享人数"),
    ("shares", "shares", "分享次数"),
];

/// Rates of articles' counts: part, whole, and what the rate is called.
const RATES: [(&str, &str, &str, &str); 8] = [
    ("message_reads", "delivered", "delivery-read rate", "送达阅读率"),
    ("readers", "delivered", "open rate", "打开率"),
    ("finishers", "readers", "completion rate", "阅读完成率"),
    ("sharers", "readers", "share rate", "分享率"),
    ("shares", "reads", "share rate", "分享率"),
    ("first_shares", "message_reads", "first-share rate", "首次分享率"),
    ("reads_from_shares", "shares", "reads per share", "每次分享带来阅读次数"),
    ("reads_from_shares", "reads", "reads that sharing brought", "分享带来的阅读占比"),
];

/// The rates of articles that have a name of their own, each as the actions of its two counts.
pub const ARTICLE_RATES: [(&str, &str); RATES.len()] = {
    let mut pairs = [("", ""); RATES.len()];
    let mut at = 0;
    while at < pairs.len() {
        pairs[at] = (RATES[at].0, RATES[at].1);
        at += 1;
    }
    pairs
};

/// What a ratio of two counts of articles is called, where it has a name.
#[must_use]
pub fn article_rate(part: &str, whole: &str) -> Option<Name> {
    let known = RATES.iter().find(|(own, other, ..)| *own == part && *other == whole)?;
    Some(Name::new(known.2, known.3))
}
/// What stands in the place of a feature: stages on the way to a purchase, and lists of a survey of adoption. Questionnaires
/// are not searched for them.
const STAGES: Table = &[
    ("ads", "Advertising in Moments", "朋友圈广告"),
    ("advert", "Advertisement", "看到广告"),
    ("ask", "Enquiry", "咨询"),
    ("contact", "Contact", "添加联系人"),
    ("keep", "Keeps the goods", "留下商品"),
    ("pay", "Payment", "付款"),
    ("return", "Return", "退货"),
    ("ship", "Shipment", "发货"),
    ("why_not", "Reasons for not using", "不用的原因"),
];

/// How far somebody got: on a way through stages, and with a feature.
const STEPS: Table = &[
    ("acted", "acted on it", "有所行动"),
    ("annoyed", "annoyed by it", "感到厌烦"),
    ("exposed", "have seen it", "看到过"),
    ("reached", "reached", "到达"),
    ("tried", "tried", "试用过"),
    ("use_weekly", "use weekly", "每周使用"),
    ("wait", "seconds from the stage before", "距上一阶段秒数"),
];

/// Reasons for not using a feature.
const REASONS: Table = &[
    ("few_friends", "too few friends there", "那里的好友太少"),
    ("no_need", "no need for it", "用不着"),
    ("not_from_friends", "the content is not from friends", "内容不是好友发的"),
    ("privacy", "privacy", "担心隐私"),
    ("unaware", "did not know it", "不知道有这个功能"),
];

/// Actions whose name is no verb.
const VERBS: Table = &[
    ("annoyed", "are annoyed by", "感到厌烦"),
    ("aware", "know", "知晓"),
    ("important", "find important", "认为重要"),
    ("satisfied", "are satisfied with", "满意"),
];

pub(super) const DIMENSIONS: Table = &[
    ("age_group", "Age group", "年龄组"),
    ("city", "City", "城市"),
    ("education", "Education", "学历"),
    ("gender", "Gender", "性别"),
    ("income", "Income", "收入"),
    ("industry", "Industry", "行业"),
    ("language", "Language", "语言"),
    ("model", "Selling model", "销售模式"),
    ("nationality", "Nationality", "国籍"),
    ("occupation", "Occupation", "职业"),
    ("os", "Operating system", "操作系统"),
    ("province", "Province", "省份"),
    ("region", "Region", "地区"),
    ("segment", "Segment", "群体"),
    ("tier", "City tier", "城市等级"),
    ("wave", "Wave", "期次"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_names_and_fallbacks() {
        let names = Names::default();
        assert_eq!(names.feature("friends_moments"), Name::new("Friends’ Moments", "好友的朋友圈"));
        assert_eq!(names.action("take_part"), Name::new("take part", "参与"));
        assert_eq!(names.dimension("os"), Name::new("Operating system", "操作系统"));
        assert_eq!(names.feature("hong_bao_2"), same("Hong bao 2"));
        assert_eq!(names.action("look_at"), same("look at"));
        assert_eq!(names.action("share_events"), Name::new("share events", "分享次数"));
        assert_eq!(names.dimension("visa_type"), same("Visa type"));
        assert_eq!(names.verb("share"), Name::new("share", "分享"));
        assert_eq!(names.verb("aware"), Name::new("know", "知晓"));
        assert_eq!(names.verb("look_at"), same("look at"));
        assert_eq!(names.feature(""), same(""));
    }

    #[test]
    fn a_codebook_overrides() {
        let diary = Name::new("Diary", "日记");
        let canton = Name::new("Canton", "羊城");
        let key = ("city".to_owned(), "Guangzhou".to_owned());
        let levels = BTreeMap::from([(key, canton.clone())]);
        let names = Names::with_overrides(BTreeMap::from([("moments".to_owned(), diary.clone())]), levels);
        assert_eq!(names.level("city", "Guangzhou"), canton);
        assert_eq!(names.level("city", "Foshan").zh, "佛山");
        assert_eq!(names.feature("moments"), diary);
        assert_eq!(names.feature("articles"), Names::default().feature("articles"));
    }

    #[test]
    fn tables_are_sorted_and_keys_are_slugs() {
        for table in [FEATURES, ACTIONS, COUNTS, VERBS, DIMENSIONS] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
            for (key, en, zh) in table {
                assert!(format!("x.{key}").parse::<Item>().is_ok(), "{key}");
                assert!(!en.is_empty() && !zh.is_ascii(), "{key}");
            }
        }
    }
}
