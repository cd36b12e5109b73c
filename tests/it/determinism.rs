//! Same input, same bytes: whatever the machine's threads, folder, language, time zone and fonts are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::Desk;
use crate::long::{is_long, quick_or, say};

/// People of two segments in two cities and waves, with weights; in the order of the file, or in another.
fn survey(is_shuffled: bool) -> String {
    let header = "respondent_id,segment,city,wave,weight,stratum,psu,os,moments.share,moments.read\n";
    let mut rows: Vec<String> = Vec::new();
    for wave in [2014, 2015] {
        for person in 0..400 {
            let turn = person * 7 + wave;
            rows.push(format!(
                "p{person},{},{},{wave},{}.{},s{},c{},{},{},{}\n",
                ["expat", "chinese"][person % 2],
                ["广州", "Beijing"][person / 2 % 2],
                1 + turn % 3,
                turn % 97,
                person % 2,
                person % 20,
                ["iOS", "Android", "鸿蒙"][turn % 3],
                u8::from(turn % 5 < 2),
                u8::from(turn % 3 > 0),
            ));
        }
    }
    if is_shuffled {
        rows.sort_by_key(|row| blake3::hash(row.as_bytes()).to_hex());
    }
    header.to_owned() + &rows.concat()
}

fn files(directory: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), found);
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// What a report of this survey and a table write, by the name of the file.
fn outputs(survey: &str, environment: &[(&'static str, &'static str)]) -> BTreeMap<String, Vec<u8>> {
    let desk = Desk::with(environment);
    fs::write(desk.path("survey.csv"), survey).unwrap();
    let mut report = vec!["report", "--lang", "both", "--input", "survey.csv"];
    if !is_long() {
        report.extend(["--only", "dumbbell,heatmap", "--city", "Guangzhou"]);
    }
    desk.ok(&report);
    desk.ok(&[
        "table",
        "--by",
        "city*segment",
        "--compare",
        "segment",
        "--input",
        "survey.csv",
        "-o",
        "table.json",
    ]);
    let mut found = BTreeMap::new();
    files(&desk.path("reports"), "", &mut found);
    found.insert("table.json".to_owned(), fs::read(desk.path("table.json")).unwrap());
    found
}

fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert!(one.keys().eq(other.keys()), "{what}: other files");
    let differs = one.iter().find(|(name, bytes)| other[*name] != **bytes);
    assert!(differs.is_none(), "{what}: {} differs", differs.unwrap().0);
}

#[test]
fn neither_threads_nor_place_nor_language_nor_time_change_a_byte() {
    let text = survey(false);
    let first = outputs(&text, &[]);
    for environment in [
        &[][..],
        &[("RAYON_NUM_THREADS", "1"), ("POLARS_MAX_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "2"), ("POLARS_MAX_THREADS", "2")],
        &[("RAYON_NUM_THREADS", "8"), ("POLARS_MAX_THREADS", "8")],
        &[("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Pacific/Kiritimati")],
        &[
            ("LANG", "zh_CN.GB18030"),
            ("LC_ALL", "C"),
            ("TZ", "America/St_Johns"),
            ("COLUMNS", "20"),
            ("TERM", "dumb"),
        ],
        &[("SOURCE_DATE_EPOCH", "1"), ("FONTCONFIG_FILE", "/dev/null"), ("XDG_DATA_HOME", "/nowhere")],
    ] {
        same(&first, &outputs(&text, environment), &format!("{environment:?}"));
    }
    say(&format!("8 environments: {} files each, the same bytes", first.len()));
}

#[test]
fn a_store_is_the_same_whatever_the_threads() {
    const HEADER: &str = "respondent_id,segment,city,os,weight,moments.share,moments.read\n";
    let mut rows = String::new();
    for n in 0..quick_or(30_000, 600_000) {
        let (segment, os) = (["expat", "chinese"][n % 2], ["iOS", "Android", "鸿蒙"][n % 3]);
        let (share, read) = (u8::from(n % 5 < 2), u8::from(n % 3 > 0));
        let city = ["广州", "Canton"][n / 7 % 2];
        rows.push_str(&format!("p{n},{segment},{city},{os},{}.25,{share},{read}\n", n % 7));
    }
    let stored = |threads: &'static str| {
        let desk = Desk::with(&[("RAYON_NUM_THREADS", threads), ("POLARS_MAX_THREADS", threads)]);
        fs::write(desk.path("survey.csv"), HEADER.to_owned() + &rows).unwrap();
        fs::write(desk.path("key"), "5".repeat(64)).unwrap();
        desk.ok(&["ingest", "--key-file", "key", "survey.csv"]);
        let mut found = BTreeMap::new();
        files(&desk.path("data/store"), "", &mut found);
        found
    };
    let one = stored("1");
    for threads in ["2", "8"] {
        same(&one, &stored(threads), &format!("a store made by {threads} threads"));
    }
    say(&format!("a store made by 1, 2 and 8 threads: {} files, the same bytes", one.len()));
}

/// The order of rows is told by the hash of the input, and by nothing else.
#[test]
fn the_order_of_rows_changes_no_figure_and_no_picture() {
    let (one, other) = (outputs(&survey(false), &[]), outputs(&survey(true), &[]));
    assert!(one.keys().eq(other.keys()));
    let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
    let (old, new) = (hash(&survey(false)), hash(&survey(true)));
    let mut compared = 0;
    for (name, bytes) in &one {
        if let (Ok(text), Ok(shuffled)) = (std::str::from_utf8(bytes), std::str::from_utf8(&other[name])) {
            // The manifest also has the hashes of files that name the input.
            if !name.ends_with("manifest.json") {
                assert!(
                    text.replace(&old, &new).replace(&old[..12], &new[..12]) == shuffled,
                    "{name} differs"
                );
                compared += 1;
            }
        } else if Path::new(name).extension().is_some_and(|ending| ending == "xlsx") {
            let (parts, shuffled) = (unpacked(bytes), unpacked(&other[name]));
            assert!(parts.keys().eq(shuffled.keys()), "{name} differs");
            for (part, text) in &parts {
                assert!(text.replace(&old, &new) == shuffled[part], "{part} of {name} differs");
            }
            compared += 1;
        } else {
            assert!(*bytes == other[name], "{name} differs");
            compared += 1;
        }
    }
    say(&format!("rows in another order: {compared} files, the same figures and pictures"));
}

/// Pictures are drawn with the bundled fonts: none of the system is opened.
#[test]
fn no_font_of_the_system_is_opened() {
    let log = tempfile::NamedTempFile::new().unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), survey(false)).unwrap();
    let run = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=open,openat,execve", "-o"])
        .arg(log.path())
        .arg(env!("CARGO_BIN_EXE_wxstats"))
        .args(["report", "--input", "survey.csv", "--only", "dumbbell", "--city", "Guangzhou"])
        .current_dir(desk.directory.path())
        .output();
    if !run.is_ok_and(|output| output.status.success()) {
        say(
            "SKIPPED: what files a report opens is not known, because strace is missing or may not trace here",
        );
        return;
    }
    let log = fs::read_to_string(log.path()).unwrap();
    assert!(log.contains("survey.csv"));
    let foreign = log
        .lines()
        .find(|line| line.contains("/fonts") || line.contains("fontconfig") || line.contains("zoneinfo"));
    assert!(foreign.is_none(), "{foreign:?}");
}

/// The parts of a workbook.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        parts.insert(part.name().unwrap().to_string(), text);
    }
    parts
}
