//! A survey of people who do not exist.
//!
//! The model has one factor: a person's reserve `z` and a question's own chance `e`, both standard normal. The answer
//! is yes where `a·z + b·e` stays below a threshold (`a² + b² = 1`), so answers of one person go together. Thresholds
//! are solved for the rates in `questions.rs`, age group by age group, so that *weighted* rates meet them. Younger
//! people use more of everything and are asked too often; the weights undo that.

mod population;
mod questions;

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::chance::Chance;
use population::{
    AGES, Age, EXPAT, NATIONALITIES, NATIONALITY_SHARES, PLACES, Place, SEGMENTS, STRATUM_SUFFIXES,
    SYSTEM_SHARES, SYSTEMS, WAVES,
};
use questions::{
    After::{Doing, Knowing, Nothing},
    QUESTIONS, Question,
};

/// How many are asked, unless told otherwise.
pub(crate) const RESPONDENTS: u64 = 14_600;
/// Of some hundred seeds one that meets all that the tests ask.
pub(crate) const SEED: u64 = 306;

/// Correlation of two inclinations of one person.
const CORRELATION: f64 = 0.35;
/// Standard deviation of the logarithm of the base weights.
const WEIGHT_SPREAD: f64 = 0.5;
/// How often an answer is left blank.
const BLANK: f64 = 0.012;

/// Writes the survey as a canonical CSV, in memory that does not depend on the number of respondents.
///
/// # Errors
/// Only those of `out`.
pub(crate) fn write(respondents: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let survey = Survey::new();
    let mut chance = Chance::from_seed(seed);
    let mut buffer = String::from("respondent_id,wave,segment,city,nationality,os,age_group,weight,stratum");
    for question in &QUESTIONS {
        buffer.push(',');
        buffer.push_str(question.item);
    }
    buffer.push('\n');
    let width = respondents.to_string().len();
    for number in 0..respondents {
        let wave = usize::from(number >= respondents / 2);
        let _ = write!(buffer, "synthetic-{:0width$}", number + 1);
        survey.write_person(wave, &mut chance, &mut buffer);
        if buffer.len() > 1 << 20 {
            out.write_all(buffer.as_bytes())?;
            buffer.clear();
        }
    }
    out.write_all(buffer.as_bytes())?;
    out.flush()
}

/// What a yes to each question takes, for one kind of person.
type Thresholds = [f64; QUESTIONS.len()];

/// The model, ready to draw from; all shares are cumulative.
struct Survey {
    /// City by city, expats before Chinese.
    strata: Vec<f64>,
    /// By segment.
    ages: [Vec<f64>; 2],
    /// By segment.
    systems: [Vec<f64>; 2],
    nationalities: Vec<f64>,
    /// By wave, segment, city and age group.
    thresholds: Vec<Thresholds>,
    /// The question that comes before, by question.
    before: [usize; QUESTIONS.len()],
}

impl Survey {
    fn new() -> Self {
        let mut before = [0; QUESTIONS.len()];
        for (at, question) in QUESTIONS.iter().enumerate() {
            if let Doing(item) | Knowing(item) = question.after {
                before[at] = QUESTIONS.iter().position(|other| other.item == item).unwrap_or(at);
            }
        }
        let mut thresholds = Vec::new();
        for wave in 0..WAVES.len() {
            for segment in 0..SEGMENTS.len() {
                for place in &PLACES {
                    thresholds.extend(AGES.iter().map(|age| solve(wave, segment, place, age, &before)));
                }
            }
        }
        Self {
            strata: cumulative(PLACES.iter().flat_map(|place| place.asked)),
            ages: [0, 1].map(|segment| cumulative(AGES.iter().map(|age| age.asked[segment]))),
            systems: SYSTEM_SHARES.map(cumulative),
            nationalities: cumulative(NATIONALITY_SHARES),
            thresholds,
            before,
        }
    }

    fn write_person(&self, wave: usize, chance: &mut Chance, row: &mut String) {
        let stratum = chance.pick(&self.strata);
        let (city, segment) = (stratum / SEGMENTS.len(), stratum % SEGMENTS.len());
        let place = &PLACES[city];
        let age = chance.pick(&self.ages[segment]);
        let nationality = match segment {
            EXPAT => NATIONALITIES[chance.pick(&self.nationalities)],
            _ => "Chinese",
        };
        let system = SYSTEMS[chance.pick(&self.systems[segment])];
        let weight = base_weight(segment, place, &AGES[age])
            * libm::exp(WEIGHT_SPREAD * chance.normal() - WEIGHT_SPREAD * WEIGHT_SPREAD / 2.0);
        let _ = write!(
            row,
            ",{},{},{},{nationality},{system},{},{:.3},{}-{}",
            WAVES[wave],
            SEGMENTS[segment],
            place.city,
            AGES[age].label,
            weight.max(0.001),
            place.code,
            STRATUM_SUFFIXES[segment],
        );
        let kind = ((wave * SEGMENTS.len() + segment) * PLACES.len() + city) * AGES.len() + age;
        self.write_answers(&self.thresholds[kind], chance, row);
    }

