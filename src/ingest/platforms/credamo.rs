//! 见数 (Credamo): `作答ID, 用户ID, 作答总时长` or their codes, then questions by code or wording.

use super::{Header, Platform, RawRow, generic, row};

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let header = row(rows, 0);
    let has = |name: &str| header.iter().any(|cell| cell.trim() == name);
    let is_credamo = (has("作答ID") && has("作答总时长")) || (has("answerSign") && has("answerTime"));
    is_credamo.then(|| Header { platform: Platform::Credamo, ..generic::header(rows) })
}
