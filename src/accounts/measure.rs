//! What is counted by day, and what becomes of it over days.

use crate::codebook::Name;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    Published,
    Readers,
    Reads,
    Sharers,
    Shares,
    Originals,
    Favouriters,
    Recommenders,
    Likers,
    Comments,
    NewFollowers,
    Unfollows,
    Followers,
    Visitors,
    NewVisitors,
    Visits,
    Openings,
    AppSharers,
    AppShares,
    AppUsers,
}

/// What counts are over several days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OverDays {
    /// Events: they add up.
    Sum,
    /// People, who may come again the next day: nothing.
    Nothing,
    /// A stock: what it was on the last day.
    Last,
}

impl Measure {
    /// As data files spell it.
    pub(super) fn key(self) -> &'static str {
        self.words().0
    }

    pub(super) fn name(self) -> Name {
        let (_, en, zh) = self.words();
        Name::new(en, zh)
    }

    pub(super) fn over_days(self) -> OverDays {
        match self {
            Self::Published
            | Self::Reads
            | Self::Shares
            | Self::Comments
            | Self::NewFollowers
            | Self::Unfollows
            | Self::NewVisitors
            | Self::Visits
            | Self::Openings
            | Self::AppShares => OverDays::Sum,
            Self::Followers | Self::AppUsers => OverDays::Last,
            Self::Readers
            | Self::Sharers
            | Self::Originals
            | Self::Favouriters
            | Self::Recommenders
            | Self::Likers
            | Self::Visitors
            | Self::AppSharers => OverDays::Nothing,
        }
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Published => ("published", "Articles", "发表篇数"),
            Self::Readers => ("readers", "Readers", "阅读人数"),
            Self::Reads => ("reads", "Reads", "阅读次数"),
            Self::Sharers => ("sharers", "Sharers", "分享人数"),
            Self::Shares => ("shares", "Shares", "分享次数"),
            Self::Originals => ("originals", "Went to the original", "跳转阅读原文人数"),
            Self::Favouriters => ("favouriters", "Saved it", "收藏人数"),
            Self::Recommenders => ("recommenders", "Recommended it", "在看人数"),
            Self::Likers => ("likers", "Liked it", "点赞人数"),
            Self::Comments => ("comments", "Comments", "留言条数"),
            Self::NewFollowers => ("new_followers", "Followed", "新关注人数"),
            Self::Unfollows => ("unfollows", "Unfollowed", "取消关注人数"),
            Self::Followers => ("followers", "Followers", "累积关注人数"),
            Self::Visitors => ("visitors", "Visitors", "访问人数"),
            Self::NewVisitors => ("new_visitors", "New visitors", "新访问人数"),
            Self::Visits => ("visits", "Visits", "访问次数"),
            Self::Openings => ("openings", "Openings", "打开次数"),
            Self::AppSharers => ("app_sharers", "Sharers", "转发人数"),
            Self::AppShares => ("app_shares", "Shares", "转发次数"),
            Self::AppUsers => ("app_users", "Users so far", "累计用户数"),
        }
    }
}
