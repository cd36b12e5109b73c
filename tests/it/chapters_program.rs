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

/// 100 people of each group as a simple random sample, in whose order everything is counted: who knows the Wallet, tried it, uses it,
/// uses it weekly; why those who do not use it do not; what becomes of advertising.
fn adopters() -> String {
    let mut survey = "respondent_id,segment,city,wallet.aware,wallet.tried,wallet.use,wallet.use_weekly,\
                      why_not.privacy,why_not.no_need,contact.qr_code,contact.radar,ads.exposed,ads.annoyed,ads.acted\n"
        .to_owned();
    for (segment, [aware, tried, uses, weekly]) in
        [("expat", [60, 40, 30, 10]), ("chinese", [90, 80, 70, 50])]
    {
        for place in 0..100 {
            let below = |bound: usize| u8::from(place < bound).to_string();
            let of = |is_asked: bool, answer: String| if is_asked { answer } else { "-3".to_owned() };
            let cells = [
                below(aware),
                below(tried),
                below(uses),
                below(weekly),
                of(place >= uses, below(uses + (100 - uses) / 2)),
                of(place >= uses, u8::from(place >= 90).to_string()),
                below(80),
                below(15),
                below(50),
                of(place < 50, below(20)),
                of(place < 50, u8::from(place >= 40).to_string()),
            ];
            survey.push_str(&format!("{segment}-{place},{segment},Guangzhou,{}\n", cells.join(",")));
        }
    }
    survey
}

/// A share p of the 100 of a group has V = N/(N − 1) · p(1 − p)/100 with N = 200.
#[test]
fn how_far_people_get_and_why_not_is_as_counted() {
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), adopters()).unwrap();
    desk.ok(&["report", "--input", "survey.csv", "--lang", "both", "--chart-format", "svg"]);
    let overview = desk.path("reports/en/overview");
    let estimate = |file: &str, segment: &str, action: &str, per: &str| {
        let all = rows(&read(&overview, &format!("charts/{file}.csv")));
        let is_it = |row: &&BTreeMap<String, String>| {
            row["kind"] == "figure"
                && row["segment"] == segment
                && row["action"] == action
                && row["per"] == per
        };
        let row = all.iter().find(is_it).unwrap_or_else(|| panic!("{segment} {action} {all:?}"));
        (row["estimate"].parse::<f64>().unwrap(), row["se"].parse::<f64>().unwrap())
    };
    for (segment, action, per, p) in [
        ("expat", "aware", "", 0.6),
        ("expat", "tried", "wallet.aware", 40.0 / 60.0),
        ("expat", "use", "wallet.tried", 0.75),
        ("chinese", "use_weekly", "wallet.use", 50.0 / 70.0),
        ("chinese", "use_weekly", "", 0.5),
    ] {
        let (found, se) = estimate("adoption-wallet", segment, action, per);
        assert!((found - p).abs() < 1e-12, "{segment} {action}: {found}");
        if per.is_empty() {
            let hand = (200.0_f64 / 199.0 * p * (1.0 - p) / 100.0).sqrt();
            assert!((se - hand).abs() < 1e-12, "{segment} {action}: {se} {hand}");
        }
    }
    // Of the 70 expats who do not use it 35 give privacy as a reason, and the last 10 that they have no need.
    assert!((estimate("adoption-reasons", "expat", "privacy", "").0 - 0.5).abs() < 1e-12);
    assert!((estimate("adoption-reasons", "expat", "no_need", "").0 - 10.0 / 70.0).abs() < 1e-12);
    assert!((estimate("adoption-contacts", "chinese", "radar", "").0 - 0.15).abs() < 1e-12);
    // Of the 50 who saw the advertising 20 were annoyed and 10 acted on it.
    assert!((estimate("adoption-advertising", "expat", "annoyed", "ads.exposed").0 - 0.4).abs() < 1e-12);
    assert!((estimate("adoption-advertising", "expat", "acted", "ads.exposed").0 - 0.2).abs() < 1e-12);
    for (lang, finding) in [
        ("en", "- Wallet: more Chinese users than expats use weekly, 50% against 10%.\n"),
        ("zh", "- 微信钱包：中国用户中每周使用者多于外籍用户，50% 对 10%。\n"),
    ] {
        let page = read(&desk.path("reports").join(lang).join("overview"), "report.md");
        let (findings, rest) =
            page.split_once(if lang == "en" { "\n## The survey\n" } else { "\n## 问卷调查\n" }).unwrap();
        assert!(findings.contains(finding), "{findings}");
        // The highest rate of the first group first.
        let places =
            ["privacy", "no need for it"].map(|reason| rest.to_lowercase().find(&format!("| {reason} |")));
        assert!(lang == "zh" || places[0] < places[1], "{places:?}");
    }
}

/// What each chapter of the sample found, in the story's order, after what the survey did.
#[test]
fn the_summary_of_an_overview_tells_every_chapter_in_the_storys_order() {
    let desk = Desk::new();
    desk.ok(&["report", "--sample", "--only", "heatmap", "--chart-format", "svg", "--lang", "both"]);
    for (lang, starts) in [
        (
            "en",
            [
                "No clear difference: ",
                "Operating system: of expats, ",
                "About 34,000 of 800,000 expats ",
                "WeChat Pay: more Chinese users than expats use weekly, ",
                "Usage log, 2026-W15: of active users, ",
                "More Chinese users than expats reach Shipment, ",
                "Readers of official accounts: ",
                "WeChat, Q1 2017: 938 million monthly active users, +23% year on year, as published.",
                "WeChat Pay, Q2 2017: 15 countries and 12 currencies, as published.",
                "Of 15 claims that were published, the data supports 15.",
            ],
        ),
        (
            "zh",
            [
                "无显著差异：",
                "操作系统：外籍用户（iOS 57%、安卓 37%），中国用户（",
                "80万名外籍用户中约 3.4万人分享朋友圈。",
                "微信支付：中国用户中每周使用者多于外籍用户，",
                "使用日志，2026年第15周：活跃用户中，",
                "中国用户走到“发货”的比例高于外籍用户，",
                "公众号读者：",
                "微信，2017年第一季度：月活跃用户 9.38亿，同比 +23%（公开数字）。",
                "微信支付，2017年第二季度：15个国家",
                "15 条公开论断中，数据支持 15 条。",
            ],
        ),
    ] {
        let page = read(&desk.path("reports").join(lang).join("overview"), "report.md");
        let findings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("- ")).collect();
        let place = |start: &str| {
            findings
                .iter()
                .position(|line| line.starts_with(start))
                .unwrap_or_else(|| panic!("{start}: {findings:#?}"))
        };
        let places = starts.map(place);
        assert!(places.is_sorted(), "{lang}: {places:?}");
        let city = read(&desk.path("reports").join(lang).join("guangzhou"), "report.md");
        assert!(!city.contains(starts[7]), "a city's page tells nothing of the platforms");
    }
}
