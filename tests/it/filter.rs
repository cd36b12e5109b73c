//! `--where`: a filter is a domain of the whole sample. Against R `subset(design, …)` (`golden/calibrate/goldens.R`), and what
//! is said of it in every output.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::desk::Desk;
use crate::estimate::naive::read_golden;

/// The conditions by which `goldens.R` subsets.
const CONDITIONS: [(&str, &str); 6] = [
    ("expats", "segment = Expats"),
    ("young_south", "age != 45+ and city in (广州, Shanghai)"),
    ("readers", "moments.read = yes"),
    ("no_readers", "moments.read != 是"),
    ("new_tier_1", "tier = 新一线"),
    ("either", "not (segment = chinese and moments.read = no) or age = 18-29"),
];

/// A codebook with the targets of a case; none where it has none.
fn codebook(case: &str) -> String {
    let mut margins: BTreeMap<String, String> = BTreeMap::new();
    for line in read_golden("calibrate/targets").iter().filter(|line| line["case"] == case) {
        let persons = margins.entry(line["margin"].clone()).or_default();
        write!(persons, "\"{}\" = {}, ", line["levels"], line["total"]).unwrap();
    }
    let margins = margins.iter().map(|(by, persons)| {
        format!(
            "[[dataset.survey.weighting.margin]]\nby = \"{by}\"\npersons = {{ {} }}\n",
            persons.trim_end_matches(", ")
        )
    });
    margins.collect::<Vec<_>>().concat()
}

fn golden_file(name: &str) -> String {
    let path = format!("{}/tests/it/golden/calibrate/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap()
}

fn assert_close(ours: &Value, line: &BTreeMap<String, String>, column: &str) {
    let golden: f64 = line[column].parse().unwrap();
    let ours = ours.as_f64().unwrap_or_else(|| panic!("{column} is {ours}: {line:?}"));
    assert!((ours - golden).abs() <= 1e-9 * golden.abs().max(1.0), "{column} is {ours}: {line:?}");
}

/// The line of a table's rows or gaps about a city (empty: everybody) and an item.
fn find<'a>(rows: &'a Value, city: &str, item: &str) -> &'a Value {
    let is_it = |row: &&Value| {
        let of = format!("{}.{}", row["feature"].as_str().unwrap(), row["action"].as_str().unwrap());
        of == item && row["by"]["city"].as_str().unwrap_or_default() == city
    };
    rows.as_array().unwrap().iter().find(is_it).unwrap_or_else(|| panic!("no {item} in \"{city}\""))
}

#[test]
fn subsets_agree_with_r_whatever_the_weights() {
    let golden = read_golden("calibrate/filters");
    for lines in golden.chunk_by(|a, b| ["case", "survey", "filter"].iter().all(|key| a[*key] == b[*key])) {
        let desk = Desk::new();
        fs::write(desk.path("survey.csv"), golden_file(&lines[0]["survey"])).unwrap();
        fs::write(desk.path("wxstats.toml"), codebook(&lines[0]["case"])).unwrap();
        let (_, condition) = CONDITIONS.iter().find(|(name, _)| *name == lines[0]["filter"]).unwrap();
        let table = |by: &str, compare: &[&str]| -> Value {
            let common = ["table", "--input", "survey.csv", "--where", condition, "--by", by];
            let json = ["--show-withheld", "--format", "json"];
            serde_json::from_str(&desk.ok(&[&common[..], &json, compare].concat())).unwrap()
        };
        let rates = table("city", &[]);
        let has_gaps = lines.iter().any(|line| line["kind"] == "gap");
        let gaps = if has_gaps { table("city*segment", &["--compare", "segment"]) } else { Value::Null };
        for line in lines {
            let columns = ["se", "low", "high", "df"];
            let named = |column: &str| match column {
                "low" => "ci_low".to_owned(),
                "high" => "ci_high".to_owned(),
                other => other.to_owned(),
            };
            if line["kind"] == "rate" {
                let row = find(&rates["rows"], &line["city"], &line["item"]);
                assert_close(&row["estimate"], line, "value");
                for column in columns.iter().chain(&["n", "weighted_n", "deff", "n_eff"]) {
                    assert_close(&row[named(column)], line, column);
                }
            } else {
                let row = find(&gaps["gaps"], &line["city"], &line["item"]);
                assert_close(&row["difference"], line, "value");
                for column in columns.iter().chain(&["p"]) {
                    assert_close(&row[named(column)], line, column);
                }
            }
        }
    }
    assert!(golden.len() > 350, "{} figures", golden.len());
}

/// A table of the sample in one row, figures and settings.
fn sample(desk: &Desk, arguments: &[&str]) -> Value {
    let common = ["table", "--sample", "--items", "moments.share", "--format", "json"];
    serde_json::from_str(&desk.ok(&[&common[..], arguments].concat())).unwrap()
}

