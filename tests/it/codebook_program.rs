//! What a codebook adds, as its users meet it: numbers, sets, weighting, panels, names.

use std::fs;

use crate::desk::Desk;

const CODEBOOK: &str = r#"
[project]
title = { en = "The reading survey", zh = "阅读调查" }

[dataset.survey]
panel = true

[dataset.survey.items]
"use.satisfied" = { scale = [1, 5], top = 2 }
"wechat.recommend" = { nps = true }
"moments.minutes" = { number = true }

[dataset.survey.sets]
share_where = ["moments.share", "groups.share"]

[dataset.survey.weighting]
population = "people.csv"
targets = ["segment", "city"]

[names]
share_where = { en = "Where do you share?", zh = "您在哪里分享？" }
"segment=expat" = { en = "Newcomers", zh = "新来者" }
"#;

const PEOPLE: &str = "segment,city,persons\nexpat,,3000\nchinese,,9000\n,Guangzhou,5000\n,Shanghai,7000\n";

/// Two waves of 120 people, who answer everything.
fn survey() -> String {
    let mut text = "respondent_id,segment,city,wave,moments.share,moments.read,groups.share,use.satisfied,\
                    wechat.recommend,moments.minutes\n"
        .to_owned();
    for wave in [2014, 2015] {
        for person in 0..120 {
            let segment = if person % 2 == 0 { "expat" } else { "chinese" };
            let city = if person % 3 == 0 { "广州" } else { "Shanghai" };
            let turn = person * 7 + wave;
            text.push_str(&format!(
                "p{person},{segment},{city},{wave},{},{},{},{},{},{}\n",
                u8::from(turn % 5 < 2),
                u8::from(turn % 3 > 0),
                u8::from(turn % 4 == 0),
                1 + turn % 5,
                turn % 11,
                turn % 60
            ));
        }
    }
    text
}

fn desk() -> Desk {
    let desk = Desk::new();
    fs::write(desk.path("wxstats.toml"), CODEBOOK).unwrap();
    fs::write(desk.path("people.csv"), PEOPLE).unwrap();
    fs::write(desk.path("survey.csv"), survey()).unwrap();
    desk
}

fn json(desk: &Desk, arguments: &[&str]) -> serde_json::Value {
    let mut all = vec!["table", "--input", "survey.csv", "--format", "json", "--items"];
    all.extend(arguments);
    serde_json::from_str(&desk.ok(&all)).unwrap()
}

