//! What a log says of everybody, in one sentence: how many of its users read and how many share in the latest period, and how
//! many come back. It claims nothing beyond the figures.

use super::{Here, is_share_of_users, period};
use crate::retention::length;
use crate::table::Row;
use crate::table::figures::Decimals;

/// `None` where the log shows no share of its users.
pub(super) fn finding(here: &Here<'_>) -> Option<String> {
    let words = here.words;
    let latest = here.latest()?;
    let is_latest = |row: &&Row| row.by.last().is_some_and(|wave| wave.key == latest.wave);
    let shares: Vec<&Row> = here
        .rows(&here.tables.everyone)
        .filter(is_latest)
        .filter(|row| is_share_of_users(row) && row.figure.is_some())
        .collect();
    let value = |row: &Row| row.figure.map_or(0.0, |figure| figure.value);
    let first = shares.iter().copied().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    let is_shared = |row: &&&Row| {
        row.measure.item.feature == first.measure.item.feature && row.measure.item.action.key == "share"
    };
    let shared = shares.iter().find(is_shared).copied().filter(|row| row.measure != first.measure);
    let told: Vec<String> = std::iter::once(first)
        .chain(shared)
        .map(|row| {
            let (percent, doing) = (Decimals::NONE.percent(value(row)), words.doing(&row.measure.item));
            words.pick(format!("{percent} {doing}"), format!("{doing} {percent}"))
        })
        .collect();
    let (told, when) = (words.list(&told, 2), period(&latest.wave, words.lang));
    let back = back(here);
    Some(words.pick(
        format!("Usage log, {when}: of active users, {told}{}.", back.as_deref().unwrap_or_default()),
        format!("使用日志，{when}：活跃用户中，{told}{}。", back.as_deref().unwrap_or_default()),
    ))
}

/// How many of those who joined are active one period later.
fn back(here: &Here<'_>) -> Option<String> {
    let returns = here.returns(here.tables.returns.as_ref()?);
    let figure = returns.groups.first()?.curve.iter().find(|cell| cell.after == 1)?.figure?;
    let (one, _) = length(returns.period);
    let percent = Decimals::NONE.percent(figure.value);
    Some(here.words.pick(
        format!("; {percent} of new users are active one {} later", one.en),
        format!("；新用户一{}后仍活跃的占 {percent}", one.zh),
    ))
}
