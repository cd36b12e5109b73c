//! Who comes back, and who has done what so far: the periods of a log looked at together, worked by hand.
//!
//! `fixtures/usage/weeks.csv`; r read, s shared. a moves from Guangzhou to Shenzhen in week 12.
//!
//! | week of 2026 | a | b | c | d | e | f | g | h | i |
//! |---|---|---|---|---|---|---|---|---|---|
//! | 10 | r | r | s | | | | | | |
//! | 11 | r | | | r | s | r | | | |
//! | 12 | s | s | | r | r | | r | r | |
//! | 13 (to the 25th) | | | | s | | | | r | r |
//!
//! Goldens stand in `golden/usage/`; `BLESS=1 cargo test retention` writes them anew. `retention.csv` there is R's, of the sample log.

use std::path::PathBuf;

use serde_json::Value;

use crate::desk::Desk;

const LOG: &str = include_str!("fixtures/usage/weeks.csv");

const R: &str = include_str!("golden/usage/retention.csv");

fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::write(desk.path("weeks.csv"), LOG).unwrap();
    desk
}

const WEEKS: [&str; 6] = ["--input", "weeks.csv", "--period", "week", "--until", "2026-03-29"];

fn retention(desk: &Desk, arguments: &[&str]) -> Value {
    let asked = [&["retention", "--format", "json", "--show-withheld"], arguments].concat();
    serde_json::from_str(&desk.ok(&asked)).unwrap()
}

/// `2026-W11 3: 2/3 1/3 not-yet`: of each point how many of those of whom it is known; `?` where it is of one user and not estimable.
fn said(name: &str, of: &Value) -> String {
    let point = |point: &Value| match (point["estimate"].as_f64(), point["n"].as_f64()) {
        (Some(share), Some(n)) => format!("{}/{n}", (share * n).round()),
        _ => point["unknown"].as_str().unwrap_or("?").to_owned(),
    };
    let points: Vec<String> = of["points"].as_array().unwrap().iter().map(point).collect();
    format!("{name}: {}", points.join(" "))
}

fn cohorts(retention: &Value) -> Vec<String> {
    let name = |cohort: &Value| {
        let first = if cohort["first"] == true { "≤ " } else { "" };
        let by: Vec<&str> = cohort["by"].as_object().unwrap().values().filter_map(Value::as_str).collect();
        format!("{} {first}{} {}", by.join(" "), cohort["cohort"].as_str().unwrap(), cohort["users"])
    };
    let cohorts = retention["cohorts"].as_array().unwrap();
    cohorts.iter().map(|cohort| said(name(cohort).trim(), cohort)).collect()
}

#[test]
fn cohorts_and_curve_are_those_counted_by_hand() {
    let desk = desk();
    let found = retention(&desk, &WEEKS);
    assert_eq!(
        cohorts(&found),
        [
            "≤ 2026-W10 3: 1/3 2/3 0/3",
            "2026-W11 3: 2/3 1/3 not-yet",
            "2026-W12 2: 1/2 not-yet not-yet",
            "2026-W13 1: not-yet not-yet not-yet",
        ]
    );
    // Without the cohort of the first week: d, e and h of d, e, f, g and h; then d of d, e and f.
    assert_eq!(said("curve", &found["curves"][0]), "curve: 3/5 1/3 not-yet");
}

/// Of 9 users 5 are known a week after joining, of whom 3 were active: p = 3/5, z = (y − p)/5, Σz² = 0.048,
/// V = 9/8 · Σz² = 0.054; 4 degrees of freedom, t = 2.7764; logit(p) ± t·√V/(p(1 − p)).
#[test]
fn a_point_has_the_interval_of_a_rate_of_users() {
    let found = retention(&desk(), &WEEKS);
    let point = &found["curves"][0]["points"][0];
    let number = |key: &str| point[key].as_f64().unwrap();
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
    close(number("estimate"), 0.6);
    close(number("se"), 0.054_f64.sqrt());
    close(number("df"), 4.0);
    let half = 2.776_445_105_197_798_7 * 0.054_f64.sqrt() / 0.24;
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    let logit = (0.6_f64 / 0.4).ln();
    close(number("ci_low"), expit(logit - half));
    close(number("ci_high"), expit(logit + half));
}

