//! Claims, published rates and persons in a report.

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

/// Guangzhou's page: r1 (share, about 8%) and r4 (read, over 50%) are its own, and its expats are 235,000.
#[test]
fn a_city_s_charts_have_strokes_at_published_rates_and_its_people_are_counted() {
    let desk = desk();
    for lang in ["en", "zh"] {
        let out = format!("reports-{lang}");
        let arguments = ["report", "--sample", "--city", "Guangzhou", "--only", "persons,dumbbell,bars"];
        desk.ok(&[&arguments[..], &["--chart-format", "svg", "--lang", lang, "--out", &out]].concat());
        let bundle = desk.path(&out).join("guangzhou");
        let read = |name: &str| fs::read_to_string(bundle.join(name)).unwrap();
        for chart in ["persons-share", "share-by-feature", "moments-share-by-city"] {
            golden(&format!("{chart}.{lang}.svg"), &read(&format!("charts/{chart}.svg")));
        }
        golden(&format!("persons-share.{lang}.csv"), &read("charts/persons-share.csv"));
        let page = read("report.md");
        let section = page.split("\n## ").find(|section| section.contains("persons-share")).unwrap();
        golden(&format!("persons-share.{lang}.md"), section);
        let source = "expat-activity post (about 2015)";
        let strokes = read("charts/read-by-feature.svg");
        assert!(strokes.contains(source), "{strokes}");
        // Nothing was published of liking in Guangzhou.
        assert!(!read("charts/like-by-feature.svg").contains(source));
        assert!(
            read("manifest.json").contains("published_rates.csv") && read("persons.csv").lines().count() > 10
        );
    }
}

#[test]
fn an_overview_counts_the_people_of_every_place_and_of_the_rest() {
    let desk = desk();
    let arguments = ["report", "--sample", "--only", "persons", "--chart-format", "svg", "--out", "reports"];
    desk.ok(&arguments);
    let chart = fs::read_to_string(desk.path("reports/overview/charts/persons-moments-share.svg")).unwrap();
    golden("persons-overview.svg", &chart);
    assert!(chart.contains("About 34,000 of 800,000 expats share Moments"));
    assert!(chart.contains("Other cities") && chart.contains("All together"));
}

#[test]
fn persons_are_not_for_publishing() {
    let desk = desk();
    fs::write(desk.path("p.csv"), "segment,persons\nexpat,800000\n").unwrap();
    let arguments = ["report", "--sample", "--population", "p.csv", "--disclosure", "publish"];
    let said = desk.fails(2, &arguments);
    assert!(said.contains("hint: persons are of unrounded rates"), "{said}");
    fs::write(desk.path("rates.csv"), "id,segment\n").unwrap();
    let said = desk.fails(2, &["report", "--sample", "--rates", "rates.csv"]);
    assert!(said.contains("rates.csv:1:1: there is no column city"), "{said}");
}
