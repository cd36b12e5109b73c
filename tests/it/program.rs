//! The program as its users meet it: commands in, bytes and exit codes out.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/synthetic-survey.csv");

/// A directory of its own, in which the program runs with nothing in its environment.
struct Desk {
    directory: tempfile::TempDir,
    environment: Vec<(&'static str, &'static str)>,
}

impl Desk {
    fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    fn with(environment: &[(&'static str, &'static str)]) -> Self {
        Self { environment: environment.to_vec(), ..Self::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_wxstats"))
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .env("HOME", self.directory.path())
            .envs(self.environment.iter().copied())
            .output()
            .unwrap()
    }

    /// Runs what must succeed; returns standard output.
    fn ok<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what must fail with `code`; returns standard error.
    fn fails<S: AsRef<OsStr>>(&self, code: i32, arguments: &[S]) -> String {
        let output = self.run(arguments);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        assert!(output.stdout.is_empty(), "data on standard output of a failed run");
        stderr
    }
}

/// Every file below `directory` by relative path.
fn tree(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, directory: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    if directory.exists() {
        walk(directory, directory, &mut found);
    }
    found
}

fn same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    let differing: Vec<&String> =
        left.iter().filter(|(name, bytes)| right[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differing.is_empty(), "different bytes: {differing:?}");
}

#[test]
fn the_report_is_the_same_bytes_whatever_surrounds_it() {
    let environments: [&[(&str, &str)]; 2] = [
        &[("RAYON_NUM_THREADS", "1"), ("POLARS_MAX_THREADS", "1"), ("LC_ALL", "C"), ("TZ", "UTC")],
        &[
            ("RAYON_NUM_THREADS", "2"),
            ("LC_ALL", "zh_CN.UTF-8"),
            ("LANG", "tr_TR.UTF-8"),
            ("TZ", "Asia/Shanghai"),
        ],
    ];
    let [left, right] = environments.map(|environment| {
        let desk = Desk::with(environment);
        desk.ok(&["report", "--sample", "--city", "Guangzhou"]);
        tree(&desk.path("reports"))
    });
    same(&left, &right);
    let committed = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("reports"));
    let kept = left.iter().filter(|(name, _)| committed.contains_key(*name));
    let regenerated: BTreeMap<_, _> = kept.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    let committed = committed.into_iter().filter(|(name, _)| name.starts_with("guangzhou/")).collect();
    same(&regenerated, &committed);
}

#[test]
fn the_store_gives_what_the_sample_gives() {
    let desk = Desk::new();
    desk.ok(&["ingest", SAMPLE]);
    desk.ok(&["report", "--city", "广州", "--out", "stored"]);
    desk.ok(&["report", "--sample", "--city", "Canton", "--out", "sample"]);
    desk.ok(&["report", "--input", SAMPLE, "--city", "guangzhou", "--city", "廣州", "--out", "input"]);
    same(&tree(&desk.path("stored")), &tree(&desk.path("sample")));
    same(&tree(&desk.path("stored")), &tree(&desk.path("input")));
}

#[test]
fn without_a_city_there_is_an_overview_and_a_bundle_for_every_city() {
    let desk = Desk::new();
    desk.ok(&["report", "--sample", "--lang", "zh"]);
    let files = tree(&desk.path("reports"));
    let overview = String::from_utf8(files["overview/index.html"].clone()).unwrap();
    for city in ["guangzhou", "shanghai", "beijing", "chengdu"] {
        assert!(files.contains_key(&format!("{city}/index.html")), "no page for {city}");
        assert!(overview.contains(&format!("../{city}/index.html")), "no link to {city}");
    }
    assert!(overview.contains("lang=\"zh-Hans\""));
}

#[test]
fn a_misspelt_city_is_not_guessed() {
    let stderr = Desk::new().fails(1, &["report", "--sample", "--city", "Guangzou"]);
    assert_eq!(stderr, "error: unknown city \"Guangzou\"\nhint: did you mean Guangzhou (广州)?\n");
}

#[test]
fn a_city_without_respondents_is_said() {
    let stderr = Desk::new().fails(1, &["report", "--sample", "--city", "Lhasa"]);
    assert!(stderr.starts_with("error: the survey has nobody in Lhasa (拉萨)\nhint: it has "), "{stderr}");
}

