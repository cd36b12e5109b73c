//! Published rates as claims: what their rows say is judged, and what they leave open is told.

use std::fs;

use super::program::golden;
use crate::desk::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    let facts = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/published_rates.csv");
    fs::copy(facts, desk.path("published_rates.csv")).unwrap();
    desk
}

#[test]
fn the_published_rates_are_judged_as_far_as_their_rows_tell() {
    let desk = desk();
    let command = ["claims", "published_rates.csv", "--sample"];
    let said = desk.ok(&command);
    golden("rates.en.txt", &said);
    // Of the fifteen rows three say all that a test needs; the claims file beside them says the rest.
    assert!(said.starts_with("15 claims: 3 supported, 12 not testable.\n"), "{said}");
    golden("rates.zh.txt", &desk.ok(&[&command[..], &["--lang", "zh"]].concat()));
    let strict = desk.run(&[&command[..], &["--strict"]].concat());
    assert_eq!(strict.status.code(), Some(1));
}

/// The rows that say all that they mean, as the claims file of the facts reads them.
const WHOLE: &str = "\
id,segment,city,feature,action,comparison,value_percent,margin_points,than_segment,than_city,than_feature,than_action,statement,source
r1,expat,Guangzhou,moments,share,about,8,3,,,,,Around 8% share,post
r4,expat,广州,moments,read,over,50,,,,,,Over 50% read,post
r6,expat,Shanghai,moments,read,below,25,,,,,,Below 25% read,post
r8,expat,Beijing,friends_moments,read,more,,,,,moments,,Friends' Moments more,post
r10,expat,Shanghai,friends_moments,read,less,,,,Beijing,,,Less than in Beijing,post
r13,expat,,moments,use,less,,,chinese,,,,Less than Chinese users,post
";

#[test]
fn rows_that_say_all_have_the_verdicts_of_the_claims_that_say_the_same() {
    let desk = desk();
    fs::write(desk.path("whole.csv"), WHOLE).unwrap();
    let asserts = [
        ("r1", "rate(moments.share, segment=expat, city=Guangzhou) about 8% ± 3"),
        ("r4", "rate(moments.read, segment=expat, city=Guangzhou) over 50%"),
        ("r6", "rate(moments.read, segment=expat, city=Shanghai) below 25%"),
        (
            "r8",
            "rate(friends_moments.read, segment=expat, city=Beijing) > rate(moments.read, segment=expat, city=Beijing)",
        ),
        (
            "r10",
            "rate(friends_moments.read, segment=expat, city=Shanghai) < rate(friends_moments.read, segment=expat, city=Beijing)",
        ),
        ("r13", "rate(moments.use, segment=expat) < rate(moments.use, segment=chinese)"),
    ];
    let claims =
        asserts.map(|(id, text)| format!("[[claim]]\nid = \"{id}\"\nassert = \"{text}\"\n")).concat();
    fs::write(desk.path("claims.toml"), claims).unwrap();
    let judged = |file: &str| {
        let json = desk.ok(&["claims", file, "--sample", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let claims = json["claims"].as_array().unwrap().iter();
        claims
            .map(|claim| {
                [&claim["id"], &claim["assert"], &claim["tests"], &claim["p_adjusted"]].map(Clone::clone)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(judged("whole.csv"), judged("claims.toml"));
}

#[test]
fn a_file_with_problems_is_refused() {
    let desk = Desk::new();
    fs::write(desk.path("rates.csv"), "id,segment,city,feature,action,comparison,statement,source\nr1,expat,Guangzou,moments,share,over,words,post\n").unwrap();
    let said = desk.fails(2, &["claims", "rates.csv", "--sample"]);
    assert!(
        said.contains("rates.csv:2:10: unknown city") && said.contains("rates.csv:2:1: no value_percent"),
        "{said}"
    );
}
