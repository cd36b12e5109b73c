//! What accounts, mini-programs and bills tell of themselves: goldens, figures worked by hand, refusals, and what is never shown.
//!
//! `fixtures/accounts/make.py` writes the files. By hand:
//!
//! | figure | |
//! |---|---|
//! | readers by 公众号消息 a day | (70 + 50 + 880)/3 |
//! | of all readers, 公众号消息 | (70 + 50 + 880)/(100 + 60 + 1040) |
//! | of all readers, 朋友圈 | (30 + 12 + 208)/(100 + 60 + 1040) |
//! | of all readers, 搜一搜, reported on one day | 26/1040 |
//! | share rate of all days, person-days | (6 + 3 + 60)/(100 + 60 + 1040) |
//! | mini-program, all days | (25 + 9)/(500 + 300) |
//! | Guangzhou among the visitors placed | 60/100 |
//! | March, spending, purchases | 2 payments, 0.12 + 1200.50 yuan |

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::desk::Desk;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it")
}

fn fixtures(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| root().join("fixtures/accounts").join(name).display().to_string()).collect()
}

fn told(names: &[&str], more: &[&str]) -> String {
    let files = fixtures(names);
    let all: Vec<&str> = std::iter::once("accounts")
        .chain(files.iter().map(String::as_str))
        .chain(more.iter().copied())
        .collect();
    Desk::new().ok(&all)
}

/// The figures of the first row of a sheet that is of all that is given.
fn row(document: &Value, sheet: &str, of: &[(&str, &str)]) -> Value {
    let sheets = document["sheets"].as_array().unwrap();
    let sheet = sheets.iter().find(|known| known["sheet"] == sheet).unwrap();
    let is_it = |row: &&Value| of.iter().all(|(key, value)| row["of"][*key] == *value);
    sheet["rows"].as_array().unwrap().iter().find(is_it).unwrap()["figures"].clone()
}

fn close(figures: &Value, key: &str, hand: f64) {
    let found = figures[key].as_f64().unwrap_or(f64::NAN);
    assert!((found - hand).abs() < 1e-12, "{key}: {found} {hand}");
}

const SETS: [(&str, &[&str]); 4] = [
    ("traffic", &["tendency.xls", "user_analysis.xls"]),
    ("feeds", &["getuserread.json", "getusershare.json", "getbizsummary.json"]),
    ("mini-program", &["visit.json", "share.json", "portrait.json"]),
    ("bill", &["wechat-pay.csv"]),
];

#[test]
fn every_form_reads_well_in_both_languages() {
    for (name, files) in SETS {
        for (lang, format, ending) in [
            ("en", "table", "en.txt"),
            ("zh", "table", "zh.txt"),
            ("zh", "md", "zh.md"),
            ("en", "csv", "csv"),
            ("en", "json", "json"),
        ] {
            let found = told(files, &["--lang", lang, "--format", format]);
            let path = root().join(format!("golden/accounts/{name}.{ending}"));
            if std::env::var_os("BLESS").is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &found).unwrap();
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(
                found,
                expected,
                "{}: run BLESS=1 cargo test accounts, and read what git diff shows",
                path.display()
            );
        }
    }
}

#[test]
fn figures_are_those_worked_by_hand() {
    let json =
        |files: &[&str]| -> Value { serde_json::from_str(&told(files, &["--format", "json"])).unwrap() };
    let traffic = json(&["tendency.xls", "user_analysis.xls"]);
    let message = row(&traffic, "channels", &[("channel", "message")]);
    close(&message, "mean_readers", 1000.0 / 3.0);
    close(&message, "share_of_readers", 1000.0 / 1200.0);
    close(&row(&traffic, "channels", &[("channel", "moments")]), "share_of_readers", 250.0 / 1200.0);
    close(&row(&traffic, "channels", &[("channel", "search")]), "share_of_readers", 26.0 / 1040.0);
    let days = row(&traffic, "days", &[("day", "all")]);
    close(&days, "share_rate_people", 69.0 / 1200.0);
    assert_eq!(days["readers"], Value::Null, "people are not added over days");
    close(&days, "published", 3.0);
    let followers = row(&traffic, "followers", &[("day", "all")]);
    close(&followers, "new_followers", 15.0);
    close(&followers, "followers", 1008.0);
    // The feed says 200 readers of all, and 210 of its channels.
    let feeds = json(&["getuserread.json", "getusershare.json"]);
    let day = row(&feeds, "days", &[("day", "2016-03-01")]);
    close(&day, "readers", 200.0);
    close(&day, "share_rate_people", 10.0 / 200.0);
    close(&day, "share_rate_events", 14.0 / 260.0);
    close(&row(&feeds, "scenes", &[("scene", "friends")]), "share_of_shares", 9.0 / 14.0);
    let app = json(&["visit.json", "share.json", "portrait.json"]);
    close(&row(&app, "mini_program", &[("day", "all")]), "share_rate_people", 34.0 / 800.0);
    close(&row(&app, "cities", &[("city", "Guangzhou")]), "share_of_visitors", 0.6);
    let bill = json(&["wechat-pay.csv"]);
    let purchases =
        row(&bill, "payments", &[("month", "2026-03"), ("direction", "spending"), ("kind", "purchase")]);
    close(&purchases, "payments", 2.0);
    close(&purchases, "amount", 1200.62);
}

