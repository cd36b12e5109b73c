//! What platforms write beyond the one survey of [`super::forms`]: each convention on a small file, with figures worked by hand.
//! Those that nobody here has seen in a real file are marked "unverified".

use std::fs;

use crate::desk::Desk;

use super::forms::{csv, forms};

/// A file of which the rows are `rows`, each `times` times, under `headers`; a first column of ids goes before.
fn file(id: &str, headers: &[&[&str]], rows: &[(&[&str], usize)]) -> Desk {
    let mut table: Vec<Vec<String>> = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        let first = if index == 0 { id } else { "" };
        table.push(std::iter::once(first).chain(header.iter().copied()).map(str::to_owned).collect());
    }
    let below = table.len();
    for (cells, times) in rows {
        for _ in 0..*times {
            let id = (table.len() - below + 1).to_string();
            table
                .push(std::iter::once(id.as_str()).chain(cells.iter().copied()).map(str::to_owned).collect());
        }
    }
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), csv(&table)).unwrap();
    desk
}

/// The draft, which is used as it is.
fn draft(desk: &Desk) -> String {
    desk.ok(&["codebook", "survey.csv", "-o", "wxstats.toml"]);
    desk.ok(&["check", "survey.csv"]);
    fs::read_to_string(desk.path("wxstats.toml")).unwrap()
}

/// Base and rate, in percent, of the item whose line in the draft has `source`.
fn figure(desk: &Desk, draft: &str, source: &str) -> (u64, f64) {
    let line =
        draft.lines().find(|line| line.contains(source)).unwrap_or_else(|| panic!("no {source} in\n{draft}"));
    let item = line.split('"').nth(1).unwrap();
    let table =
        desk.ok(&["table", "--input", "survey.csv", "--items", item, "--show-withheld", "--format", "json"]);
    let table: serde_json::Value = serde_json::from_str(&table).unwrap();
    let row = &table["rows"][0];
    let estimate = row["estimate"].as_f64().unwrap();
    (row["n"].as_u64().unwrap(), (estimate * 10_000.0).round() / 100.0)
}

#[test]
fn kobo_writes_ticks_twice_and_they_count_once() {
    let header = ["使用", "使用/朋友圈", "使用/公众号", "_submission_time"];
    let rows: [(&[&str], usize); 4] = [
        (&["朋友圈 公众号", "1", "1", "t"], 10),
        (&["朋友圈", "1", "0", "t"], 20),
        (&["公众号", "0", "1", "t"], 5),
        (&["", "", "", "t"], 5),
    ];
    let desk = file("_id", &[&header], &rows);
    let draft = draft(&desk);
    assert_eq!(draft.matches("option = \"朋友圈\"").count(), 1, "{draft}");
    assert_eq!(figure(&desk, &draft, "option = \"朋友圈\""), (35, 85.71));
    assert_eq!(figure(&desk, &draft, "option = \"公众号\""), (35, 42.86));
}

#[test]
fn where_no_is_written_a_blank_cell_is_no_answer() {
    let rows: [(&[&str], usize); 3] = [(&["1", "0"], 20), (&["", "0"], 10), (&["0", "1"], 10)];
    let desk = file("序号", &[&["第1题(朋友圈)", "第1题(公众号)"]], &rows);
    let draft = draft(&desk);
    // Ten left the first option without an answer: 20 of the 30 others.
    assert_eq!(figure(&desk, &draft, "option = \"朋友圈\""), (30, 66.67));
    assert_eq!(figure(&desk, &draft, "option = \"公众号\""), (40, 25.0));
}

#[test]
fn what_is_written_beside_options_hides_none_of_them() {
    let header = ["Which do you use?", "", "", "How old are you?"];
    let options = ["Moments", "Channels", "Other (please specify)", "Response"];
    let rows: [(&[&str], usize); 4] = [
        (&["Moments", "", "", "18-25"], 20),
        (&["", "Channels", "", "18-25"], 10),
        (&["", "", "my friend Zhang San", "26-30"], 5),
        (&["", "", "", "26-30"], 5),
    ];
    let desk = file("Respondent ID", &[&header, &options], &rows);
    let draft = draft(&desk);
    // Who only wrote something answered the question and ticked neither: 20 of 35.
    assert_eq!(figure(&desk, &draft, "option = \"Moments\""), (35, 57.14));
    assert!(
        !draft.contains("Zhang San") && draft.contains("what respondents wrote beside an option is left out"),
        "{draft}"
    );
}

