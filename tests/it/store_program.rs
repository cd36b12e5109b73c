//! Looking after the store, as its users meet it: listing, verifying, forgetting, cleaning up.

use std::fs;
use std::path::PathBuf;

use crate::desk::Desk;

const HEADER: &str = "respondent_id,segment,city,weight,stratum,psu,wave,moments.share\n";

/// Two waves of 60 people in 20 PSUs; person 7 has by far the largest weight.
fn survey() -> String {
    let mut text = HEADER.to_owned();
    for wave in [2014, 2015] {
        for person in 0..60 {
            let weight = if person == 7 { 9.0 } else { 1.0 };
            text.push_str(&format!(
                "secret-{person},{},广州,{weight},s{},c{},{wave},{}\n",
                ["expat", "chinese"][person % 2],
                person % 2,
                person % 20,
                u8::from((person + wave) % 3 == 0)
            ));
        }
    }
    text
}

/// The same without some people.
fn without(people: &[usize]) -> String {
    let is_kept = |line: &&str| !people.iter().any(|person| line.starts_with(&format!("secret-{person},")));
    survey().lines().filter(is_kept).map(|line| line.to_owned() + "\n").collect()
}

fn desk() -> Desk {
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), survey()).unwrap();
    fs::write(
        desk.path("other.csv"),
        "respondent_id,segment,city,moments.share\no1,expat,上海,1\no2,chinese,上海,0\n",
    )
    .unwrap();
    desk.ok(&["ingest", "survey.csv", "other.csv"]);
    desk
}

fn objects(desk: &Desk) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        fs::read_dir(desk.path("data/store/objects")).unwrap().map(|object| object.unwrap().path()).collect();
    all.sort();
    all
}

fn said(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_is_stored_is_listed_in_every_format() {
    let desk = desk();
    let table = desk.ok(&["store", "ls"]);
    assert!(table.contains("survey  survey   2014           60"), "{table}");
    let list: serde_json::Value =
        serde_json::from_str(&desk.ok(&["store", "ls", "--format", "json"])).unwrap();
    assert_eq!(list["rows"].as_array().unwrap().len(), 3);
    assert_eq!(list["rows"][0]["dataset"], "other");
    assert_eq!(list["rows"][2]["respondents"], 60);
    assert!(desk.ok(&["store", "ls", "--format", "csv"]).starts_with("kind,dataset,wave,respondents,"));
    assert!(desk.ok(&["store", "ls", "--format", "md"]).contains("| survey | other |"));
}

#[test]
fn a_damaged_object_is_found_by_name_with_exit_code_3() {
    let desk = desk();
    assert!(said(&desk, &["store", "check"]).contains("the store is whole: 3 waves, 3 objects"));
    let damaged = &objects(&desk)[0];
    let mut bytes = fs::read(damaged).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(damaged, bytes).unwrap();
    let error = desk.fails(3, &["store", "check"]);
    assert!(error.contains(damaged.file_name().unwrap().to_str().unwrap()), "{error}");
}

#[test]
fn forgotten_people_are_in_no_object_and_figures_are_as_if_they_had_never_been() {
    let desk = desk();
    fs::write(desk.path("ids.txt"), "\u{feff}secret-7\r\nsecret-20\n\nnobody\n").unwrap();
    let before = objects(&desk);
    let message = said(&desk, &["store", "forget", "--ids", "ids.txt"]);
    assert!(message.contains("2 of 3 ids found and forgotten: 4 rows in 2 waves"), "{message}");
    assert!(!message.contains("secret"), "an id is never said again");
    let after = objects(&desk);
    assert_eq!(after.len(), 3);
    assert_eq!(
        after.iter().filter(|object| before.contains(object)).count(),
        1,
        "only the other survey's stays"
    );

    let expected = Desk::new();
    fs::write(expected.path("survey.csv"), without(&[7, 20])).unwrap();
    let arguments =
        ["table", "--items", "moments.share", "--by", "wave*segment", "--format", "json", "--show-withheld"];
    let rows = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap()["rows"].take();
    let stored = rows(desk.ok(&[&arguments[..], &["--dataset", "survey"]].concat()));
    assert_eq!(stored, rows(expected.ok(&[&arguments[..], &["--input", "survey.csv"]].concat())));
    said(&desk, &["store", "check"]);
    assert!(said(&desk, &["store", "forget", "--ids", "ids.txt"]).contains("0 of 3 ids found"));
}

#[test]
fn a_psu_that_held_only_forgotten_people_is_gone_too() {
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), survey()).unwrap();
    desk.ok(&["ingest", "survey.csv"]);
    fs::write(desk.path("ids.txt"), "secret-3\nsecret-23\nsecret-43\n").unwrap();
    said(&desk, &["store", "forget", "--ids", "ids.txt"]);
    let manifest = fs::read_to_string(desk.path("data/store/MANIFEST.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    for entry in manifest["manifest"]["entries"].as_array().unwrap() {
        assert_eq!(entry["schema"]["psus"].as_array().unwrap().len(), 19);
    }
}

