//! A thousand personal data of nobody go in, in every place they could stand; none comes out again.
//!
//! They stand in ids, in columns of personal data, in columns that nobody declared, in cells of roles and levels where they do not
//! belong, in headers, and in the names of folders. All that the commands say and write is searched, the store decoded.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};

use memchr::memmem;
use polars::prelude::*;

use crate::desk::Desk;
use crate::long::say;

/// How many of each of the five kinds.
const EACH: usize = 200;

/// The number `n` of a kind: mobile numbers, ids of citizens, openids, addresses of computers, ids of an export.
fn canary(kind: usize, n: usize) -> String {
    match kind % 5 {
        0 => format!("1390013{n:04}"),
        1 => format!("4401061990{:04}{n:04}", 101 + n % 800),
        2 => format!("oCaNaRyAbCdEfGhIjKlMnO-_{n:04}"),
        3 => format!("198.51.{}.{}", 100 + n / 250, 1 + n % 250),
        _ => format!("canary-{n:04}"),
    }
}

/// What every canary of a kind begins with.
const MARKS: [&str; 5] = ["1390013", "4401061990", "oCaNaRy", "198.51.10", "canary-"];

/// Canaries in some bytes.
fn hits(bytes: &[u8], all: &BTreeSet<String>) -> Vec<String> {
    let lengths: BTreeSet<usize> = all.iter().map(String::len).collect();
    let found = MARKS.iter().flat_map(|mark| memmem::find_iter(bytes, mark.as_bytes()));
    let is_canary = |at: usize| {
        let ends = lengths.iter().filter_map(|length| bytes.get(at..at + length));
        ends.filter_map(|text| std::str::from_utf8(text).ok())
            .find(|text| all.contains(*text))
            .map(str::to_owned)
    };
    found.filter_map(is_canary).collect()
}

fn none_in(what: &str, bytes: &[u8], all: &BTreeSet<String>) {
    let hits = hits(bytes, all);
    assert!(
        hits.is_empty(),
        "{what} holds {hits:?}:\n{}",
        String::from_utf8_lossy(&bytes[..bytes.len().min(2000)])
    );
}

/// A good survey with canaries wherever a good survey has personal data. The last column has no name of such, and levels that are.
fn good(all: &mut Canaries) -> String {
    let mut text =
        "respondent_id,segment,city,os,moments.share,moments.read,手机号,openid,来自IP,email,备注,psu\n"
            .to_owned();
    for person in 0..200 {
        let personal: Vec<String> = (0..5).map(|kind| all.next(kind)).collect();
        text.push_str(&format!(
            "{},{},{},{},{},{},{},{},{},{}@example.cn,,{}\n",
            personal[4],
            ["expat", "chinese"][person % 2],
            ["广州", "北京"][person / 2 % 2],
            ["iOS", "Android", "鸿蒙"][person % 3],
            u8::from(person % 5 < 2),
            u8::from(person % 3 > 0),
            personal[0],
            personal[2],
            personal[3],
            personal[1],
            personal[0],
        ));
    }
    text
}

