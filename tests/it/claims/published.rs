//! Claims about published figures, worked by hand on the bundled figures.
//!
//! In 2013 WeChat has 335 million active users; Weibo has 129 or 55 million, by which figure of one post is believed. WeChat has 500
//! million in 2014 and, worldwide, 410 million in 2016.

use std::fs;

use serde_json::Value;

use super::program::golden;
use crate::desk::Desk;

const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/");

fn desk() -> Desk {
    let desk = Desk::new();
    for file in ["platforms.toml", "metrics.csv"] {
        fs::copy(format!("{FACTS}{file}"), desk.path(file)).unwrap();
    }
    desk
}

/// The verdicts on single assertions, in order.
fn verdicts(asserts: &[&str]) -> Vec<(String, String)> {
    let desk = desk();
    let claims = asserts
        .iter()
        .enumerate()
        .map(|(id, text)| format!("[[claim]]\nid = \"c{id}\"\nassert = \"{text}\"\n"));
    fs::write(desk.path("claims.toml"), claims.collect::<String>()).unwrap();
    let output = desk.run(&["claims", "claims.toml", "--metrics", "metrics.csv", "--format", "json"]);
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let claims = document["claims"].as_array().unwrap().iter();
    let of = |claim: &Value| (claim["verdict"].to_string(), claim["reasons"].to_string());
    claims.map(of).collect()
}

#[test]
fn what_the_posts_say_of_platforms_is_held_against_their_figures() {
    let desk = desk();
    let claims = ["claims", "platforms.toml", "--metrics", "metrics.csv"];
    golden("platforms.en.txt", &desk.ok(&claims));
    golden("platforms.zh.txt", &desk.ok(&[&claims[..], &["--lang", "zh"]].concat()));
    golden("platforms.json", &desk.ok(&[&claims[..], &["--format", "json"]].concat()));
    // The sample has these figures, and no survey is needed.
    assert_eq!(desk.ok(&["claims", "platforms.toml", "--sample"]), desk.ok(&claims));
}

#[test]
fn a_claim_holds_where_it_does_whichever_source_is_believed() {
    let asserts = [
        "metric(WeChat, active_users, 2013) > metric(Weibo, active_users, 2013)",
        "metric(Weibo, active_users, 2013) > metric(微信, 活跃用户, 2013年)",
        "metric(Weibo, active_users, 2013) over 55 million",
        "metric(Weibo, active_users, 2013) over 129 million",
        "metric(Weibo, active_users, 2013) about 9000万 ± 4000万",
        "metric(Weibo, active_users, 2013) about 90 million ± 1 million",
        "metric(WeChat, active_users) rising",
        "metric(WeChat, active_users) falling",
    ];
    let found = verdicts(&asserts);
    let expected = [
        "supported",
        "contradicted",
        // 129 is over 55, and 55 is not.
        "not-testable",
        "contradicted",
        "supported",
        "contradicted",
        "supported",
        "contradicted",
    ];
    for ((assert, (verdict, reasons)), expected) in asserts.iter().zip(&found).zip(expected) {
        assert_eq!(verdict, &format!("\"{expected}\""), "{assert}: {reasons}");
    }
    assert!(found[2].1.contains("the sources disagree"), "{}", found[2].1);
}

#[test]
fn growth_is_held_against_percentages() {
    let asserts = [
        "growth(WeChat, monthly_active_users, 2017Q1, year on year) about 23% ± 1",
        "growth(WeChat, monthly_active_users, 2017Q1, 同比) over 30%",
        // From 335 to 500 million: +49%, computed.
        "growth(WeChat, active_users, 2014, yoy) about 49% ± 1",
        "growth(WeChat, active_users, 2014, yoy) over 100 million",
    ];
    let found: Vec<String> = verdicts(&asserts).into_iter().map(|(verdict, _)| verdict).collect();
    assert_eq!(found, ["supported", "contradicted", "supported", "not-testable"].map(|v| format!("\"{v}\"")));
}

#[test]
fn what_nobody_states_cannot_be_tested() {
    let found = verdicts(&[
        "metric(Alipay, active_users, 2013) over 1 million",
        "metric(WeChat, registered_users, 2015) > metric(WeChat, monthly_active_users, 2015)",
        "metric(all, mobile_penetration, 2013, China) over 90 million",
        "metric(QQ, registered_users) rising",
    ]);
    for ((verdict, reasons), why) in
        found.iter().zip(["nobody states", "another unit", "another unit", "two periods"])
    {
        assert!(verdict == "\"not-testable\"" && reasons.contains(why), "{verdict} {reasons}");
    }
    let desk = desk();
    fs::write(
        desk.path("m.toml"),
        "[[claim]]\nid = \"m\"\nassert = \"metric(QQ, registered_users, 2011) over 1 million\"\n",
    )
    .unwrap();
    assert!(desk.ok(&["claims", "m.toml"]).contains("--metrics FILE gives them"));
}
