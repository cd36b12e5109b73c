//! The ways of people who do not exist, from a contact in WeChat to goods that are shipped, and sometimes sent back.
//!
//! Everybody goes from stage to stage by chance, with a chance of going on that depends on the selling model and on who they
//! are; times between stages are log-normal. As real logs do, this one tells some stages twice, some not at all and a few in
//! the wrong order.

use std::io::{self, Write};

use super::chance::Chance;

/// How many people, unless told otherwise.
pub(crate) const PEOPLE: u64 = 1200;
pub(crate) const SEED: u64 = 8;

/// The stages of the log, in their order, and the return.
const STAGES: [&str; 6] = ["contact", "advert", "ask", "pay", "ship", "return"];
const MODELS: [&str; 2] = ["agent", "maker"];
const CITIES: [(&str, f64); 4] =
    [("Guangzhou", 0.34), ("Shanghai", 0.28), ("Beijing", 0.22), ("Chengdu", 0.16)];
/// The chance of getting from each stage to the next, by model; the last is that of a return.
const GOES_ON: [[f64; 5]; 2] = [[0.84, 0.52, 0.60, 0.97, 0.05], [0.74, 0.46, 0.42, 0.95, 0.12]];
/// How much less often expats ask, having seen the advertisement.
const EXPATS_ASK: f64 = 0.62;
/// The median hours to each stage but the first, by model, and the spread of their logarithms.
const HOURS: [[f64; 5]; 2] = [[26.0, 7.0, 2.5, 22.0, 110.0], [40.0, 9.0, 6.0, 55.0, 130.0]];
const SPREAD: f64 = 0.9;
/// 2015-03-01, as seconds after 1970-01-01.
const START: i64 = 1_425_168_000;
const DAYS: f64 = 80.0;

/// Writes the log as a canonical CSV.
///
/// # Errors
/// Only those of `out`.
pub(crate) fn write(people: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let mut chance = Chance::from_seed(seed);
    writeln!(out, "actor_id,segment,city,model,stage,time")?;
    let shares: Vec<f64> = CITIES
        .iter()
        .scan(0.0, |sum, (_, share)| {
            *sum += share;
            Some(*sum)
        })
        .collect();
    for number in 0..people {
        let is_expat = chance.uniform() < 0.5;
        let city = CITIES[chance.pick(&shares)].0;
        let first = usize::from(chance.uniform() < 0.45);
        let goes_both_ways = chance.uniform() < 0.08;
        let models = if goes_both_ways { vec![first, 1 - first] } else { vec![first] };
        for model in models {
            for (stage, time) in way(model, is_expat, &mut chance) {
                let segment = if is_expat { "expat" } else { "chinese" };
                let (stage, model) = (STAGES[stage], MODELS[model]);
                writeln!(
                    out,
                    "synthetic-{:04},{segment},{city},{model},{stage},{}",
                    number + 1,
                    Clock(time)
                )?;
            }
        }
    }
    out.flush()
}

/// The events of one way: stages and seconds.
fn way(model: usize, is_expat: bool, chance: &mut Chance) -> Vec<(usize, i64)> {
    let mut time = START + (chance.uniform() * DAYS * 86_400.0) as i64;
    let mut events = vec![(0, time)];
    for (place, &goes_on) in GOES_ON[model].iter().enumerate() {
        let less = if is_expat && place == 1 { EXPATS_ASK } else { 1.0 };
        if chance.uniform() >= goes_on * less {
            break;
        }
        let hours = HOURS[model][place] * libm::exp(SPREAD * chance.normal());
        time += (hours * 3600.0) as i64;
        match chance.uniform() {
            odd if odd < 0.015 => {}
            odd if odd < 0.022 => events.push((place + 1, time - (hours * 5400.0) as i64)),
            odd if odd < 0.05 => events.extend([(place + 1, time), (place + 1, time + 1800)]),
            _ => events.push((place + 1, time)),
        }
    }
    events
}

/// Seconds after 1970-01-01 as `2015-03-01 09:30`.
struct Clock(i64);

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const MONTHS: [i64; 10] = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let (mut day, second) = ((self.0 - START).div_euclid(86_400), self.0.rem_euclid(86_400));
        let mut month = 3;
        for length in MONTHS {
            if day < length {
                break;
            }
            day -= length;
            month += 1;
        }
        write!(f, "2015-{month:02}-{:02} {:02}:{:02}", day + 1, second / 3600, second / 60 % 60)
    }
}
