//! Reports of surveys that are not two segments and rates alone, as their users make them.

use std::fs;

use crate::desk::Desk;

const CODEBOOK: &str = r#"
[dataset.survey.items]
"use.satisfied" = { scale = [1, 5], top = 2 }
"pay.easy" = { scale = [1, 7] }
"wechat.recommend" = { nps = true }
"moments.minutes" = { number = true }
"#;

/// As many respondents as are given of each segment, in turn in each of the cities.
fn survey(segments: &[(&str, usize)], cities: &[&str]) -> String {
    let mut text =
        "respondent_id,segment,city,moments.share,moments.read,groups.share,groups.read,use.satisfied,\
                    pay.easy,wechat.recommend,moments.minutes\n"
            .to_owned();
    for (place, (segment, count)) in segments.iter().enumerate() {
        for person in 0..*count {
            let turn = person * 7 + place;
            let yes = |of: usize, least: usize| u8::from(turn % of >= least);
            // The first segment gives the higher points.
            let satisfied = if place == 0 { 1 + (turn % 9).min(4) } else { 1 + turn % 5 };
            text.push_str(&format!(
                "{segment}{person},{segment},{},{},{},{},{},{satisfied},{},{},{}\n",
                cities[person % cities.len()],
                yes(5, 3 - place),
                yes(3, 1),
                yes(2, 1),
                yes(4, 1),
                1 + turn % 7,
                turn % 11,
                turn % 60,
            ));
        }
    }
    text
}

fn desk(segments: &[(&str, usize)], cities: &[&str]) -> Desk {
    let desk = Desk::new();
    fs::write(desk.path("wxstats.toml"), CODEBOOK).unwrap();
    fs::write(desk.path("survey.csv"), survey(segments, cities)).unwrap();
    desk
}

const TWO: [(&str, usize); 2] = [("expat", 400), ("chinese", 500)];

fn report(desk: &Desk, more: &[&str]) {
    let mut all = vec!["report", "--input", "survey.csv", "--chart-format", "svg"];
    all.extend(more);
    desk.ok(&all);
}

