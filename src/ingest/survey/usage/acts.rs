//! What users did, in whatever order → in the order of period, user and item, in bounded memory.
//!
//! In: one [`Act`] per row. Out: the sums by period, user and item, sorted. Acts of one key are added as soon as memory is
//! full; what is still too much goes to a temporary file without a name, as sorted runs that are merged at the end. The
//! result does not depend on the order of rows, nor on how many fit into memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// What one user did of one item in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Act {
    /// Number of the first day of the period.
    pub(super) period: i32,
    /// The user's pseudonym.
    pub(super) user: u128,
    pub(super) item: u32,
    /// How often.
    pub(super) count: u64,
    /// Second and line of the last time.
    pub(super) last: (i64, u64),
    /// What is known of the user at that time: a number of a combination of levels.
    pub(super) place: u32,
    /// Whether the user stood elsewhere before.
    pub(super) moved: bool,
}

/// By what acts are added and sorted.
type Key = (i32, u128, u32);

impl Act {
    const BYTES: usize = 4 + 16 + 4 + 8 + 8 + 8 + 4 + 1;

    fn key(&self) -> Key {
        (self.period, self.user, self.item)
    }

    /// Adds what the same user did at another time: associative and commutative.
    pub(super) fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.moved |= other.moved || other.place != self.place;
        if other.last > self.last {
            (self.last, self.place) = (other.last, other.place);
        }
    }

    fn write(&self, to: &mut Vec<u8>) {
        to.extend(self.period.to_le_bytes());
        to.extend(self.user.to_le_bytes());
        to.extend(self.item.to_le_bytes());
        to.extend(self.count.to_le_bytes());
        to.extend(self.last.0.to_le_bytes());
        to.extend(self.last.1.to_le_bytes());
        to.extend(self.place.to_le_bytes());
        to.push(u8::from(self.moved));
    }

    fn read(mut bytes: &[u8]) -> Option<Self> {
        Some(Self {
            period: i32::from_le_bytes(take(&mut bytes)?),
            user: u128::from_le_bytes(take(&mut bytes)?),
            item: u32::from_le_bytes(take(&mut bytes)?),
            count: u64::from_le_bytes(take(&mut bytes)?),
            last: (i64::from_le_bytes(take(&mut bytes)?), u64::from_le_bytes(take(&mut bytes)?)),
            place: u32::from_le_bytes(take(&mut bytes)?),
            moved: take::<1>(&mut bytes)? != [0],
        })
    }
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}

/// Acts that are being collected.
#[derive(Debug)]
pub(super) struct Acts {
    kept: Vec<Act>,
    most: usize,
    spilled: Option<Spilled>,
}

/// Sorted runs in one temporary file.
#[derive(Debug)]
struct Spilled {
    file: File,
    runs: Vec<Run>,
    end: u64,
}

/// A sorted run: what of it is still in the file, and what was read ahead.
#[derive(Debug)]
struct Run {
    next: u64,
    end: u64,
    ahead: std::vec::IntoIter<Act>,
}

impl Acts {
    /// How many acts are kept in memory: 2²⁰ of 64 bytes, 64 MiB.
    pub(super) const MOST: usize = 1 << 20;

    /// Acts of which at most `most` are kept in memory.
    pub(super) fn new(most: usize) -> Self {
        Self { kept: Vec::new(), most, spilled: None }
    }

    /// Takes one act.
    ///
    /// # Errors
    /// When the temporary file cannot be made or written.
    pub(super) fn push(&mut self, act: Act) -> io::Result<()> {
        if self.kept.len() >= self.most {
            self.add_up();
            if self.kept.len() > self.most / 2 {
                self.spill().map_err(|error| temporary(&error))?;
            }
        }
        self.kept.push(act);
        Ok(())
    }

    /// Sorts what is kept and adds up acts of one key.
    fn add_up(&mut self) {
        self.kept.sort_unstable_by_key(Act::key);
        self.kept.dedup_by(|next, sum| {
            let is_same = next.key() == sum.key();
            if is_same {
                sum.add(next);
            }
            is_same
        });
    }

