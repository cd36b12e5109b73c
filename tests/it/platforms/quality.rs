//! Interviews that a codebook's rules leave out, and where that is said.

use std::fs;

use crate::desk::Desk;

use super::forms::{forms, people};

const RULES: &str = "\n[dataset.survey.quality]\ntoo_fast = { column = \"所用时间\", seconds = 60 }\n\
                     straight_line = [\"Q5\"]\nrepeated = { \"来自IP\" = 100 }\n";

fn desk(rules: &str) -> Desk {
    let form = forms().into_iter().find(|form| form.name == "wjx text").unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), &form.bytes).unwrap();
    fs::write(desk.path("wxstats.toml"), form.codebook + rules).unwrap();
    desk
}

/// How many interviews each rule leaves out, worked from the people themselves.
fn worked() -> [usize; 3] {
    let people = people();
    let fast = people.iter().filter(|person| person.seconds < 60).count();
    let left: Vec<_> = people.iter().filter(|person| person.seconds >= 60).collect();
    let is_straight = |points: [usize; 3]| points.iter().all(|point| *point == points[0]);
    let straight = left.iter().filter(|person| is_straight(person.points)).count();
    [fast, straight, (left.len() - straight).saturating_sub(100)]
}

#[test]
fn what_is_left_out_is_counted_under_every_figure() {
    let desk = desk(RULES);
    let [fast, straight, repeated] = worked();
    assert!(fast > 0 && straight > 0);
    let table = desk.ok(&["table", "--input", "survey.csv", "--items", "moments.use", "--by", "segment"]);
    let out = fast + straight + repeated;
    let line = format!(
        "{out} of 120 interviews left out ({fast} under 60 seconds; {straight} with one answer throughout Q5; {repeated} beyond 100 of one 来自IP)"
    );
    let flat = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(&line), "no {line} in\n{table}");
    let json = desk.ok(&["table", "--input", "survey.csv", "--items", "moments.use", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["source"][0]["rows"], 120 - out);
    assert_eq!(json["source"][0]["left_out"][0]["rule"]["rule"], "too-fast");
    assert_eq!(json["source"][0]["left_out"][0]["respondents"], fast);
}

#[test]
fn a_report_says_it_in_footers_methods_and_manifest() {
    let desk = desk(RULES);
    desk.ok(&["ingest", "survey.csv"]);
    desk.ok(&["report", "--city", "广州", "--lang", "zh"]);
    let page = fs::read_to_string(desk.path("reports/guangzhou/index.html")).unwrap();
    let out: usize = worked().iter().sum();
    assert!(page.matches(&format!("120 份答卷中剔除 {out} 份")).count() > 1);
    let manifest = fs::read_to_string(desk.path("reports/guangzhou/manifest.json")).unwrap();
    assert!(manifest.contains("\"left_out\"") && manifest.contains("too-fast"));
}

#[test]
fn rules_also_hold_for_canonical_files_and_their_columns_are_no_dimensions() {
    let desk = Desk::new();
    let mut text = "respondent_id,segment,city,seconds,device,moments.share\n".to_owned();
    for index in 0..80 {
        text.push_str(&format!("p{index},expat,广州,{},d{},1\n", 20 + index, index % 60));
    }
    fs::write(desk.path("survey.csv"), text).unwrap();
    let rules = "[dataset.survey.quality]\ntoo_fast = { column = \"seconds\", seconds = 30 }\nrepeated = { device = 1 }\n";
    fs::write(desk.path("wxstats.toml"), rules).unwrap();
    let json = desk.ok(&["table", "--input", "survey.csv", "--items", "moments.share", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    // Ten are under 30 seconds; of the 70 others, twenty devices come back, ten of them from among those left out before.
    assert_eq!(json["source"][0]["rows"], 60);
    let error =
        desk.fails(2, &["table", "--input", "survey.csv", "--items", "moments.share", "--by", "device"]);
    assert!(error.contains("device"), "{error}");
}
