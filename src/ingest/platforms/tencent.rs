//! 腾讯问卷: `编号, 开始答题时间, 结束答题时间, 答题时长`, then questions numbered `1.`.

use super::{Header, Heading, Platform, RawRow, numbered, one_row, row};

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let header = row(rows, 0);
    let has = |name: &str| header.iter().any(|cell| cell.trim() == name);
    if !(has("开始答题时间") && has("结束答题时间")) {
        return None;
    }
    let plain = || header.iter().map(|cell| Heading::plain(cell)).collect();
    Some(one_row(Platform::Tencent, numbered::headings(header).unwrap_or_else(plain)))
}
