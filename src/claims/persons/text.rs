//! [`Expansion`]s as sentences, for a terminal.

use super::{Expansion, Rate};
use crate::claims::words;
use crate::codebook::{Lang, Name};
use crate::estimate::Settings;
use crate::table::figures::level;
use crate::table::{Source, synthetic};
use crate::writing::{count, count_range, counted};

/// A sentence for each row: `Moments: share, Expats, Guangzhou: about 19,000 of 235,000, 95% interval 15,000–25,000 (8.3%, n 811)`;
/// then what must be known of all of them, where `file` says how many persons there are.
#[must_use]
pub fn persons_text(
    expansions: &[Expansion],
    file: &str,
    sources: &[Source],
    settings: &Settings,
    lang: Lang,
) -> String {
    let mut out: String =
        expansions.iter().map(|expansion| sentence(expansion, settings, lang) + "\n").collect();
    let mut notes: Vec<Name> = synthetic(sources).into_iter().collect();
    notes.push(Name::new(
        format!("Persons are from {file} and taken as known: the intervals are those of the rates."),
        format!("人数取自 {file}，视为已知：区间即比例的置信区间。"),
    ));
    if expansions.iter().any(|expansion| !expansion.populace.without.is_empty()) {
        notes.push(rest());
    }
    notes.extend(sources.iter().map(Source::note));
    out.push('\n');
    out.extend(notes.iter().map(|note| format!("{}\n", note.get(lang))));
    out
}

/// What is meant by a rest.
pub(crate) fn rest() -> Name {
    Name::new(
        "Others are what a total leaves to those whom no row names; the respondents who are none of these stand for them.",
        "“其他”为总数减去各行所列人数之余，由不属于所列各类的受访者代表。",
    )
}

fn sentence(expansion: &Expansion, settings: &Settings, lang: Lang) -> String {
    let label = expansion.label();
    let label = label.get(lang);
    let (rate, (persons, limits)) = match (&expansion.rate, expansion.rounded()) {
        (Ok(rate), Some(rounded)) => (rate, rounded),
        (Ok(_), None) => return label.to_owned(),
        (Err(reason), _) => {
            return format!("{label}{}{}", lang.pick(": ", "："), words::reason(reason).get(lang));
        }
    };
    let Rate { value, n, .. } = rate;
    let level = level(settings.level);
    let all = count(libm::round(expansion.populace.persons) as u64, lang);
    let (persons, limits) = (count(persons, lang), count_range(limits, lang));
    let (percent, n) = (format!("{:.1}%", value * 100.0), count(*n, lang));
    lang.pick(
        format!("{label}: about {persons} of {all}, {level} interval {limits} ({percent}, n {n})"),
        format!(
            "{label}：{}中约 {}，{level} 置信区间 {limits}（{percent}，n {n}）",
            counted(&all, "人"),
            counted(&persons, "人")
        ),
    )
}
