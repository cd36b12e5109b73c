//! 问卷星 (WJX), downloaded as text or as ordinals: `序号, 提交答卷时间, 所用时间, 来源, 来源详情, 来自IP`, then numbered questions.
//! Users remove some of the first columns, or all.

use super::{Header, Platform, RawRow, numbered, one_row, row};

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let header = row(rows, 0);
    let columns = numbered::headings(header)?;
    let own = ["序号", "提交答卷时间", "所用时间", "来源详情", "来自IP"];
    let is_spelt = |name: &str| name.contains('、') || name.starts_with('第') || name.contains('—');
    let is_wjx = columns.iter().any(|column| own.contains(&column.name.as_str()))
        || columns.iter().any(|column| !column.question.is_empty() && is_spelt(&column.name));
    is_wjx.then(|| one_row(Platform::Wjx, columns))
}
