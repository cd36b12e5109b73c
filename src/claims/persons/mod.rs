//! Rates → persons: what a rate comes to in a population of known size.
//!
//! In: the rows of a population file, and a figure for each of them; what a total leaves to those whom no row names is a row
//! too. Out: [`Expansion`]s, as sentences or JSON. The size of the population is taken as known: the interval is that of the
//! rate, times the persons. Refuses a total that is less than its parts.

mod csv;
mod json;
mod text;

pub use self::csv::persons_csv;
pub use json::persons_json;
pub use text::persons_text;
pub(crate) use text::rest;

use super::evidence::{Coded, Evidence};
use super::statement::{Figure, Of};
use super::verdict::Reason;
use super::words;
use crate::codebook::project::ProjectProblems;
use crate::codebook::{Item, Name, Names, Quantity};
use crate::estimate::{Contrast, Flag, Settings, contrasts};
use crate::ingest::Origin;
use crate::table::{Mark, sentence};
use crate::weighting::{Levels, Population, Rest};

/// Persons whose size is known: a row of a population file, or what a total leaves.
#[derive(Debug, Clone, PartialEq)]
pub struct Populace {
    /// Where they stand; empty: everybody.
    pub within: Levels,
    /// Where they do not stand, of a rest: one of these lists of levels, all of the same dimensions.
    pub without: Vec<Levels>,
    /// How many they are.
    pub persons: f64,
    /// Who says so; may be empty.
    pub source: String,
    /// Line of the population file.
    pub line: u64,
}

/// A rate in a population.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// What they do: `Moments: share`.
    pub what: Name,
    /// Who they are: `Expats, Guangzhou`.
    pub whose: Name,
    /// The population.
    pub populace: Populace,
    /// The rate with its limits and base; or why there is none.
    pub rate: Result<Rate, Reason>,
}

/// What the rates of several items come to in the populations of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Headcounts {
    /// The file that says how many persons there are.
    pub origin: Origin,
    /// Confidence level of the intervals, a fraction.
    pub level: f64,
    /// By item, for every population in the same order.
    pub items: Vec<(Item, Vec<Expansion>)>,
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

impl Populace {
    /// The rows of a file in its order, before each total what it leaves.
    ///
    /// # Errors
    /// A total that is less than its parts.
    pub fn all(population: &Population) -> Result<Vec<Self>, ProjectProblems> {
        let rests = population.rests()?;
        let mut all = Vec::new();
        for row in &population.rows {
            let rest = |rest: &Rest| Self {
                within: rest.within.clone(),
                without: rest.parts.clone(),
                persons: rest.persons,
                source: row.source.clone(),
                line: row.line,
            };
            all.extend(rests.iter().filter(|rest| rest.line == row.line).map(rest));
            all.push(Self {
                within: population.levels(row),
                without: Vec::new(),
                persons: row.persons,
                source: row.source.clone(),
                line: row.line,
            });
        }
        Ok(all)
    }

    /// The rate that is asked for of them; a rest needs the dimensions that it is told by.
    #[must_use]
    pub fn figure(&self, quantity: &Quantity) -> Figure {
        Figure { of: Of::Rate(quantity.clone()), within: self.within.clone() }
    }

    /// The dimensions of those whom a rest is without.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.without.first().into_iter().flatten().map(|(dimension, _)| dimension.as_str())
    }

    /// Who they are: `Expats, Guangzhou`; of a rest `Expats, other cities`.
    #[must_use]
    pub fn name(&self, names: &Names) -> Name {
        let mut parts: Vec<Name> =
            self.within.iter().map(|(dimension, level)| names.level(dimension, level)).collect();
        match self.others().collect::<Vec<_>>().as_slice() {
            [] => {}
            ["city"] => parts.push(Name::new("other cities", "其他城市")),
            _ => parts.push(Name::new("all others", "其余人群")),
        }
        let join =
            |of: fn(&Name) -> &str, between: &str| parts.iter().map(of).collect::<Vec<_>>().join(between);
        if parts.is_empty() {
            return Name::new("all respondents", "全体受访者");
        }
        Name::new(join(|name| &name.en, ", "), join(|name| &name.zh, "，"))
    }
}

/// What the rate of `quantity` comes to in every population.
#[must_use]
pub fn expand(
    populaces: &[Populace],
    quantity: &Quantity,
    evidence: &Evidence<'_>,
    settings: &Settings,
) -> Vec<Expansion> {
    let expansion = |populace: &Populace| {
        let coded = evidence.figure_without(&populace.figure(quantity), &populace.without);
        let (what, rate) = match coded {
            Err(reasons) => {
                let item = quantity.item.to_string();
                let reason = reasons.into_iter().next().unwrap_or(Reason::Scales);
                (Name::new(item.clone(), item), Err(reason))
            }
            Ok(coded) => (coded.measure.name(), rate(&coded, evidence, settings)),
        };
        Expansion { what, whose: populace.name(evidence.names), populace: populace.clone(), rate }
    };
    populaces.iter().map(expansion).collect()
}

/// A rate, unless it may not be shown.
fn rate(coded: &Coded, evidence: &Evidence<'_>, settings: &Settings) -> Result<Rate, Reason> {
    let contrast = Contrast { terms: vec![(1.0, coded.single.clone())], against: 0.0 };
    let row = contrasts(evidence.design, &[contrast], settings).swap_remove(0).figures.swap_remove(0);
    let estimate = match (row.estimate, row.flag) {
        (Err(why), _) => Err(Mark::NotEstimable(why)),
        (Ok(_), Some(flag @ Flag::Withheld(_))) => Err(Mark::Flag(flag)),
        (Ok(estimate), _) => Ok(estimate),
    };
    estimate
        .map(|estimate| Rate { value: estimate.value, interval: estimate.interval, n: row.base.n })
        .map_err(|mark| Reason::Figure(coded.label.clone(), mark))
}

impl Expansion {
    /// Who does what: `Moments: share, Expats, Guangzhou`.
    #[must_use]
    pub fn label(&self) -> Name {
        let (what, whose) = (&self.what, &self.whose);
        Name::new(format!("{}, {}", what.en, whose.en), format!("{}，{}", what.zh, whose.zh))
    }

    /// Whether its item is answered in a way that has a rate.
    #[must_use]
    pub fn is_of_rate(&self) -> bool {
        !matches!(self.rate, Err(Reason::Kind(_)))
    }

    /// Why there is no rate, without its name.
    #[must_use]
    pub fn why(&self) -> Option<Name> {
        self.rate.as_ref().err().map(|reason| match reason {
            Reason::Figure(_, mark) => sentence::mark(mark),
            other => words::reason(other),
        })
    }

    /// Persons with their limits, rounded to the first digit of half the interval's width; `None` where there is no rate.
    #[must_use]
    pub fn rounded(&self) -> Option<(u64, [u64; 2])> {
        Some(self.rate.as_ref().ok()?.rounded(self.populace.persons))
    }
}

impl Rate {
    fn rounded(&self, population: f64) -> (u64, [u64; 2]) {
        let half = (self.interval.1 - self.interval.0) / 2.0 * population;
        let unit = if half >= 1.0 { libm::pow(10.0, libm::floor(libm::log10(half))) } else { 1.0 };
        let round = |share: f64| (libm::round(share * population / unit) * unit) as u64;
        (round(self.value), [round(self.interval.0), round(self.interval.1)])
    }
}

/// Levels as a filter spells them: `segment=expat,city=Guangzhou`.
fn spelt(levels: &Levels) -> String {
    levels.iter().map(|(dimension, level)| format!("{dimension}={level}")).collect::<Vec<_>>().join(",")
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
