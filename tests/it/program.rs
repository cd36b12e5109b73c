//! The program as its users meet it: commands in, bytes and exit codes out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use polars::prelude::{ParquetReader, PlSmallStr, SerReader};
use wxstats::store::Store;

use crate::desk::Desk;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/synthetic-survey.csv");
const ARTICLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/synthetic-articles.csv");
const LOG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/synthetic-usage.csv");
const ADOPTION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/synthetic-adoption.csv");
const FUNNEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/synthetic-funnel.csv");
const CLAIMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/claims.toml");
const RATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/published_rates.csv");
const POPULATIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/populations.csv");

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
    desk.ok(&["ingest", SAMPLE, ARTICLES]);
    // The sample brings along the claims and published rates that it was made to hold, and populations.
    let facts = ["--claims", CLAIMS, "--rates", RATES, "--population", POPULATIONS];
    desk.ok(&[&["report", "--city", "广州", "--out", "survey"][..], &facts].concat());
    let cities = ["--city", "guangzhou", "--city", "廣州", "--out", "input"];
    desk.ok(&[&["report", "--input", SAMPLE, "--input", ARTICLES][..], &cities, &facts].concat());
    same(&tree(&desk.path("survey")), &tree(&desk.path("input")));
    desk.ok(&["ingest", ADOPTION]);
    desk.ok(&["ingest", "--period", "week", LOG]);
    desk.ok(&["ingest", "--stages", "contact,advert,ask,pay,ship", "--returns", "return", FUNNEL]);
    let of = ["--dataset", "synthetic-survey", "--city", "广州", "--out", "stored"];
    desk.ok(&[&["report"][..], &of, &facts].concat());
    desk.ok(&["report", "--sample", "--city", "Canton", "--out", "sample"]);
    same(&tree(&desk.path("stored")), &tree(&desk.path("sample")));
}

