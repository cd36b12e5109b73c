//! Statistics of official accounts' articles: sums over sums, the article as PSU.
//!
//! `fixtures/usage/articles.csv`, worked by hand; of article 3 it is not known how often it was first shared.
//!
//! | figure | | |
//! |---|---|---|
//! | delivery read | `message_reads/delivered` | (80 + 60 + 30)/6100 |
//! | first share | `first_shares/message_reads` | (4 + 6)/(80 + 60), article 3 left out |
//! | reads per share | `reads_from_shares/shares` | 99/15 |
//! | share rate by people | `sharers/readers` | 12/200 |
//! | share rate by events | `shares/reads` | 15/300; the mean of the rates would be 0.0423 |
//! | share of reads that sharing brought | `reads_from_shares/reads` | 99/300 |
//!
//! By events z = (y − Rx)/300 is 2, −0.5 and −1.5 three-hundredths, so V = 3/2 · 6.5/300².

use serde_json::Value;

use crate::desk::Desk;

const WHOLE: &str = include_str!("fixtures/usage/articles.csv");
const BY_CITY: &str = include_str!("fixtures/usage/articles-by-city.csv");

fn desk() -> Desk {
    let desk = Desk::new();
    for (name, text) in [("articles.csv", WHOLE), ("by-city.csv", BY_CITY)] {
        std::fs::write(desk.path(name), text).unwrap();
    }
    desk
}

fn rows(desk: &Desk, file: &str, items: &str, more: &[&str]) -> Vec<Value> {
    let asked = ["table", "--input", file, "--items", items, "--format", "json", "--show-withheld"];
    let table: Value = serde_json::from_str(&desk.ok(&[&asked[..], more].concat())).unwrap();
    table["rows"].as_array().unwrap().clone()
}

fn close(found: &Value, hand: f64) {
    let found = found.as_f64().unwrap_or(f64::NAN);
    assert!((found - hand).abs() < 1e-12, "{found} {hand}");
}

const SHARE_BY_EVENTS: &str = "articles.shares/articles.reads";

#[test]
fn rates_of_articles_are_sums_over_sums() {
    let desk = desk();
    for (items, counted, hand) in [
        ("articles.message_reads/articles.delivered", None, 170.0 / 6100.0),
        ("articles.first_shares/articles.message_reads", Some("events"), 10.0 / 140.0),
        ("articles.reads_from_shares/articles.shares", Some("events"), 99.0 / 15.0),
        ("articles.sharers/articles.readers", Some("people"), 12.0 / 200.0),
        (SHARE_BY_EVENTS, Some("events"), 15.0 / 300.0),
        ("articles.reads_from_shares/articles.reads", Some("events"), 99.0 / 300.0),
        ("total(articles.reads)", Some("events"), 300.0),
    ] {
        let rows = rows(&desk, "articles.csv", items, &[]);
        close(&rows[0]["estimate"], hand);
        assert_eq!(rows[0]["counted"].as_str(), counted, "{items}");
    }
    close(&rows(&desk, "articles.csv", SHARE_BY_EVENTS, &[])[0]["se"], 9.75_f64.sqrt() / 300.0);
}

/// 0 of 0 is no 0%; and more may read than a message was delivered to.
#[test]
fn a_rate_of_nothing_is_not_estimable_and_one_above_1_is_told() {
    let desk = desk();
    let header = "article_id,published,readers,reads,sharers,shares,reads_from_shares,delivered\n";
    let rows_of = "synthetic-1,2026-03-02,60,90,0,0,0,50\nsynthetic-2,2026-03-03,30,40,0,0,0,30\n";
    std::fs::write(desk.path("none.csv"), format!("{header}{rows_of}")).unwrap();
    let per_share = &rows(&desk, "none.csv", "articles.reads_from_shares/articles.shares", &[])[0];
    assert_eq!(
        (&per_share["estimate"], &per_share["flag"]["reason"]),
        (&Value::Null, &Value::from("zero-denominator"))
    );
    close(&rows(&desk, "none.csv", "articles.readers/articles.delivered", &[])[0]["estimate"], 90.0 / 80.0);
}

#[test]
fn the_article_is_the_psu_however_many_cities_read_it() {
    let desk = desk();
    let by_city = rows(&desk, "by-city.csv", SHARE_BY_EVENTS, &["--by", "city"]);
    let of = |city: &str| by_city.iter().find(|row| row["by"]["city"] == city).unwrap();
    close(&of("Guangzhou")["estimate"], 10.0 / 190.0);
    close(&of("Shenzhen")["estimate"], 5.0 / 110.0);
    let all = by_city.iter().find(|row| row["by"]["city"].is_null()).unwrap();
    close(&all["estimate"], 15.0 / 300.0);
    close(&all["se"], 9.75_f64.sqrt() / 300.0);
    assert_eq!((&all["n"], &all["df"]), (&Value::from(4), &Value::from(2)));
}

#[test]
fn periods_are_those_of_publication() {
    let desk = desk();
    let rows = rows(&desk, "articles.csv", SHARE_BY_EVENTS, &["--period", "week", "--by", "wave"]);
    let weeks: Vec<&str> = rows.iter().filter_map(|row| row["by"]["wave"].as_str()).collect();
    assert_eq!(weeks, ["2026-W10", "2026-W11"]);
    close(&rows[0]["estimate"], 14.0 / 250.0);
}

#[test]
fn what_articles_cannot_be_is_refused() {
    let desk = desk();
    let header = "article_id,city,published,readers,reads,sharers,shares,topic\n";
    let bad = "synthetic-1,Guangzhou,2026-03-02,60,50,5,6,food\n\
               synthetic-2,Guangzhou,2026-03-02,7,10,8,9,food\n\
               synthetic-3,Guangzhou,2026-03-02,10,10,1,1,food\n\
               synthetic-3,Guangzhou,2026-03-02,10,10,1,1,food\n\
               synthetic-3,Shenzhen,2026-03-03,10,10,1,1,travel\n\
               ,Shenzhen,yesterday,\"1,000\",10,1,1,travel\n";
    std::fs::write(desk.path("bad.csv"), format!("{header}{bad}")).unwrap();
    let said = desk.fails(1, &["check", "bad.csv"]);
    for part in [
        "2:34: readers 60, and reads 50",
        "sharers 8, and readers 7",
        "5:1: this article_id stands in line 4 with this city already",
        "published differs from line 4",
        "topic differs from line 4",
        "7:1: no article_id [empty-id]\n  hint: every row needs an id\nbad.csv:7:11: ",
        "time \"yesterday\"",
        "count \"1,000\"",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