#[test]
fn a_bad_file_leaves_the_store_as_it_was() {
    let desk = Desk::new();
    desk.ok(&["ingest", SAMPLE]);
    let before = tree(&desk.path("data"));
    let bad = "respondent_id,segment,city,moments.share\nsecret-1,expat,Guangzhou,1\nsecret-2,expat,Guangzou,perhaps\n";
    fs::write(desk.path("bad.csv"), bad).unwrap();
    let stderr = desk.fails(1, &["ingest", SAMPLE, "bad.csv"]);
    assert!(stderr.contains("bad.csv:3:16: unknown city \"Guangzou\""), "{stderr}");
    assert!(stderr.contains("did you mean Guangzhou (广州)?"), "{stderr}");
    assert!(stderr.contains("bad.csv:3:25: "), "{stderr}");
    assert!(stderr.ends_with("error: 1 of 2 files have problems; nothing was stored\n"), "{stderr}");
    assert!(!stderr.contains("secret"), "{stderr}");
    same(&tree(&desk.path("data")), &before);
}

#[test]
fn exit_codes_say_what_kind_of_failure_it_was() {
    let desk = Desk::new();
    desk.fails(5, &["ingest", "nowhere.csv"]);
    desk.fails(2, &["report", "--no-such-option"]);
    desk.fails(2, &["table", "--sample", "--by", "town"]);
    desk.fails(2, &["table", "--sample", "--items", "moments.fly"]);
    desk.fails(1, &["table", "--sample", "--wave", "1999"]);
    desk.fails(1, &["report"]);
    desk.ok(&["ingest", SAMPLE]);
    let manifest = desk.path("data/store/MANIFEST.json");
    let text = fs::read_to_string(&manifest).unwrap().replacen("2015", "2016", 1);
    fs::write(&manifest, text).unwrap();
    let stderr = desk.fails(3, &["report"]);
    assert!(stderr.starts_with("error: the store is damaged: MANIFEST.json"), "{stderr}");
    assert!(!desk.path("reports").exists());
}

#[test]
fn ids_are_not_in_the_store_nor_in_the_report() {
    let desk = Desk::new();
    desk.ok(&["ingest", SAMPLE]);
    desk.ok(&["report", "--city", "Guangzhou"]);
    let sample = fs::read_to_string(SAMPLE).unwrap();
    let id = sample.lines().nth(1).unwrap().split(',').next().unwrap();
    for (name, bytes) in tree(desk.directory.path()) {
        let found = bytes.windows(id.len()).any(|window| window == id.as_bytes());
        assert!(!found, "{name} holds the id {id}");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let desk = Desk::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wxstats"))
        .args(["table", "--sample", "--format", "csv"])
        .current_dir(desk.directory.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn the_table_has_the_promised_json() {
    let desk = Desk::new();
    let arguments = [
        "table",
        "--sample",
        "--items",
        "moments.share",
        "--by",
        "city*segment",
        "--compare",
        "segment",
        "--format",
        "json",
    ];
    let table: serde_json::Value = serde_json::from_str(&desk.ok(&arguments)).unwrap();
    assert_eq!(table["schema"], "wxstats.table/1");
    assert_eq!(table["settings"]["level"], 0.95);
    let row = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["by"]["city"] == "Guangzhou" && row["by"]["segment"] == "expat")
        .unwrap();
    for figure in ["n", "weighted_n", "n_eff", "estimate", "se", "ci_low", "ci_high", "df", "deff"] {
        assert!(row[figure].is_number(), "{figure}: {row}");
    }
    let gap = &table["gaps"][0];
    for figure in ["difference", "se", "ci_low", "ci_high", "df", "t", "p", "p_adjusted"] {
        assert!(gap[figure].is_number(), "{figure}: {gap}");
    }
    assert_eq!(gap["of"], serde_json::json!(["expat", "chinese"]));
}

#[test]
fn the_output_files_ending_names_the_format() {
    let desk = Desk::new();
    for (file, start) in
        [("t.csv", "city,segment,feature"), ("t.json", "{"), ("t.md", "### Rates"), ("t.txt", "Rates")]
    {
        desk.ok(&["table", "--sample", "--items", "moments.share", "-o", file]);
        let text = fs::read_to_string(desk.path(file)).unwrap();
        assert!(text.starts_with(start), "{file}: {text}");
    }
    desk.fails(2, &["table", "--sample", "-o", "t.docx"]);
}
