//! Tables of articles as 公众平台 and its interfaces write them: which column is what.
//!
//! The columns are found by their headers, which have changed over the years; a column that is not listed here is left out.

use std::fmt;

use super::super::mapping::RawRow;

/// What wrote a table of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleExport {
    /// 公众平台, 内容分析, 已通知内容: each article as it was seven days after its publication.
    Notified,
    /// A table of articles from 公众平台 that is none of the others, such as its old backend's.
    Backend,
    /// The interface `getarticletotal`: cumulative, at most seven days.
    Total,
    /// The interface `getarticletotaldetail`: people only, at most thirty days.
    TotalDetail,
}

/// The counts of an article by the names of the canonical schema, each with the headers that it has been seen under.
const COUNTS: [(&str, &[&str]); 9] = [
    (
        "readers",
        &["总阅读人数", "阅读人数", "图文页阅读人数", "图文阅读人数", "int_page_read_user", "read_user"],
    ),
    (
        "reads",
        &["总阅读次数", "阅读次数", "图文页阅读次数", "图文阅读次数", "int_page_read_count", "read_count"],
    ),
    ("sharers", &["总分享人数", "分享人数", "分享转发人数", "分享的人数", "share_user"]),
    ("shares", &["总分享次数", "分享次数", "分享转发次数", "分享的次数", "share_count"]),
    ("delivered", &["送达人数", "target_user"]),
    ("message_reads", &["公众号消息阅读次数"]),
    ("first_shares", &["首次分享次数"]),
    ("reads_from_shares", &["分享产生阅读次数"]),
    ("followers", &["阅读后关注人数"]),
];

/// Headers of the share of readers who read to the end.
const FINISH_RATE: [&str; 2] = ["阅读完成率", "read_finish_rate"];

/// Rates that the platform states beside the counts they are made of.
pub const STATED: [(&str, &str, &str); 3] = [
    ("送达阅读率", "message_reads", "delivered"),
    ("首次分享率", "first_shares", "message_reads"),
    ("每次分享带来阅读次数", "reads_from_shares", "shares"),
];

/// Where a table of articles holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleTable {
    /// What wrote it.
    pub export: ArticleExport,
    /// The columns that tell articles apart: one of ids, or title and time.
    pub id: Vec<usize>,
    /// The column of the day of publication.
    pub published: usize,
    /// The counts that it has, with their columns.
    pub counts: Vec<(&'static str, usize)>,
    /// The share of readers who read to the end.
    pub finish_rate: Option<usize>,
}

impl ArticleTable {
    /// The table that begins with `header`, if it is one of articles.
    pub(in super::super) fn recognise(header: &RawRow) -> Option<Self> {
        let names: Vec<String> = header.cells.iter().map(|cell| cell.trim().replace("URL", "url")).collect();
        let find = |spellings: &[&str]| names.iter().position(|name| spellings.contains(&name.as_str()));
        let counts: Vec<(&str, usize)> =
            COUNTS.iter().filter_map(|(count, spellings)| Some((*count, find(spellings)?))).collect();
        let has = |count: &str| counts.iter().any(|(known, _)| *known == count);
        let published = find(&["发表时间", "发布时间", "ref_date"])?;
        let export = if find(&["msgid"]).and(find(&["stat_date"])).is_some() {
            if has("reads") { ArticleExport::Total } else { ArticleExport::TotalDetail }
        } else if find(&["公众号消息阅读次数"]).is_some() {
            ArticleExport::Notified
        } else {
            ArticleExport::Backend
        };
        let is_feed = matches!(export, ArticleExport::Total | ArticleExport::TotalDetail);
        let id = match (find(&["msgid"]).filter(|_| is_feed), find(&["内容url", "链接"])) {
            (Some(id), _) | (None, Some(id)) => vec![id],
            (None, None) => vec![find(&["内容标题", "标题"])?, published],
        };
        let is_one = is_feed || (has("readers") && has("sharers"));
        is_one.then(|| Self { export, id, published, counts, finish_rate: find(&FINISH_RATE) })
    }

    /// Where a count stands.
    pub(in super::super) fn place(&self, count: &str) -> Option<usize> {
        self.counts.iter().find(|(known, _)| *known == count).map(|(_, column)| *column)
    }
}

/// What it is, as in "taken for …".
impl fmt::Display for ArticleExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Notified => "公众平台's table of notified articles (已通知内容)",
            Self::Backend => "公众平台's table of articles",
            Self::Total => "the feed getarticletotal",
            Self::TotalDetail => "the feed getarticletotaldetail",
        })
    }
}
