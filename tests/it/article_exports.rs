//! Tables of articles as 公众平台 and its interfaces write them, read as they come.
//!
//! `fixtures/accounts/make.py` writes the files. By hand, of `notified.xlsx`:
//!
//! | figure | |
//! |---|---|
//! | delivery read rate | (79 + 59 + 36)/(2112 + 2109 + 2100) |
//! | first-share rate | (5 + 4 + 0)/(79 + 59 + 36) |
//! | reads per share | (69 + 135)/(10 + 11) |
//! | share rate by people | (7 + 9 + 0)/(94 + 150 + 30) |
//! | share rate by events | (10 + 11 + 0)/(163 + 240 + 40) |
//! | share of reads that sharing brought | (69 + 135 + 0)/(163 + 240 + 40) |
//! | completion | (47 + 60 + 12)/(94 + 150 + 30) |
//!
//! The rates that the platform states of the first two (0.0374, 0.0633, 6.9; 0.0280, 0.0678, 12.2727) are those of its own
//! exports; `make.py` asserts them, and reading the file compares them.

use serde_json::Value;

use crate::desk::Desk;

fn fixture(name: &str) -> String {
    format!("{}/tests/it/fixtures/accounts/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn rate(desk: &Desk, file: &str, items: &str) -> Value {
    let asked = ["table", "--input", file, "--items", items, "--format", "json", "--show-withheld"];
    let table: Value = serde_json::from_str(&desk.ok(&asked)).unwrap();
    table["rows"][0].clone()
}

fn close(row: &Value, hand: f64) {
    let found = row["estimate"].as_f64().unwrap_or(f64::NAN);
    assert!((found - hand).abs() < 1e-12, "{found} {hand}");
}

fn said(desk: &Desk, name: &str) -> String {
    let output = desk.run(&["check", &fixture(name)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn notified_articles_are_read_as_the_platform_wrote_them() {
    let (desk, file) = (Desk::new(), fixture("notified.xlsx"));
    for (items, hand) in [
        ("articles.message_reads/articles.delivered", 174.0 / 6321.0),
        ("articles.first_shares/articles.message_reads", 9.0 / 174.0),
        ("articles.reads_from_shares/articles.shares", 204.0 / 21.0),
        ("articles.sharers/articles.readers", 16.0 / 274.0),
        ("articles.shares/articles.reads", 21.0 / 443.0),
        ("articles.reads_from_shares/articles.reads", 204.0 / 443.0),
        ("articles.finishers/articles.readers", 119.0 / 274.0),
    ] {
        close(&rate(&desk, &file, items), hand);
    }
    let asked = ["table", "--input", &file, "--items", "articles.shares/articles.reads", "--format", "json"];
    let table: Value = serde_json::from_str(&desk.ok(&asked)).unwrap();
    assert_eq!(table["source"][0]["usage"]["export"], "notified");
    let said = said(&desk, "notified.xlsx");
    assert!(said.contains("taken for 公众平台's table of notified articles (已通知内容)"), "{said}");
    assert!(!said.contains("is not what its own counts give"), "{said}");
}

#[test]
fn the_old_backend_writes_thousands_and_percentages_as_text() {
    let (desk, file) = (Desk::new(), fixture("backend.xlsx"));
    // Of the first article 1,944 of 20,816 are the 9.34% that the old backend showed.
    assert_eq!(format!("{:.2}%", 1944.0 / 20_816.0 * 100.0), "9.34%");
    close(&rate(&desk, &file, "articles.readers/articles.delivered"), 13_944.0 / 41_816.0);
    let said = said(&desk, "backend.xlsx");
    assert!(said.contains("readers: rounded by the platform (as in 1.2万) in rows: 1"), "{said}");
}

/// The same table under all headers that its counts have been seen under.
#[test]
fn every_spelling_of_a_count_is_the_same_count() {
    let desk = Desk::new();
    let spellings = [
        ["总阅读人数", "总阅读次数", "总分享人数", "总分享次数"],
        ["阅读人数", "阅读次数", "分享人数", "分享次数"],
        ["图文页阅读人数", "图文页阅读次数", "分享转发人数", "分享转发次数"],
        ["图文阅读人数", "图文阅读次数", "分享的人数", "分享的次数"],
        ["int_page_read_user", "int_page_read_count", "share_user", "share_count"],
        ["read_user", "read_count", "share_user", "share_count"],
    ];
    for (at, [readers, reads, sharers, shares]) in spellings.into_iter().enumerate() {
        let name = format!("table-{at}.csv");
        let text = format!(
            "标题,发布时间,{readers},{reads},{sharers},{shares}\n虚构：甲,2017-05-02,200,250,10,15\n虚构：乙,2017-05-09,100,150,2,5\n"
        );
        std::fs::write(desk.path(&name), text).unwrap();
        close(&rate(&desk, &name, "articles.sharers/articles.readers"), 12.0 / 300.0);
        close(&rate(&desk, &name, "articles.shares/articles.reads"), 20.0 / 400.0);
    }
}

#[test]
fn of_a_cumulative_feed_the_last_day_of_each_article_counts() {
    let (desk, file) = (Desk::new(), fixture("getarticletotal.json"));
    close(&rate(&desk, &file, "articles.sharers/articles.readers"), 18.0 / 300.0);
    close(&rate(&desk, &file, "articles.shares/articles.reads"), 24.0 / 400.0);
    let twice = std::fs::read_to_string(&file).unwrap();
    let other = twice.replace("10001_", "10002_");
    std::fs::write(desk.path("all.json"), format!("{twice}{other}")).unwrap();
    close(&rate(&desk, "all.json", "total(articles.readers)"), 600.0);
    std::fs::write(desk.path("twice.json"), format!("{twice}{twice}")).unwrap();
    let refused = desk.fails(1, &["check", "twice.json"]);
    assert!(
        refused.contains("twice.json:61:3: this article_id stands in line 3 already [duplicate-id]"),
        "{refused}"
    );
}

#[test]
fn what_the_new_feed_does_not_tell_is_not_estimable() {
    let (desk, file) = (Desk::new(), fixture("getarticletotaldetail.json"));
    close(&rate(&desk, &file, "articles.sharers/articles.readers"), 30.0 / 600.0);
    close(&rate(&desk, &file, "articles.finishers/articles.readers"), 255.0 / 600.0);
    let by_events = rate(&desk, &file, "articles.shares/articles.reads");
    assert_eq!(
        (&by_events["estimate"], &by_events["flag"]["code"]),
        (&Value::Null, &Value::from("not-estimable"))
    );
    let said = said(&desk, "getarticletotaldetail.json");
    assert!(said.contains("shares: the platform does not tell this count"), "{said}");
}

#[test]
fn what_an_export_cannot_say_is_refused_or_told() {
    let desk = Desk::new();
    let header = "内容标题,发表时间,总阅读人数,总阅读次数,总分享人数,总分享次数,送达人数,公众号消息阅读次数,送达阅读率,阅读完成率,内容url\n";
    let write = |name: &str, rows: &str| std::fs::write(desk.path(name), format!("{header}{rows}")).unwrap();
    write(
        "bad.csv",
        "CANARY,20220329,94,163,95,100,2112,79,3.74%,50%,CANARY1\nCANARY,2022年,1.5,10,1,1,9,2,0,0,CANARY2\n",
    );
    let refused = desk.fails(1, &["check", "bad.csv"]);
    for part in ["bad.csv:2:24: sharers 95, and readers 94", "bad.csv:3:8: time \"2022年\"", "count \"1.5\""]
    {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    write(
        "odd.csv",
        "CANARY,20220329,94,163,7,10,2112,79,9%,33.3%,CANARY1\nCANARY,20220330,94,163,7,10,2112,79,3.74%,32.98%,CANARY2\nCANARY,20220331,94,163,7,10,2112,79,3.74%,50%,CANARY3\n",
    );
    let output = desk.run(&["ingest", "odd.csv"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("送达阅读率 is not what its own counts give, which are used, in rows: 1"),
        "{told}"
    );
    assert!(
        told.contains("finishers: not known where no number of readers gives the completion rate, rows: 1"),
        "{told}"
    );
    close(&rate(&desk, "odd.csv", "articles.finishers/articles.readers"), 78.0 / 188.0);
    assert!(!refused.contains("CANARY") && !told.contains("CANARY"), "{refused}{told}");
    assert!(!stored(&desk.path("data/store")).contains("CANARY"), "titles and addresses are not stored");
    for (name, text, part) in [
        (
            "day.json",
            "{\"list\":[{\"ref_date\":\"2016-03-01\",\"user_source\":0,\"int_page_read_user\":7}]}",
            "people are never added over days",
        ),
        ("error.json", "{\"errcode\":45009}", "answered with error 45009"),
        ("cut.json", "{\"list\":[{\"msgid\":\"1_1\"", "1:23: the JSON ends before it is complete [bad-json]"),
        ("none.json", "{\"list\":[]}", "what fewer than three people did"),
        ("users.xls", "<table><tr><td>时间</td><td>累积关注人数</td></tr></table>", "wxstats accounts FILE"),
    ] {
        std::fs::write(desk.path(name), text).unwrap();
        let refused = desk.fails(1, &["check", name]);
        assert!(refused.contains(part), "{name}: {refused}");
    }
}

/// All that a directory holds, as far as it is text.
fn stored(directory: &std::path::Path) -> String {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            if path.is_dir() {
                stored(&path)
            } else {
                String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned()
            }
        })
        .collect()
}
