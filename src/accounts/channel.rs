//! By which way readers come, and by which they share: names of 公众平台 and codes of its interfaces.

use crate::codebook::{Name, clean};

/// What a figure is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Of {
    /// All channels together.
    All,
    /// Readers of one channel.
    Channel(String),
    /// Shares of one kind.
    Scene(String),
}

/// A channel's key, its names, how tables spell it, and its code as `user_source`.
type Known = (&'static str, &'static str, &'static str, &'static [&'static str], Option<&'static str>);

const CHANNELS: [Known; 9] = [
    ("message", "The account’s message", "公众号消息", &["公众号消息", "公众号会话", "会话"], Some("0")),
    ("chats", "Chats", "聊天会话", &["聊天会话", "好友转发", "好友"], Some("1")),
    ("moments", "Moments", "朋友圈", &["朋友圈"], Some("2")),
    ("weibo", "Tencent Weibo", "腾讯微博", &["腾讯微博"], Some("3")),
    ("profile", "The account’s page", "公众号主页", &["公众号主页", "历史消息", "历史消息页"], Some("4")),
    ("other", "Other", "其他", &["其他", "其它"], Some("5")),
    ("top_stories", "Top Stories", "看一看", &["看一看", "看一看精选"], Some("6")),
    ("search", "Search", "搜一搜", &["搜一搜"], Some("7")),
    ("recommended", "Recommended", "推荐", &["推荐"], None),
];

/// Kinds of shares by `share_scene`; 5 is in no document, and occurs.
const SCENES: [(&str, &str, &str, &str); 5] = [
    ("friends", "To friends", "好友转发", "1"),
    ("moments", "To Moments", "朋友圈", "2"),
    ("weibo", "To Tencent Weibo", "腾讯微博", "3"),
    ("scene_5", "Scene 5 (undocumented)", "场景 5（无文档说明）", "5"),
    ("other", "Other", "其他", "255"),
];

impl Of {
    /// The channels that the interfaces document.
    pub(super) const SOURCES: &str = "user_source is 0 to 7, or 99999999 for all";
    /// The kinds of shares that are known.
    pub(super) const KINDS: &str = "share_scene is 1, 2, 3, 5 or 255";

    /// The channel that a table names; one that is not known keeps its name.
    pub(super) fn channel(text: &str) -> Option<Self> {
        let text = clean(text);
        if ["全部", "总计", "合计"].contains(&text.as_str()) {
            return Some(Self::All);
        }
        let known = CHANNELS.iter().find(|(_, _, _, spellings, _)| spellings.contains(&text.as_str()));
        let key = known.map_or_else(|| text.clone(), |(key, ..)| (*key).to_owned());
        (!key.is_empty()).then_some(Self::Channel(key))
    }

    /// The channel of a `user_source`.
    pub(super) fn source(code: &str) -> Option<Self> {
        if code == "99999999" {
            return Some(Self::All);
        }
        let known = CHANNELS.iter().find(|(_, _, _, _, known)| *known == Some(code));
        known.map(|(key, ..)| Self::Channel((*key).to_owned()))
    }

    /// The kind of shares of a `share_scene`.
    pub(super) fn scene(code: &str) -> Option<Self> {
        let known = SCENES.iter().find(|(.., known)| *known == code);
        known.map(|(key, ..)| Self::Scene((*key).to_owned()))
    }

    /// As data files spell it.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::All => "all",
            Self::Channel(key) | Self::Scene(key) => key,
        }
    }

    pub(super) fn name(&self) -> Name {
        let known = match self {
            Self::All => return Name::new("All", "全部"),
            Self::Channel(key) => {
                CHANNELS.iter().find(|(known, ..)| known == key).map(|(_, en, zh, ..)| (*en, *zh))
            }
            Self::Scene(key) => {
                SCENES.iter().find(|(known, ..)| known == key).map(|(_, en, zh, _)| (*en, *zh))
            }
        };
        known.map_or_else(|| Name::new(self.key(), self.key()), |(en, zh)| Name::new(en, zh))
    }
}
