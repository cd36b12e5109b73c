//! Statistics of articles of an official account that does not exist, by city.
//!
//! In: how many articles, a seed. Out: each in four cities, canonical CSV. How many of those who got an article read it, how many share, and
//! how many reads sharing brings are drawn around rates that are invented; counts keep to what is possible.

use std::io::{self, Write};

use super::chance::Chance;

/// The committed file's seed.
pub(crate) const SEED: u64 = 20_150_401;

/// How many articles the committed file has.
pub(crate) const ARTICLES: u64 = 40;
const HEADER: &str = "article_id,published,city,topic,delivered,readers,reads,message_reads,finishers,sharers,shares,first_shares,reads_from_shares,followers";
/// Name, followers who get each article, readers and sharers of them in thousandths.
const CITIES: [(&str, u64, u64, u64); 4] = [
    ("Guangzhou", 5200, 92, 74),
    ("Shenzhen", 4300, 80, 60),
    ("Chengdu", 2100, 71, 52),
    ("Beijing", 3600, 64, 38),
];
const TOPICS: [&str; 4] = ["food", "transport", "visas", "weekend"];

/// Writes the file.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(articles: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{HEADER}")?;
    let mut chance = Chance::from_seed(seed);
    let mut below = |most: u64| (chance.uniform() * most as f64) as u64;
    for article in 0..articles {
        let (month, day) = (4 + article / 14, 1 + article % 14 * 2);
        let topic = TOPICS[below(4) as usize];
        // Some articles do better than others, in every city.
        let appeal = 600 + below(900);
        for (city, followers, reading, sharing) in CITIES {
            let delivered = followers + article * 9 + below(40);
            let message_readers = delivered * reading * appeal / 1_000_000 + below(20);
            let sharers = message_readers * sharing * appeal / 1_000_000 + below(3);
            let shares = sharers + sharers * below(500) / 1000;
            let first_shares = shares * (550 + below(250)) / 1000;
            let reads_from_shares = shares * (3500 + below(5000)) / 1000;
            let readers = message_readers + reads_from_shares * (700 + below(200)) / 1000;
            let message_reads = message_readers + message_readers * below(350) / 1000;
            let reads = (message_reads + reads_from_shares + below(15)).max(readers);
            let finishers = readers * (380 + below(240)) / 1000;
            let new = below(6);
            writeln!(
                out,
                "synthetic-article-{:02},2015-{month:02}-{day:02},{city},{topic},{delivered},{readers},{reads},{message_reads},{finishers},{sharers},{shares},{first_shares},{reads_from_shares},{new}",
                article + 1
            )?;
        }
    }
    Ok(())
}
