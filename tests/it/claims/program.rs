//! The published claims on the sample in every form, and how runs end.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::Desk;

const CLAIMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/claims.toml");

/// A desk with the published claims.
pub(crate) fn desk() -> Desk {
    let desk = Desk::new();
    fs::copy(CLAIMS, desk.path("claims.toml")).unwrap();
    desk
}

pub(crate) fn golden(name: &str, actual: &str) {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden/claims").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, actual).unwrap();
    }
    assert_eq!(actual, fs::read_to_string(&path).unwrap_or_default(), "{}", path.display());
}

fn claims(text: &str) -> Desk {
    let desk = Desk::new();
    fs::write(desk.path("claims.toml"), text).unwrap();
    desk
}

#[test]
fn the_sample_bears_out_the_published_claims() {
    let desk = desk();
    for (options, name) in [
        (&["--lang", "en"][..], "published.en.txt"),
        (&["--lang", "zh"], "published.zh.txt"),
        (&["--format", "json"], "published.json"),
        (&["--format", "md", "--lang", "zh"], "published.zh.md"),
        (&["--format", "junit"], "published.xml"),
    ] {
        let said = desk.ok(&[&["claims", "claims.toml", "--sample"], options].concat());
        golden(name, &said);
    }
}

#[test]
fn every_row_of_the_facts_is_a_claim() {
    let facts = concat!(env!("CARGO_MANIFEST_DIR"), "/data/facts/published_rates.csv");
    let mut reader = csv::Reader::from_path(facts).unwrap();
    let ids: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    let claims = wxstats::claims::Claims::parse(&fs::read(CLAIMS).unwrap(), "claims.toml").unwrap();
    let claimed: Vec<String> = claims.list.into_iter().map(|claim| claim.id).collect();
    assert_eq!(ids, claimed);
}

/// One of each verdict: what is true, what is false, what 800 people cannot tell, and what the survey does not ask.
const EACH: &str = r#"
[[claim]]
id = "true"
assert = "rate(moments.share, segment=expat) < rate(moments.share, segment=chinese)"
[[claim]]
id = "false"
assert = "rate(moments.share, segment=expat, city=Guangzhou) > 30%"
statement = { en = "Over 30% share", zh = "超过 30% 分享" }
[[claim]]
id = "unclear"
assert = "rate(moments.share, segment=expat, city=Guangzhou) > rate(moments.share, segment=expat, city=Chengdu)"
[[claim]]
id = "silent"
assert = [
    "rate(moments.forget, segment=expat) > 30%",
    "rate(moments.share, team=red) > 30%",
    "rate(moments.share, os=Symbian) > 30%",
    "rate(moments.share, segment=expat, city=Kunming) > 30%",
    "rate(moments.share, wave=2015) rising",
    "mean(moments.share) over 3",
]
[[claim]]
id = "rising"
assert = "rate(moments.read, segment=chinese) rising"
"#;

#[test]
fn every_verdict_is_given_with_its_reasons() {
    let desk = claims(EACH);
    for (lang, name) in [("en", "each.en.txt"), ("zh", "each.zh.txt")] {
        let output = desk.run(&["claims", "claims.toml", "--sample", "--lang", lang]);
        assert_eq!(output.status.code(), Some(1));
        golden(name, &String::from_utf8(output.stdout).unwrap());
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(stderr, "error: claim false is contradicted by the data\n");
    }
    let output = desk.run(&["claims", "claims.toml", "--sample", "--format", "junit"]);
    let xml = String::from_utf8(output.stdout).unwrap();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!((count("testcase"), count("failure"), count("skipped")), (5, 1, 2));
    golden("each.xml", &xml);
}

#[test]
fn strict_fails_for_all_that_is_not_supported() {
    let desk = claims(EACH);
    let output = desk.run(&["claims", "claims.toml", "--sample", "--strict", "--format", "junit"]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr, "error: claims false, unclear, silent are not supported by the data\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap().matches("<failure ").count(), 3);
}

#[test]
fn one_claim_that_does_not_parse_stops_all() {
    let desk = claims("[[claim]]\nid = \"r1\"\nassert = \"rate(moments.share, city=广州) > 8\"\n");
    let said = desk.fails(2, &["claims", "claims.toml", "--sample"]);
    assert_eq!(
        said,
        "claims.toml:3:43: expected %, found the end\n  \
         hint: rates are held against a percentage, such as 8%, or against another figure\n\
         error: the claims have problems; see above\n"
    );
}

#[test]
fn the_ending_of_the_output_chooses_the_form() {
    let desk = desk();
    desk.ok(&["claims", "claims.toml", "--sample", "-o", "verdicts.xml"]);
    assert!(fs::read_to_string(desk.path("verdicts.xml")).unwrap().starts_with("<?xml"));
    desk.fails(2, &["claims", "claims.toml", "--sample", "-o", "verdicts.pdf"]);
    desk.fails(5, &["claims", "missing.toml", "--sample"]);
}
