//! Power cuts: one run is recorded, and after each of its steps every state is made in which the disk may be found.
//!
//! The model of the disk is `disk.rs`. Where names are on their way in more selections than can be tried, those are tried of which
//! all, none, one alone, or all but one are there, every beginning, and others drawn with fixed seeds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::disk::{Disk, Survivors, Unsynced};
use super::trace::{CALLS, Step, steps};
use super::{Case, collect, first_ingest, forget, has_strace, ingest, ingest_by_threads, report};
use crate::long::{quick_or, say};

/// The most selections of names that are tried after one step.
fn most_selections() -> usize {
    quick_or(64, 4096)
}

/// What a run did, and the disk before it.
fn record(case: &Case) -> (Disk, Vec<Step>) {
    let room = case.room();
    let disk = Disk::of(room.path());
    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("calls");
    let trace = format!("trace={CALLS}");
    let options = ["-y", "-xx", "-s", "16777216", "-e", &trace, "-o", log.to_str().unwrap()];
    let output = case.run(room.path(), &options);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let steps = steps(&fs::read_to_string(log).unwrap(), &room.path().canonicalize().unwrap());
    (disk, steps)
}

/// Which of `pending` changes are there, one selection a line.
fn selections(pending: usize) -> Vec<Vec<bool>> {
    let most = most_selections();
    if pending < 20 && 1 << pending <= most {
        return (0..1_usize << pending)
            .map(|bits| (0..pending).map(|at| bits >> at & 1 == 1).collect())
            .collect();
    }
    let mut all = vec![vec![true; pending], vec![false; pending]];
    for at in 0..pending {
        all.push((0..pending).map(|other| other == at).collect());
        all.push((0..pending).map(|other| other != at).collect());
        all.push((0..pending).map(|other| other < at).collect());
    }
    let drawn = |seed: usize| {
        let bytes = blake3::hash(&seed.to_le_bytes());
        (0..pending).map(|at| bytes.as_bytes()[at / 8 % 32] >> (at % 8) & 1 == 1).collect()
    };
    all.extend((0..most.saturating_sub(all.len())).map(drawn));
    all
}

fn lay_out(survivors: &Survivors, directory: &Path) {
    for (path, bytes) in survivors {
        let path = directory.join(path);
        if let Some(bytes) = bytes {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        } else {
            fs::create_dir_all(path).unwrap();
        }
    }
}

fn hash(survivors: &Survivors, acknowledged: bool) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[u8::from(acknowledged)]);
    for (path, bytes) in survivors {
        hasher.update(blake3::hash(path.as_bytes()).as_bytes());
        hasher.update(
            bytes.as_ref().map_or(blake3::hash(b"directory"), |bytes| blake3::hash(bytes)).as_bytes(),
        );
    }
    hasher.finalize()
}

/// Tries all states after a power cut: how many different ones there are, or the first that does harm.
pub(super) fn cut_everywhere(case: &Case) -> Result<usize, String> {
    let expected = case.expected();
    let (mut disk, steps) = record(case);
    let mut seen = BTreeSet::new();
    let mut acknowledged = false;
    for at in 0..=steps.len() {
        let unsynced: &[Unsynced] = if disk.has_unsynced() {
            &[Unsynced::Lost, Unsynced::Torn, Unsynced::Kept]
        } else {
            &[Unsynced::Kept]
        };
        for selection in selections(disk.pending()) {
            for &unsynced in unsynced {
                let survivors = disk.after_cut(&|number| selection[number], unsynced);
                if !seen.insert(hash(&survivors, acknowledged).to_hex().to_string()) {
                    continue;
                }
                let room = tempfile::tempdir().unwrap();
                lay_out(&survivors, room.path());
                let repeats = seen.len() % quick_or(16, 1) == 0;
                let fault = case.fault(room.path(), &expected, acknowledged).or_else(|| {
                    if repeats { case.fault_of_second_run(room.path(), &expected) } else { None }
                });
                if let Some(fault) = fault {
                    let last = at.checked_sub(1).map(|at| &steps[at]);
                    let names: Vec<&String> = survivors.keys().collect();
                    return Err(format!(
                        "{:?}, power cut after step {at}, {last:?}, unsynced bytes {unsynced:?}: {fault}\nthere are {names:#?}",
                        case.command
                    ));
                }
            }
        }
        if let Some(step) = steps.get(at) {
            acknowledged |= *step == Step::Say;
            disk.step(step);
        }
    }
    Ok(seen.len())
}

fn no_power_cut_does_harm(case: &Case) {
    if has_strace() {
        let tried = cut_everywhere(case).unwrap_or_else(|fault| panic!("{fault}"));
        say(&format!(
            "{}: {tried} states after a power cut, all whole, nothing acknowledged lost",
            case.name
        ));
    }
}

#[test]
fn a_first_ingest_survives_power_cuts() {
    no_power_cut_does_harm(&first_ingest());
}

#[test]
fn an_ingest_survives_power_cuts() {
    no_power_cut_does_harm(&ingest());
}

#[test]
fn an_ingest_by_threads_survives_power_cuts() {
    no_power_cut_does_harm(&ingest_by_threads());
}

#[test]
fn forgetting_survives_power_cuts() {
    no_power_cut_does_harm(&forget());
}

#[test]
fn collecting_survives_power_cuts() {
    no_power_cut_does_harm(&collect());
}

#[test]
fn a_bundle_survives_power_cuts() {
    no_power_cut_does_harm(&report());
}
