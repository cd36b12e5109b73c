//! Files through the whole program against what R's survey package printed of the same files
//! (`golden/estimate/goldens.R`).

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

const SURVEYS: [&str; 7] =
    ["srs", "weighted", "stratified", "clustered", "clustered_fpc", "fractions", "lone"];

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/estimate").join(name)
}

/// The lines of a golden table about one survey, as text by column.
fn lines(name: &str, survey: &str) -> Vec<serde_json::Map<String, Value>> {
    let mut reader = csv::Reader::from_path(golden(name)).unwrap();
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            header.iter().zip(&record).map(|(column, cell)| (column.to_owned(), cell.into())).collect()
        })
        .filter(|line: &serde_json::Map<String, Value>| line["survey"] == survey)
        .collect()
}

fn table(survey: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_wxstats"))
        .args([
            "table",
            "--by",
            "city*segment",
            "--compare",
            "segment",
            "--show-withheld",
            "--format",
            "json",
            "--input",
        ])
        .arg(golden(&format!("{survey}.csv")))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn find<'a>(rows: &'a Value, city: &Value, segment: Option<&Value>, item: &Value) -> &'a Value {
    rows.as_array()
        .unwrap()
        .iter()
        .find(|row| {
            let name = format!("{}.{}", row["feature"].as_str().unwrap(), row["action"].as_str().unwrap());
            row["by"]["city"] == *city
                && segment.is_none_or(|segment| row["by"]["segment"] == *segment)
                && name == *item
        })
        .unwrap_or_else(|| panic!("no row for {city} {segment:?} {item}"))
}

fn assert_close(ours: &Value, golden: &Value, tolerance: f64, context: &str) {
    let golden = golden.as_str().unwrap();
    match golden.parse::<f64>() {
        Err(_) => assert!(ours.is_null(), "{context}: {ours}, R has none"),
        Ok(golden) => {
            let ours = ours.as_f64().unwrap_or_else(|| panic!("{context}: none, R has {golden}"));
            assert!(
                (ours - golden).abs() <= tolerance * golden.abs().max(1.0),
                "{context}: {ours}, R has {golden}"
            );
        }
    }
}

#[test]
fn rates_and_gaps_of_whole_files_agree_with_r() {
    let (mut rates, mut gaps) = (0, 0);
    for survey in SURVEYS {
        let table = table(survey);
        let both = |line: &&serde_json::Map<String, Value>| line["city"] != "" && line["segment"] != "";
        for line in lines("rates.csv", survey).iter().filter(both) {
            let row = find(&table["rows"], &line["city"], Some(&line["segment"]), &line["item"]);
            let columns = [("estimate", "estimate"), ("se", "se"), ("low", "ci_low"), ("high", "ci_high")];
            let columns = columns
                .into_iter()
                .chain(["n", "weighted_n", "df", "deff", "n_eff"].map(|same| (same, same)));
            for (theirs, ours) in columns {
                assert_close(&row[ours], &line[theirs], 1e-9, &format!("{survey} {theirs} {line:?}"));
            }
            rates += 1;
        }
        for line in lines("gaps.csv", survey)
            .iter()
            .filter(|line| line["compared"] == "segment" && line["city"] != "")
        {
            let row = find(&table["gaps"], &line["city"], None, &line["item"]);
            for (theirs, ours) in [
                ("difference", "difference"),
                ("se", "se"),
                ("low", "ci_low"),
                ("high", "ci_high"),
                ("df", "df"),
                ("p", "p"),
            ] {
                assert_close(&row[ours], &line[theirs], 1e-9, &format!("{survey} gap {theirs} {line:?}"));
            }
            gaps += 1;
        }
    }
    assert!(rates > 100 && gaps > 40, "{rates} rates and {gaps} gaps compared");
}
