//! Published figures of platforms: strict reading, ranges, growth worked by hand, and every form of output.
//!
//! Goldens stand in `golden/metrics/`, bad files with what is said of them in `fixtures/metrics/bad/`.
//! `BLESS=1 cargo test metrics` writes both anew.

use std::fs;
use std::path::{Path, PathBuf};

use wxstats::codebook::{Lang, Names};
use wxstats::landscape::{self, Chapter, Growth, Landscape, Metrics, Pace, json, markdown, text};

use crate::desk::Desk;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn landscape(file: &str) -> Landscape {
    let bytes = fs::read(root().join(file)).unwrap();
    let name = Path::new(file).file_name().unwrap().to_str().unwrap();
    Landscape::of(&Metrics::parse(&bytes, name).unwrap_or_else(|problems| panic!("{problems}")))
}

fn platforms() -> Landscape {
    landscape("tests/it/fixtures/metrics/platforms.csv")
}

fn facts() -> Landscape {
    landscape("data/facts/metrics.csv")
}

fn same(path: &Path, found: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, found).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        found,
        expected,
        "{}: run BLESS=1 cargo test metrics, and read what git diff shows",
        path.display()
    );
}

#[test]
fn every_form_reads_well_in_both_languages() {
    let golden = |name: &str| root().join("tests/it/golden/metrics").join(name);
    let names = Names::default();
    for (name, landscape) in [("platforms", platforms()), ("facts", facts())] {
        for lang in [Lang::En, Lang::Zh] {
            let tag = lang.pick("en", "zh");
            same(&golden(&format!("{name}.{tag}.txt")), &text(&landscape, &names, lang));
            same(&golden(&format!("{name}.{tag}.md")), &markdown(&landscape, &names, lang));
        }
        same(&golden(&format!("{name}.csv")), &landscape::csv(&landscape, &Chapter::ALL).unwrap());
        same(&golden(&format!("{name}.json")), &json(&landscape, Lang::En).unwrap());
    }
}

#[test]
fn bad_files_are_refused_with_every_place() {
    let directory = root().join("tests/it/fixtures/metrics/bad");
    let mut files: Vec<PathBuf> =
        fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    assert!(files.len() >= 8);
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let problems = Metrics::parse(&fs::read(&path).unwrap(), name).unwrap_err();
        same(&path.with_extension("txt"), &format!("{problems}\n"));
    }
}

fn growth(landscape: &Landscape, platform: &str, pace: Pace, to: &str, stated: bool) -> Vec<Growth> {
    let is_it = |growth: &&Growth| {
        growth.series.platform == platform
            && growth.pace == pace
            && growth.to.to_string() == to
            && growth.stated.is_some() == stated
    };
    landscape.growth.iter().filter(is_it).cloned().collect()
}

/// Worked by hand from the fixture.
#[test]
fn growth_between_ranges_is_a_range() {
    let landscape = platforms();
    // 2015: 650 to 697 million; 2013: 355 million, two years before. √(650/355) − 1 = 0.353140, √(697/355) − 1 = 0.401203;
    // but from 2012 (160 million), three years: ∛(650/160) − 1 = 0.595626, ∛(697/160) − 1 = 0.633193.
    let compound = growth(&landscape, "WeChat", Pace::Compound, "2015", false);
    let [only] = compound.as_slice() else { panic!("{compound:?}") };
    assert_eq!(only.from.to_string(), "2012");
    assert!((only.rate.0 - 0.595_626).abs() < 1e-6 && (only.rate.1 - 0.633_193).abs() < 1e-6, "{only:?}");
    // 2013 on 2012: 355/160 − 1 = 1.21875 exactly.
    let yearly = growth(&landscape, "WeChat", Pace::YearOnYear, "2013", false);
    assert_eq!(yearly[0].rate, (1.218_75, 1.218_75));
    // 2017Q1 on 2016Q4: 938/889 − 1 = 49/889.
    let quarterly = growth(&landscape, "WeChat", Pace::QuarterOnQuarter, "2017Q1", false);
    assert!((quarterly[0].rate.0 - 49.0 / 889.0).abs() < 1e-15);
    // Weibo: √(236/129.1) − 1 = 0.352050.
    let weibo = growth(&landscape, "Weibo", Pace::Compound, "2015", false);
    assert!((weibo[0].rate.0 - 0.352_050).abs() < 1e-6, "{weibo:?}");
}

#[test]
fn what_nobody_states_follows_from_stated_growth_and_says_so() {
    let platforms = platforms();
    let line = |platform: &str, period: &str| {
        let is_it =
            |line: &&landscape::Line| line.series.platform == platform && line.period.to_string() == period;
        platforms.lines.iter().find(is_it).cloned()
    };
    let derived = line("WeChat", "2016Q1").unwrap();
    assert!(derived.derived && (derived.range().0 - 938e6 / 1.23).abs() < 1e-6);
    assert!(!line("WeChat", "2016Q4").unwrap().derived, "a stated figure stays as it is");
    assert_eq!(line("Tencent", "2015Q4"), None, "growth without a figure derives none");
    let told = growth(&platforms, "WeChat", Pace::YearOnYear, "2017Q1", true);
    assert_eq!((told.len(), told[0].rate), (1, (0.23, 0.23)));
    let computed = growth(&platforms, "WeChat", Pace::YearOnYear, "2017Q1", false);
    assert_eq!(computed, [], "nothing is computed from what was derived");
}