#[test]
fn the_last_person_of_a_wave_takes_the_wave_along() {
    let desk = desk();
    fs::write(desk.path("ids.txt"), "o1\no2\n").unwrap();
    said(&desk, &["store", "forget", "--ids", "ids.txt"]);
    assert!(!desk.ok(&["store", "ls"]).contains("other"));
    assert_eq!(objects(&desk).len(), 2);
}

#[test]
fn datasets_and_waves_can_be_forgotten() {
    let desk = desk();
    let message = said(&desk, &["store", "forget", "--dataset", "survey", "--wave", "2014"]);
    assert!(message.contains("forgotten: 1 wave of dataset survey"), "{message}");
    assert_eq!(objects(&desk).len(), 2);
    let error = desk.fails(1, &["store", "forget", "--dataset", "survey", "--wave", "2014"]);
    assert!(error.contains("no dataset survey with wave 2014"), "{error}");
    said(&desk, &["store", "forget", "--dataset", "survey"]);
    assert!(!desk.ok(&["store", "ls"]).contains("survey.csv"));
    desk.fails(2, &["store", "forget"]);
    desk.fails(2, &["store", "forget", "--wave", "2014"]);
}

#[test]
fn what_an_interrupted_forgetting_left_goes_with_the_next() {
    let desk = desk();
    let left = desk.path("data/store/objects").join("0".repeat(64) + ".parquet");
    for arguments in [&["store", "forget", "--ids", "ids.txt"][..], &["store", "forget", "--dataset", "gone"]]
    {
        fs::write(desk.path("ids.txt"), "nobody\n").unwrap();
        fs::write(&left, "an object of somebody who was forgotten").unwrap();
        desk.run(arguments);
        assert!(!left.exists(), "{arguments:?}");
    }
}

#[test]
fn what_replacing_leaves_is_collected() {
    let desk = desk();
    fs::write(desk.path("survey.csv"), without(&[1])).unwrap();
    desk.ok(&["ingest", "survey.csv", "--replace"]);
    assert_eq!(objects(&desk).len(), 5);
    assert!(said(&desk, &["store", "check"]).contains("2 loose objects"));
    assert!(said(&desk, &["store", "gc", "--dry-run"]).contains("2 loose objects"));
    assert_eq!(objects(&desk).len(), 5);
    assert!(said(&desk, &["store", "gc"]).contains("removed"));
    assert_eq!(objects(&desk).len(), 3);
    said(&desk, &["store", "check"]);
}

#[test]
fn a_store_that_is_not_there_is_said() {
    let desk = Desk::new();
    for command in [&["store", "ls"][..], &["store", "check"], &["store", "forget", "--dataset", "x"]] {
        desk.fails(1, command);
    }
}
