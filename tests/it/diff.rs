//! What changed, through the whole program. `BLESS=1 cargo test diff` writes the goldens anew.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::desk::Desk;

fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/diff").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
    }
    assert_eq!(actual, fs::read_to_string(&path).unwrap_or_default(), "{}", path.display());
}

/// The sample's report of one wave in a directory of this name.
fn bundle(desk: &Desk, name: &str, options: &[&str]) -> String {
    let common =
        ["report", "--sample", "--city", "Guangzhou", "--only", "ranked", "--chart-format", "svg", "--out"];
    desk.ok(&[&common[..], &[name], options].concat());
    format!("{name}/guangzhou")
}

const FEW: &str = "moments.share,moments.read,wallet.aware,red_packets.use";

#[test]
fn two_waves_of_the_sample() {
    let desk = Desk::new();
    for (options, name) in [
        (&["--lang", "en"][..], "waves.en.txt"),
        (&["--lang", "zh"], "waves.zh.txt"),
        (&["--format", "md"], "waves.md"),
        (&["--format", "json", "--by", "segment"], "waves.json"),
    ] {
        golden(name, &desk.ok(&[&["diff", "--sample", "--items", FEW], options].concat()));
    }
}

#[test]
fn changes_are_the_gaps_of_the_table() {
    let desk = Desk::new();
    let table = [
        "table",
        "--sample",
        "--items",
        FEW,
        "--by",
        "segment*wave",
        "--compare",
        "wave",
        "--format",
        "json",
    ];
    let diff = ["diff", "--sample", "--items", FEW, "--by", "segment", "--format", "json"];
    let [table, diff] =
        [&table[..], &diff[..]].map(|run| serde_json::from_str::<Value>(&desk.ok(run)).unwrap());
    let (gaps, changes) = (table["gaps"].as_array().unwrap(), diff["changes"].as_array().unwrap());
    assert_eq!((gaps.len(), changes.len()), (8, 8));
    for (gap, change) in gaps.iter().zip(changes) {
        for column in ["by", "feature", "action", "se", "ci_low", "ci_high", "df", "p", "p_adjusted", "clear"]
        {
            assert_eq!(gap[column], change[column], "{column}");
        }
    }
}

/// As R has it: the last line of `golden/claims/tests.csv`.
#[test]
fn a_panel_is_compared_with_its_covariance() {
    let desk = Desk::new();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/claims");
    let book =
        "[dataset.waves]\npanel = true\n[dataset.waves.items]\n\"use.satisfied\" = { scale = [1, 5] }\n";
    fs::write(desk.path("wxstats.toml"), book).unwrap();
    let survey = golden.join("waves.csv");
    let arguments =
        ["diff", "--from", "2013", "--by", "", "--items", "moments.read", "--format", "json", "--input"];
    let diff: Value =
        serde_json::from_str(&desk.ok(&[&arguments[..], &[survey.to_str().unwrap()]].concat())).unwrap();
    assert_eq!(diff["compared"], "panel-waves");
    let tests = fs::read_to_string(golden.join("tests.csv")).unwrap();
    let line: Vec<&str> = tests.lines().last().unwrap().rsplit(',').collect();
    for (column, expected) in [("difference", line[4]), ("se", line[3])] {
        let (found, expected): (f64, f64) =
            (diff["changes"][0][column].as_f64().unwrap(), expected.parse().unwrap());
        assert!((found - expected).abs() < 1e-9, "{column}: {found} is not {expected}");
    }
}

#[test]
fn two_bundles_as_independent_samples() {
    let desk = Desk::new();
    let before = bundle(&desk, "before", &["--wave", "2014"]);
    let after = bundle(&desk, "after", &["--wave", "2015"]);
    golden("bundles.en.txt", &desk.ok(&["diff", &before, &after]));
    golden("bundles.zh.txt", &desk.ok(&["diff", &before, &after, "--lang", "zh"]));
    let diff: Value = serde_json::from_str(&desk.ok(&["diff", &before, &after, "--format", "json"])).unwrap();
    let data = |bundle: &str| -> Value {
        serde_json::from_slice(&fs::read(desk.path(bundle).join("data.json")).unwrap()).unwrap()
    };
    let (first, second) = (data(&before), data(&after));
    // The first figure by hand: SE² = SE₁² + SE₂².
    let number = |value: &Value| value.as_f64().unwrap();
    let se = number(&first["rows"][0]["se"]).hypot(number(&second["rows"][0]["se"]));
    assert!((number(&diff["changes"][0]["se"]) / se - 1.0).abs() < 1e-12);
    let moved = number(&second["rows"][0]["estimate"]) - number(&first["rows"][0]["estimate"]);
    assert!((number(&diff["changes"][0]["difference"]) - moved).abs() < 1e-15);
}

#[test]
fn what_cannot_be_tested_is_listed() {
    let desk = Desk::new();
    let before = bundle(&desk, "before", &["--wave", "2014"]);
    let again = bundle(&desk, "again", &["--wave", "2014"]);
    let published = bundle(&desk, "published", &["--wave", "2015", "--disclosure", "publish"]);
    let same = desk.ok(&["diff", &before, &again]);
    assert!(
        same.starts_with("before/guangzhou → again/guangzhou: 640 figures, none tested; 0 are not the same.")
    );
    assert!(same.contains("Both bundles rest on the same data"), "{same}");
    let listed = desk.ok(&["diff", &before, &published]);
    assert!(listed.contains("made for publishing holds no standard errors"), "{listed}");
    desk.ok(&["diff", &before, &again, "--fail-on", "any"]);
}

#[test]
fn runs_fail_on_what_they_are_told_to() {
    let desk = Desk::new();
    let diff = ["diff", "--sample", "--by", "segment", "--items", "moments.share,wallet.aware", "--fail-on"];
    let fails = |on: &str, said: &str| {
        let output = desk.run(&[&diff[..], &[on]].concat());
        assert_eq!(output.status.code(), Some(1));
        assert!(!output.stdout.is_empty(), "the changes are written first");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("error: {said}\n"));
    };
    fails("significant", "4 figures changed by more than noise");
    fails("any", "4 figures and files are not the same");
    desk.ok(&["diff", "--sample", "--by", "city", "--items", "moments.share", "--fail-on", "significant"]);
}

#[test]
fn what_is_no_pair_is_refused() {
    let desk = Desk::new();
    desk.fails(1, &["diff", "--sample", "--wave", "2014"]);
    desk.fails(2, &["diff", "--sample", "--from", "2015", "--wave", "2014"]);
    desk.fails(2, &["diff", "--sample", "--by", "wave"]);
    desk.fails(1, &["diff", "--sample", "--from", "2013"]);
    desk.fails(5, &["diff", "nothing", "nowhere"]);
    desk.fails(2, &["diff", "only-one"]);
    let bundle = bundle(&desk, "made", &[]);
    let data = desk.path(&bundle).join("data.json");
    fs::write(&data, fs::read_to_string(&data).unwrap().replace("0.6", "0.7")).unwrap();
    let said = desk.fails(1, &["diff", &bundle, &bundle]);
    assert!(
        said.contains("data.json is not that of a bundle: its bytes are not those that manifest.json lists")
    );
}