#[test]
fn panels_write_selected_and_not_selected() {
    let rows: [(&[&str], usize); 2] =
        [(&["Selected", "Not Selected"], 30), (&["Not Selected", "Selected"], 10)];
    let desk = file("transid", &[&["Q1: 使用哪些_朋友圈", "Q1: 使用哪些_公众号"]], &rows);
    let draft = draft(&desk);
    assert_eq!(figure(&desk, &draft, "option = \"朋友圈\""), (40, 75.0));
}

#[test]
fn limesurvey_writes_y_and_n() {
    let header = ["submitdate", "G02Q02[SQ001]", "G02Q02[SQ002]", "2 [SQ001]", "2 [SQ002]", "G03"];
    let rows: [(&[&str], usize); 3] = [
        (&["2026", "Y", "N", "Y", "", "Y"], 30),
        (&["2026", "N", "Y", "", "Y", "N"], 10),
        (&["", "Y", "Y", "Y", "Y", "Y"], 10),
    ];
    let desk = file("id", &[&header], &rows);
    let draft = draft(&desk);
    // Ten never submitted.
    assert!(draft.contains("drop = { \"submitdate\" = [\"\"] }"), "{draft}");
    assert_eq!(figure(&desk, &draft, "column = \"G02Q02\", option = \"SQ001\""), (40, 75.0));
    assert_eq!(figure(&desk, &draft, "column = \"2\", option = \"SQ001\""), (40, 75.0));
    assert_eq!(figure(&desk, &draft, "column = \"G03\""), (40, 75.0));
}

#[test]
fn typeform_puts_a_separator_first() {
    let rows: [(&[&str], usize); 3] = [(&[" / Biceps / Lats"], 20), (&[" / Biceps"], 10), (&[" / Lats"], 10)];
    let desk = file("#", &[&["Which muscles?"]], &rows);
    let draft = draft(&desk);
    assert_eq!(draft.matches("option = ").count(), 2, "{draft}");
    assert_eq!(figure(&desk, &draft, "option = \"Biceps\""), (40, 75.0));
}

#[test]
fn an_option_may_hold_the_separator_although_no_codebook_names_it() {
    let blogs = "Social media such as blogs, R-bloggers, Twitter, Slack, or GitHub contacts";
    let rows: [(&[&str], usize); 4] =
        [(&[blogs], 10), (&[&format!("Email, {blogs}")], 10), (&["Email"], 15), (&["Email, My aunt"], 1)];
    let desk = file("Timestamp", &[&["How do you discover packages?"]], &rows);
    let draft = draft(&desk);
    assert_eq!(draft.matches("option = ").count(), 2, "{draft}");
    assert_eq!(figure(&desk, &draft, "option = \"Social media such as blogs, R-bloggers"), (36, 55.56));
    assert!(
        draft.contains("taken for one option, as its parts stand together") && !draft.contains("My aunt"),
        "{draft}"
    );
}

#[test]
fn a_few_answers_with_commas_in_them_are_answers_as_they_are() {
    let rows: [(&[&str], usize); 3] = [(&["Yes, often"], 10), (&["Yes, rarely"], 10), (&["No"], 10)];
    let desk = file("Timestamp", &[&["Do you cook?"]], &rows);
    let draft = desk.ok(&["codebook", "survey.csv"]);
    assert!(!draft.contains("\"Do you cook?\", option = ") && draft.contains("Yes, often 10"), "{draft}");
}

#[test]
fn qualtrics_of_old_has_numbered_columns_and_an_empty_last_one() {
    let names = ["V7", "V10", "Q1_1", "Q1_2", "Q1_DO_1", ""];
    let words = ["Status", "Finished", "Which? - Moments", "Which? - Channels", "order", ""];
    let mut table = vec![vec!["V1".to_owned()], vec!["ResponseID".to_owned()]];
    table[0].extend(names.map(str::to_owned));
    table[1].extend(words.map(str::to_owned));
    for index in 0..40 {
        let ticks = if index < 30 { ["1", ""] } else { ["", "1"] };
        table.push(
            [format!("R_{index}").as_str(), "0", "1", ticks[0], ticks[1], "2", ""]
                .map(str::to_owned)
                .to_vec(),
        );
    }
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), csv(&table)).unwrap();
    let draft = draft(&desk);
    assert!(
        draft.contains("taken for an export of Qualtrics") && draft.contains("respondent_id = \"#1\"")
            || draft.contains("respondent_id = \"V1\""),
        "{draft}"
    );
    assert!(draft.contains("keep = {") && !draft.contains("DO"), "{draft}");
    assert_eq!(figure(&desk, &draft, "option = \"Moments\""), (40, 75.0));
}

