//! The usage log of people who do not exist: six weeks from Monday, 2 March 2026.
//!
//! Everybody joins in some week, most of them in the first, and comes back from week to week with a chance that falls with the
//! time since; on each day in WeChat they read, and some share. Expats read Moments as much as Chinese users and share less. One
//! user in thirty moves to another city in the fourth week. Nothing in it was measured.

use std::io::{self, Write};

use super::chance::Chance;

/// How many people, unless told otherwise.
pub(crate) const PEOPLE: u64 = 640;
pub(crate) const SEED: u64 = 2026;

const CITIES: [&str; 4] = ["Guangzhou", "Shanghai", "Beijing", "Shenzhen"];
const SHARES: [f64; 4] = [0.4, 0.66, 0.85, 1.0];
const WEEKS: u64 = 6;
/// Of those who join, cumulated: in each week.
const JOINS: [f64; 6] = [0.4, 0.54, 0.68, 0.8, 0.92, 1.0];
/// The week in which some move.
const MOVE: u64 = 3;
/// What may be done on a day: feature, action, and the chance of it by segment (expats, Chinese users).
const ACTS: [(&str, &str, [f64; 2]); 6] = [
    ("moments", "read", [0.82, 0.8]),
    ("moments", "share", [0.1, 0.26]),
    ("articles", "read", [0.3, 0.55]),
    ("articles", "share", [0.05, 0.16]),
    ("mini_programs", "use", [0.22, 0.45]),
    ("wechat_pay", "use", [0.35, 0.6]),
];
/// Monday, as a day of March.
const FIRST_DAY: u64 = 2;
const DAYS_OF_MARCH: u64 = 31;

/// Writes the log as a canonical CSV: a row per user, day and item, with a count.
///
/// # Errors
/// Only those of `out`.
pub(crate) fn write(people: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let mut chance = Chance::from_seed(seed);
    writeln!(out, "user_id,segment,city,feature,action,time,count")?;
    for number in 1..=people {
        let segment = usize::from(chance.uniform() < 0.55);
        let home = chance.pick(&SHARES);
        let moves = chance.uniform() < 1.0 / 30.0;
        let joined = chance.pick(&JOINS) as u64;
        for week in joined..WEEKS {
            if !is_active(week - joined, segment, &mut chance) {
                continue;
            }
            let city = if moves && week >= MOVE { (home + 1) % CITIES.len() } else { home };
            // One or two days of a week.
            let first = (chance.uniform() * 7.0) as u64;
            let second = (chance.uniform() * 7.0) as u64;
            for day in
                if chance.uniform() < 0.4 && first != second { vec![first, second] } else { vec![first] }
            {
                let who = format!("synthetic-{number:04},{},{}", ["expat", "chinese"][segment], CITIES[city]);
                write_day(&who, 7 * week + day, segment, &mut chance, out)?;
            }
        }
    }
    out.flush()
}

/// Whether a user comes back so many weeks after joining.
fn is_active(weeks: u64, segment: usize, chance: &mut Chance) -> bool {
    const STAYS: [f64; 2] = [0.5, 0.62];
    weeks == 0 || chance.uniform() < STAYS[segment] * (1.0 - 0.06 * weeks as f64)
}

fn write_day(
    who: &str,
    day: u64,
    segment: usize,
    chance: &mut Chance,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut did_nothing = true;
    for (feature, action, chances) in ACTS {
        let does = chance.uniform() < chances[segment];
        let count = 1 + (chance.uniform() * chance.uniform() * 8.0) as u64;
        if does {
            did_nothing = false;
            writeln!(out, "{who},{feature},{action},{},{count}", Date(day))?;
        }
    }
    // Who opens WeChat and does nothing else has looked at Moments.
    if did_nothing { writeln!(out, "{who},moments,read,{},1", Date(day)) } else { Ok(()) }
}

/// A day, as days after the first.
struct Date(u64);

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = FIRST_DAY + self.0;
        match day.checked_sub(DAYS_OF_MARCH) {
            Some(april) if april > 0 => write!(f, "2026-04-{april:02}"),
            _ => write!(f, "2026-03-{day:02}"),
        }
    }
}