#[test]
fn a_domain_of_one_level_is_that_level() {
    let desk = Desk::new();
    let all = sample(&desk, &["--by", "city*os"]);
    let some = sample(&desk, &["--by", "city", "--where", "os = iOS"]);
    for row in some["rows"].as_array().unwrap().iter().filter(|row| row["by"]["city"].is_string()) {
        let is_it = |other: &&Value| other["by"]["city"] == row["by"]["city"] && other["by"]["os"] == "iOS";
        let same = all["rows"].as_array().unwrap().iter().find(is_it).unwrap();
        for column in ["n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff"] {
            assert_eq!(row[column], same[column], "{column}");
        }
    }
}

#[test]
fn every_output_says_whom_figures_are_of() {
    let desk = Desk::new();
    let asked = ["--by", "segment", "--where", "os=ios and 'tier' in (一线, \"New tier 1\")"];
    let key = "os = iOS and tier in (\"Tier 1\", \"New tier 1\")";
    let json = sample(&desk, &asked);
    assert_eq!(json["settings"]["filter"], key);
    assert!(sample(&desk, &["--by", "segment"])["settings"].get("filter").is_none());
    let table = |format: &str, lang: &str| {
        let common = ["table", "--sample", "--items", "moments.share", "--lang", lang, "--format", format];
        desk.ok(&[&common[..], &asked].concat())
    };
    let en = "Only respondents with Operating system = iOS and City tier in (Tier 1, New tier 1). Strata, PSUs and weights are those of the whole sample.";
    let zh = "仅含符合以下条件的受访者：操作系统 = iOS 且 城市等级属于（一线、新一线）。分层、初级抽样单位与权重仍按全体样本。";
    for format in ["table", "md"] {
        assert!(table(format, "en").contains(en), "{}", table(format, "en"));
        assert!(table(format, "zh").contains(zh), "{}", table(format, "zh"));
    }
    let csv = table("csv", "en");
    let mut lines = csv.lines();
    assert!(lines.next().unwrap().starts_with("filter,segment,kind,"));
    assert!(
        lines.all(|line| line.starts_with("\"os = iOS and tier in (\"\"Tier 1\"\", \"\"New tier 1\"\")\","))
    );
    let published = desk.ok(&[&["table", "--sample", "--disclosure", "publish"], &asked[..]].concat());
    assert!(published.contains("Only respondents with Operating system = iOS"), "{published}");
}

#[test]
fn reports_say_whom_they_are_of_in_page_charts_and_manifest() {
    let desk = Desk::new();
    let report = ["report", "--sample", "--city", "Guangzhou", "--out", "out", "--lang", "both"];
    desk.ok(&[&report[..], &["--chart-format", "svg", "--where", "wave = 2014 and os = iOS"]].concat());
    for (lang, said) in [
        ("en", "Only respondents with Wave = 2014 and Operating system = iOS."),
        ("zh", "仅含符合以下条件的受访者：期次 = 2014 且 操作系统 = iOS。"),
    ] {
        let directory = desk.path("out").join(lang).join("guangzhou");
        let read = |name: &str| fs::read_to_string(directory.join(name)).unwrap();
        for json in ["manifest.json", "data.json"] {
            let json: Value = serde_json::from_str(&read(json)).unwrap();
            assert_eq!(json["settings"]["filter"], "wave = 2014 and os = iOS");
        }
        assert!(
            read("index.html").contains(said)
                && read("report.md").contains(said.trim_end_matches(['.', '。']))
        );
        assert!(!read("index.html").contains("synthetic-survey 2015"), "the other wave is not looked at");
        let charts = fs::read_dir(directory.join("charts")).unwrap().map(|file| file.unwrap().path());
        let subtitle = match lang {
            "en" => "only those with Wave = 2014",
            _ => "仅含“期次 = 2014",
        };
        for chart in charts.filter(|path| path.extension().is_some_and(|ending| ending == "svg")) {
            let start: String = said.chars().take(12).collect();
            let drawn = fs::read_to_string(&chart).unwrap();
            assert!(drawn.contains(&start) && drawn.contains(subtitle), "{}", chart.display());
        }
    }
}

