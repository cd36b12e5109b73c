//! What the interfaces of an official account that does not exist say of its days: readers by channel (`getuserread`), and where
//! readers share (`getusershare`).
//!
//! In: how many days from 1 April 2015 on, at most 30, a seed. Out: two answers as JSON, an object a line. Each says that it is
//! synthetic. People who come by two channels stand in both, so that channels add up to more than all; as on the platform, a channel
//! that fewer than three came by on a day is left out.

use std::io::{self, Write};

use super::chance::Chance;

/// The committed file's seed.
pub(crate) const SEED: u64 = 20_150_430;

/// How many days the committed file has.
pub(crate) const DAYS: u64 = 30;

/// `user_source`, readers of it in thousandths of all, sharers among them in thousandths.
const CHANNELS: [(u64, u64, u64); 5] = [(0, 430, 46), (1, 190, 71), (2, 400, 88), (4, 38, 20), (5, 9, 15)];
/// The `user_source` of all channels together.
const ALL: u64 = 99_999_999;
/// `share_scene`, shares of it in thousandths.
const SCENES: [(u64, u64); 3] = [(1, 520), (2, 455), (255, 25)];
/// Below so many people the platform tells nothing.
const FEWEST: u64 = 3;

/// What is told of a channel on a day.
struct Told {
    readers: u64,
    reads: u64,
    sharers: u64,
    shares: u64,
}

/// Writes the file.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(days: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let mut chance = Chance::from_seed(seed);
    let days: Vec<Vec<(u64, Told)>> = (1..=days.min(DAYS)).map(|day| day_of(day, &mut chance)).collect();
    let reads = days.iter().zip(1..).flat_map(|(day, number)| {
        let object = move |(source, told): &(u64, Told)| {
            let Told { readers, reads, sharers, shares } = told;
            format!(
                r#"{{"synthetic": true, "ref_date": "2015-04-{number:02}", "user_source": {source}, "int_page_read_user": {readers}, "int_page_read_count": {reads}, "share_user": {sharers}, "share_count": {shares}}}"#
            )
        };
        day.iter().map(object)
    });
    answer(reads, out)?;
    let shares = days.iter().zip(1..).flat_map(|(day, number)| {
        let all = day.first().map_or(0, |(_, told)| told.shares);
        let object = move |(scene, shares): (u64, u64)| {
            format!(
                r#"{{"synthetic": true, "ref_date": "2015-04-{number:02}", "share_scene": {scene}, "share_count": {shares}}}"#
            )
        };
        scenes(all).into_iter().map(object)
    });
    answer(shares, out)
}

fn answer(objects: impl Iterator<Item = String>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{{\"list\": [\n{}\n]}}", objects.collect::<Vec<_>>().join(",\n"))
}

/// All channels together, then each that is told.
fn day_of(day: u64, chance: &mut Chance) -> Vec<(u64, Told)> {
    let mut below = |most: u64| (chance.uniform() * most as f64) as u64;
    // Every other day an article comes out.
    let all = if day % 2 == 1 { 1100 + below(500) } else { 380 + below(160) };
    let mut channels = Vec::new();
    for (source, of_all, sharing) in CHANNELS {
        let readers = all * of_all * (850 + below(300)) / 1_000_000;
        let sharers = readers * sharing * (700 + below(600)) / 1_000_000;
        let told = Told {
            readers,
            reads: readers + readers * below(350) / 1000,
            sharers,
            shares: sharers + sharers * below(500) / 1000,
        };
        channels.push((source, told));
    }
    let sum = |of: fn(&Told) -> u64| channels.iter().map(|(_, told)| of(told)).sum::<u64>();
    // Some of the readers, and fewer of the sharers, came by two channels.
    let readers = sum(|told| told.readers) * (920 + below(50)) / 1000;
    let sharers = sum(|told| told.sharers) * (960 + below(40)) / 1000;
    let told = Told { readers, reads: sum(|told| told.reads), sharers, shares: sum(|told| told.shares) };
    channels.retain(|(_, told)| told.readers >= FEWEST);
    std::iter::once((ALL, told)).chain(channels).collect()
}

/// The shares of a day by where they went; none are left over.
fn scenes(all: u64) -> Vec<(u64, u64)> {
    let mut shares: Vec<(u64, u64)> =
        SCENES.iter().map(|(scene, of_all)| (*scene, all * of_all / 1000)).collect();
    let told: u64 = shares.iter().map(|(_, shares)| shares).sum();
    shares[0].1 += all - told;
    shares.retain(|(_, shares)| *shares > 0);
    shares
}
