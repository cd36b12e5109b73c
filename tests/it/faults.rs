//! Faults at every system call: whatever happens, the store and the bundle are as before or as after, and what was
//! acknowledged stays.
//!
//! Each command is run under strace, which kills it at its N-th system call of a kind, or lets that call fail, once or
//! from then on. A part of all calls is tried; `WXSTATS_FAULTS=all cargo test faults` tries every one. Without strace
//! the tests are skipped, and say so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// How many calls of a command are tried in each way, unless all are.
const TRIED: usize = 24;

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

const FAULTS: [Fault; 4] =
    [Fault::Kill, Fault::Once("EIO"), Fault::Once("ENOSPC"), Fault::FromThenOn("ENOSPC")];

/// Calls that can fail for want of space or by a broken disk.
const ON_FILES: [&str; 17] = [
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
    "link",
    "linkat",
    "statx",
    "newfstatat",
    "getdents64",
    "ftruncate",
];

/// The `number`th call of a kind.
#[derive(Debug, Clone)]
struct Call {
    name: String,
    number: usize,
}

/// A command, what it is run on, and how its outcome is looked at.
struct Experiment {
    /// The working directory before the command.
    before: TempDir,
    command: Vec<&'static str>,
    /// What a directory holds, as far as users are concerned; `None` is damage.
    state: fn(&Path) -> Option<String>,
}

fn wxstats(directory: &Path, command: &[&str]) -> Output {
    under(directory, &[], command)
}

/// Runs the program, under strace if there are options for it.
fn under(directory: &Path, strace: &[&str], command: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_wxstats");
    let mut run = match strace {
        [] => Command::new(program),
        options => {
            let mut run = Command::new("strace");
            run.args(["-f", "-qq"]).args(options).arg(program);
            run
        }
    };
    run.args(command)
        .current_dir(directory)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", directory)
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .unwrap()
}

#[expect(clippy::print_stderr, reason = "what was tried, or why nothing was, is for whoever reads the log")]
fn say(text: &str) {
    eprintln!("{text}");
}

/// Whether strace runs here; otherwise says that the test is skipped.
fn has_strace() -> bool {
    let runs = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    let runs = runs.is_ok_and(|status| status.success());
    assert!(runs || std::env::var_os("WXSTATS_STRACE").is_none(), "strace was promised");
    if !runs {
        say("SKIPPED: no fault is injected, because strace is missing or may not trace here");
    }
    runs
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (entry, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if entry.is_dir() {
            copy(&entry, &to.join(name));
        } else {
            fs::copy(&entry, to.join(name)).unwrap();
        }
    }
}

impl Experiment {
    /// The calls that the command makes, one after the other.
    fn calls(&self) -> Vec<Call> {
        let room = tempfile::tempdir().unwrap();
        copy(self.before.path(), room.path());
        let log = room.path().join("calls");
        let output = under(room.path(), &["-o", log.to_str().unwrap()], &self.command);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let text = fs::read_to_string(log).unwrap();
        let names = text.lines().filter_map(|line| line.split_once(' ')?.1.trim_start().split_once('('));
        names
            .map(|(name, _)| name)
            .filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
            .filter(|name| !["execve", "exit", "exit_group"].contains(name))
            .map(|name| {
                let number = numbers.entry(name.to_owned()).or_default();
                *number += 1;
                Call { name: name.to_owned(), number: *number }
            })
            .collect()
    }

    /// Tries a fault at a part of the calls, or all; returns how many.
    fn run(&self) -> usize {
        let before = (self.state)(self.before.path()).unwrap();
        let undisturbed = tempfile::tempdir().unwrap();
        copy(self.before.path(), undisturbed.path());
        assert!(wxstats(undisturbed.path(), &self.command).status.success());
        let after = (self.state)(undisturbed.path()).unwrap();
        assert_ne!(before, after, "the command changes something");
        let calls = self.calls();
        let mut tried = 0;
        for fault in FAULTS {
            let may_fail = |call: &&Call| fault == Fault::Kill || ON_FILES.contains(&call.name.as_str());
            let calls: Vec<&Call> = calls.iter().filter(may_fail).collect();
            let is_long = std::env::var_os("WXSTATS_FAULTS").is_some();
            let stride = if is_long { 1 } else { calls.len().div_ceil(TRIED) };
            for call in calls.into_iter().step_by(stride) {
                self.try_one(fault, call, &before, &after);
                tried += 1;
            }
        }
        tried
    }