/// Files with something wrong in nearly every line, and a canary in every cell where it could be repeated.
fn bad(all: &mut Canaries) -> BTreeMap<&'static str, String> {
    const HEADER: &str = "respondent_id,segment,city,weight,wave,note,moments.share\n";
    let mut files = BTreeMap::new();
    let mut rows = |row: &dyn Fn(&mut Canaries, usize) -> String| {
        HEADER.to_owned() + &(0..20).map(|n| row(all, n) + "\n").collect::<String>()
    };
    files.insert(
        "ids.csv",
        rows(&|all, n| {
            let id = all.next(n);
            format!(
                "{id},expat,广州,1,2014,{},1\n{id},expat,广州,1,2014,{},maybe",
                all.next(n + 1),
                all.next(n + 2)
            )
        }),
    );
    files.insert("city.csv", rows(&|all, n| format!("p{n},expat,{},1,2014,x,1", all.shaped(n))));
    files.insert("weight.csv", rows(&|all, n| format!("p{n},expat,广州,{},2014,x,1", all.shaped(n + 1))));
    files.insert("answer.csv", rows(&|all, n| format!("p{n},expat,广州,1,2014,x,{}", all.shaped(n))));
    files.insert("ragged.csv", rows(&|all, n| format!("{},expat,广州,{}", all.next(n), all.next(n + 1))));
    files.insert(
        "quote.csv",
        rows(&|all, n| format!("\"{}\"{},expat,广州,1,2014,a\"b,1", all.next(n), all.next(n + 1))),
    );
    files.insert(
        "open.csv",
        rows(&|all, n| format!("\"{},expat,广州,1,2014,\"{},1", all.next(n), all.next(n + 1))),
    );
    files.insert(
        "control.csv",
        rows(&|all, n| format!("{},expat,广州,1,2014,{}\u{7},1", all.next(n), all.next(n + 1))),
    );
    files.insert(
        "shifted.csv",
        rows(&|all, n| format!("expat,{},{},1,{},x,1", all.shaped(n), all.shaped(n + 1), all.shaped(n + 2))),
    );
    // Without a header the first person stands in its place; nor may a header repeat one.
    files.insert(
        "headless.csv",
        (0..4)
            .map(|n| format!("{},expat,广州,{}\n", all.shaped(n), all.shaped(n + 1)))
            .collect::<Vec<_>>()
            .concat(),
    );
    let headers: Vec<String> = (0..4).map(|kind| all.next(kind)).collect();
    files.insert(
        "header.csv",
        format!(
            "respondent_id,segment,city,{},moments.share\na,expat,广州,1,1,1,1,perhaps\n",
            headers.join(",")
        ),
    );
    files.insert(
        "twice.csv",
        format!("respondent_id,segment,city,{0},{0},moments.share\na,expat,广州,1,1,1\n", headers[0]),
    );
    files.insert(
        "export.csv",
        format!(
            "序号,提交答卷时间,来自IP,1、您的手机号,2、您在哪个城市,3、您用朋友圈吗\n{}",
            (0..20)
                .map(|n| format!(
                    "{},2015/6/1 10:00:00,{},{},{},{}\n",
                    n + 1,
                    all.next(3),
                    all.next(0),
                    all.next(2),
                    all.shaped(n)
                ))
                .collect::<Vec<_>>()
                .concat()
        ),
    );
    files
}

/// Canaries, none twice.
#[derive(Default)]
struct Canaries {
    given: [usize; 5],
    all: BTreeSet<String>,
}

impl Canaries {
    /// One that is personal by its shape; in a cell of a level or a header nothing else can tell it from any other word.
    fn shaped(&mut self, kind: usize) -> String {
        self.next(kind % 4)
    }

    fn next(&mut self, kind: usize) -> String {
        let kind = kind % 5;
        let canary = canary(kind, self.given[kind] % EACH);
        self.given[kind] += 1;
        self.all.insert(canary.clone());
        canary
    }
}

fn walk(directory: &Path, each: &mut dyn FnMut(&Path, Vec<u8>)) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, each);
        } else {
            each(&path, fs::read(&path).unwrap());
        }
    }
}

/// Every value of an object, as text.
fn decoded(bytes: Vec<u8>) -> String {
    let frame = ParquetReader::new(Cursor::new(bytes)).finish().unwrap();
    let columns = frame.columns().iter().map(|column| {
        let values: Vec<String> =
            column.as_materialized_series().iter().map(|value| value.to_string()).collect();
        format!("{}: {}\n", column.name(), values.join(" "))
    });
    columns.collect()
}

/// Every part of a workbook.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    let mut package = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..package.len() {
        package.by_index(index).unwrap().read_to_end(&mut parts).unwrap();
    }
    parts
}

fn searched(what: &str, output: &Output, all: &BTreeSet<String>) {
    none_in(&format!("standard output of {what}"), &output.stdout, all);
    none_in(&format!("standard error of {what}"), &output.stderr, all);
}

/// Everything below a directory, but for the files that were put there.
fn nothing_written_holds_any(desk: &Desk, put: &[&str], all: &BTreeSet<String>) -> usize {
    let mut files = 0;
    walk(desk.directory.path(), &mut |path, bytes| {
        if put.iter().any(|name| path.ends_with(name)) {
            return;
        }
        files += 1;
        let name = path.strip_prefix(desk.directory.path()).unwrap().display().to_string();
        none_in(&format!("the name of {name}"), name.as_bytes(), all);
        none_in(&name, &bytes, all);
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("parquet") => none_in(&name, decoded(bytes).as_bytes(), all),
            Some("xlsx") => none_in(&name, &unpacked(bytes), all),
            _ => {}
        }
    });
    files
}

