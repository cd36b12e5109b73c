//! Writes a usage log to stdout: events of users who do not exist, over four weeks from Monday, 2 March 2026.
//!
//! In: how many events, by default 5,000,000. Out: a canonical usage log, `user_id, segment, city, feature, action, time`, in
//! no order of users or times; one user in twenty events. The bytes are the same on every platform. Nothing in it was
//! measured: it is for trying how logs are read, and how long that takes.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

const CITIES: [&str; 5] = ["Guangzhou", "Shenzhen", "Beijing", "Shanghai", "Chengdu"];
/// What is done, and by how many of 100 events.
const ITEMS: [(&str, u64); 5] = [
    ("moments,read", 50),
    ("articles,read", 75),
    ("moments,share", 85),
    ("articles,share", 90),
    ("mini_programs,use", 100),
];
const EVENTS_PER_USER: u64 = 20;
const DAYS: u64 = 28;

fn main() -> ExitCode {
    let events = std::env::args().nth(1).map_or(Ok(5_000_000), |number| number.parse());
    let Ok(events) = events else {
        let _ = writeln!(io::stderr(), "usage: usage_log [EVENTS] > FILE");
        return ExitCode::from(2);
    };
    match write(events, &mut BufWriter::new(io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(events: u64, out: &mut impl Write) -> io::Result<()> {
    let users = (events / EVENTS_PER_USER).max(1);
    writeln!(out, "user_id,segment,city,feature,action,time")?;
    for event in 0..events {
        let user = mixed(event) % users;
        let who = mixed(user ^ 0x5eed);
        let segment = if who % 10 < 3 { "expat" } else { "chinese" };
        let chance = mixed(event ^ 0xac7);
        let (day, second) = (chance % DAYS, (chance >> 8) % 86_400);
        // One user in fifty moves after two weeks.
        let moved = u64::from(who.is_multiple_of(50) && day >= DAYS / 2);
        let city = CITIES[((who / 100 + moved) % CITIES.len() as u64) as usize];
        let kind = (chance >> 32) % 100;
        let item = ITEMS.iter().find(|(_, below)| kind < *below).map_or("moments,read", |(item, _)| item);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        writeln!(
            out,
            "synthetic-{user:07},{segment},{city},{item},2026-03-{:02} {hour:02}:{minute:02}:{second:02}",
            day + 2
        )?;
    }
    out.flush()
}

/// `SplitMix64`: every number gives another that looks like chance.
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