    /// Writes what is kept as a run.
    fn spill(&mut self) -> io::Result<()> {
        let spilled = match &mut self.spilled {
            Some(spilled) => spilled,
            none => none.insert(Spilled { file: tempfile::tempfile()?, runs: Vec::new(), end: 0 }),
        };
        let start = spilled.end;
        spilled.file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::with_capacity(Run::AHEAD * Act::BYTES);
        for acts in self.kept.chunks(Run::AHEAD) {
            bytes.clear();
            for act in acts {
                act.write(&mut bytes);
            }
            spilled.file.write_all(&bytes)?;
            spilled.end += bytes.len() as u64;
        }
        spilled.runs.push(Run { next: start, end: spilled.end, ahead: Vec::new().into_iter() });
        self.kept.clear();
        Ok(())
    }

    /// All acts, added up and sorted.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub(super) fn into_sorted(mut self) -> io::Result<SortedActs> {
        self.add_up();
        let mut sorted =
            SortedActs { spilled: self.spilled, kept: self.kept.into_iter(), heads: BinaryHeap::new() };
        let runs = sorted.spilled.as_ref().map_or(0, |spilled| spilled.runs.len());
        for source in 0..=runs {
            sorted.refill(source).map_err(|error| temporary(&error))?;
        }
        Ok(sorted)
    }
}

/// What is wrong is the temporary file, and not the log.
fn temporary(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the temporary file for sorting its users: {error}"))
}

impl Run {
    /// How many acts are read at a time.
    const AHEAD: usize = 1 << 12;

    fn next(&mut self, file: &mut File) -> io::Result<Option<Act>> {
        if let Some(act) = self.ahead.next() {
            return Ok(Some(act));
        }
        let length = (self.end - self.next).min((Self::AHEAD * Act::BYTES) as u64);
        let mut bytes = vec![0; length as usize];
        file.seek(SeekFrom::Start(self.next))?;
        file.read_exact(&mut bytes)?;
        self.next += length;
        let acts: Vec<Act> = bytes.chunks_exact(Act::BYTES).filter_map(Act::read).collect();
        self.ahead = acts.into_iter();
        Ok(self.ahead.next())
    }
}

/// All acts in the order of period, user and item, each key once.
#[derive(Debug)]
pub(super) struct SortedActs {
    spilled: Option<Spilled>,
    kept: std::vec::IntoIter<Act>,
    /// The next act of every source that has one: 0 is memory, the others are runs.
    heads: BinaryHeap<Reverse<Head>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Head {
    act: Act,
    source: usize,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.act.key(), self.source).cmp(&(other.act.key(), other.source))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl SortedActs {
    fn refill(&mut self, source: usize) -> io::Result<()> {
        let next = match (source.checked_sub(1), &mut self.spilled) {
            (Some(run), Some(Spilled { file, runs, .. })) => runs[run].next(file)?,
            _ => self.kept.next(),
        };
        self.heads.extend(next.map(|act| Reverse(Head { act, source })));
        Ok(())
    }

    /// The next act.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub(super) fn next(&mut self) -> io::Result<Option<Act>> {
        let Some(Reverse(Head { act: mut sum, source })) = self.heads.pop() else { return Ok(None) };
        self.refill(source).map_err(|error| temporary(&error))?;
        while self.heads.peek().is_some_and(|Reverse(head)| head.act.key() == sum.key()) {
            if let Some(Reverse(Head { act, source })) = self.heads.pop() {
                sum.add(&act);
                self.refill(source).map_err(|error| temporary(&error))?;
            }
        }
        Ok(Some(sum))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(acts: impl Iterator<Item = Act>, most: usize) -> Vec<Act> {
        let mut collected = Acts::new(most);
        acts.for_each(|act| collected.push(act).unwrap());
        let mut sorted = collected.into_sorted().unwrap();
        std::iter::from_fn(|| sorted.next().unwrap()).collect()
    }

    #[test]
    fn memory_and_the_order_of_rows_change_nothing() {
        let act = |row: u64| Act {
            period: (row % 3) as i32 - 1,
            user: u128::from(row * 7919 % 101) << 90,
            item: (row % 5) as u32,
            count: 1 + row % 4,
            last: ((row * 31 % 1000) as i64, row),
            place: (row % 2) as u32,
            moved: false,
        };
        let whole = all((0..10_000).map(act), Acts::MOST);
        assert!(whole.is_sorted_by(|a, b| a.key() < b.key()));
        assert_eq!(whole.iter().map(|act| act.count).sum::<u64>(), 25_000);
        assert!(whole.iter().any(|act| act.moved));
        assert_eq!(all((0..10_000).map(act), 64), whole);
        assert_eq!(all((0..10_000).rev().map(act), 7), whole);
    }
}