#[test]
fn without_a_city_there_is_an_overview_and_a_bundle_for_every_city() {
    let desk = Desk::new();
    fs::write(desk.path("s.csv"), small_survey(|_| "1".to_owned())).unwrap();
    desk.ok(&["report", "--input", "s.csv", "--lang", "zh"]);
    let files = tree(&desk.path("reports"));
    let overview = String::from_utf8(files["overview/index.html"].clone()).unwrap();
    for city in ["guangzhou", "beijing"] {
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
    assert!(
        stderr.starts_with("error: this wave of the survey has nobody in Lhasa (拉萨)\nhint: it has "),
        "{stderr}"
    );
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
fn ids_are_not_in_the_store_nor_in_any_output() {
    let desk = Desk::new();
    let text = small_survey(|_| "1".to_owned()).replace("\np-", "\ncanary-");
    fs::write(desk.path("s.csv"), &text).unwrap();
    desk.ok(&["ingest", "s.csv"]);
    desk.ok(&["report"]);
    desk.ok(&["table", "-o", "t.json"]);
    fs::remove_file(desk.path("s.csv")).unwrap();
    for (name, bytes) in tree(desk.directory.path()) {
        assert!(!bytes.windows(6).any(|window| window == b"canary"), "{name} holds an id");
    }
    let store = Store::open(&desk.path("data/store")).unwrap();
    let object = store.manifest().entries[0].objects[0].path();
    let file = fs::File::open(desk.path("data/store").join(object)).unwrap();
    let columns = ParquetReader::new(file).schema().unwrap();
    let columns: Vec<&str> = columns.iter_names().map(PlSmallStr::as_str).collect();
    let expected =
        ["pseudonym_high", "pseudonym_low", "stratum", "weight", "dimension 0", "dimension 1", "answers 0"];
    assert_eq!(columns, expected);
}

#[test]
fn a_closed_pipe_does_not_stop_a_report() {
    let desk = Desk::new();
    fs::write(desk.path("s.csv"), small_survey(|_| "1".to_owned())).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wxstats"))
        .args(["report", "--input", "s.csv"])
        .current_dir(desk.directory.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    for bundle in ["overview", "beijing", "guangzhou"] {
        assert!(desk.path("reports").join(bundle).join("index.html").exists(), "no {bundle}");
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
        [("t.csv", "city,segment,kind,feature"), ("t.json", "{"), ("t.md", "|"), ("t.txt", " ")]
    {
        desk.ok(&["table", "--sample", "--items", "moments.share", "-o", file]);
        let text = fs::read_to_string(desk.path(file)).unwrap();
        assert!(text.starts_with(start), "{file}: {text}");
    }
    desk.fails(2, &["table", "--sample", "-o", "t.docx"]);
}

/// A survey of 240 people in two cities, in which segment `a` never shares and `b` does by turns.
fn small_survey(weight: impl Fn(usize) -> String) -> String {
    let mut text = "respondent_id,segment,city,weight,moments.share\n".to_owned();
    for person in 0..240 {
        let (segment, city) = (["expat", "chinese"][person % 2], ["Guangzhou", "北京"][person / 2 % 2]);
        let share = usize::from(person % 2 == 1 && person % 8 < 4);
        text.push_str(&format!("p-{person},{segment},{city},{},{share}\n", weight(person)));
    }
    text
}

#[test]
fn weights_beyond_the_range_of_doubles_are_refused_and_extreme_ones_work() {
    let desk = Desk::new();
    for weight in ["1e160", "1e-160", "5e-324"] {
        fs::write(desk.path("s.csv"), small_survey(|_| weight.to_owned())).unwrap();
        let stderr = desk.fails(1, &["check", "s.csv"]);
        assert!(stderr.contains("is not between 1e-100 and 1e100 [bad-weight]"), "{stderr}");
    }
    for weight in ["1e100", "1e-100", "1"] {
        fs::write(desk.path("s.csv"), small_survey(|_| weight.to_owned())).unwrap();
        let text = desk.ok(&["table", "--input", "s.csv", "--compare", "segment"]);
        assert!(text.contains("50.0%") && !text.contains("NaN"), "{text}");
    }
}

#[test]
fn what_is_named_twice_is_refused() {
    let desk = Desk::new();
    for arguments in [["--by", "city*city"], ["--by", "city*"], ["--items", "games.use,games.use"]] {
        let stderr = desk.fails(2, &[&["table", "--sample"], &arguments[..]].concat());
        assert!(stderr.starts_with("error: "), "{stderr}");
    }
    assert!(desk.ok(&["table", "--sample", "--by", ""]).contains("Moments: share"));
}

#[test]
fn ingesting_again_makes_a_damaged_store_whole() {
    let desk = Desk::new();
    desk.ok(&["ingest", SAMPLE]);
    let before = tree(&desk.path("data/store"));
    let object = before.keys().find(|name| name.starts_with("objects/")).unwrap();
    let mut bytes = before[object].clone();
    bytes[100] ^= 1;
    fs::write(desk.path("data/store").join(object), bytes).unwrap();
    assert_eq!(
        desk.run(&["table", "--wave", "2014"])
            .status
            .code()
            .into_iter()
            .chain(desk.run(&["table", "--wave", "2015"]).status.code())
            .max(),
        Some(3)
    );
    desk.ok(&["ingest", SAMPLE]);
    same(&tree(&desk.path("data/store")), &before);
}

#[test]
fn a_store_without_its_manifest_is_damaged() {
    let desk = Desk::new();
    desk.ok(&["ingest", SAMPLE]);
    fs::remove_file(desk.path("data/store/MANIFEST.json")).unwrap();
    desk.fails(3, &["report"]);
    desk.fails(3, &["ingest", SAMPLE]);
}

#[test]
fn two_different_files_of_one_name_are_refused() {
    let desk = Desk::new();
    for (name, weight) in [("a.csv", "1"), ("b.csv", "2")] {
        fs::write(desk.path(name), small_survey(|person| if person == 0 { weight } else { "1" }.to_owned()))
            .unwrap();
    }
    let stderr = desk.fails(1, &["ingest", "--dataset", "one", "--replace", "a.csv", "b.csv"]);
    assert!(stderr.contains("two of the files are wave \"\" of dataset \"one\""), "{stderr}");
    desk.fails(1, &["report"]);
}

#[test]
fn every_item_and_segment_is_on_the_page_or_named() {
    let desk = Desk::new();
    desk.ok(&["report", "--sample", "--city", "Guangzhou"]);
    let page = fs::read_to_string(desk.path("reports/guangzhou/report.md")).unwrap();
    for item in ["Moments: post", "Community: take part"] {
        assert!(page.contains(item), "{item} is missing");
    }
    let text = small_survey(|_| "1".to_owned()).replacen("p-0,expat", "p-0,overseas 😀", 1);
    fs::write(desk.path("s.csv"), text).unwrap();
    let two = ["report", "--input", "s.csv", "--out", "three", "--compare", "expat,chinese"];
    let said = String::from_utf8(desk.run(&two).stderr).unwrap();
    assert!(!said.contains("warning"), "the group is in no picture: {said}");
    let page = fs::read_to_string(desk.path("three/guangzhou/report.md")).unwrap();
    assert!(
        page.contains(
            "Compared are Expats and Chinese users; other groups stand in the data files: overseas 😀"
        ),
        "{page}"
    );
    assert!(page.contains("wxstats report --compare chooses."), "{page}");
    let text = small_survey(|_| "1".to_owned()).replace(",expat,", ",expat 😀,");
    fs::write(desk.path("s.csv"), text).unwrap();
    let said = String::from_utf8(desk.run(&["report", "--input", "s.csv", "--out", "emoji"]).stderr).unwrap();
    assert_eq!(said.matches("warning: no font has 😀 (U+1F600)").count(), 1, "{said}");
    let chart = fs::read_to_string(desk.path("emoji/guangzhou/charts/moments-share-by-city.svg")).unwrap();
    assert!(chart.contains("[U+1F600]"));
}

#[test]
fn an_output_file_is_whole_or_as_it_was() {
    let desk = Desk::new();
    fs::create_dir(desk.path("t.csv")).unwrap();
    desk.fails(5, &["table", "--sample", "-o", "t.csv"]);
    desk.fails(5, &["table", "--sample", "-o", "nowhere/t.csv"]);
    assert_eq!(
        desk.ok(&["table", "--sample", "--items", "games.use", "--format", "csv", "-o", "-"]).lines().count(),
        22
    );
    let left: Vec<String> = tree(desk.directory.path()).into_keys().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The lines of a CSV without quoted line ends, all but the header in another order.
fn shuffled(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].sort_by_key(|line| blake3::hash(line.as_bytes()).to_hex());
    lines.join("\n") + "\n"
}

#[test]
fn the_order_of_rows_changes_no_bit() {
    let desk = Desk::new();
    let goldens = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/golden/estimate/");
    let files =
        ["clustered.csv", "clustered_fpc.csv", "stratified.csv"].map(|name| format!("{goldens}{name}"));
    for path in files.iter().map(String::as_str).chain([SAMPLE]) {
        fs::write(desk.path("shuffled.csv"), shuffled(&fs::read_to_string(path).unwrap())).unwrap();
        for by in ["segment", "city*segment"] {
            let arguments = ["table", "--by", by, "--compare", "segment", "--format", "csv", "--input"];
            let table = |file: &str| desk.ok(&[&arguments[..], &[file]].concat());
            assert_eq!(table("shuffled.csv"), table(path), "{path} by {by}");
        }
    }
}

#[test]
fn letters_and_tests_follow_the_options() {
    let desk = Desk::new();
    let table = |options: &[&str]| -> serde_json::Value {
        let fixed =
            ["table", "--sample", "--items", "moments.share", "--by", "segment*city", "--format", "json"];
        serde_json::from_str(&desk.ok(&[&fixed[..], options].concat())).unwrap()
    };
    let letters = |table: &serde_json::Value, city: &str| -> String {
        let rows = table["rows"].as_array().unwrap();
        let row =
            rows.iter().find(|row| row["by"]["city"] == city && row["by"]["segment"] == "expat").unwrap();
        row["letters"].as_str().unwrap().to_owned()
    };
    let all = table(&["--letters", "city", "--test"]);
    assert!(
        letters(&all, "Guangzhou").contains('A'),
        "Beijing is the first city, and shares less than Guangzhou"
    );
    assert_eq!(letters(&all, "Beijing"), "");
    assert_eq!(letters(&all, "Kunming"), "", "a withheld rate carries no letter");
    assert_eq!(all["tests"].as_array().unwrap().len(), 10, "one test of the segments in every city");
    let few = table(&["--letters", "city", "--min-diff", "100"]);
    assert_eq!(letters(&few, "Guangzhou"), "");
    assert!(few.get("tests").is_none());
    let wilson = table(&["--interval", "wilson", "--level", "0.9", "--correction", "bh"]);
    assert_eq!(wilson["settings"]["interval"], "wilson");
    assert_eq!(wilson["settings"]["correction"], "bh");
    let width = |table: &serde_json::Value| {
        let row = &table["rows"][0];
        row["ci_high"].as_f64().unwrap() - row["ci_low"].as_f64().unwrap()
    };
    assert!(width(&wilson) < width(&all));
    desk.fails(2, &["table", "--sample", "--letters", "os"]);
    desk.fails(2, &["table", "--sample", "--level", "95"]);
}

#[test]
fn a_lone_psu_is_named_and_can_be_dealt_with() {
    let desk = Desk::new();
    let lone = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/golden/estimate/lone.csv");
    let fail = desk.ok(&["table", "--input", lone, "--by", ""]);
    assert!(
        fail.contains("one PSU only in a stratum") && fail.contains("Strata with one PSU only: "),
        "{fail}"
    );
    for choice in ["remove", "certainty", "adjust", "average"] {
        let text = desk.ok(&["table", "--input", lone, "--by", "", "--lonely-psu", choice]);
        assert!(!text.contains("one PSU only in a stratum"), "{choice}: {text}");
    }
}

#[test]
fn both_languages_stand_beside_each_other_and_link_one_another() {
    let desk = Desk::new();
    desk.ok(&["report", "--sample", "--city", "Guangzhou", "--lang", "both", "--chart-format", "svg"]);
    for (own, other, tag) in [("en", "zh", "zh-Hans"), ("zh", "en", "en")] {
        let page = fs::read_to_string(desk.path(&format!("reports/{own}/guangzhou/index.html"))).unwrap();
        let link =
            format!("<a href=\"../../{other}/guangzhou/index.html\" hreflang=\"{tag}\" lang=\"{tag}\">");
        assert!(page.contains(&link), "{own}");
    }
}

#[test]
fn charts_come_in_the_kind_size_and_theme_that_is_asked_for() {
    let desk = Desk::new();
    let mut arguments =
        vec!["report", "--sample", "--only", "heatmap,trend", "--size", "slide", "--theme", "dark"];
    arguments.extend(["--chart-format", "svg"]);
    desk.ok(&arguments);
    let charts: Vec<String> = tree(&desk.path("reports/overview/charts")).into_keys().collect();
    let expected = [
        "moments-read-by-wave.csv",
        "moments-read-by-wave.svg",
        "moments-share-by-wave.csv",
        "moments-share-by-wave.svg",
        "share-gaps-by-city-1.svg",
        "share-gaps-by-city-2.svg",
        "share-gaps-by-city.csv",
        "synthetic-usage-first-by-period.csv",
        "synthetic-usage-first-by-period.svg",
        "synthetic-usage-first-use.csv",
        "synthetic-usage-first-use.svg",
        "synthetic-usage-retention-curve.csv",
        "synthetic-usage-retention-curve.svg",
        "synthetic-usage-second-by-period.csv",
        "synthetic-usage-second-by-period.svg",
    ];
    assert_eq!(charts, expected);
    // What the account tells of its days is of no city.
    for (page, tells) in [("overview", true), ("guangzhou", false)] {
        for file in ["report.md", "manifest.json"] {
            let text = fs::read_to_string(desk.path(&format!("reports/{page}/{file}"))).unwrap();
            assert_eq!(text.contains("synthetic-account.json"), tells, "{page}/{file}");
        }
    }
    let slide = fs::read_to_string(desk.path("reports/overview/charts/moments-share-by-wave.svg")).unwrap();
    assert!(slide.contains("width=\"960\" height=\"540\"") && slide.contains("#11171D"), "{}", &slide[..400]);
    let error = desk.fails(2, &["report", "--sample", "--city", "Guangzhou", "--font", SAMPLE]);
    assert!(error.contains("is no font"), "{error}");
}
