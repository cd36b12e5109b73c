//! Funnels through the whole program: conversions worked by hand, times, the store, the codebook, and both languages.

use serde_json::Value;

use crate::desk::Desk;

const EVENTS: &str = include_str!("fixtures/funnel/events.csv");
const COUNTS: &str = include_str!("fixtures/funnel/counts.csv");
const STAGES: [&str; 4] = ["--stages", "contact,ask,pay", "--returns", "return"];

fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.path("events.csv"), EVENTS).unwrap();
    std::fs::write(desk.path("counts.csv"), COUNTS).unwrap();
    desk
}

fn golden(file: &str, actual: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(file);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, actual).unwrap();
    }
    assert_eq!(actual, std::fs::read_to_string(&path).unwrap_or_default(), "{file}");
}

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    let asked = [&["funnel", "--format", "json", "--show-withheld"], arguments].concat();
    serde_json::from_str(&desk.ok(&asked)).unwrap()
}

/// Base, estimate and standard error of a figure.
fn figure(table: &Value, model: &str, feature: &str, per: Option<&str>, statistic: &str) -> (u64, f64, f64) {
    let rows = table["rows"].as_array().unwrap();
    let is_it = |row: &&Value| {
        row["by"]["model"] == model
            && row["feature"] == feature
            && row["per"].as_str() == per
            && row["statistic"] == statistic
    };
    let row = rows.iter().find(is_it).unwrap_or_else(|| panic!("{model} {feature} {per:?} {statistic}"));
    let number = |key: &str| row[key].as_f64().unwrap_or(f64::NAN);
    (row["n"].as_u64().unwrap(), number("estimate"), number("se"))
}

/// 700 people as a simple random sample; a rate p among n of them has V = N/(N − 1) · p(1 − p)/n.
#[test]
fn conversions_of_counts_are_those_worked_by_hand() {
    let desk = desk();
    let table = json(&desk, &[&["--input", "counts.csv"], &STAGES[..]].concat());
    let se = |p: f64, n: f64| (700.0 / 699.0 * p * (1.0 - p) / n).sqrt();
    for (model, feature, per, n, p) in [
        ("agent", "ask", None, 400, 0.5),
        ("agent", "pay", None, 400, 0.3),
        ("agent", "pay", Some("ask.reached"), 200, 0.6),
        ("agent", "return", None, 120, 0.1),
        ("maker", "ask", None, 300, 0.4),
        ("maker", "pay", Some("ask.reached"), 120, 0.4),
    ] {
        let (base, estimate, found) = figure(&table, model, feature, per, "rate");
        assert_eq!(base, n, "{model} {feature}");
        assert!(
            (estimate - p).abs() < 1e-12 && (found - se(p, n as f64)).abs() < 1e-12,
            "{model} {feature} {found}"
        );
    }
    let notes = table["notes"].to_string();
    assert!(
        notes.contains("taken as a simple random sample") && notes.contains("counts of 700 people"),
        "{notes}"
    );
}

/// Five ways of four people, a with two of them: shares are of ways, and a is one PSU.
///
/// * asked, of all makers (c, d, a): p = 2/3; z = 1/9, 1/9, −2/9, and 0 for b: V = 4/3 · 6/81 = 8/81
/// * the median time to ask, of agents (3600 and 45): 45, the smallest value up to which half lies
#[test]
fn a_person_on_two_ways_is_one_psu() {
    let desk = desk();
    let table = json(&desk, &[&["--input", "events.csv"], &STAGES[..]].concat());
    let (n, estimate, se) = figure(&table, "maker", "ask", None, "rate");
    assert_eq!(n, 3);
    assert!((estimate - 2.0 / 3.0).abs() < 1e-12 && (se - (8.0_f64 / 81.0).sqrt()).abs() < 1e-12, "{se}");
    let (n, estimate, _) = figure(&table, "agent", "ask", None, "median");
    assert_eq!((n, estimate.to_string().as_str()), (2, "45"));
    let funnel = &table["source"][0]["funnel"];
    assert_eq!((&funnel["people"], &funnel["of"]["events"]["movers"]), (&Value::from(4), &Value::from(1)));
}

