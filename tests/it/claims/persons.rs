//! Rates as persons, for the populations of the facts.

use std::fs;

use serde_json::Value;

use super::program::golden;
use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    let facts = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/populations.csv");
    fs::copy(facts, desk.path("populations.csv")).unwrap();
    desk
}

const COMMAND: [&str; 5] = ["persons", "moments.share", "--sample", "--population", "populations.csv"];

#[test]
fn expats_who_share_by_city() {
    let desk = desk();
    golden("persons.en.txt", &desk.ok(&COMMAND));
    golden("persons.zh.txt", &desk.ok(&[&COMMAND[..], &["--lang", "zh"]].concat()));
    let json = desk.ok(&[&COMMAND[..], &["--format", "json"]].concat());
    golden("persons.json", &json);
    // By hand: persons are the table's rate and limits times the population.
    let json: Value = serde_json::from_str(&json).unwrap();
    let table = ["table", "--sample", "--items", "moments.share", "--format", "json"];
    let table: Value = serde_json::from_str(&desk.ok(&table)).unwrap();
    let is_own = |row: &&Value| row["by"]["city"] == "Guangzhou" && row["by"]["segment"] == "expat";
    let rate = table["rows"].as_array().unwrap().iter().find(is_own).unwrap();
    for (column, of) in [("persons", "estimate"), ("ci_low", "ci_low"), ("ci_high", "ci_high")] {
        let (found, rate) = (json["rows"][0][column].as_f64().unwrap(), rate[of].as_f64().unwrap());
        assert!((found - rate * 235_000.0).abs() < 1e-6, "{column}");
    }
}

/// What 800,000 leave beside Guangzhou, Shanghai and Beijing, by hand: 800,000 − 235,000 − 209,000 − 107,000 persons, with the
/// rate of the expats whom a filter finds elsewhere.
#[test]
fn a_total_leaves_persons_to_the_cities_that_no_row_names() {
    let desk = desk();
    let json = desk.ok(&[&COMMAND[..], &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    let rest = &json["rows"][3];
    assert_eq!(rest["population"], 249_000.0);
    assert_eq!(rest["without"], serde_json::json!(["city=Guangzhou", "city=Shanghai", "city=Beijing"]));
    let elsewhere = "segment = expat and not (city in (Guangzhou, Shanghai, Beijing))";
    let table = ["table", "--sample", "--items", "moments.share", "--where", elsewhere, "--format", "json"];
    let table: Value = serde_json::from_str(&desk.ok(&table)).unwrap();
    let rate = &table["rows"][0];
    assert_eq!(rest["n"], rate["n"]);
    for (column, of) in [("persons", "estimate"), ("ci_low", "ci_low"), ("ci_high", "ci_high")] {
        let (found, rate) = (rest[column].as_f64().unwrap(), rate[of].as_f64().unwrap());
        assert!((found - rate * 249_000.0).abs() < 1e-6, "{column}: {found}");
    }
}

#[test]
fn a_total_that_is_less_than_its_parts_is_refused() {
    let desk = desk();
    let file = "segment,city,persons\nexpat,Guangzhou,235000\nexpat,Shanghai,209000\nexpat,,400000\n";
    fs::write(desk.path("populations.csv"), file).unwrap();
    let said = desk.fails(2, &COMMAND);
    assert!(
        said.contains("populations.csv:4:1: the rows that share this total add up to 444,000 persons"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_expanded_says_why() {
    let desk = desk();
    fs::write(desk.path("populations.csv"), "segment,city,persons\nexpat,Kunming,5000\nexpat,Lhasa,300\n")
        .unwrap();
    let said = desk.ok(&COMMAND);
    assert!(said.contains("Kunming: withheld: n = 23, fewer than 30"), "{said}");
    assert!(said.contains("Lhasa: nobody in the survey stands at city=Lhasa"), "{said}");
    fs::write(desk.path("populations.csv"), "city,persons\nGuangzou,many\n").unwrap();
    let said = desk.fails(2, &COMMAND);
    assert!(
        said.contains("populations.csv:2:1: unknown city") && said.contains("populations.csv:2:10: "),
        "{said}"
    );
}
