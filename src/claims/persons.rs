//! Rates → persons: what a rate comes to in a population of known size.
//!
//! In: the rows of a population file, and a figure for each of them. Out: [`Expansion`]s, as sentences or JSON. The size of the
//! population is taken as known: the interval is that of the rate, times the persons.

use serde::Serialize;

use super::evidence::Evidence;
use super::statement::{Figure, Of};
use super::verdict::Reason;
use super::words;
use crate::codebook::{Lang, Name, Quantity};
use crate::estimate::{Contrast, Flag, Settings, contrasts};
use crate::table::figures::level;
use crate::table::{Mark, Source, sentence, synthetic};
use crate::weighting::Population;
use crate::writing::{self, count, count_range};

/// A rate in a population.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// What it is of: `Moments: share, Expats, Guangzhou`.
    pub label: Name,
    /// Line of the population file.
    pub line: u64,
    /// Persons in the population.
    pub population: f64,
    /// The rate with its limits and base; or why there is none.
    pub rate: Result<Rate, Reason>,
}

/// A rate that may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The rate.
    pub value: f64,
    /// Its confidence limits.
    pub interval: (f64, f64),
    /// Respondents in the base.
    pub n: u64,
}

/// The figure that a row of a population file asks for; a blank level is all levels together.
#[must_use]
pub fn figures(population: &Population, quantity: &Quantity) -> Vec<Figure> {
    let within = |levels: &[Option<String>]| {
        let named = population.dimensions.iter().zip(levels);
        named.filter_map(|(dimension, level)| Some((dimension.clone(), level.clone()?))).collect()
    };
    population
        .rows
        .iter()
        .map(|row| Figure { of: Of::Rate(quantity.clone()), within: within(&row.levels) })
        .collect()
}

/// What the rate of `quantity` comes to in every row of a population file.
#[must_use]
pub fn expand(
    population: &Population,
    quantity: &Quantity,
    evidence: &Evidence<'_>,
    settings: &Settings,
) -> Vec<Expansion> {
    let rows = population.rows.iter().zip(figures(population, quantity));
    let expansion = |(row, figure): (&crate::weighting::PopulationRow, Figure)| {
        let (label, rate) = match evidence.figure(&figure) {
            Err(reasons) => {
                let levels = figure.within.iter().map(|(name, key)| evidence.names.level(name, key));
                let label = levels.fold(
                    Name::new(quantity.item.to_string(), quantity.item.to_string()),
                    |label, level| {
                        Name::new(
                            format!("{}, {}", label.en, level.en),
                            format!("{}，{}", label.zh, level.zh),
                        )
                    },
                );
                (label, Err(reasons.into_iter().next().unwrap_or(Reason::Scales)))
            }
            Ok(coded) => {
                let contrast = Contrast { terms: vec![(1.0, coded.single)], against: 0.0 };
                let row =
                    contrasts(evidence.design, &[contrast], settings).swap_remove(0).figures.swap_remove(0);
                let hidden = match (row.estimate, row.flag) {
                    (Err(why), _) => Err(Mark::NotEstimable(why)),
                    (Ok(_), Some(flag @ Flag::Withheld(_))) => Err(Mark::Flag(flag)),
                    (Ok(estimate), _) => Ok(estimate),
                };
                let label = coded.label.clone();
                let rate = hidden
                    .map(|estimate| Rate {
                        value: estimate.value,
                        interval: estimate.interval,
                        n: row.base.n,
                    })
                    .map_err(|mark| Reason::Figure(coded.label, mark));
                (label, rate)
            }
        };
        Expansion { label, line: row.line, population: row.persons, rate }
    };
    rows.map(expansion).collect()
}

impl Rate {
    /// Persons with their limits, rounded to the first digit of half the interval's width.
    fn rounded(&self, population: f64) -> (u64, [u64; 2]) {
        let half = (self.interval.1 - self.interval.0) / 2.0 * population;
        let unit = if half >= 1.0 { libm::pow(10.0, libm::floor(libm::log10(half))) } else { 1.0 };
        let round = |share: f64| (libm::round(share * population / unit) * unit) as u64;
        (round(self.value), [round(self.interval.0), round(self.interval.1)])
    }
}