#[test]
fn what_the_new_interfaces_do_not_tell_is_said_to_be_missing() {
    let summary: Value = serde_json::from_str(&told(&["getbizsummary.json"], &["--format", "json"])).unwrap();
    let rows = summary["sheets"][0]["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["missing"]["share_rate_events"] == "not-told"), "{rows:?}");
    close(&rows[2]["figures"], "share_rate_people", 25.0 / 500.0);
}

#[test]
fn nothing_of_a_bill_but_sums_is_ever_shown() {
    let desk = Desk::new();
    let bill = fs::read_to_string(&fixtures(&["wechat-pay.csv"])[0]).unwrap();
    for (lang, format) in [("en", "table"), ("zh", "md"), ("en", "csv"), ("zh", "json")] {
        assert!(!told(&["wechat-pay.csv"], &["--lang", lang, "--format", format, "-v"]).contains("CANARY"));
    }
    for (what, with, part) in [
        ("¥35.00", "CANARY", "not an amount in yuan"),
        ("2026-03-01 08:30:00", "CANARY", "not a time"),
        ("支出,", "CANARY,", "neither income nor spending"),
        ("共7笔", "共8笔", "has 7 payments, and says that it has 8"),
        ("收/支", "CANARY", "a column of the bill is not there"),
    ] {
        fs::write(desk.path("bill.csv"), bill.replace(what, with)).unwrap();
        let refused = desk.fails(1, &["accounts", "bill.csv"]);
        assert!(refused.contains(part) && !refused.contains("CANARY"), "{part}: {refused}");
    }
    let refused = desk.fails(1, &["ingest", &fixtures(&["wechat-pay.csv"])[0]]);
    assert!(refused.contains("a bill of WeChat Pay") && !refused.contains("CANARY"), "{refused}");
}

/// The same bill as a workbook of texts; that WeChat Pay writes it so is not verified.
#[test]
fn a_bill_in_a_workbook_says_what_it_says_as_text() {
    let desk = Desk::new();
    let bill = fs::read_to_string(&fixtures(&["wechat-pay.csv"])[0]).unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bill.as_bytes());
    for (row, cells) in (0..).zip(rows.records()) {
        for (column, cell) in (0..).zip(&cells.unwrap()) {
            sheet.write_string(row, column, cell.trim_start_matches('\u{feff}')).unwrap();
        }
    }
    book.save(desk.path("bill.xlsx")).unwrap();
    let found: Value =
        serde_json::from_str(&desk.ok(&["accounts", "bill.xlsx", "--format", "json"])).unwrap();
    let expected: Value = serde_json::from_str(&told(&["wechat-pay.csv"], &["--format", "json"])).unwrap();
    assert_eq!(found["sheets"], expected["sheets"]);
    assert!(!found.to_string().contains("CANARY"));
}

/// An account that is made up says so in every form, and a real one does not.
#[test]
fn what_is_made_up_says_so() {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/sample/synthetic-account.json");
    let sample = sample.display().to_string();
    for (lang, note) in [("en", "Synthetic data"), ("zh", "合成数据")] {
        for format in ["table", "md", "json"] {
            let told = Desk::new().ok(&["accounts", &sample, "--lang", lang, "--format", format]);
            assert!(told.contains(note), "{told}");
        }
    }
    assert!(!told(&["getuserread.json"], &[]).contains("Synthetic data"));
    let json: Value =
        serde_json::from_str(&Desk::new().ok(&["accounts", &sample, "--format", "json"])).unwrap();
    assert_eq!(json["source"][0]["synthetic"], true);
    // People who come by two channels stand in both.
    let channels = ["message", "moments", "chats", "profile", "other"]
        .map(|channel| row(&json, "channels", &[("channel", channel)])["share_of_readers"].as_f64().unwrap());
    assert!(channels.iter().sum::<f64>() > 1.0 && channels.is_sorted_by(|a, b| a > b), "{channels:?}");
}