#[test]
fn numbers_sets_and_ratios_are_figures_like_rates() {
    let desk = desk();
    let items = "use.satisfied,wechat.recommend,moments.minutes,mean(use.satisfied),total(moments.share),\
                 moments.share/moments.read,moments.read-moments.share,share_where";
    let table = json(&desk, &[items, "--by", "segment", "--show-withheld"]);
    let rows = table["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 9 * 3);
    let statistics: Vec<&str> = rows[..9].iter().map(|row| row["statistic"].as_str().unwrap()).collect();
    let expected = ["top-box", "nps", "mean", "mean", "total", "rate", "difference", "rate", "rate"];
    assert_eq!(statistics, expected);
    assert!(rows.iter().all(|row| row["estimate"].is_number() && row["ci_low"].is_number()), "{table:#}");
    assert_eq!(rows[5]["per"], "moments.read");
    assert_eq!(rows[7]["per"], "share_where");
    assert!(rows[6]["p"].is_number());
    assert_eq!(table["settings"]["weights"], "raked to segment, city");
    let text =
        desk.ok(&["table", "--input", "survey.csv", "--items", items, "--by", "segment", "--lang", "zh"]);
    assert!(text.contains("新来者") && text.contains("您在哪里分享？"), "{text}");
}

#[test]
fn a_set_has_the_base_that_is_asked_for() {
    let desk = desk();
    let shares = json(&desk, &["share_where", "--by", "", "--base", "mentions"]);
    let rows = shares["rows"].as_array().unwrap();
    assert_eq!(rows[0]["statistic"], "share-of-mentions");
    let sum: f64 = rows.iter().map(|row| row["estimate"].as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    assert!(
        desk.fails(2, &["table", "--input", "survey.csv", "--items", "share_what"]).contains("share_where")
    );
}

#[test]
fn the_waves_of_a_panel_are_the_same_people() {
    let desk = desk();
    let change = |panel: &str| {
        fs::write(desk.path("wxstats.toml"), CODEBOOK.replace("panel = true", panel)).unwrap();
        json(&desk, &["moments.read", "--by", "wave", "--compare", "wave"])["gaps"][0].clone()
    };
    let (panel, independent) = (change("panel = true"), change("panel = false"));
    assert_eq!(panel["of"], serde_json::json!(["2015", "2014"]));
    assert_eq!(panel["difference"], independent["difference"]);
    assert_ne!(panel["se"], independent["se"]);
    assert_eq!((&panel["df"], &independent["df"]), (&119.into(), &238.into()));
}

#[test]
fn weight_shows_what_the_margins_do() {
    let desk = desk();
    let text = desk.ok(&["weight", "--input", "survey.csv"]);
    assert!(text.contains("Newcomers") && text.contains("9,000"), "{text}");
    let json = desk.ok(&["weight", "--input", "survey.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "wxstats.weight/1");
    fs::write(desk.path("people.csv"), PEOPLE.replace("Shanghai", "Beijing")).unwrap();
    for command in [&["weight"][..], &["table"], &["report"]] {
        let mut arguments = command.to_vec();
        arguments.extend(["--input", "survey.csv"]);
        let error = desk.fails(1, &arguments);
        assert!(error.contains("Beijing") && error.contains("Shanghai"), "{error}");
    }
    fs::write(desk.path("people.csv"), "segment,city,persons\nexpat,,many\n").unwrap();
    assert!(desk.fails(1, &["weight", "--input", "survey.csv"]).contains("people.csv:2:8"));
    fs::remove_file(desk.path("people.csv")).unwrap();
    assert!(desk.fails(5, &["weight", "--input", "survey.csv"]).contains("people.csv"));
    assert!(desk.fails(2, &["weight", "--sample"]).contains("synthetic-survey"));
}

#[test]
fn the_store_keeps_numbers_and_the_report_names_them() {
    let desk = desk();
    desk.ok(&["ingest", "survey.csv"]);
    let direct = json(&desk, &["moments.minutes", "--by", "segment"]);
    let stored: serde_json::Value = serde_json::from_str(&desk.ok(&[
        "table",
        "--items",
        "moments.minutes",
        "--by",
        "segment",
        "--format",
        "json",
    ]))
    .unwrap();
    assert_eq!(direct["rows"], stored["rows"]);
    desk.ok(&["report", "--city", "Guangzhou"]);
    let page = fs::read_to_string(desk.path("reports/guangzhou/index.html")).unwrap();
    assert!(page.contains("The reading survey · Guangzhou") && page.contains("Newcomers"));
    assert!(page.contains(
        "Not charted, but in the table “Scales and numbers” and in the data files: moments.minutes."
    ));
    assert!(page.contains("href=\"methods.txt\""));
}

#[test]
fn a_bad_codebook_is_refused_whole() {
    let desk = desk();
    let bad = CODEBOOK.replace("title", "titel").replace("top = 2", "top = 5");
    fs::write(desk.path("wxstats.toml"), bad).unwrap();
    let error = desk.fails(2, &["check", "survey.csv"]);
    assert!(error.contains("wxstats.toml:3:1") && error.contains("did you mean title?"), "{error}");
    assert!(error.contains("use.satisfied"), "{error}");
    assert!(desk.fails(5, &["check", "survey.csv", "--codebook", "none.toml"]).contains("none.toml"));
}

#[test]
fn answers_off_the_scale_are_refused_with_their_place() {
    let desk = desk();
    let bad = survey().replacen("p0,expat,广州,2014,0,1,0,5,", "p0,expat,广州,2014,0,1,0,9,", 1);
    fs::write(desk.path("survey.csv"), bad).unwrap();
    let error = desk.fails(1, &["check", "survey.csv"]);
    assert!(error.contains("survey.csv:2:24") && error.contains("whole numbers from 1 to 5"), "{error}");
}

#[test]
fn what_is_published_is_rounded() {
    let desk = desk();
    let table = json(
        &desk,
        &["moments.share", "--by", "city*segment", "--compare", "segment", "--disclosure", "publish"],
    );
    assert_eq!(table["settings"]["disclosure"], "publish");
    for row in table["rows"].as_array().unwrap() {
        assert_eq!(row["n"].as_u64().unwrap() % 5, 0);
        assert!(
            row["se"].is_null() && row["df"].is_null() && row["deff"].is_null() && row["n_eff"].is_null()
        );
        if let Some(estimate) = row["estimate"].as_f64() {
            assert!(((estimate * 100.0).round() / 100.0 - estimate).abs() < 1e-15, "{row}");
        }
    }
    desk.ok(&["report", "--input", "survey.csv", "--city", "Guangzhou", "--disclosure", "publish"]);
    let data = fs::read_to_string(desk.path("reports/guangzhou/data.json")).unwrap();
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    assert!(data["rows"].as_array().unwrap().iter().all(|row| row["se"].is_null()));
    desk.fails(2, &["table", "--input", "survey.csv", "--disclosure", "publish", "--show-withheld"]);
}