/// Every point of the sample's cohorts and curves, of everybody and by segment, against R (`golden/usage/goldens.R`).
#[test]
fn golden_points_of_the_sample_agree_with_r() {
    let desk = Desk::new();
    let (everybody, by_segment) =
        (retention(&desk, &["--sample"]), retention(&desk, &["--sample", "--by", "segment"]));
    let mut compared = 0;
    for line in csv::Reader::from_reader(R.as_bytes()).records() {
        let line = line.unwrap();
        let (segment, cohort, after) = (&line[0], &line[1], line[2].parse::<usize>().unwrap());
        let found = if segment.is_empty() { &everybody } else { &by_segment };
        let is_of = |of: &&Value| {
            of["by"]["segment"].as_str().unwrap_or_default() == segment
                && of["cohort"].as_str().is_none_or(|own| own == cohort)
        };
        let all = &found[if cohort == "curve" { "curves" } else { "cohorts" }];
        let point = &all.as_array().unwrap().iter().find(is_of).unwrap()["points"][after - 1];
        assert_eq!(point["after"], after);
        for (key, expected) in
            ["n", "estimate", "se", "ci_low", "ci_high", "df"].into_iter().zip(line.iter().skip(3))
        {
            let (expected, own) = (expected.parse::<f64>().unwrap(), point[key].as_f64().unwrap());
            assert!((own - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{line:?} {key}: {own}");
            compared += 1;
        }
    }
    let known = |of: &Value| {
        of["points"].as_array().unwrap().iter().filter(|point| point["unknown"].is_null()).count()
    };
    let points = [&everybody, &by_segment]
        .into_iter()
        .flat_map(|found| ["cohorts", "curves"].map(|part| &found[part]));
    let points: usize = points.flat_map(|all| all.as_array().unwrap()).map(known).sum();
    assert_eq!(compared, 6 * points, "R has every point");
}

#[test]
fn users_are_where_they_were_when_they_joined() {
    let desk = desk();
    let found = retention(&desk, &[&WEEKS[..], &["--by", "city", "--periods", "1"]].concat());
    assert_eq!(
        cohorts(&found),
        [
            "Guangzhou ≤ 2026-W10 2: 1/2",
            "Guangzhou 2026-W11 2: 1/2",
            "Guangzhou 2026-W12 1: ?",
            "Guangzhou 2026-W13 1: not-yet",
            "Shenzhen ≤ 2026-W10 1: ?",
            "Shenzhen 2026-W11 1: ?",
            "Shenzhen 2026-W12 1: ?",
        ]
    );
    let only = retention(&desk, &[&WEEKS[..], &["--where", "segment = expat", "--periods", "2"]].concat());
    assert_eq!(cohorts(&only)[0], "≤ 2026-W10 2: 1/2 2/2");
    let shared = retention(&desk, &[&WEEKS[..], &["--active", "moments.share"]].concat());
    assert_eq!(
        cohorts(&shared),
        [
            "≤ 2026-W10 1: ? ? ?",
            "2026-W11 1: ? ? not-yet",
            "2026-W12 2: 0/2 not-yet not-yet",
            "2026-W13 1: not-yet not-yet not-yet",
        ]
    );
}

#[test]
fn a_period_that_is_not_whole_or_not_there_is_not_known() {
    let desk = desk();
    let partial = retention(&desk, &WEEKS[..4]);
    assert_eq!(cohorts(&partial)[0], "≤ 2026-W10 3: 1/3 2/3 not-whole");
    let is_of_week_11 = |line: &str| {
        ["09", "10", "11", "12", "13", "14", "15"].iter().any(|day| line.contains(&format!("2026-03-{day}")))
    };
    let hole: String =
        LOG.lines().filter(|line| !is_of_week_11(line)).map(|line| line.to_owned() + "\n").collect();
    std::fs::write(desk.path("weeks.csv"), hole).unwrap();
    let hole = retention(&desk, &WEEKS);
    assert_eq!(cohorts(&hole)[0], "≤ 2026-W10 3: no-data 2/3 0/3");
}

/// Shared by the end of each week: c; c, e; a, b, c, e; a, b, c, d, e. From week 12 to 13 the same people are looked at again:
/// z = (y₂ − 5/9)/9 − 1[there in week 12]·(y₁ − 1/2)/8, V = 9/8 · Σz².
#[test]
fn what_was_done_so_far_only_grows_and_its_changes_are_of_the_same_people() {
    let desk = desk();
    let asked = ["table", "--cumulated", "--items", "moments.share", "--by", "wave", "--compare", "wave"];
    let asked = [&asked[..], &WEEKS, &["--show-withheld", "--format", "json"]].concat();
    let found: Value = serde_json::from_str(&desk.ok(&asked)).unwrap();
    let rows: Vec<(u64, f64)> = found["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["n"].as_u64().unwrap(), row["estimate"].as_f64().unwrap()))
        .collect();
    assert_eq!(rows.len(), 4);
    for ((n, share), (users, shared)) in rows.into_iter().zip([(3, 1.0), (6, 2.0), (8, 4.0), (9, 5.0)]) {
        assert_eq!(n, users);
        assert!((share - shared / users as f64).abs() < 1e-12);
    }
    let gap = found["gaps"].as_array().unwrap().iter().find(|gap| gap["of"][0] == "2026-W13").unwrap();
    let second = |y: f64| (y - 5.0 / 9.0) / 9.0;
    let first = |y: f64| (y - 0.5) / 8.0;
    let z = [second(1.0) - first(1.0), second(1.0) - first(0.0), second(0.0) - first(0.0), second(0.0)];
    let squares: f64 = z.iter().zip([4.0, 1.0, 3.0, 1.0]).map(|(z, users)| users * z * z).sum();
    assert!((gap["difference"].as_f64().unwrap() - 1.0 / 18.0).abs() < 1e-12);
    assert!((gap["se"].as_f64().unwrap() - (9.0 / 8.0 * squares).sqrt()).abs() < 1e-12);
    assert!(found["notes"].to_string().contains("in any period up to this one"));
}

#[test]
fn every_form_reads_well_in_both_languages() {
    let desk = desk();
    for (format, ending) in [("table", "txt"), ("csv", "csv"), ("json", "json"), ("md", "md")] {
        for lang in ["en", "zh"] {
            let asked = [
                &["retention", "--show-withheld", "--by", "segment", "--format", format, "--lang", lang],
                &WEEKS[..4],
            ];
            same(&format!("retention.{lang}.{ending}"), &desk.ok(&asked.concat()));
        }
    }
    let published = [&["retention", "--disclosure", "publish"], &WEEKS[..]].concat();
    same("published.en.txt", &desk.ok(&published));
}

fn same(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/usage").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{name}: run BLESS=1 cargo test retention, and read what git diff shows");
}

#[test]
fn the_store_says_what_the_file_says() {
    let desk = desk();
    desk.ok(&["ingest", "--period", "week", "--until", "2026-03-29", "weeks.csv"]);
    let (stored, read) = (retention(&desk, &[]), retention(&desk, &WEEKS));
    for part in ["cohorts", "curves"] {
        assert_eq!(stored[part], read[part]);
    }
}

#[test]
fn what_has_no_cohorts_is_refused_with_a_way_out() {
    let desk = desk();
    let refused = |code, arguments: &[&str]| desk.fails(code, &[&["retention"], arguments].concat());
    assert!(
        refused(1, &["--sample", "--dataset", "synthetic-survey"]).contains("the dataset is no usage log")
    );
    assert!(refused(1, &["--input", "weeks.csv"]).contains("the log is not cut into periods"));
    let month = refused(1, &["--input", "weeks.csv", "--period", "month"]);
    assert!(month.contains("one period only") && month.contains("--period day, week or month"), "{month}");
    assert!(
        refused(1, &[&WEEKS[..], &["--active", "moments.like"]].concat())
            .contains("it has moments.read, moments.share")
    );
    assert!(refused(2, &[&WEEKS[..], &["--wave", "2026-W10"]].concat()).contains("all periods of a log"));
    assert!(
        refused(2, &[&WEEKS[..], &["--where", "wave = 2026-W10"]].concat()).contains("cannot name waves")
    );
    assert!(refused(2, &[&WEEKS[..], &["--by", "city,segment"]].concat()).contains("one banner"));
    assert!(refused(2, &[&WEEKS[..], &["--by", "wave"]].concat()).contains("the cohorts already"));
    assert!(desk.fails(2, &["table", "--sample", "--cumulated"]).contains("--by wave"));
    let events =
        [&["table", "--cumulated", "--items", "moments.share_events", "--by", "wave"], &WEEKS[..]].concat();
    assert!(desk.fails(2, &events).contains("moments.share_events"));
}