#[test]
fn sources_that_disagree_make_a_range_and_shares_do_not_grow() {
    let platforms = platforms();
    let disagreeing: Vec<(f64, f64)> =
        platforms.lines.iter().filter(|line| line.disagrees()).map(landscape::Line::range).collect();
    assert_eq!(disagreeing, [(650e6, 697e6)]);
    let shares = b"platform,metric,period,value,unit\nall,share,2013,50%,percent\nall,share,2014,60,%\n";
    let shares = Landscape::of(&Metrics::parse(shares, "shares.csv").unwrap());
    assert_eq!((shares.lines.len(), shares.growth.len()), (2, 0));
}

#[test]
fn every_row_of_the_facts_is_shown() {
    let facts = facts();
    let shown = text(&facts, &Names::default(), Lang::En);
    let rows = fs::read_to_string(root().join("data/facts/metrics.csv")).unwrap();
    for source in csv::Reader::from_reader(rows.as_bytes()).records() {
        let source = source.unwrap();
        assert!(shown.contains(&source[6]), "{source:?}");
    }
}

#[test]
fn the_program_writes_each_form_and_refuses_bad_files() {
    let desk = Desk::new();
    fs::copy(root().join("tests/it/fixtures/metrics/platforms.csv"), desk.path("platforms.csv")).unwrap();
    let names = Names::default();
    assert_eq!(desk.ok(&["metrics", "platforms.csv"]), text(&platforms(), &names, Lang::En));
    assert_eq!(desk.ok(&["metrics", "--sample", "--lang", "zh"]), text(&facts(), &names, Lang::Zh));
    desk.ok(&["metrics", "platforms.csv", "-o", "platforms.json"]);
    let written = fs::read_to_string(desk.path("platforms.json")).unwrap();
    assert_eq!(written, json(&platforms(), Lang::En).unwrap());
    let codebook = "[names]\n\"metric=monthly_active_users\" = { en = \"MAU\", zh = \"月活\" }\n";
    fs::write(desk.path("wxstats.toml"), codebook).unwrap();
    assert!(desk.ok(&["metrics", "platforms.csv", "--lang", "zh"]).contains("\n月活  "));
    fs::remove_file(desk.path("wxstats.toml")).unwrap();
    let bad = root().join("tests/it/fixtures/metrics/bad/said-twice.csv");
    fs::copy(bad, desk.path("bad.csv")).unwrap();
    let stderr = desk.fails(1, &["metrics", "bad.csv"]);
    assert!(stderr.starts_with("bad.csv:4:1: this row says what line 2 says\n  hint: "), "{stderr}");
    assert!(stderr.ends_with("error: the file has problems; see above\n"), "{stderr}");
    desk.fails(5, &["metrics", "nowhere.csv"]);
    desk.fails(2, &["metrics"]);
    desk.fails(2, &["metrics", "platforms.csv", "-o", "platforms.pdf"]);
}

#[test]
fn an_overview_tells_the_landscape_and_going_abroad_and_a_citys_page_does_not() {
    let desk = Desk::new();
    let file = root().join("tests/it/fixtures/metrics/platforms.csv");
    let file = file.to_str().unwrap();
    let survey = "respondent_id,segment,city,moments.share,moments.read\n\
                  p-1,expat,Guangzhou,0,1\np-2,chinese,Guangzhou,1,1\np-3,expat,Beijing,0,1\np-4,chinese,Beijing,1,1\n";
    fs::write(desk.path("s.csv"), survey).unwrap();
    desk.ok(&["report", "--input", "s.csv", "--metrics", file, "--lang", "both", "--chart-format", "svg"]);
    for (lang, headings, derived) in [
        (
            "en",
            ["## The landscape", "### Users", "### Growth", "## Going abroad", "### Revenue"],
            "≈ 762.6 million users",
        ),
        ("zh", ["## 平台格局", "### 用户", "### 增长", "## 走向海外", "### 营收"], "≈ 7.626亿名用户"),
    ] {
        let read =
            |name: &str| fs::read_to_string(desk.path("reports").join(lang).join(name)).unwrap_or_default();
        let overview = read("overview/report.md");
        let places: Vec<usize> =
            headings.iter().map(|heading| overview.find(&format!("\n{heading}\n")).unwrap()).collect();
        assert!(places.is_sorted(), "{overview}");
        assert!(overview.contains(derived) && overview.contains("[landscape.csv](landscape.csv)"));
        let page = read("overview/index.html");
        assert!(
            headings
                .iter()
                .all(|heading| page.contains(&format!(">{}</h", heading.trim_start_matches(['#', ' ']))))
        );
        assert!(read("overview/charts/landscape-users.svg").contains("12,000") == (lang == "en"));
        assert!(read("overview/charts/landscape-users.csv").contains("Whisper"));
        let of_lang = if lang == "en" { Lang::En } else { Lang::Zh };
        assert_eq!(read("overview/landscape.json"), json(&platforms(), of_lang).unwrap());
        let manifest = read("overview/manifest.json");
        assert!(
            manifest.contains("\"holds\": \"Published figures\",\n      \"file\": \"platforms.csv\""),
            "{manifest}"
        );
        assert!(!headings.iter().any(|heading| read("guangzhou/report.md").contains(heading)));
        assert!(!read("guangzhou/manifest.json").contains("documents"));
    }
}
