//! A command is killed at its N-th system call of a kind, or that call fails, once or from then on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::{Case, Expected, collect, first_ingest, forget, has_strace, ingest, ingest_by_threads, report};
use crate::long::{is_long, say};

/// How many calls of a command are tried in each way, unless all are.
const TRIED: usize = 18;

/// What happens at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The process is killed.
    Kill,
    /// The call fails, once.
    Once(&'static str),
    /// The call and all later ones of its kind fail.
    FromThenOn(&'static str),
}

const FAULTS: [Fault; 5] = [
    Fault::Kill,
    Fault::Once("EIO"),
    Fault::Once("ENOSPC"),
    Fault::FromThenOn("EIO"),
    Fault::FromThenOn("ENOSPC"),
];

/// Calls that can fail for want of space or by a broken disk.
const ON_FILES: [&str; 19] = [
    "openat",
    "read",
    "write",
    "close",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "mkdir",
    "unlink",
    "unlinkat",
    "rmdir",
    "link",
    "linkat",
    "statx",
    "newfstatat",
    "getdents64",
    "ftruncate",
];

/// The `number`th call of a kind, in any thread.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    name: String,
    number: usize,
}

/// The calls that a command makes, thread by thread: strace counts those of each on its own.
fn calls(case: &Case) -> Vec<Call> {
    let room = case.room();
    let log = room.path().join("calls");
    let output = case.run(room.path(), &["-o", log.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let text = fs::read_to_string(log).unwrap();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(thread, call)| Some((thread, call.trim_start().split_once('(')?.0)))
        .filter(|(_, name)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
        .filter(|(_, name)| !["execve", "exit", "exit_group"].contains(name))
        .map(|(thread, name)| {
            let number = numbers.entry((thread, name)).or_default();
            *number += 1;
            Call { name: name.to_owned(), number: *number }
        })
        .filter(|call| seen.insert(call.clone()))
        .collect()
}

/// Tries faults at a part of the calls, or all: how many, or the first that does harm.
pub(super) fn try_faults(case: &Case) -> Result<usize, String> {
    let expected = case.expected();
    let calls = calls(case);
    let mut tried = 0;
    for fault in FAULTS {
        let may_fail = |call: &&Call| fault == Fault::Kill || ON_FILES.contains(&call.name.as_str());
        let calls: Vec<&Call> = calls.iter().filter(may_fail).collect();
        let stride = if is_long() { 1 } else { calls.len().div_ceil(TRIED) };
        for call in calls.into_iter().step_by(stride) {
            try_one(case, &expected, fault, call)?;
            tried += 1;
        }
    }
    Ok(tried)
}

fn try_one(case: &Case, expected: &Expected, fault: Fault, call: &Call) -> Result<(), String> {
    let room = case.room();
    let Call { name, number } = call;
    let inject = match fault {
        Fault::Kill => format!("inject={name}:signal=KILL:when={number}"),
        Fault::Once(error) => format!("inject={name}:error={error}:when={number}"),
        Fault::FromThenOn(error) => format!("inject={name}:error={error}:when={number}+"),
    };
    let output = case.run(room.path(), &["-o", "/dev/null", "-e", &inject]);
    let said = String::from_utf8_lossy(&output.stderr);
    // The standard library itself panics where a directory cannot be closed.
    let panicked = (name != "close" && said.contains("has a fault")).then(|| "a panic".to_owned());
    panicked
        .or_else(|| case.fault(room.path(), expected, output.status.success()))
        .or_else(|| case.fault_of_second_run(room.path(), expected))
        .map_or(Ok(()), |fault| Err(format!("{:?} under {inject}: {fault}\n{said}", case.command)))
}

fn no_fault_does_harm(case: &Case) {
    if has_strace() {
        let tried = try_faults(case).unwrap_or_else(|fault| panic!("{fault}"));
        say(&format!("{}: {tried} faults, nothing half done, nothing acknowledged lost", case.name));
    }
}

#[test]
fn a_first_ingest_is_done_or_not_done_whatever_fails() {
    no_fault_does_harm(&first_ingest());
}

#[test]
fn an_ingest_is_done_or_not_done_whatever_fails() {
    no_fault_does_harm(&ingest());
}

#[test]
fn an_ingest_by_threads_is_done_or_not_done_whatever_fails() {
    no_fault_does_harm(&ingest_by_threads());
}

#[test]
fn forgetting_is_done_or_not_done_whatever_fails() {
    no_fault_does_harm(&forget());
}

#[test]
fn collecting_is_done_or_not_done_whatever_fails() {
    no_fault_does_harm(&collect());
}

#[test]
fn a_bundle_is_the_old_or_the_new_whatever_fails() {
    no_fault_does_harm(&report());
}