#[test]
fn surveymonkey_condensed_has_a_blank_second_row() {
    let header = ["Collector ID", "Do you use Moments?"];
    let rows: [(&[&str], usize); 2] = [(&["7", "1"], 30), (&["7", "0"], 10)];
    let desk = file("Respondent ID", &[&header, &["", ""]], &rows);
    let draft = draft(&desk);
    assert!(draft.contains("40 rows"), "{draft}");
    assert_eq!(figure(&desk, &draft, "column = \"Q1\""), (40, 75.0));
}

#[test]
fn wjx_without_numbers_keeps_its_codes() {
    let header = ["所用时间", "来自IP", "使用哪些功能", "您的性别"];
    let rows: [(&[&str], usize); 4] = [
        (&["90秒", "1.2.3.4(广东-深圳)", "公众号┋朋友圈", "1"], 20),
        (&["90秒", "1.2.3.4(广东-深圳)", "朋友圈〖张〖三〗〗", "0"], 10),
        (&["90秒", "1.2.3.4(广东-深圳)", "跳过", "0"], 5),
        (&["90秒", "1.2.3.4(广东-深圳)", "-2", "1"], 5),
    ];
    let desk = file("序号", &[&header], &rows);
    let draft = draft(&desk);
    assert_eq!(figure(&desk, &draft, "option = \"公众号\""), (30, 66.67));
    assert!(!draft.contains('张') && draft.contains("gender = \"您的性别\""), "{draft}");
    let order = ["公众号", "朋友圈"].map(|option| draft.find(&format!("option = \"{option}\"")).unwrap());
    assert!(order[0] < order[1], "options stand as in the questionnaire, not by frequency");
}

#[test]
fn numbers_of_questions_and_texts_of_rows_may_come_twice() {
    let header = ["1、满意吗—朋友圈", "1、朋友圈", "2、备注", "1、用朋友圈吗"];
    let rows: [(&[&str], usize); 2] =
        [(&["满意", "不满意", "x", "是"], 30), (&["非常满意", "不满意", "y", "否"], 10)];
    let desk = file("序号", &[&header], &rows);
    let draft = draft(&desk);
    assert!(draft.contains("row = \"朋友圈#2\""), "{draft}");
    assert_eq!(figure(&desk, &draft, "column = \"Q1#2\""), (40, 75.0));
}

#[test]
fn blanks_and_drop_downs_of_one_question_are_columns_of_their_own() {
    let header = [
        "3、(1)你的入学年份___",
        "3、(2)年入学，专业为___",
        "5、学校—办学地点是",
        "5、你被分配的校区是",
        "6、排序",
        "7、您的手机号",
    ];
    let rows: [(&[&str], usize); 3] = [
        (&["2019", "法律", "广州", "北", "A→B→C", "13812345678"], 20),
        (&["2020", "医学", "深圳", "南", "B→A→C", "13912345678"], 20),
        (&["2021", "(空)", "深圳", "南", "(空)", "(空)"], 10),
    ];
    let desk = file("序号", &[&header], &rows);
    let draft = desk.ok(&["codebook", "survey.csv"]);
    for line in [
        "a ranking, of which no figures are made",
        "personal data",
        "校区是: 南 30, 北 20",
        "(2)年入学，专业为___: text",
    ] {
        assert!(draft.contains(line), "no {line} in\n{draft}");
    }
    assert!(!draft.contains("13812345678") && !draft.contains("city = \"#4\"\n"), "{draft}");
}

