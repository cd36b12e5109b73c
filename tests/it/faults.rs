//! Whatever fails, the store and the bundle are as before or as after, and what was acknowledged stays: faults at system
//! calls (`calls`), power cuts (`power_cut`), and commits broken on purpose, which both must catch (`broken`).
//!
//! All of it needs strace; without it the tests are skipped, and say so. A part of all faults is tried; `tests/long.sh`
//! tries every one.

#[cfg(feature = "broken-commits")]
mod broken;
mod calls;
mod disk;
mod power_cut;
mod trace;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use wxstats::store::{Store, StoreError, loose};

use crate::long::say;

/// A command that changes something, what it is run on, and how that is looked at.
struct Case {
    name: &'static str,
    /// The working directory before the command.
    before: TempDir,
    command: Vec<&'static str>,
    /// What a directory holds, as far as users are concerned; `None` is damage.
    state: fn(&Path) -> Option<String>,
    /// What may not be left once the command is through, found.
    left: fn(&Path) -> bool,
    /// How many threads read and write.
    threads: &'static str,
    /// Which commit is broken on purpose.
    broken: Option<&'static str>,
}

/// What a case looks like before and after an undisturbed run.
struct Expected {
    before: String,
    after: String,
}

impl Case {
    fn expected(&self) -> Expected {
        let undisturbed = self.room();
        assert!(self.run(undisturbed.path(), &[]).status.success());
        let whole = |room: &Path| (self.state)(room).unwrap();
        let expected = Expected { before: whole(self.before.path()), after: whole(undisturbed.path()) };
        let is_clean = !(self.left)(undisturbed.path());
        let was_clean = !(self.left)(self.before.path());
        assert!(
            is_clean && (expected.before != expected.after || !was_clean),
            "the command changes something"
        );
        expected
    }

    /// A working directory as before.
    fn room(&self) -> TempDir {
        let room = tempfile::tempdir().unwrap();
        copy(self.before.path(), room.path());
        room
    }

    /// Runs the command, under strace if there are options for it.
    fn run(&self, directory: &Path, strace: &[&str]) -> Output {
        under(directory, strace, &self.command, self.threads, self.broken)
    }

    /// What is wrong with a directory after a fault, if anything is; `acknowledged` says whether the command had said that
    /// it was through.
    fn fault(&self, room: &Path, expected: &Expected, acknowledged: bool) -> Option<String> {
        let Some(state) = (self.state)(room) else { return Some("damaged".to_owned()) };
        if acknowledged && (state != expected.after || (self.left)(room)) {
            return Some(format!("acknowledged and lost: {state}"));
        }
        (state != expected.before && state != expected.after).then(|| format!("half done: {state}"))
    }

    /// What is wrong with a second run after a fault, if anything is.
    fn fault_of_second_run(&self, room: &Path, expected: &Expected) -> Option<String> {
        let state = (self.state)(room);
        let again = under(room, &[], &self.command, self.threads, None);
        let may_repeat = again.status.success() || state.as_deref() == Some(&expected.after);
        let said = String::from_utf8_lossy(&again.stderr);
        if !may_repeat {
            return Some(format!("cannot be repeated: {said}"));
        }
        let is_complete = (self.state)(room).as_deref() == Some(&expected.after) && !(self.left)(room);
        (!is_complete).then(|| format!("not completed by a second run: {said}"))
    }
}

fn wxstats(directory: &Path, command: &[&str]) -> Output {
    under(directory, &[], command, "1", None)
}

fn under(directory: &Path, strace: &[&str], command: &[&str], threads: &str, broken: Option<&str>) -> Output {
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
        .env("RAYON_NUM_THREADS", threads)
        .envs(broken.map(|broken| ("WXSTATS_BROKEN_COMMITS", broken)))
        .output()
        .unwrap()
}

/// Whether strace runs here; otherwise says that the test is skipped.
pub(crate) fn has_strace() -> bool {
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

fn store_of(directory: &Path) -> PathBuf {
    directory.join("data/store")
}

/// What the store lists, if every object in it is whole. A store that is not there yet has nothing.
fn store(directory: &Path) -> Option<String> {
    match Store::open(&store_of(directory)) {
        Ok(store) => {
            store.verify().ok()?;
            let entries = store.manifest().entries.iter();
            let line = |entry: &wxstats::store::Entry| {
                let rows: Vec<u64> = entry.objects.iter().map(|object| object.rows).collect();
                let (dataset, wave, file) = (&entry.dataset, &entry.schema.wave, &entry.origin.file);
                format!("{dataset} {wave} {file}: {rows:?}\n")
            };
            Some(entries.map(line).collect())
        }
        Err(StoreError::Empty { .. }) => Some(String::new()),
        Err(_) => None,
    }
}

fn nothing(_: &Path) -> bool {
    false
}

/// Whether the store has objects that nothing refers to.
fn loose_objects(directory: &Path) -> bool {
    !loose(&store_of(directory)).unwrap().is_empty()
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

/// The first ingest of all, which makes the store and the key.
fn first_ingest() -> Case {
    Case {
        name: "first ingest",
        before: room(&[("new.csv", survey(60))], &[]),
        command: vec!["ingest", "new.csv"],
        state: store,
        left: nothing,
        threads: "1",
        broken: None,
    }
}

fn ingest() -> Case {
    let files = [("old.csv", survey(40)), ("new.csv", survey(60)), ("more.csv", survey(50))];
    Case {
        name: "ingest",
        before: room(&files, &[&["ingest", "old.csv"]]),
        command: vec!["ingest", "new.csv", "more.csv"],
        state: store,
        left: nothing,
        threads: "1",
        broken: None,
    }
}

/// The same by several threads, each of which writes an object.
fn ingest_by_threads() -> Case {
    Case { name: "ingest by threads", threads: "4", ..ingest() }
}

/// Takes persons out; what they were in may not stay behind either.
fn forget() -> Case {
    let files = [("old.csv", survey(40)), ("ids.txt", "p3\np7\n".to_owned())];
    Case {
        name: "store forget",
        before: room(&files, &[&["ingest", "old.csv"]]),
        command: vec!["store", "forget", "--ids", "ids.txt"],
        state: store,
        left: loose_objects,
        threads: "1",
        broken: None,
    }
}

/// Removes what another survey under the same name left.
fn collect() -> Case {
    let files = [("old.csv", survey(40)), ("new.csv", survey(60))];
    let replace = ["ingest", "--replace", "--dataset", "old", "new.csv"];
    Case {
        name: "store gc",
        before: room(&files, &[&["ingest", "old.csv"], &replace]),
        command: vec!["store", "gc"],
        state: store,
        left: loose_objects,
        threads: "1",
        broken: None,
    }
}

fn report() -> Case {
    let chosen = ["report", "--city", "Guangzhou", "--chart-format", "svg", "--only", "dumbbell", "--input"];
    let old = [&chosen[..], &["old.csv"]].concat();
    Case {
        name: "report",
        before: room(&[("old.csv", survey(60)), ("new.csv", survey(80))], &[&old]),
        command: [&chosen[..], &["new.csv", "--dataset", "new"]].concat(),
        state: bundle,
        left: nothing,
        threads: "1",
        broken: None,
    }
}
