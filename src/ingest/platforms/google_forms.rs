//! Google Forms through a sheet: the first column is the time stamp; the rows of a grid are `question [row]`.

use super::{Header, Platform, RawRow, generic, row};

/// The first header in the languages that have been met.
const TIMESTAMPS: [&str; 4] = ["Timestamp", "时间戳记", "时间戳", "時間戳記"];

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let first = row(rows, 0).first()?;
    let is_form = TIMESTAMPS.contains(&first.trim());
    is_form.then(|| Header { platform: Platform::GoogleForms, ..generic::header(rows) })
}