const CLAIMS: &str = "[[claim]]\nid = \"a\"\nassert = \"rate(moments.read, segment=expat) > rate(moments.share, segment=expat)\"\n\
                      statement = { en = \"More read\", zh = \"更多人阅读\" }\n";

#[test]
fn no_canary_of_a_good_file_comes_out() {
    let mut canaries = Canaries::default();
    let desk = Desk::new();
    let text = good(&mut canaries);
    let all = canaries.all;
    fs::write(desk.path("survey.csv"), &text).unwrap();
    fs::write(desk.path("claims.toml"), CLAIMS).unwrap();
    let some: Vec<&str> = text.lines().skip(1).take(3).map(|line| line.split(',').next().unwrap()).collect();
    fs::write(desk.path("ids.txt"), some.join("\n")).unwrap();
    let chosen = ["--chart-format", "svg", "--only", "dumbbell"];
    let report = [&["report", "--lang", "both"][..], &chosen].concat();
    let commands: Vec<Vec<&str>> = vec![
        vec!["check", "-v", "survey.csv"],
        vec!["codebook", "survey.csv"],
        vec!["ingest", "-v", "survey.csv"],
        vec!["ingest", "survey.csv"],
        vec!["store", "ls"],
        vec!["store", "check"],
        vec!["table", "--by", "city*segment", "--compare", "segment"],
        vec!["table", "--by", "os", "--format", "json", "--show-withheld"],
        vec!["table", "--by", "os", "--format", "csv", "-o", "t.csv"],
        vec!["table", "--by", "os", "--format", "md", "--lang", "zh"],
        vec!["table", "--by", "os", "-o", "t.xlsx"],
        vec!["weight"],
        vec!["claims", "claims.toml", "--format", "json"],
        vec!["claims", "claims.toml", "--format", "junit"],
        vec!["explain", "rate(moments.share, segment=expat)"],
        vec!["persons"],
        vec!["diff"],
        report,
        vec!["store", "forget", "--ids", "ids.txt"],
        vec!["store", "gc"],
        vec!["table", "--input", "survey.csv"],
    ];
    for command in &commands {
        let output = desk.run(command);
        searched(&command.join(" "), &output, &all);
        assert_ne!(output.status.code(), Some(101), "{command:?} panics");
    }
    let files = nothing_written_holds_any(&desk, &["survey.csv", "ids.txt"], &all);
    assert!(files > 20, "{files} files were searched");
    say(&format!("good file: {} canaries, {} commands, {files} files, no hit", all.len(), commands.len()));
}

#[test]
fn no_canary_of_a_bad_file_comes_out() {
    let mut canaries = Canaries::default();
    let files = bad(&mut canaries);
    let all = canaries.all;
    let desk = Desk::new();
    let mut runs = 0;
    for (name, text) in &files {
        fs::write(desk.path(name), text).unwrap();
        for command in
            [&["check", "-v"][..], &["ingest"], &["codebook"], &["table", "--input"], &["report", "--input"]]
        {
            let command = [command, &[name]].concat();
            let output = desk.run(&command);
            searched(&command.join(" "), &output, &all);
            assert_ne!(output.status.code(), Some(101), "{command:?} panics");
            runs += 1;
        }
    }
    let put: Vec<&str> = files.keys().copied().collect();
    nothing_written_holds_any(&desk, &put, &all);
    say(&format!("bad files: {} canaries, {runs} runs, no hit", all.len()));
}

