//! 用户分析 of 公众平台: who followed and unfollowed, by day. Its `.xls` is a page of HTML.
//!
//! Refuses a net increase that is not what followed less what unfollowed. The followers so far are as the platform states
//! them: deleted accounts leave without unfollowing.

use super::account::Reading;
use super::channel::Of;
use super::grid::Row;
use super::measure::Measure;
use crate::ingest::Code;

/// Where the columns are.
pub(super) struct Columns {
    day: usize,
    followed: usize,
    unfollowed: usize,
    net: Option<usize>,
    followers: usize,
}

impl Columns {
    /// Those of a header.
    pub(super) fn of(row: &Row) -> Option<Self> {
        Some(Self {
            day: row.find(&["时间", "日期"])?,
            followed: row.find(&["新关注人数", "新增关注人数"])?,
            unfollowed: row.find(&["取消关注人数"])?,
            net: row.find(&["净增关注人数"]),
            followers: row.find(&["累积关注人数", "累计关注人数"])?,
        })
    }

    pub(super) fn row(&self, row: &Row, reading: &mut Reading) {
        if ["合计", "总计"].contains(&row.cell(self.day)) {
            return;
        }
        let Some(day) = row.day(self.day, reading) else { return };
        let counts = [
            (Measure::NewFollowers, self.followed),
            (Measure::Unfollows, self.unfollowed),
            (Measure::Followers, self.followers),
        ];
        for (measure, column) in counts {
            if let Some(count) = row.count(column, reading) {
                reading.count(row.at(column), (measure, Of::All, day), count);
            }
        }
        let [followed, unfollowed] =
            [self.followed, self.unfollowed].map(|column| row.count(column, reading));
        if let (Some(net), Some(followed), Some(unfollowed)) = (self.net, followed, unfollowed) {
            let stated = row.cell(net).replace([',', '，'], "").replace('−', "-").parse::<i64>().ok();
            if stated != Some(followed as i64 - unfollowed as i64) {
                let message = format!("the net increase is not {followed} less {unfollowed}");
                reading.refuse(
                    row.at(net),
                    Code::BadNumber,
                    message,
                    "净增关注人数 is 新关注人数 less 取消关注人数",
                );
            }
        }
    }
}