#[test]
fn the_weights_of_a_domain_are_those_of_everybody() {
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), golden_file("clustered")).unwrap();
    fs::write(desk.path("wxstats.toml"), codebook("clustered")).unwrap();
    let weight = |more: &[&str]| -> Value {
        let common = ["weight", "--input", "survey.csv", "--format", "json"];
        serde_json::from_str(&desk.ok(&[&common[..], more].concat())).unwrap()
    };
    let all = weight(&[]);
    let mut of_some = weight(&["--where", "segment = expat"]);
    let domain = of_some.as_object_mut().unwrap().remove("domain").unwrap();
    assert_eq!(all, of_some, "margins and factors are of everybody");
    assert_eq!(domain["filter"], "segment = expat");
    // The segment is a margin: its target is 28,000.
    assert!((domain["after"]["sum"].as_f64().unwrap() / 28000.0 - 1.0).abs() < 1e-9);
    let text = desk.ok(&["weight", "--input", "survey.csv", "--where", "segment = expat", "--lang", "zh"]);
    assert!(text.contains("符合“群体 = 外籍用户”的受访者的权重"), "{text}");
}

#[test]
fn a_filter_chooses_waves() {
    let desk = Desk::new();
    let sources = |arguments: &[&str]| -> Vec<String> {
        let table = sample(&desk, arguments);
        let sources = table["source"].as_array().unwrap().iter();
        sources.map(|source| source["wave"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(sources(&["--by", "os", "--where", "wave = 2014"]), ["2014"]);
    assert_eq!(sources(&["--by", "os", "--where", "not wave >= 2015 and os = iOS"]), ["2014"]);
    assert_eq!(sources(&["--by", "os", "--where", "os = iOS"]), ["2015"], "the latest, as ever");
    assert_eq!(sources(&["--by", "wave", "--where", "wave = 2014 or os = iOS"]), ["2014", "2015"]);
    let one = sample(&desk, &["--by", "os", "--where", "wave = 2014"]);
    let other = sample(&desk, &["--by", "os", "--wave", "2014"]);
    assert_eq!(one["rows"], other["rows"]);
    let table = ["table", "--sample", "--where", "wave in (2014, 2015)"];
    assert!(desk.fails(2, &[&table[..], &["--by", "os"]].concat()).contains("would pool the waves"));
    assert!(desk.fails(2, &[&table[..], &["--by", ""]].concat()).contains("would be pooled"));
    let never = ["table", "--sample", "--where", "wave = 2014 and wave = 2015"];
    assert!(desk.fails(1, &never).contains("holds in no wave"));
}

#[test]
fn letters_and_gaps_are_of_the_levels_that_are_left() {
    let desk = Desk::new();
    let asked = ["--where", "age_group in (25-34, 45+)", "--compare", "age_group"];
    let table = sample(&desk, &[&["--by", "age_group"], &asked[..]].concat());
    let gaps = table["gaps"].as_array().unwrap();
    assert_eq!((gaps.len(), &gaps[0]["of"]), (1, &serde_json::json!(["25-34", "45+"])));
    assert!(table["notes"].to_string().contains("Letters of Age group: A 25–34, B 45+."));
    let one = ["table", "--sample", "--by", "os", "--compare", "os", "--where", "os = iOS"];
    assert!(desk.fails(1, &one).contains("os has only one level"));
}

#[test]
fn what_a_survey_does_not_have_is_refused_with_its_place() {
    let desk = Desk::new();
    for (code, condition, said) in [
        (
            2,
            "os = iOS and oss = x",
            "--where, column 14: the survey has no dimension \"oss\"\nhint: did you mean os?",
        ),
        (
            2,
            "os = 塞班",
            "column 6: nobody in the survey has the os \"塞班\"\nhint: there are Android, iOS, other",
        ),
        (
            2,
            "city = 佛山",
            "column 8: nobody in the survey has the city \"Foshan\"\nhint: there are Beijing, Shanghai",
        ),
        (
            2,
            "city in (广州, Gangzhou)",
            "column 14: unknown city \"Gangzhou\"\nhint: did you mean Guangzhou (广州)",
        ),
        (
            2,
            "moments.shar = yes",
            "column 1: the survey has no item \"moments.shar\"\nhint: did you mean moments.share?",
        ),
        (2, "moments.share = maybe", "column 17: moments.share is answered with yes or no"),
        (2, "moments.share > 3", "column 1: moments.share is answered with yes or no, not with numbers"),
        (2, "os > 3", "column 1: os has levels that are no numbers, such as \"Android\""),
        (2, "wave > young", "column 8: a number was expected, but found \"young\""),
        (2, "*where* = in", "column 11: a level was expected, but found \"in\""),
        (
            1,
            "os = iOS and os = Android",
            "--where \"os = iOS and os = Android\" holds for nobody in the survey",
        ),
        (2, "os = ", "column 6: a level was expected, but the filter ends"),
    ] {
        let stderr = desk.fails(code, &["table", "--sample", "--where", condition]);
        assert!(stderr.contains(said), "{condition}: {stderr}");
    }
    let unknown = desk.fails(2, &["table", "--sample", "--by", "oss", "--where", "os = iOS"]);
    assert!(!unknown.contains("*where*"), "{unknown}");
}
