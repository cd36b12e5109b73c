//! A codebook drafted from an unknown export runs unedited, and says what it could not tell.

use std::fs;

use crate::desk::Desk;

use super::forms::{CANONICAL, forms};

/// The rates of the draft's four options, whatever the draft calls them.
fn rates_of_options(desk: &Desk, codebook: &str, file: &str) -> Vec<String> {
    let options = ["朋友圈", "公众号", "小程序, 含小游戏", "微信支付"];
    let item = |option: &str| {
        let stands = |line: &&str| line.contains(&format!("option = \"{option}\""));
        let line = codebook.lines().find(stands).unwrap_or_else(|| panic!("no {option} in\n{codebook}"));
        line.split('"').nth(1).unwrap().to_owned()
    };
    let items: Vec<String> = options.map(item).to_vec();
    let table =
        desk.ok(&["table", "--input", file, "--items", &items.join(","), "--by", "city", "--format", "json"]);
    let table: serde_json::Value = serde_json::from_str(&table).unwrap();
    let rows = table["rows"].as_array().unwrap();
    rows.iter().map(|row| format!("{} {}", row["n"], row["estimate"])).collect()
}

#[test]
fn a_draft_runs_unedited_and_gives_the_figures_of_the_other_forms() {
    let mut expected = Vec::new();
    let by_name = [
        "wjx text",
        "wjx text in GBK",
        "wjx ordinal",
        "qualtrics",
        "surveymonkey",
        "google forms",
        "tencent (unverified)",
    ];
    for name in by_name {
        let form = forms().into_iter().find(|form| form.name == name).unwrap();
        let desk = Desk::new();
        fs::write(desk.path(form.file), &form.bytes).unwrap();
        desk.ok(&["codebook", form.file, "-o", "wxstats.toml"]);
        let codebook = fs::read_to_string(desk.path("wxstats.toml")).unwrap();
        desk.ok(&["check", form.file]);
        let rates = rates_of_options(&desk, &codebook, form.file);
        if expected.is_empty() {
            expected = rates;
        } else {
            assert_eq!(rates, expected, "{name}\n{codebook}");
        }
    }
}

#[test]
fn the_draft_of_every_form_runs_unedited() {
    for form in forms() {
        let desk = Desk::new();
        fs::write(desk.path(form.file), &form.bytes).unwrap();
        desk.ok(&["codebook", form.file, "-o", "wxstats.toml"]);
        let checked = desk.run(&["check", form.file]);
        let said = String::from_utf8(checked.stderr).unwrap();
        let draft = fs::read_to_string(desk.path("wxstats.toml")).unwrap();
        assert!(
            checked.status.success() && said.contains("120 respondents"),
            "{}: {said}\n{draft}",
            form.name
        );
        assert!(!said.contains("nobody ticked"), "{}: {said}\n{draft}", form.name);
    }
}

#[test]
fn three_commands_lead_from_an_export_to_a_report() {
    let form = forms().into_iter().find(|form| form.name == "wjx text in GBK").unwrap();
    let desk = Desk::new();
    fs::write(desk.path("调查.csv"), &form.bytes).unwrap();
    desk.ok(&["codebook", "调查.csv", "-o", "wxstats.toml"]);
    desk.ok(&["ingest", "调查.csv"]);
    let said = desk.ok(&["report", "--city", "广州"]);
    assert!(said.contains("guangzhou"), "{said}");
    let page = fs::read_to_string(desk.path("reports/guangzhou/index.html")).unwrap();
    assert!(page.contains("lang=\"zh-Hans\"") && page.contains("朋友圈"));
}

#[test]
fn a_draft_says_what_it_took_columns_for() {
    let form = forms().into_iter().find(|form| form.name == "wjx text").unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), &form.bytes).unwrap();
    let draft = desk.ok(&["codebook", "survey.csv"]);
    for line in [
        "respondent_id = \"序号\"",
        "segment = { column = \"Q1\", levels = { \"中国\" = \"chinese\", \"*\" = \"expat\" } }  # 您的国籍？",
        "city = \"Q2\"  # 您住在哪里：",
        "os = \"Q6\"  # 手机系统: ",
        "\"moments.share\" = { column = \"Q4\", ",
        "# Q8 建议：[___________]: text",
        "# too_fast = { column = \"所用时间\", seconds = 60 }",
        "# straight_line = [\"Q5\"]",
    ] {
        assert!(draft.contains(line), "no {line} in\n{draft}");
    }
    assert!(!draft.contains("# MISSING: "), "{draft}");
    assert!(!draft.contains("127.0.0.1"), "addresses stay in the file");
}

#[test]
fn a_draft_of_a_file_without_city_and_segment_says_so_and_still_makes_tables() {
    let desk = Desk::new();
    let mut text = "编号,您用过红包吗？,您的手机号\n".to_owned();
    for index in 0..200 {
        text.push_str(&format!("{index},{},13812345{index:03}\n", ["是", "否"][index % 2]));
    }
    fs::write(desk.path("survey.csv"), text).unwrap();
    let draft = desk.ok(&["codebook", "survey.csv", "-o", "wxstats.toml"]);
    assert!(draft.is_empty());
    let draft = fs::read_to_string(desk.path("wxstats.toml")).unwrap();
    assert_eq!(draft.matches("# MISSING: ").count(), 2, "{draft}");
    assert!(draft.contains("personal data") && !draft.contains("13812345"), "{draft}");
    let table = desk.ok(&["table", "--input", "survey.csv", "--items", "red_packets.use", "--format", "csv"]);
    assert!(table.contains("0.5"), "{table}");
}

#[test]
fn a_codebook_that_is_there_is_not_written_over() {
    let form = forms().into_iter().find(|form| form.name == CANONICAL).unwrap();
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), &form.bytes).unwrap();
    fs::write(desk.path("wxstats.toml"), "# by hand\n").unwrap();
    let error = desk.fails(2, &["codebook", "survey.csv", "-o", "wxstats.toml"]);
    assert!(error.contains("is there already"), "{error}");
    assert_eq!(fs::read_to_string(desk.path("wxstats.toml")).unwrap(), "# by hand\n");
}
