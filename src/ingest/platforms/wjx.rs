//! 问卷星 (WJX), downloaded as text or as ordinals: `序号, 提交答卷时间, 所用时间, 来源, 来源详情, 来自IP`, then numbered questions.
//! Users remove some of the first columns, or all.

use super::{Header, Platform, RawRow, generic, numbered, one_row, row};

/// What the first columns are called.
const OWN: [&str; 5] = ["序号", "提交答卷时间", "所用时间", "来源详情", "来自IP"];

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let header = row(rows, 0);
    let own = header.iter().filter(|cell| OWN.contains(&cell.trim())).count();
    let Some(columns) = numbered::headings(header) else {
        // Authors may switch the numbers off.
        return (own >= 2).then(|| Header { platform: Platform::Wjx, ..generic::header(rows) });
    };
    let is_spelt = |name: &str| name.contains('、') || name.starts_with('第') || name.contains('—');
    let is_wjx =
        own > 0 || columns.iter().any(|column| !column.question.is_empty() && is_spelt(&column.name));
    is_wjx.then(|| one_row(Platform::Wjx, columns))
}
