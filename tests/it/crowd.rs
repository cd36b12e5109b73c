//! Many processes at one store: nothing is lost, nothing is there twice, and readers see a whole store.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk::Desk;
use crate::faults::has_strace;
use crate::long::{is_long, say};

/// Surveys that are ingested at once, each by two processes.
const SURVEYS: usize = 20;
/// Reports that are made meanwhile.
const REPORTS: usize = 10;

fn survey(number: usize) -> String {
    let mut text = "respondent_id,segment,city,moments.share\n".to_owned();
    for person in 0..60 + number {
        let (segment, answer) = (["expat", "chinese"][person % 2], u8::from(person % 5 < 2));
        text.push_str(&format!("p{number}-{person},{segment},广州,{answer}\n"));
    }
    text
}

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_wxstats"))
        .args(arguments)
        .current_dir(desk.directory.path())
        .env_clear()
        .env("HOME", desk.directory.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn forty_ingests_and_ten_reports_at_once() {
    let desk = Desk::new();
    fs::write(desk.path("base.csv"), survey(999)).unwrap();
    desk.ok(&["ingest", "base.csv"]);
    for number in 0..SURVEYS {
        fs::write(desk.path(&format!("s{number}.csv")), survey(number)).unwrap();
    }
    let ingests: Vec<(usize, Child)> = (0..2 * SURVEYS)
        .map(|turn| (turn % SURVEYS, start(&desk, &["ingest", &format!("s{}.csv", turn % SURVEYS)])))
        .collect();
    let reports: Vec<Child> = (0..REPORTS)
        .map(|_| {
            let chosen = ["report", "--dataset", "base", "--city", "Guangzhou"];
            start(&desk, &[&chosen[..], &["--chart-format", "svg", "--only", "dumbbell"]].concat())
        })
        .collect();
    let mut stored = [0; SURVEYS];
    for (number, ingest) in ingests {
        let output = ingest.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        stored[number] += usize::from(said.contains("csv: ingested,"));
    }
    assert_eq!(stored, [1; SURVEYS], "each survey is stored by one of its two processes");
    for report in reports {
        let output = report.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let list: serde_json::Value =
        serde_json::from_str(&desk.ok(&["store", "ls", "--format", "json"])).unwrap();
    let rows = list["rows"].as_array().unwrap();
    assert_eq!(rows.len(), SURVEYS + 1);
    for number in 0..SURVEYS {
        let own: Vec<_> = rows.iter().filter(|row| row["dataset"] == format!("s{number}")).collect();
        assert_eq!(own.len(), 1, "s{number}");
        assert_eq!(own[0]["respondents"], 60 + number);
    }
    desk.ok(&["store", "check"]);
    let left = desk.run(&["store", "gc", "--dry-run"]);
    assert!(String::from_utf8_lossy(&left.stderr).contains("0 loose objects"));
    let manifest = fs::read(desk.path("reports/guangzhou/manifest.json")).unwrap();
    desk.ok(&[
        "report",
        "--dataset",
        "base",
        "--city",
        "Guangzhou",
        "--chart-format",
        "svg",
        "--only",
        "dumbbell",
    ]);
    assert_eq!(fs::read(desk.path("reports/guangzhou/manifest.json")).unwrap(), manifest);
    say(&format!("{} ingests and {REPORTS} reports at once: nothing lost, nothing twice", 2 * SURVEYS));
}

/// A reader that is held, until persons are forgotten, between the manifest and the object that it names.
#[test]
fn a_reader_sees_the_store_before_or_after_a_forgetting() {
    if !has_strace() {
        return;
    }
    let desk = Desk::new();
    fs::write(desk.path("s.csv"), survey(60)).unwrap();
    fs::write(desk.path("ids.txt"), "p60-0\np60-1\n").unwrap();
    let table = ["table", "--format", "json", "--verbose"];
    for forget in [&["store", "forget", "--ids", "ids.txt"][..], &["store", "forget", "--dataset", "s"]] {
        desk.ok(&["ingest", "--replace", "s.csv"]);
        desk.ok(&["store", "gc"]);
        let objects = fs::read_dir(desk.path("data/store/objects")).unwrap();
        let object = objects.map(|object| object.unwrap().path()).next().unwrap();
        let (log, manifest) = (desk.path("log"), desk.path("data/store/MANIFEST.json"));
        let reader = Command::new("strace")
            .args(["-f", "-qq", "-e", "inject=openat:delay_enter=4000000:when=2", "-P"])
            .args([&manifest, Path::new("-P"), &object, Path::new("-o"), &log])
            .arg(env!("CARGO_BIN_EXE_wxstats"))
            .args(table)
            .args([Path::new("--store"), &desk.path("data/store")])
            .current_dir(desk.directory.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while !fs::read_to_string(&log).unwrap_or_default().contains("MANIFEST.json") {
            assert!(start.elapsed() < Duration::from_mins(1), "the reader does not begin");
            std::thread::sleep(Duration::from_millis(20));
        }
        desk.ok(forget);
        let output = reader.wait_with_output().unwrap();
        let after = desk.run(&table);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("the store was changed; it is read again"), "{said}");
        assert_eq!((output.status.code(), output.stdout), (after.status.code(), after.stdout), "{said}");
        let _ = fs::remove_file(log);
    }
    say("2 readers while their objects were forgotten: both see the store as it is then");
}

/// Half a minute is waited, so this is for the long form.
#[test]
fn a_store_that_stays_locked_is_exit_code_4() {
    if !is_long() {
        return;
    }
    let desk = Desk::new();
    fs::write(desk.path("s.csv"), survey(60)).unwrap();
    desk.ok(&["ingest", "s.csv"]);
    let lock = fs::File::open(desk.path("data/store/LOCK")).unwrap();
    lock.lock().unwrap();
    let start = Instant::now();
    let said = desk.fails(4, &["ingest", "--dataset", "t", "s.csv"]);
    let waited = start.elapsed().as_secs();
    assert!(said.contains("LOCK is locked") && (25..40).contains(&waited), "{waited} s: {said}");
    desk.ok(&["table"]);
    drop(lock);
    desk.ok(&["ingest", "--dataset", "t", "s.csv"]);
    say("a store that stays locked: exit code 4 after 30 s, and readers do not wait");
}