    fn try_one(&self, fault: Fault, call: &Call, before: &str, after: &str) {
        let room = tempfile::tempdir().unwrap();
        copy(self.before.path(), room.path());
        let Call { name, number } = call;
        let inject = match fault {
            Fault::Kill => format!("inject={name}:signal=KILL:when={number}"),
            Fault::Once(error) => format!("inject={name}:error={error}:when={number}"),
            Fault::FromThenOn(error) => format!("inject={name}:error={error}:when={number}+"),
        };
        let output = under(room.path(), &["-o", "/dev/null", "-e", &inject], &self.command);
        let what = format!("{:?} under {inject}: {}", self.command, String::from_utf8_lossy(&output.stderr));
        let state = (self.state)(room.path());
        if output.status.success() {
            assert_eq!(state.as_deref(), Some(after), "acknowledged and lost: {what}");
        } else {
            let is_whole = state.as_deref().is_some_and(|state| state == before || state == after);
            assert!(is_whole, "half done: {what}\n{state:?}");
        }
        // The standard library itself panics where a directory cannot be closed.
        assert!(name == "close" || !what.contains("has a fault"), "a panic: {what}");
        let again = wxstats(room.path(), &self.command);
        let may_repeat = again.status.success() || state.as_deref() == Some(after);
        assert!(may_repeat, "cannot be repeated: {what}\n{}", String::from_utf8_lossy(&again.stderr));
        assert_eq!(
            (self.state)(room.path()).as_deref(),
            Some(after),
            "not completed by a second run: {what}"
        );
    }
}

/// What the store lists, if every object in it is whole.
fn store(directory: &Path) -> Option<String> {
    let list = wxstats(directory, &["store", "ls", "--format", "json"]);
    let check = wxstats(directory, &["store", "check"]);
    let text = String::from_utf8(list.stdout).unwrap();
    // A store that is not there yet has nothing to check.
    (check.status.success() || (text.is_empty() && check.status.code() == Some(1))).then_some(text)
}

/// The files of the bundle, if they are those that its manifest lists. A bundle that is not there is nothing.
fn bundle(directory: &Path) -> Option<String> {
    let root = directory.join("reports/guangzhou");
    let Ok(manifest) = fs::read_to_string(root.join("manifest.json")) else {
        return (!root.exists()).then(String::new);
    };
    let listed: serde_json::Value = serde_json::from_str(&manifest).ok()?;
    let is_whole = |file: &serde_json::Value| {
        let bytes = fs::read(root.join(file["path"].as_str().unwrap_or_default())).unwrap_or_default();
        blake3::hash(&bytes).to_hex().as_str() == file["blake3"].as_str().unwrap_or_default()
    };
    listed["files"].as_array()?.iter().all(is_whole).then_some(manifest)
}

/// A survey of so many people in two waves.
fn survey(people: usize) -> String {
    let mut text = "respondent_id,segment,city,wave,moments.share,moments.read\n".to_owned();
    for wave in [2014, 2015] {
        for person in 0..people {
            let (segment, turn) = (["expat", "chinese"][person % 2], person * 7 + wave);
            text.push_str(&format!(
                "p{person},{segment},广州,{wave},{},{}\n",
                u8::from(turn % 5 < 2),
                u8::from(turn % 3 > 0)
            ));
        }
    }
    text
}

fn room(files: &[(&str, String)], commands: &[&[&str]]) -> TempDir {
    let room = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(room.path().join(name), text).unwrap();
    }
    for command in commands {
        let output = wxstats(room.path(), command);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    room
}

#[test]
fn an_ingest_is_done_or_not_done_whatever_fails() {
    if !has_strace() {
        return;
    }
    let files = [("old.csv", survey(40)), ("new.csv", survey(60)), ("more.csv", survey(50))];
    let before = room(&files, &[&["ingest", "old.csv"]]);
    let command = vec!["ingest", "new.csv", "more.csv"];
    let tried = Experiment { before, command, state: store }.run();
    say(&format!("ingest: {tried} faults, nothing half done, nothing acknowledged lost"));
}

#[test]
fn forgetting_is_done_or_not_done_whatever_fails() {
    if !has_strace() {
        return;
    }
    let files = [("old.csv", survey(40)), ("ids.txt", "p3\np7\n".to_owned())];
    let before = room(&files, &[&["ingest", "old.csv"]]);
    let command = vec!["store", "forget", "--ids", "ids.txt"];
    let tried = Experiment { before, command, state: store }.run();
    say(&format!("store forget: {tried} faults, nothing half done, nothing acknowledged lost"));
}

#[test]
fn a_bundle_is_the_old_or_the_new_whatever_fails() {
    if !has_strace() {
        return;
    }
    let chosen = ["report", "--city", "Guangzhou", "--chart-format", "svg", "--only", "dumbbell", "--input"];
    let old = [&chosen[..], &["old.csv"]].concat();
    let before = room(&[("old.csv", survey(60)), ("new.csv", survey(80))], &[&old]);
    let command = [&chosen[..], &["new.csv", "--dataset", "new"]].concat();
    let tried = Experiment { before, command, state: bundle }.run();
    say(&format!("report: {tried} faults, nothing half done, nothing acknowledged lost"));
}
