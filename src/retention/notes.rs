//! What a reader must know of [`Retention`], in both languages.

use super::{Cell, Retention, length};
use crate::codebook::{Lang, Name};
use crate::derive::usage::{Coverage, Unseen};
use crate::table::Table;
use crate::writing::count;

/// What is said of the figures themselves, then how cohorts and curve are to be read.
pub(super) fn notes(retention: &Retention, by_cohort: &Table, coverage: &Coverage) -> Vec<Name> {
    let mut notes = by_cohort.notes.clone();
    notes.push(active(retention));
    notes.push(note_on_first(retention));
    notes.push(Name::new(
        "The curve pools all other cohorts; every point is of those that are old enough for it, so its base changes from point to point.",
        "留存曲线汇总其余各批用户；每一点仅含已到该期的用户批次，故各点基数不同。",
    ));
    notes.extend(not_known(retention));
    let (_, length) = length(retention.period);
    if retention.reach < coverage.reach() {
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| count(u64::from(coverage.reach()), lang));
        notes.push(Name::new(
            format!(
                "Looked at are {} {} after joining; the log would allow {en}.",
                retention.reach, length.en
            ),
            format!("仅列首次出现后 {} {}；日志最多可列 {zh} {}。", retention.reach, length.zh, length.zh),
        ));
    }
    notes
}

/// What being active means.
fn active(retention: &Retention) -> Name {
    match &retention.active {
        None => Name::new(
            "Active: did anything in the period that the log tells of.",
            "活跃：该期内日志中有任何行为。",
        ),
        Some(item) => {
            let item = item.name();
            Name::new(
                format!(
                    "Active: did “{}” at least once in the period; joined: did it for the first time in the log.",
                    item.en
                ),
                format!("活跃：该期内至少做过一次“{}”；加入：日志中第一次做。", item.zh),
            )
        }
    }
}

/// What the first cohort is.
#[must_use]
pub fn note_on_first(retention: &Retention) -> Name {
    let (first, _) = length(retention.period);
    let first_zh = first.zh.trim_start_matches('个');
    Name::new(
        format!(
            "Joined: the {} in which the log has a user first. Those of its first {} (≤) may have joined long before, which the log cannot tell; they are not in the curve.",
            first.en, first.en
        ),
        format!(
            "加入：用户在日志中首次出现的{first_zh}。日志第一{first_zh}的用户（标 ≤）可能早已加入，日志无从得知，故不计入曲线。"
        ),
    )
}

/// What it means that cells are empty, as far as any are.
#[must_use]
pub fn not_known(retention: &Retention) -> Option<Name> {
    let has = |unseen| retention.cells().any(|cell: &Cell| cell.unseen == Some(unseen));
    let mut reasons = Vec::new();
    if has(Unseen::NotYet) {
        reasons.push(("the log ends before that", "日志尚未到该期"));
    }
    if has(Unseen::NotWhole) {
        reasons.push(("the log covers only part of that period", "日志仅含该期部分日期"));
    }
    if has(Unseen::NoData) {
        reasons.push(("the log has no data of that period", "日志缺该期数据"));
    }
    let list = |of: fn(&(&'static str, &'static str)) -> &'static str, between: &str| {
        reasons.iter().map(of).collect::<Vec<_>>().join(between)
    };
    (!reasons.is_empty()).then(|| {
        Name::new(
            format!("Empty: not known, since {}.", list(|reason| reason.0, ", or ")),
            format!("空白：未知（{}）。", list(|reason| reason.1, "，或")),
        )
    })
}
