//! Usage logs through the whole program: rates by people and by events, periods, and what a survey of the same users says.

use serde_json::Value;

use crate::desk::Desk;

const LOG: &str = include_str!("fixtures/usage/log.csv");

/// Its users by week, as if they had been asked.
const SURVEY: &str = "respondent_id,wave,segment,city,moments.read,moments.share,moments.read_events,moments.share_events\n\
                      synthetic-a,2026-W10,expat,Guangzhou,1,1,2,1\n\
                      synthetic-b,2026-W10,expat,Shenzhen,1,0,3,0\n\
                      synthetic-c,2026-W10,chinese,Guangzhou,0,0,0,0\n\
                      synthetic-a,2026-W11,expat,Guangzhou,1,0,1,0\n\
                      synthetic-c,2026-W11,chinese,Guangzhou,0,0,0,0\n\
                      synthetic-d,2026-W11,chinese,Guangzhou,1,1,1,2\n";

const ITEMS: &str = "moments.share,moments.share/moments.read,moments.share_events,\
                     moments.share_events/moments.read_events";

fn table(desk: &Desk, arguments: &[&str]) -> Value {
    let asked = [&["table", "--format", "json", "--show-withheld", "--items", ITEMS], arguments].concat();
    serde_json::from_str(&desk.ok(&asked)).unwrap()
}

/// Statistic, what it counts, the estimate and its standard error, by wave.
fn figures(table: &Value) -> Vec<(String, String, f64, f64)> {
    let rows = table["rows"].as_array().unwrap().iter().filter(|row| row["by"]["wave"].is_string());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.map(|row| {
        let number = |key: &str| row[key].as_f64().unwrap_or(f64::NAN);
        (text(&row["statistic"]), text(&row["counted"]), number("estimate"), number("se"))
    })
    .collect()
}

/// Week 10: a read 2 and shared 1, b read 3, c did neither.
///
/// * shared, by people: p = 1/3, V = p(1 − p)/(n − 1) = 1/9, SE = 1/3
/// * among those who read: p = 1/2; z = 1/4, −1/4, and 0 for c, who is a PSU all the same: V = 3/2 · Σz² = 3/16
/// * shares per user: mean of 1, 0, 0 = 1/3, SE = 1/3
/// * by events: R = 1/5; z = (y − Rx)/5 = 0.12, −0.12, 0; V = 3/2 · Σz² = 0.0432
#[test]
fn rates_by_people_and_by_events_are_those_worked_by_hand() {
    let desk = Desk::new();
    std::fs::write(desk.path("log.csv"), LOG).unwrap();
    let week =
        table(&desk, &["--input", "log.csv", "--period", "week", "--wave", "2026-W10", "--by", "wave"]);
    let expected = [
        ("rate", "people", 1.0 / 3.0, 1.0 / 3.0),
        ("rate", "people", 0.5, 0.1875_f64.sqrt()),
        ("mean", "events", 1.0 / 3.0, 1.0 / 3.0),
        ("ratio", "events", 0.2, 0.0432_f64.sqrt()),
    ];
    let found = figures(&week);
    assert_eq!(found.len(), expected.len());
    for ((statistic, counted, estimate, se), hand) in found.iter().zip(expected) {
        assert_eq!((statistic.as_str(), counted.as_str()), (hand.0, hand.1));
        assert!((estimate - hand.2).abs() < 1e-12 && (se - hand.3).abs() < 1e-12, "{estimate} {se} {hand:?}");
    }
    let source = &week["source"][0];
    assert_eq!((&source["rows"], &source["usage"]["events"]), (&Value::from(3), &Value::from(7)));
    assert_eq!(
        (&source["usage"]["movers"], &source["usage"]["period"]),
        (&Value::from(1), &Value::from("week"))
    );
    assert!(week["notes"].to_string().contains("Base: active users"));
}

/// Of several files the period cuts those that have days; a survey beside a log is read as it is.
#[test]
fn a_report_of_a_survey_and_a_log_cuts_the_log_alone() {
    let desk = Desk::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample");
    let sample = |name: &str| root.join(name).display().to_string();
    let (survey, log) = (sample("synthetic-survey.csv"), sample("synthetic-usage.csv"));
    let read = |lang: &str, name: &str| {
        std::fs::read_to_string(desk.path("reports").join(lang).join("guangzhou").join(name)).unwrap()
    };
    let asked = [
        "report",
        "--lang",
        "both",
        "--city",
        "Guangzhou",
        "--only",
        "cohorts,trend",
        "--chart-format",
        "svg",
        "--input",
        &survey,
        &log,
    ];
    desk.ok(&[&asked[..], &["--period", "week"]].concat());
    let sections =
        [("en", "## Usage, from the log", "## The survey"), ("zh", "## 使用情况（日志）", "## 问卷调查")];
    for (lang, usage, survey) in sections {
        let page = read(lang, "report.md");
        assert!(page.contains(usage) && page.contains(survey), "{page}");
        assert!(page.contains("2026-W15"), "{page}");
        assert!(read(lang, "manifest.json").contains("synthetic-usage.csv"));
    }
    // In either order, and through the store, the figures are the same.
    let cohorts = read("en", "charts/synthetic-usage-retention-cohorts.csv");
    desk.ok(&[
        "report",
        "--city",
        "Guangzhou",
        "--only",
        "cohorts,trend",
        "--chart-format",
        "svg",
        "--out",
        "other",
        "--period",
        "week",
        "--input",
        &log,
        &survey,
    ]);
    assert_eq!(
        std::fs::read_to_string(desk.path("other/guangzhou/charts/synthetic-usage-retention-cohorts.csv"))
            .unwrap(),
        cohorts
    );
    desk.ok(&["ingest", "--period", "week", &survey, &log]);
    desk.ok(&[
        "report",
        "--city",
        "Guangzhou",
        "--only",
        "cohorts,trend",
        "--chart-format",
        "svg",
        "--out",
        "stored",
    ]);
    assert_eq!(
        std::fs::read_to_string(desk.path("stored/guangzhou/charts/synthetic-usage-retention-cohorts.csv"))
            .unwrap(),
        cohorts
    );
}