#[test]
fn where_others_live_or_were_once_is_not_where_respondents_live() {
    let header = ["您去年去过的城市", "配偶的国籍", "您的国籍", "您居住的城市", "您的母语"];
    let rows: [(&[&str], usize); 2] = [
        (&["北京", "中国", "法国", "广州", "Chinese"], 20),
        (&["上海", "法国", "中国", "深圳", "French"], 20),
    ];
    let desk = file("序号", &[&header], &rows);
    let draft = desk.ok(&["codebook", "survey.csv"]);
    assert!(
        draft.contains("city = \"您居住的城市\"") && draft.contains("segment = { column = \"您的国籍\""),
        "{draft}"
    );
    assert!(
        draft.contains("\"配偶的国籍\"  # ") && draft.contains("\"您的母语\"  # "),
        "other questions break down: {draft}"
    );
}

#[test]
fn what_respondents_wrote_does_not_get_into_a_draft() {
    let header = ["常用的手机", "推荐人", "多久用一次朋友圈", "您居住的城市"];
    let mut rows: Vec<(&[&str], usize)> =
        vec![(&["A", "网络", "每天", "广州"], 30), (&["B", "朋友", "从不", "广州"], 30)];
    rows.push((&["A", "13812345678", "每天张三", "张三家里电话13812345678"], 1));
    let desk = file("序号", &[&header], &rows);
    let draft = desk.ok(&["codebook", "survey.csv"]);
    assert!(!draft.contains("13812345678") && !draft.contains("张三"), "{draft}");
    assert!(draft.contains("yes = [\"每天\", \"*\"], no = [\"从不\"]"), "{draft}");
    assert!(draft.contains("\"*\" = \"other\"") && draft.contains("MISSING: cells of"), "{draft}");
}

#[test]
fn a_lone_tick_is_no_yes_of_everybody() {
    let rows: [(&[&str], usize); 2] = [(&["1"], 10), (&[""], 30)];
    let desk = file("id", &[&["Moments:Which do you use?"]], &rows);
    let draft = desk.ok(&["codebook", "survey.csv"]);
    assert!(draft.contains("one answer or nothing"), "{draft}");
}

#[test]
fn messages_do_not_repeat_personal_data() {
    let rows: [(&[&str], usize); 1] = [(&["13812345678", "1"], 3)];
    let desk = file("id", &[&["a", "b"]], &rows);
    let codebook = "[dataset.survey.columns]\nsegment = { column = \"a\", levels = { x = \"y\" } }\n\
                    [dataset.survey.items]\n\"a.b\" = { column = \"a\", yes = [\"1\"], no = [\"0\"] }\n";
    fs::write(desk.path("wxstats.toml"), codebook).unwrap();
    let error = desk.fails(1, &["check", "survey.csv"]);
    assert!(error.contains("what looks like personal data") && !error.contains("138"), "{error}");
    assert!(error.contains("survey.csv:2:3"), "{error}");
}

#[test]
fn a_column_of_addresses_may_hold_places_alone() {
    let rows: [(&[&str], usize); 2] = [(&["广东-深圳", "1"], 30), (&["1.2.3.4(广东-广州)", "0"], 10)];
    let desk = file("序号", &[&["来自IP", "1、用朋友圈吗"]], &rows);
    let codebook = "[dataset.survey.columns]\nrespondent_id = \"序号\"\ncity = \"来自IP\"\n[dataset.survey.items]\n\"moments.use\" = { column = \"Q1\" }\n";
    fs::write(desk.path("wxstats.toml"), codebook).unwrap();
    let table = desk.ok(&["table", "--input", "survey.csv", "--by", "city"]);
    assert!(table.contains("Shenzhen") && table.contains("Guangzhou") && !table.contains("1.2.3"), "{table}");
}

