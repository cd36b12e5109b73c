//! Every line of `golden/claims/tests.csv`, through the whole program.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desk::Desk;

fn golden(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(path)
}

/// By survey: what is asserted, and what R says to it.
fn lines(survey: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(golden("claims/tests.csv")).unwrap();
    reader.records().map(Result::unwrap).filter(|line| &line[0] == survey).collect()
}

/// What the files cannot say of themselves.
fn codebook(survey: &str) -> String {
    let mut book = format!(
        "[dataset.{survey}]\npanel = {}\n[dataset.{survey}.items]\n\"use.satisfied\" = {{ scale = [1, 5] }}\n",
        survey == "waves"
    );
    if survey == "weighted" {
        book += "\"wechat.recommend\" = { scale = [0, 10] }\n\"moments.minutes\" = { number = true }\n\
                 \"moments.shares\" = { number = true }\n\"moments.reads\" = { number = true }\n";
    }
    book
}

fn verdicts(survey: &str, lines: &[csv::StringRecord]) -> Value {
    let desk = Desk::new();
    let claims: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| format!("[[claim]]\nid = \"{index}\"\nassert = \"{}\"\n", &line[1]))
        .collect();
    fs::write(desk.path("claims.toml"), claims.concat()).unwrap();
    fs::write(desk.path("wxstats.toml"), codebook(survey)).unwrap();
    let input = golden(&format!("{}/{survey}.csv", if survey == "weighted" { "measures" } else { "claims" }));
    let output = desk.run(&[
        "claims",
        "claims.toml",
        "--format",
        "json",
        "--correction",
        "none",
        "--input",
        input.to_str().unwrap(),
    ]);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

fn assert_close(found: &Value, expected: &str, tolerance: impl Fn(f64) -> f64, line: &csv::StringRecord) {
    let (found, expected): (f64, f64) = (found.as_f64().unwrap(), expected.parse().unwrap());
    assert!((found - expected).abs() <= tolerance(expected), "{found} is not {expected}: {line:?}");
}

#[test]
fn tests_agree_with_r() {
    for (survey, count) in [("weighted", 12), ("clustered", 12), ("waves", 4)] {
        let lines = lines(survey);
        assert_eq!(lines.len(), count);
        let judged = verdicts(survey, &lines);
        for (line, verdict) in lines.iter().zip(judged["claims"].as_array().unwrap()) {
            let test = &verdict["tests"][0];
            assert!(test.is_object(), "{line:?}: {verdict}");
            let absolute = |expected: f64| 1e-9 * expected.abs().max(1.0);
            // R's totals cancel where figures share people.
            let relative = |expected: f64| 2e-8 * expected;
            assert_close(&test["estimate"], &line[2], absolute, line);
            assert_close(&test["se"], &line[3], absolute, line);
            assert_eq!(test["df"].as_u64().unwrap().to_string(), line[4], "{line:?}");
            assert_close(&test["p"], &line[5], relative, line);
            assert_close(&test["p_opposite"], &line[6], relative, line);
        }
    }
}