/// The users as a survey, in two waves of a panel: from there on both go one way.
#[test]
fn a_log_says_what_a_survey_of_its_users_says() {
    let codebook = "[dataset.survey]\npanel = true\n[dataset.survey.items]\n\
                    \"moments.read_events\" = { number = true }\n\"moments.share_events\" = { number = true }\n";
    let desk = Desk::new();
    for (name, text) in [("log.csv", LOG), ("survey.csv", SURVEY), ("wxstats.toml", codebook)] {
        std::fs::write(desk.path(name), text).unwrap();
    }
    let by = ["--by", "segment*wave", "--compare", "wave"];
    let log = table(&desk, &[&["--input", "log.csv", "--period", "week"], &by[..]].concat());
    let survey = table(&desk, &[&["--input", "survey.csv"], &by[..]].concat());
    let without_counted = |table: &Value, part: &str| {
        let mut rows = table[part].clone();
        for row in rows.as_array_mut().unwrap() {
            row.as_object_mut().unwrap().remove("counted");
        }
        rows
    };
    for part in ["rows", "gaps"] {
        assert_eq!(without_counted(&log, part), without_counted(&survey, part));
    }
}

/// Where no table compares periods the cells tell nobody apart; the figures are the same as where one does.
#[test]
fn figures_do_not_depend_on_whether_periods_are_compared() {
    let desk = Desk::new();
    std::fs::write(desk.path("log.csv"), LOG).unwrap();
    for dataset in
        [&["--input", "log.csv", "--period", "week"][..], &["--sample", "--dataset", "synthetic-usage"]]
    {
        let figures = |letters: &str| {
            let asked = ["--by", "segment*wave", "--letters", letters];
            let table = table(&desk, &[dataset, &asked[..]].concat());
            let numbers = |row: &Value| {
                let keys = ["n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_eff"];
                keys.map(|key| row[key].as_f64())
            };
            let rows: Vec<_> = table["rows"].as_array().unwrap().iter().map(numbers).collect();
            (rows, table["notes"].clone())
        };
        let ((apart, notes), (linked, with_letters)) = (figures("segment"), figures("wave"));
        assert_eq!(apart.len(), linked.len());
        for (own, other) in apart.iter().flatten().zip(linked.iter().flatten()) {
            let is_close = |(own, other): (f64, f64)| (own - other).abs() <= 1e-12 * other.abs().max(1.0);
            assert_eq!(own.is_some(), other.is_some());
            assert!(own.zip(*other).is_none_or(is_close), "{own:?} {other:?}");
        }
        let of = |notes: &Value, what: &str| {
            let notes = notes.as_array().unwrap().iter().filter_map(Value::as_str);
            notes.filter(|note| note.contains(what)).map(str::to_owned).collect::<Vec<_>>()
        };
        for what in ["survey design", "linked over the periods"] {
            assert_eq!(of(&notes, what), of(&with_letters, what));
            assert!(!of(&notes, what).is_empty());
        }
    }
}

#[test]
fn the_order_of_events_and_the_store_change_nothing() {
    let desk = Desk::new();
    let (header, events) = LOG.split_once('\n').unwrap();
    let mut shuffled: Vec<&str> = events.lines().collect();
    shuffled.sort_unstable();
    std::fs::write(desk.path("log.csv"), LOG).unwrap();
    std::fs::create_dir(desk.path("other")).unwrap();
    std::fs::write(desk.path("other/log.csv"), format!("{header}\n{}\n", shuffled.join("\n"))).unwrap();
    let by = ["--by", "wave*city"];
    let read = |file| table(&desk, &[&["--input", file, "--period", "week"], &by[..]].concat());
    let log = read("log.csv");
    assert_eq!(log["rows"], read("other/log.csv")["rows"]);
    desk.ok(&["ingest", "--period", "week", "log.csv"]);
    assert_eq!(table(&desk, &by)["rows"], log["rows"]);
    // A month on top of its weeks would count everything twice.
    desk.ok(&["ingest", "--period", "month", "log.csv"]);
    let said = desk.fails(2, &["table"]);
    assert!(said.contains("are not periods of one length"), "{said}");
}

#[test]
fn how_logs_are_cut_is_said_where_they_are_read() {
    let desk = Desk::new();
    std::fs::write(desk.path("log.csv"), LOG).unwrap();
    assert!(desk.fails(2, &["table", "--sample", "--period", "week"]).contains("how a usage log is read"));
    std::fs::write(desk.path("survey.csv"), "respondent_id,segment,city,moments.read\n1,expat,Guangzhou,1\n")
        .unwrap();
    for asked in [
        &["table", "--period", "week", "--input"][..],
        &["check", "--since", "2026-03-01"],
        &["ingest", "--period", "day"],
    ] {
        let said = desk.fails(2, &[asked, &["survey.csv"]].concat());
        assert!(said.contains("none of the files is a usage log or has articles"), "{said}");
    }
    let wave = desk.fails(1, &["ingest", "--wave", "2026", "log.csv"]);
    assert!(wave.contains("a wave was given for a file whose waves are its periods"), "{wave}");
    let said = String::from_utf8(desk.run(&["ingest", "log.csv"]).stderr).unwrap();
    assert!(said.contains("wave 2026-03-02..2026-03-11 with 4 active users"), "{said}");
}
