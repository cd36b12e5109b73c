//! Interviews that a codebook's rules left out, in words: what stands with the source under every figure.

use super::Source;
use crate::codebook::{Lang, Name};
use crate::ingest::{LeftOut, Screening};
use crate::writing::count;

/// `43 of 300 interviews left out (41 under 60 seconds; 2 with one answer throughout Q5)`; `None` where no rule was set.
///
/// A rule that left nobody out is named too: the reader learns that it was applied.
#[must_use]
pub fn screened(source: &Source) -> Option<Name> {
    if source.left_out.is_empty() {
        return None;
    }
    let out: u64 = source.left_out.iter().map(|left| left.respondents).sum();
    let all = out + source.respondents;
    let rules = |lang: Lang, between: &str| {
        let rules: Vec<String> = source.left_out.iter().map(|left| rule(left, lang)).collect();
        rules.join(between)
    };
    Some(Name::new(
        format!(
            "{} of {} interviews left out ({})",
            count(out, Lang::En),
            count(all, Lang::En),
            rules(Lang::En, "; ")
        ),
        format!(
            "{} 份答卷中剔除 {} 份（{}）",
            count(all, Lang::Zh),
            count(out, Lang::Zh),
            rules(Lang::Zh, "；")
        ),
    ))
}

fn rule(left: &LeftOut, lang: Lang) -> String {
    let n = count(left.respondents, lang);
    match &left.rule {
        Screening::NotKept { column } => {
            lang.pick(format!("{n} by what {column} says"), format!("按“{column}”剔除 {n} 份"))
        }
        Screening::TooFast { seconds } => {
            lang.pick(format!("{n} under {seconds} seconds"), format!("用时不足 {seconds} 秒 {n} 份"))
        }
        Screening::StraightLine { question } => lang.pick(
            format!("{n} with one answer throughout {question}"),
            format!("{question} 各行答案相同 {n} 份"),
        ),
        Screening::Repeated { column, most } => lang.pick(
            format!("{n} beyond {most} of one {column}"),
            format!("同一“{column}”超过 {most} 份 {n} 份"),
        ),
    }
}