/// A bill of WeChat Pay has 16 or 17 lines above its header, an in-house tool two (formats of real files; the tool verified by a
/// third party's reader only).
#[test]
fn lines_above_the_header_are_found_by_drafts_and_passed_over() {
    let form = forms().into_iter().find(|form| form.name == "wjx text").unwrap();
    let text = String::from_utf8(form.bytes).unwrap();
    for above in [
        "说明：本表由系统导出\n共 120 份\n",
        "标题,,,\n\n",
        "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\n",
    ] {
        let desk = Desk::new();
        let line = above.lines().count() + 1;
        fs::write(desk.path("survey.csv"), format!("{above}{text}")).unwrap();
        let output = desk.run(&["codebook", "survey.csv", "-o", "wxstats.toml"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(&format!("the header is taken to begin in line {line}")), "{said}");
        let draft = fs::read_to_string(desk.path("wxstats.toml")).unwrap();
        assert!(draft.contains(&format!("\nheader = {line}  #")), "{draft}");
        let checked = String::from_utf8(desk.run(&["check", "survey.csv"]).stderr).unwrap();
        assert!(checked.contains("is good, dataset survey, 120 respondents"), "{checked}");
        let again = desk.run(&["check", "survey.csv", "--header-row", &line.to_string()]);
        assert!(again.status.success());
    }
}

#[test]
fn a_ragged_row_is_never_taken_for_the_end_of_a_preamble() {
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), "编号,您的国籍？,城市\n1,中国,广州\n2,美国\n3,中国,上海\n").unwrap();
    let error = desk.fails(1, &["codebook", "survey.csv"]);
    assert!(error.contains("survey.csv:3:5: 2 cells in a row of a file with 3 columns"), "{error}");
}

/// 问卷星 writes ranks as `A→B→C` (third-party reader). Twelve people; 红包 is first for 4, among the first two for 8.
#[test]
fn ranked_options_are_items_by_their_rank() {
    let desk = Desk::new();
    let mut text = "序号,1、请按喜好排序\n".to_owned();
    for index in 0..120 {
        let cell = ["红包→朋友圈→小程序", "朋友圈→红包→小程序", "小程序→朋友圈", "(空)"][index % 4];
        text.push_str(&format!("{index},{cell}\n"));
    }
    fs::write(desk.path("survey.csv"), text).unwrap();
    fs::write(
        desk.path("wxstats.toml"),
        "[dataset.survey.columns]\nrespondent_id = \"序号\"\n[dataset.survey.items]\n\
         \"red_packets.first\" = { column = \"Q1\", option = \"红包\", ranked = 1 }\n\
         \"red_packets.top_two\" = { column = \"Q1\", option = \"红包\", ranked = 2 }\n\
         \"moments.named\" = { column = \"Q1\", option = \"朋友圈\", separator = \"→\" }\n",
    )
    .unwrap();
    let json = desk.ok(&["table", "--input", "survey.csv", "--format", "json", "--show-withheld"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rates: Vec<(u64, f64)> = json["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["n"].as_u64().unwrap(), row["estimate"].as_f64().unwrap()))
        .collect();
    // 30 of each cell; the blank ones are in no base.
    assert_eq!(rates.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [90, 90, 90]);
    for ((_, rate), expected) in rates.iter().zip([30.0 / 90.0, 60.0 / 90.0, 1.0]) {
        assert!((rate - expected).abs() < 1e-12, "{rates:?}");
    }
    fs::write(
        desk.path("wxstats.toml"),
        "[dataset.survey.items]\n\"a.b\" = { column = \"Q1\", ranked = 0 }\n",
    )
    .unwrap();
    let error = desk.fails(2, &["check", "survey.csv"]);
    assert!(error.contains("wxstats.toml:2:35: ranks are counted from 1"), "{error}");
}

/// Alchemer writes `Option:Question` (measured on a real file).
#[test]
fn options_may_stand_before_their_question() {
    let desk = Desk::new();
    let mut text =
        "Response ID,Moments:Which features do you use?,Pay:Which features do you use?\n".to_owned();
    for index in 0..60 {
        let cells = [["Moments", ""], ["", "Pay"], ["Moments", "Pay"], ["", ""]][index % 4];
        text.push_str(&format!("{index},{},{}\n", cells[0], cells[1]));
    }
    fs::write(desk.path("survey.csv"), text).unwrap();
    desk.ok(&["codebook", "survey.csv", "-o", "wxstats.toml"]);
    let draft = fs::read_to_string(desk.path("wxstats.toml")).unwrap();
    assert!(
        draft.contains("\"moments.use\" = { column = \"Which features do you use?\", option = \"Moments\" }"),
        "{draft}"
    );
    let csv = desk.ok(&[
        "table",
        "--input",
        "survey.csv",
        "--items",
        "moments.use",
        "--format",
        "csv",
        "--show-withheld",
    ]);
    assert!(csv.contains("moments,use,rate,,45,15,"), "who ticked nothing is blank: {csv}");
}