/// Beside a survey, in the overview: readers by channel as a chart, the rest as tables, and where they are from.
#[test]
fn a_report_tells_of_channels_in_its_overview() {
    let desk = Desk::new();
    let mut survey = "respondent_id,segment,city,moments.share,moments.read\n".to_owned();
    for number in 0..160 {
        let segment = ["expat", "chinese"][number % 2];
        survey.push_str(&format!("{number},{segment},Guangzhou,{},{}\n", number / 3 % 2, number / 5 % 2));
    }
    fs::write(desk.path("survey.csv"), survey).unwrap();
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/sample/synthetic-account.json");
    let sample = sample.display().to_string();
    let asked =
        ["report", "--input", "survey.csv", "--accounts", &sample, "--chart-format", "svg", "--lang", "both"];
    desk.ok(&asked);
    for (lang, part, channel, scene) in
        [("en", "## Official accounts", "Moments", "To friends"), ("zh", "## 公众号", "朋友圈", "好友转发")]
    {
        let read = |name: &str| {
            let bundle = desk.path("reports").join(lang).join("overview");
            fs::read_to_string(bundle.join(name)).unwrap()
        };
        let page = read("report.md");
        assert!(page.contains(part) && page.contains(channel) && page.contains(scene), "{page}");
        assert!(
            page.contains("synthetic-account.json")
                && page.contains(["Synthetic data", "合成数据"][usize::from(lang == "zh")])
        );
        let chart = read("charts/accounts-channels.svg");
        assert!(chart.contains("<svg") && !chart.contains("95%"), "counts of everything have no interval");
        assert!(read("charts/accounts-channels.csv").contains("message"));
    }
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let desk = Desk::new();
    for (name, text, part) in [
        (
            "followers.csv",
            "时间,新关注人数,取消关注人数,净增关注人数,累积关注人数\n2026-03-01,3,1,5,100\n",
            "followers.csv:2:16: the net increase is not 3 less 1",
        ),
        (
            "days.csv",
            "日期,分享人数\n2026-03-01,2\n2026-03-01,3\n",
            "days.csv:3:12: all sharers, 2026-03-01: 3 here, and 2 before [contradiction]",
        ),
        (
            "bad.csv",
            "日期,渠道,阅读人数\n昨天,全部,2\n2026-03-01,,3\n2026-03-02,全部,很多\n",
            "bad.csv:2:1: not a day [bad-time]",
        ),
        (
            "more.json",
            "[{\"ref_date\":\"20160301\",\"user_source\":99999999,\"int_page_read_user\":5,\"share_user\":6}]",
            "sharers 6, and readers 5",
        ),
        (
            "hour.json",
            "[{\"ref_date\":\"20160301\",\"ref_hour\":100,\"int_page_read_user\":5}]",
            "hours of a day",
        ),
        (
            "share-hour.json",
            "[{\"ref_date\":\"20160301\",\"ref_hour\":2300,\"share_scene\":1,\"share_count\":5}]",
            "hours of a day",
        ),
        ("page.json", "[{\"page_path\":\"CANARY\",\"page_visit_uv\":5,\"page_share_uv\":1}]", "single pages"),
        (
            "delayed.json",
            "{\"is_delay\":true,\"list\":[{\"ref_date\":\"20251103\",\"read_user\":5}]}",
            "figures are delayed (is_delay)",
        ),
        (
            "article.json",
            "[{\"ref_date\":\"20160301\",\"msgid\":\"1_1\",\"int_page_read_user\":5}]",
            "single articles",
        ),
        (
            "source.json",
            "[{\"ref_date\":\"20160301\",\"user_source\":42,\"int_page_read_user\":5}]",
            "code \"42\" is not known",
        ),
        ("else.csv", "a,b\n1,2\n3,4\n", "[not-account]"),
    ] {
        fs::write(desk.path(name), text).unwrap();
        let refused = desk.fails(1, &["accounts", name]);
        assert!(refused.contains(part) && !refused.contains("CANARY"), "{name}: {refused}");
    }
    let refused = desk.fails(1, &["accounts", &fixtures(&["notified.xlsx"])[0]]);
    assert!(refused.contains("wxstats ingest"), "{refused}");
}
