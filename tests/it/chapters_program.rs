//! What a report tells beside its survey: who is here, what is used and why not, what is bought.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::desk::Desk;

fn read(bundle: &Path, name: &str) -> String {
    fs::read_to_string(bundle.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The rows of a data file, each by its columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn the_overview_of_the_sample_tells_the_whole_story_in_order() {
    let desk = Desk::new();
    desk.ok(&["report", "--sample", "--chart-format", "svg", "--lang", "both", "--city", "Guangzhou"]);
    for (lang, names) in [
        ("en", ["Who is here", "The survey", "What is used, and why not", "On the way to a purchase"]),
        ("zh", ["谁在这里", "问卷调查", "用什么，为何不用", "购买之路"]),
    ] {
        let bundle = desk.path("reports").join(lang).join("guangzhou");
        let page = read(&bundle, "report.md");
        let places: Vec<usize> = names
            .iter()
            .map(|name| page.find(&format!("\n## {name}\n")).unwrap_or_else(|| panic!("{name}")))
            .collect();
        assert!(places.is_sorted(), "{lang}: {places:?}");
        for chart in
            ["people-os", "adoption-wallet", "adoption-contacts", "funnel-by-model", "funnel-by-segment"]
        {
            assert!(read(&bundle, &format!("charts/{chart}.svg")).contains("<svg"), "{chart}");
        }
        for file in ["synthetic-funnel.csv", "synthetic-adoption.csv"] {
            assert!(page.contains(file) && read(&bundle, "manifest.json").contains(file), "{file}");
        }
    }
}

/// 120 people as a simple random sample; a share p of the 60 of a group has V = N/(N − 1) · p(1 − p)/60.
#[test]
fn who_is_here_is_as_counted() {
    let mut survey = "respondent_id,segment,city,os,moments.read\n".to_owned();
    for number in 0..120 {
        let (segment, os) = match number {
            0..45 => ("expat", "iOS"),
            45..60 => ("expat", "Android"),
            60..78 => ("chinese", "iOS"),
            _ => ("chinese", "Android"),
        };
        survey.push_str(&format!("{number},{segment},Guangzhou,{os},{}\n", number % 2));
    }
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), survey).unwrap();
    desk.ok(&["report", "--input", "survey.csv", "--city", "Guangzhou", "--chart-format", "svg"]);
    let shares = rows(&read(&desk.path("reports/guangzhou"), "charts/people-os.csv"));
    let share = |segment: &str, os: &str| {
        let is_it = |row: &&BTreeMap<String, String>| row["segment"] == segment && row["action"] == os;
        let row = shares.iter().find(is_it).unwrap_or_else(|| panic!("{segment} {os} {shares:?}"));
        (row["estimate"].parse::<f64>().unwrap(), row["se"].parse::<f64>().unwrap())
    };
    for (segment, p) in [("expat", 0.75), ("chinese", 0.3)] {
        let (estimate, se) = share(segment, "iOS");
        let hand = (120.0_f64 / 119.0 * p * (1.0 - p) / 60.0).sqrt();
        assert!(
            (estimate - p).abs() < 1e-12 && (se - hand).abs() < 1e-12,
            "{segment} {estimate} {se} {hand}"
        );
    }
}

#[test]
fn what_is_published_tells_no_counts_of_stages() {
    let desk = Desk::new();
    let asked =
        ["report", "--sample", "--city", "Guangzhou", "--chart-format", "svg", "--disclosure", "publish"];
    desk.ok(&asked);
    let bundle = desk.path("reports/guangzhou");
    assert!(!read(&bundle, "charts/funnel-by-model.svg").contains("n = "));
    let funnel = rows(&read(&bundle, "funnel.csv"));
    let figures = || funnel.iter().filter(|row| row["kind"] == "figure");
    assert!(figures().count() > 10);
    assert!(figures().all(|row| row["se"].is_empty() && row["n"].parse::<u64>().unwrap().is_multiple_of(5)));
}