#[test]
fn the_codebook_and_the_store_say_the_same() {
    let desk = desk();
    let straight = json(&desk, &[&["--input", "events.csv"], &STAGES[..]].concat());
    std::fs::write(
        desk.path("wxstats.toml"),
        "[dataset.events]\nstages = [\"contact\", \"ask\", \"pay\"]\nreturns = \"return\"\n",
    )
    .unwrap();
    let said = String::from_utf8(desk.run(&["ingest", "events.csv"]).stderr).unwrap();
    assert!(said.contains("ingested, dataset events, 5 ways"), "{said}");
    assert_eq!(json(&desk, &["--dataset", "events"])["rows"], straight["rows"]);
}

#[test]
fn a_funnel_reads_from_stage_to_stage_in_both_languages() {
    let desk = desk();
    let counts = [&["funnel", "--input", "counts.csv", "--compare", "model"], &STAGES[..]].concat();
    golden("golden/funnel/counts.en.txt", &desk.ok(&counts));
    golden("golden/funnel/counts.zh.txt", &desk.ok(&[&counts[..], &["--lang", "zh"]].concat()));
    let events = [&["funnel", "--input", "events.csv", "--show-withheld"], &STAGES[..]].concat();
    golden("golden/funnel/events.en.txt", &desk.ok(&events));
}

#[test]
fn what_is_no_funnel_is_refused() {
    let desk = desk();
    let said = desk.fails(1, &["funnel", "--sample", "--dataset", "synthetic-survey"]);
    assert!(said.contains("is no funnel"), "{said}");
    let said = desk.fails(2, &["funnel", "--input", "events.csv", "--stages", "contact,ask,ask"]);
    assert!(said.contains("the stage ask stands twice"), "{said}");
    std::fs::write(desk.path("wxstats.toml"), "[dataset.events]\nstages = [\"Pay\"]\n").unwrap();
    let said = desk.fails(2, &["funnel", "--input", "events.csv"]);
    assert!(said.contains("wxstats.toml:2:10") && said.contains("\"Pay\" is no name of a stage"), "{said}");
    std::fs::write(desk.path("wxstats.toml"), "[dataset.events]\nreturns = \"return\"\n").unwrap();
    assert!(desk.fails(2, &["funnel", "--input", "events.csv"]).contains("returns without stages"));
}

/// A mirror has two sides.
#[test]
fn more_than_two_models_stand_under_each_other_in_a_report() {
    let desk = Desk::new();
    let mut counts = String::from("model,stage,actors\n");
    for (model, reached) in [("agent", [400, 200, 120]), ("maker", [300, 120, 48]), ("shop", [500, 300, 90])]
    {
        for (stage, actors) in ["contact", "ask", "pay"].iter().zip(reached) {
            counts.push_str(&format!("{model},{stage},{actors}\n"));
        }
    }
    std::fs::write(desk.path("counts.csv"), counts).unwrap();
    let mut survey = String::from("respondent_id,segment,city,moments.share\n");
    for person in 0..160 {
        let segment = ["expat", "chinese"][person % 2];
        survey.push_str(&format!("{person},{segment},Xiamen,{}\n", u8::from(person % 5 < 2)));
    }
    std::fs::write(desk.path("survey.csv"), survey).unwrap();
    desk.ok(&[&["ingest", "counts.csv"], &STAGES[..2]].concat());
    desk.ok(&["ingest", "survey.csv"]);
    desk.ok(&["report", "--dataset", "survey", "--chart-format", "svg"]);
    let chart = std::fs::read_to_string(desk.path("reports/overview/charts/funnel-by-model.svg")).unwrap();
    for text in ["Agents</text>", "Makers</text>", "shop</text>", ">30</text>", ">16</text>", ">18</text>"] {
        assert!(chart.contains(text), "{text} is missing");
    }
}
