//! Claims in a report: verdicts, and the figures with strokes at what was published.

use std::fs;

use super::program::{desk, golden};

#[test]
fn a_city_s_report_tells_the_claims_about_it() {
    let desk = desk();
    for lang in ["en", "zh"] {
        let out = format!("reports-{lang}");
        let arguments =
            ["report", "--sample", "--city", "Guangzhou", "--claims", "claims.toml", "--only", "ranked"];
        desk.ok(&[&arguments[..], &["--chart-format", "svg", "--lang", lang, "--out", &out]].concat());
        let bundle = desk.path(&out).join("guangzhou");
        let read = |name: &str| fs::read_to_string(bundle.join(name)).unwrap();
        golden(&format!("guangzhou.{lang}.svg"), &read("charts/claims.svg"));
        golden(&format!("guangzhou.{lang}.csv"), &read("charts/claims.csv"));
        let page = read("report.md");
        let section = page.split("\n## ").find(|section| section.contains("| r1 |")).unwrap();
        golden(&format!("guangzhou.{lang}.md"), section);
        assert!(read("index.html").contains("id=\"claims\""));
    }
}

#[test]
fn a_report_that_is_published_tells_none() {
    let desk = desk();
    let arguments = ["report", "--sample", "--claims", "claims.toml", "--disclosure", "publish"];
    let said = desk.fails(2, &arguments);
    assert!(said.contains("hint: verdicts tell unrounded figures"), "{said}");
}