/// A usage log and a funnel whose users are canaries: good ones, and the same with something wrong in every row.
fn logs(all: &mut Canaries) -> BTreeMap<&'static str, String> {
    let mut files = BTreeMap::new();
    for (log, funnel, is_good) in [("log.csv", "funnel.csv", true), ("bad-log.csv", "bad-funnel.csv", false)]
    {
        let mut acts = "user_id,segment,city,feature,action,time,count,手机号\n".to_owned();
        let mut ways = "actor_id,segment,city,model,stage,time\n".to_owned();
        for turn in 0..120 {
            let (user, phone) = (all.next(turn), all.next(0));
            let (segment, day) = (["expat", "chinese"][turn % 2], if is_good { 1 + turn % 28 } else { 40 });
            let action = ["read", "share"][usize::from(turn % 3 == 0)];
            for month in [3, 4] {
                acts.push_str(&format!(
                    "{user},{segment},广州,moments,{action},2026-0{month}-{day:02},1,{phone}\n"
                ));
            }
            ways.push_str(&format!("{user},{segment},广州,shop,ask,2026-03-{day:02} 10:00\n"));
            if turn % 2 == 0 {
                ways.push_str(&format!("{user},{segment},广州,shop,pay,2026-03-{day:02} 11:00\n"));
            }
        }
        files.extend([(log, acts), (funnel, ways)]);
    }
    files
}

#[test]
fn no_canary_of_a_log_or_a_funnel_comes_out() {
    let mut canaries = Canaries::default();
    let files = logs(&mut canaries);
    let all = canaries.all;
    let desk = Desk::new();
    for (name, text) in &files {
        fs::write(desk.path(name), text).unwrap();
    }
    let commands = [
        ("check -v --period month log.csv", 0),
        ("ingest -v --period month log.csv", 0),
        ("ingest -v --stages ask,pay funnel.csv", 0),
        ("retention --by segment -o r.csv", 0),
        ("funnel --dataset funnel --by model -o f.md", 0),
        ("table --dataset log --by segment -o t.xlsx", 0),
        ("report --dataset log --chart-format svg", 0),
        ("check -v --period month bad-log.csv", 1),
        ("ingest --period month bad-log.csv", 1),
        ("check -v --stages ask,pay bad-funnel.csv", 1),
        ("store check", 0),
    ];
    for (line, code) in commands {
        let output = desk.run(&line.split(' ').collect::<Vec<_>>());
        searched(line, &output, &all);
        assert_eq!(output.status.code(), Some(code), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let put: Vec<&str> = files.keys().copied().collect();
    let written = nothing_written_holds_any(&desk, &put, &all);
    say(&format!(
        "logs and funnels: {} canaries, {} commands, {written} files, no hit",
        all.len(),
        commands.len()
    ));
}

/// A folder's name is no part of what is kept or published.
#[test]
fn the_folder_of_a_file_is_not_kept() {
    let desk = Desk::new();
    let mut canaries = Canaries::default();
    let folder = canaries.next(0);
    let all = canaries.all.clone();
    fs::create_dir(desk.path(&folder)).unwrap();
    let path = desk.path(&folder).join("survey.csv");
    fs::write(&path, good(&mut canaries)).unwrap();
    let path = path.to_str().unwrap();
    desk.ok(&["ingest", path]);
    desk.ok(&["report", "--chart-format", "svg", "--only", "dumbbell"]);
    desk.ok(&["table", "--input", path, "--format", "json", "-o", "t.json"]);
    fs::remove_dir_all(desk.path(&folder)).unwrap();
    nothing_written_holds_any(&desk, &[], &all);
}

/// The standard library panics where a directory cannot be closed: what is said then is a place in the source.
#[test]
fn a_forced_panic_says_where_and_nothing_else() {
    let has_strace = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    if !has_strace.is_ok_and(|status| status.success()) {
        say("SKIPPED: no panic is forced, because strace is missing or may not trace here");
        return;
    }
    let mut canaries = Canaries::default();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), good(&mut canaries)).unwrap();
    let mut panics = 0;
    for number in 1..40 {
        let output = Command::new("strace")
            .args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("inject=close:error=EIO:when={number}")])
            .arg(env!("CARGO_BIN_EXE_wxstats"))
            .args(["ingest", "--replace", "--dataset", "d", "survey.csv"])
            .current_dir(desk.directory.path())
            .env("HOME", desk.directory.path())
            .env("RUST_BACKTRACE", "1")
            .output()
            .unwrap();
        searched("a panic", &output, &canaries.all);
        panics += usize::from(output.status.code() == Some(101));
    }
    assert!(panics > 0, "nothing panicked");
    say(&format!("{panics} forced panics, no hit"));
}