    fn write_answers(&self, thresholds: &Thresholds, chance: &mut Chance, row: &mut String) {
        let reserve = CORRELATION.sqrt() * chance.normal();
        let mut does = [false; QUESTIONS.len()];
        let mut said_yes = [false; QUESTIONS.len()];
        for (at, question) in QUESTIONS.iter().enumerate() {
            let inclined = reserve + (1.0 - CORRELATION).sqrt() * chance.normal() < thresholds[at];
            let blank = chance.uniform() < BLANK;
            let before = self.before[at];
            row.push(',');
            if matches!(question.after, Knowing(_)) && !said_yes[before] {
                row.push_str("-3");
                continue;
            }
            does[at] = inclined && (matches!(question.after, Nothing) || does[before]);
            said_yes[at] = does[at] && !blank;
            if !blank {
                row.push(if does[at] { '1' } else { '0' });
            }
        }
        row.push('\n');
    }
}

/// Population over sample: by city within a segment (mean 1) and by age group.
fn base_weight(segment: usize, place: &Place, age: &Age) -> f64 {
    let asked: f64 = PLACES.iter().map(|place| place.asked[segment]).sum();
    let persons: f64 = PLACES.iter().map(|place| place.persons[segment]).sum();
    let city = (place.persons[segment] / persons) / (place.asked[segment] / asked);
    city * age.lives[segment] / age.asked[segment]
}

/// The thresholds that give one kind of person its rates.
///
/// Given the reserve, answers are independent, so the chance of a yes to a question and to all before it is a product;
/// its mean over a grid of reserves is what the threshold is bisected for.
fn solve(
    wave: usize,
    segment: usize,
    place: &Place,
    age: &Age,
    before: &[usize; QUESTIONS.len()],
) -> Thresholds {
    let (reserves, densities) = (reserves(), densities());
    let mut thresholds = [0.0; QUESTIONS.len()];
    let mut reached = [[0.0; GRID]; QUESTIONS.len()];
    for (at, question) in QUESTIONS.iter().enumerate() {
        let rate = rate(question, wave, segment, place, age);
        let (from, target) = match question.after {
            Nothing => ([1.0; GRID], rate),
            Doing(_) => (reached[before[at]], rate),
            Knowing(_) => (reached[before[at]], rate * mean(&reached[before[at]], &densities)),
        };
        let yes = |threshold: f64| {
            let mut yes = from;
            for (value, &reserve) in yes.iter_mut().zip(&reserves) {
                *value *=
                    normal_below((threshold - CORRELATION.sqrt() * reserve) / (1.0 - CORRELATION).sqrt());
            }
            yes
        };
        thresholds[at] = bisect(|threshold| mean(&yes(threshold), &densities) < target);
        reached[at] = yes(thresholds[at]);
    }
    thresholds
}

/// The rate of one kind of person: that of the segment or the city, shifted by wave, city and age.
fn rate(question: &Question, wave: usize, segment: usize, place: &Place, age: &Age) -> f64 {
    let local = question.local.iter().find(|(city, _)| segment == EXPAT && *city == place.city);
    let (rate, keen) = match (local, segment) {
        (Some(&(_, rate)), _) => (rate, 0.0),
        (None, EXPAT) => (question.rates[segment], place.keen),
        (None, _) => (question.rates[segment], place.keen / 2.0),
    };
    let growth = if wave == 0 { question.growth } else { 0.0 };
    let shifted = normal_below(bisect(|quantile| normal_below(quantile) < rate) + keen - growth);
    shifted + age.lead[segment] * shifted * (1.0 - shifted)
}

const GRID: usize = 33;

/// Four standard deviations to either side, in quarters.
fn reserves() -> [f64; GRID] {
    std::array::from_fn(|at| (at as f64 - 16.0) / 4.0)
}

/// The normal distribution on the grid.
fn densities() -> [f64; GRID] {
    let heights = reserves().map(|reserve| libm::exp(-reserve * reserve / 2.0));
    let total: f64 = heights.iter().sum();
    heights.map(|height| height / total)
}

fn mean(values: &[f64; GRID], densities: &[f64; GRID]) -> f64 {
    values.iter().zip(densities).map(|(value, density)| value * density).sum()
}

/// Where `low` turns from true to false, between -8 and 8.
fn bisect(low: impl Fn(f64) -> bool) -> f64 {
    let (mut from, mut to) = (-8.0, 8.0);
    for _ in 0..32 {
        let middle = f64::midpoint(from, to);
        if low(middle) { from = middle } else { to = middle }
    }
    f64::midpoint(from, to)
}

fn normal_below(quantile: f64) -> f64 {
    0.5 * libm::erfc(-quantile * std::f64::consts::FRAC_1_SQRT_2)
}

fn cumulative(shares: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |share| {
        sum += share;
        sum
    };
    let sums: Vec<f64> = shares.into_iter().map(add).collect();
    sums.iter().map(|share| share / sum).collect()
}