fn read(desk: &Desk, path: &str) -> String {
    fs::read_to_string(desk.path("reports").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The overview of such a survey in two cities.
pub(crate) fn page(segments: &[(&str, usize)], lang: &str) -> String {
    let desk = desk(segments, &["Guangzhou", "Shanghai"]);
    report(&desk, &["--lang", lang]);
    read(&desk, "overview/index.html")
}

#[test]
fn the_points_of_a_scale_are_figures_that_add_up() {
    let desk = desk(&TWO, &["Guangzhou"]);
    let text = desk.ok(&[
        "table",
        "--input",
        "survey.csv",
        "--items",
        "points(use.satisfied)",
        "--by",
        "segment",
        "--format",
        "json",
    ]);
    let table: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows: Vec<&serde_json::Value> =
        table["rows"].as_array().unwrap().iter().filter(|row| row["by"]["segment"] == "expat").collect();
    let points: Vec<&str> = rows.iter().map(|row| row["per"].as_str().unwrap()).collect();
    assert_eq!(points, ["1", "2", "3", "4", "5"]);
    assert!(rows.iter().all(|row| row["statistic"] == "share-of-answers" && row["n"] == 400), "{text}");
    // Of 400 expats the answers run through 1, 2, 3, 4 and five times 5: 44 rounds of 9, and 7·396 to 7·399 leave 0, 7, 5, 3.
    let shares = [45.0, 44.0, 44.0, 45.0, 222.0].map(|count| count / 400.0);
    for (row, share) in rows.iter().zip(shares) {
        assert!((row["estimate"].as_f64().unwrap() - share).abs() < 1e-12, "{row:#}");
    }
    let stderr = desk.fails(2, &["table", "--input", "survey.csv", "--items", "points(moments.share)"]);
    assert!(stderr.contains("declares no scale for moments.share") && stderr.contains("hint: "), "{stderr}");
}

#[test]
fn a_scale_that_is_withheld_is_withheld_whole() {
    let desk = Desk::new();
    fs::write(desk.path("wxstats.toml"), CODEBOOK).unwrap();
    // 4 of 200 chose 1: too few to publish, and the other four shares would tell how many.
    let answers = (0..200).map(|person| if person < 4 { 1 } else { 2 + person % 4 });
    let rows: Vec<String> =
        answers.enumerate().map(|(i, answer)| format!("p{i},expat,Guangzhou,{answer}\n")).collect();
    let rows = rows.concat();
    fs::write(desk.path("survey.csv"), format!("respondent_id,segment,city,use.satisfied\n{rows}")).unwrap();
    let table = |disclosure: &str| {
        let text = desk.ok(&[
            "table",
            "--input",
            "survey.csv",
            "--items",
            "points(use.satisfied)",
            "--by",
            "",
            "--format",
            "csv",
            "--disclosure",
            disclosure,
        ]);
        text.lines().skip(1).filter(|line| line.contains("withheld")).count()
    };
    assert_eq!([table("internal"), table("publish")], [0, 5]);
}

#[test]
fn scales_are_stacked_and_other_numbers_listed() {
    let desk = desk(&TWO, &["Guangzhou", "Shanghai"]);
    report(&desk, &[]);
    let page = read(&desk, "guangzhou/report.md");
    for text in [
        "score higher than Chinese users on Use: satisfied (top box)**",
        "| Group | n | 1 (lowest) | 2 | 3 | 4 | 5 (highest) | Top box | Note |",
        "Stacked bar chart: Use: satisfied: answers by group",
        "## Scales and numbers",
        "| Payment: easy, mean |",
        "| WeChat: recommend, NPS |",
        "| Moments: minutes, mean |",
        "Not charted, but in the table “Scales and numbers” and in the data files: moments.minutes.",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    for chart in ["use-satisfied", "pay-easy", "wechat-recommend"] {
        let data = read(&desk, &format!("overview/charts/{chart}-answers.csv"));
        assert!(data.contains("share-of-answers"), "{data}");
        assert!(read(&desk, &format!("overview/charts/{chart}-answers.svg")).contains("n = 400"));
    }
    report(&desk, &["--lang", "zh", "--out", "reports/zh"]);
    let page = read(&desk, "zh/guangzhou/report.md");
    for text in ["## 量表与数值", "1（最低）", "5（最高）", "高分选项占比高于中国用户", "堆积条形图"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
}

#[test]
fn a_small_base_has_no_bar_and_says_why() {
    let desk = desk(&[("expat", 25), ("chinese", 400)], &["Guangzhou"]);
    report(&desk, &[]);
    let chart = read(&desk, "guangzhou/charts/use-satisfied-answers.svg");
    assert!(chart.contains("n = 25") && chart.contains("withheld: n = 25, fewer than 30"), "{chart}");
    report(&desk, &["--disclosure", "publish"]);
    let chart = read(&desk, "guangzhou/charts/use-satisfied-answers.svg");
    assert!(chart.contains("count under 10"), "{chart}");
}

#[test]
fn a_survey_of_one_segment_shows_its_rates_and_compares_nothing() {
    let desk = desk(&[("chinese", 600)], &["Guangzhou", "Shanghai", "Beijing"]);
    report(&desk, &[]);
    for page in ["overview", "beijing"] {
        let text = read(&desk, &format!("{page}/report.md"));
        assert!(text.contains("no other group to compare them with"), "{text}");
        assert!(text.contains("**How many Chinese users share Moments, by city**"), "{text}");
        let words = ["gap", "higher than", "no clear difference", "Adjusted p", "Holm", "no respondents"];
        for word in words {
            assert!(!text.contains(word), "{word}: {text}");
        }
        let chart = read(&desk, &format!("{page}/charts/moments-share-ranked.svg"));
        assert!(chart.contains("Shanghai") && chart.contains("Chinese users n = 200."), "{chart}");
        assert!(chart.contains("#0F5C6C"), "{chart}");
    }
    report(&desk, &["--lang", "zh", "--out", "reports/zh"]);
    let text = read(&desk, "zh/overview/report.md");
    assert!(text.contains("没有可供比较的其他群体") && !text.contains("差距"), "{text}");
}

#[test]
fn one_city_is_not_ranked() {
    let desk = desk(&TWO, &["Guangzhou"]);
    report(&desk, &[]);
    let page = read(&desk, "overview/report.md");
    assert!(!page.contains("cities ranked") && !page.contains("in each city"), "{page}");
}

#[test]
fn the_pair_is_said_and_chosen() {
    let desk = desk(&[("expat", 300), ("chinese", 300), ("student", 300)], &["Guangzhou"]);
    report(&desk, &["--compare", "student,Chinese users", "--city", "Guangzhou"]);
    let page = read(&desk, "guangzhou/report.md");
    let said = "and Chinese users; other groups stand in the data files: Expats.";
    assert!(page.contains(said) && page.contains("--compare chooses"), "{page}");
    // The bars of a scale are of all three.
    assert!(page.contains("\n| Expats | 300 |"), "{page}");
    let refused =
        |pair: &str, code| desk.fails(code, &["report", "--input", "survey.csv", "--compare", pair]);
    assert!(refused("expat,nobody", 1).contains("nobody in the segment nobody"));
    assert!(refused("expat", 2).contains("takes two to 8 segments"));
    assert!(refused("expat,Expats", 2).contains("same segment twice"));
}

#[test]
fn chinese_pages_tell_counts_in_myriads() {
    let desk = desk(&[("expat", 10_000), ("chinese", 12_000)], &["Guangzhou"]);
    report(&desk, &["--lang", "zh", "--city", "Guangzhou"]);
    let chart = read(&desk, "guangzhou/charts/moments-share-by-city.svg");
    assert!(chart.contains("n = 1万 | 1.2万"), "{chart}");
    let page = read(&desk, "guangzhou/report.md");
    assert!(
        page.contains("| 1.2万 |") && page.contains("受访者 2.2万 人") && page.contains("2.2万 名受访者"),
        "{page}"
    );
}

#[test]
fn the_footer_of_waves_has_every_base() {
    let desk = Desk::new();
    desk.ok(&["report", "--sample", "--city", "Guangzhou", "--chart-format", "svg", "--lang", "zh"]);
    let chart = read(&desk, "guangzhou/charts/moments-share-by-wave.svg");
    assert!(
        chart.contains("外籍用户 n = 788（2014）、811（2015）；中国用户 n = 382（2014）、385（2015）。"),
        "{chart}"
    );
}
