//! A survey of five groups, from its file to page, charts, tables and workbook; and of more than can be told apart.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::desk::Desk;

const SAMPLE: &str = include_str!("../../data/sample/synthetic-survey.csv");

const CODEBOOK: &str = r#"
[names]
"segment=east_asian" = { en = "Koreans and Japanese", zh = "日韩用户" }
"segment=european" = { en = "Europeans", zh = "欧洲用户" }
"segment=north_american" = { en = "North Americans", zh = "北美用户" }
"segment=elsewhere" = { en = "other expats", zh = "其他外籍用户" }
"#;

/// The group that a nationality of the sample belongs to.
fn group(nationality: &str) -> &str {
    match nationality {
        "Chinese" => "chinese",
        "Korean" | "Japanese" => "east_asian",
        "American" | "Canadian" => "north_american",
        "British" | "German" | "French" | "Russian" => "european",
        _ => "elsewhere",
    }
}

/// The sample with its respondents in other segments.
fn regrouped(group: fn(&str) -> &str) -> String {
    const SEGMENT: usize = 2;
    const NATIONALITY: usize = 4;
    let mut lines = SAMPLE.lines();
    let mut text = format!("{}\n", lines.next().unwrap());
    for line in lines {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[SEGMENT] = group(cells[NATIONALITY]);
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// A project whose survey has five groups.
fn five() -> Desk {
    let desk = Desk::new();
    fs::write(desk.path("five.csv"), regrouped(group)).unwrap();
    fs::write(desk.path("wxstats.toml"), CODEBOOK).unwrap();
    desk
}

const REPORT: [&str; 7] = ["report", "--input", "five.csv", "--chart-format", "svg", "--lang", "both"];

fn read(desk: &Desk, path: &str) -> String {
    fs::read_to_string(desk.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn five_groups_stand_in_every_part_of_an_overview() {
    let desk = five();
    let said = desk.ok(&[&REPORT[..], &["--city", "Guangzhou"]].concat());
    assert!(said.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80), "{said}");
    let page = read(&desk, "reports/en/guangzhou/index.html");
    let markdown = read(&desk, "reports/en/guangzhou/report.md");
    for name in ["Chinese users", "Koreans and Japanese", "Europeans", "North Americans", "other expats"] {
        assert!(page.contains(name) && markdown.contains(name), "{name}");
    }
    for told in [
        "gaps between five groups are clear at the 95% level, Holm-corrected: Chinese users are higher in ",
        "In Guangzhou, groups differ in how many share on ",
        "Groups differ in how many share Moments in ",
        "; Chinese users lead on ",
        " gaps clear.",
        "Every two of the five groups are compared; ranges are the highest rate minus the lowest",
        "Letters of Segment: A Chinese users, B Koreans and Japanese, C other expats, D Europeans, E North Americans. ",
        "Holm-corrected over all gaps of the table.",
    ] {
        assert!(markdown.contains(told), "{told}");
    }
    assert!(!markdown.contains("Compared are"));
    let chinese = read(&desk, "reports/zh/guangzhou/report.md");
    for told in [
        "五个群体之间 ",
        "全部 4 项功能上，各群体的分享率都有显著差异；中国用户在 2 项中高于其他各群体",
        "项差距中 ",
        "最高与最低之差（百分点）",
    ] {
        assert!(chinese.contains(told), "{told}");
    }
}

#[test]
fn letters_of_the_page_are_the_clear_gaps_of_its_data() {
    let desk = five();
    desk.ok(&[&REPORT[..], &["--city", "Guangzhou", "--only", "dumbbell"]].concat());
    let data: serde_json::Value =
        serde_json::from_str(&read(&desk, "reports/en/guangzhou/data.json")).unwrap();
    let columns = ["chinese", "east_asian", "elsewhere", "european", "north_american"];
    let rows = data["rows"].as_array().unwrap();
    let gaps = data["gaps"].as_array().unwrap();
    let letters: usize = rows
        .iter()
        .filter_map(|row| row["letters"].as_str())
        .map(|text| text.split_whitespace().count())
        .sum();
    let clear: Vec<&serde_json::Value> =
        gaps.iter().filter(|gap| gap["p_adjusted"].as_f64().is_some_and(|p| p < 0.05)).collect();
    assert!(letters > 50 && letters == clear.len(), "{letters} letters, {} clear gaps", clear.len());
    for gap in clear {
        let place = usize::from(gap["difference"].as_f64().unwrap() < 0.0);
        let (higher, lower) = (&gap["of"][place], gap["of"][1 - place].as_str().unwrap());
        let is_it = |row: &&serde_json::Value| {
            row["by"]["city"] == gap["by"]["city"]
                && row["by"]["segment"] == *higher
                && row["feature"] == gap["feature"]
                && row["action"] == gap["action"]
        };
        let letters = rows.iter().find(is_it).unwrap()["letters"].as_str().unwrap().to_uppercase();
        let column = columns.iter().position(|column| *column == lower).unwrap();
        assert!(letters.split(' ').any(|own| own == ["A", "B", "C", "D", "E"][column]), "{gap}");
    }
}

#[test]
fn the_workbook_of_five_groups_has_their_letters_and_all_their_gaps() {
    let desk = five();
    desk.ok(&[&REPORT[..], &["--city", "Guangzhou", "--only", "dumbbell"]].concat());
    let bytes = fs::read(desk.path("reports/en/guangzhou/report.xlsx")).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let gaps = book.worksheet_range("Gaps").unwrap();
    let mut compared: Vec<String> =
        gaps.rows().skip(3).filter_map(|row| row.get(2)).map(Data::to_string).collect();
    compared.sort();
    compared.dedup();
    assert_eq!(compared.len(), 10, "{compared:?}");
    assert!(compared.contains(&"Chinese users − Koreans and Japanese".to_owned()), "{compared:?}");
}

#[test]
fn an_overview_has_a_heatmap_for_each_group_beside_the_first() {
    let desk = five();
    fs::write(desk.path("template.toml"), "sections = [\"survey\"]").unwrap();
    desk.ok(&["report", "--input", "five.csv", "--chart-format", "svg", "--only", "heatmap,multiples,trend"]);
    let there = |name: &str| desk.path(&format!("reports/overview/charts/{name}.svg")).exists();
    for other in ["elsewhere", "european", "east-asian", "north-american"] {
        assert!(there(&format!("share-gaps-by-city-{other}")), "{other}");
    }
    assert!(!there("share-gaps-by-city") && there("share-in-each-city") && there("moments-share-by-wave"));
    let trend = read(&desk, "reports/overview/charts/moments-share-by-wave.svg");
    assert!(["Chinese users", "Europeans", "other expats"].iter().all(|name| trend.contains(name)));
}

#[test]
fn compare_chooses_groups_and_the_first_is_the_one_that_others_are_held_against() {
    let desk = five();
    let three = ["--compare", "Europeans,chinese,日韩用户", "--city", "Guangzhou", "--only", "dumbbell"];
    desk.ok(&[&REPORT[..], &three].concat());
    let markdown = read(&desk, "reports/en/guangzhou/report.md");
    assert!(
        markdown.contains(
            "Compared are Europeans, Chinese users and Koreans and Japanese; other groups stand in the data files: \
             other expats, North Americans. wxstats report --compare chooses."
        ),
        "{markdown}"
    );
    assert!(markdown.contains("gaps between three groups are clear"), "{markdown}");
    let heads: Vec<usize> = ["D Europeans, n", "A Chinese users, n", "B Koreans and Japanese, n"]
        .map(|head| markdown.find(head).unwrap_or_else(|| panic!("{head}")))
        .to_vec();
    assert!(heads.is_sorted());
    let said = desk.fails(2, &[&REPORT[..], &["--compare", "chinese,Chinese users"]].concat());
    assert!(said.starts_with("error: --compare names the same segment twice\n"), "{said}");
    let said = desk.fails(2, &[&REPORT[..], &["--compare", "chinese"]].concat());
    assert!(said.starts_with("error: --compare takes two to 8 segments, not 1\n"), "{said}");
}

#[test]
fn more_groups_than_colours_are_to_be_chosen_from() {
    let desk = Desk::new();
    fs::write(desk.path("many.csv"), regrouped(|nationality| nationality)).unwrap();
    let said = desk.fails(1, &["report", "--input", "many.csv"]);
    assert!(
        said.starts_with("error: the survey has 13 segments, and a report compares 8 at most\n"),
        "{said}"
    );
    assert!(said.contains("hint: choose with --compare among chinese, american, australian, "), "{said}");
}