/// A sentence for each row: `Moments: share, Expats, Guangzhou: about 19,000 of 235,000, 95% interval 15,000–25,000 (8.3%, n 811)`.
#[must_use]
pub fn persons_text(
    expansions: &[Expansion],
    population: &Population,
    sources: &[Source],
    settings: &Settings,
    lang: Lang,
) -> String {
    let level = level(settings.level);
    let mut out = String::new();
    for expansion in expansions {
        let label = expansion.label.get(lang);
        let all = count(libm::round(expansion.population) as u64, lang);
        out.push_str(&match &expansion.rate {
            Err(reason) => {
                format!("{label}{}{}\n", lang.pick(": ", "："), words::reason(reason).get(lang))
            }
            Ok(rate) => {
                let (persons, limits) = rate.rounded(expansion.population);
                let (persons, limits) = (count(persons, lang), count_range(limits, lang));
                let percent = format!("{:.1}%", rate.value * 100.0);
                let n = count(rate.n, lang);
                lang.pick(
                    format!(
                        "{label}: about {persons} of {all}, {level} interval {limits} ({percent}, n {n})\n"
                    ),
                    format!(
                        "{label}：{all} 人中约 {persons} 人，{level} 置信区间 {limits}（{percent}，n {n}）\n"
                    ),
                )
            }
        });
    }
    let file = &population.file;
    let mut notes: Vec<Name> = synthetic(sources).into_iter().collect();
    notes.push(Name::new(
        format!("Persons are from {file} and taken as known: the intervals are those of the rates."),
        format!("人数取自 {file}，视为已知：区间即比例的置信区间。"),
    ));
    notes.extend(sources.iter().map(Source::note));
    out.push('\n');
    out.extend(notes.iter().map(|note| format!("{}\n", note.get(lang))));
    out
}

/// The same as JSON, schema `wxstats.persons/1`: unrounded persons.
///
/// # Errors
/// Only when a figure is not finite, which the estimators rule out.
pub fn persons_json(
    expansions: &[Expansion],
    population: &Population,
    settings: &Settings,
) -> serde_json::Result<String> {
    let row = |expansion: &Expansion| {
        let rate = expansion.rate.as_ref().ok();
        let persons = |of: fn(&Rate) -> f64| rate.map(|rate| of(rate) * expansion.population);
        RowView {
            label: expansion.label.en.clone(),
            line: expansion.line,
            population: expansion.population,
            n: rate.map(|rate| rate.n),
            rate: rate.map(|rate| rate.value),
            persons: persons(|rate| rate.value),
            ci_low: persons(|rate| rate.interval.0),
            ci_high: persons(|rate| rate.interval.1),
            reason: expansion.rate.as_ref().err().map(|reason| match reason {
                Reason::Figure(_, mark) => sentence::mark(mark).en,
                other => words::reason(other).en,
            }),
        }
    };
    let document = Document {
        schema: "wxstats.persons/1",
        population: &population.file,
        level: settings.level,
        interval: settings.interval.key(),
        rows: expansions.iter().map(row).collect(),
    };
    writing::json(&document)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    population: &'a str,
    level: f64,
    interval: &'static str,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    label: String,
    line: u64,
    population: f64,
    n: Option<u64>,
    rate: Option<f64>,
    persons: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn persons_are_rounded_to_what_the_interval_tells() {
        // 8.26% of 235,000 are 19,411; the limits 6.47% and 10.49% are 15,205 and 24,652; half of their distance is 4,723, so
        // thousands are told.
        let rate = Rate { value: 0.0826, interval: (0.0647, 0.1049), n: 811 };
        assert_eq!(rate.rounded(235_000.0), (19_000, [15_000, 25_000]));
        assert_eq!(rate.rounded(10.0), (1, [1, 1]));
    }
}
