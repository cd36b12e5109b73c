//! What is derived from columns when a survey is looked at: regions and tiers, bands, recodes, nets.

use std::fs;

use serde_json::Value;

use crate::desk::Desk;

const SURVEY: &str = "\
respondent_id,segment,city,os,age,moments.minutes,wallet.use,red_packets.send
1,expat,广州,iOS,17,0,1,0
2,expat,成都,Android,18,5,0,0
3,chinese,昆山,iOS,24,30,0,
4,chinese,香港,Symbian,25,90,,1
5,expat,台湾,,,,-3,
6,chinese,济宁,iOS,50,-3,-3,-3
7,chinese,澳门,iOS,99,12.5,-3,0
";

const NUMBERS: &str = "[dataset.survey.items]\n\"moments.minutes\" = { number = true }\n";

const CODEBOOK: &str = "\
[dataset.survey.items]
\"moments.minutes\" = { number = true }
[dataset.survey.derive]
age_group = { of = \"age\", bands = [18, 25, 50] }
minutes = { of = \"moments.minutes\", bands = [0.5, 12.5] }
maker = { of = \"os\", levels = { iOS = \"Apple\", \"\" = \"unknown\", \"*\" = \"other\" } }
apart = { of = \"region\", levels = { \"Hong Kong\" = \"SAR\", Macau = \"SAR\", Taiwan = \"Taiwan\", \"*\" = \"mainland\" } }
[dataset.survey.nets]
\"payment.any\" = [\"wallet.use\", \"red_packets.send\"]
[names]
payment = { en = \"Payment\", zh = \"支付\" }
any = { en = \"any\", zh = \"任一\" }
";

fn desk(survey: &str, codebook: &str) -> Desk {
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), survey).unwrap();
    fs::write(desk.path("wxstats.toml"), codebook).unwrap();
    desk
}

fn table(desk: &Desk, arguments: &[&str]) -> Value {
    let common = ["table", "--input", "survey.csv", "--format", "json", "--show-withheld"];
    serde_json::from_str(&desk.ok(&[&common[..], arguments].concat())).unwrap()
}

/// The levels of a dimension in display order, each with its n of an item.
fn bases(desk: &Desk, by: &str, item: &str) -> Vec<(String, u64)> {
    let table = table(desk, &["--items", item, "--by", by, "--base", "asked"]);
    let rows = table["rows"].as_array().unwrap().iter().filter(|row| row["by"][by].is_string());
    rows.map(|row| (row["by"][by].as_str().unwrap().to_owned(), row["n"].as_u64().unwrap())).collect()
}

fn counted(levels: &[(&str, u64)]) -> Vec<(String, u64)> {
    levels.iter().map(|(level, n)| ((*level).to_owned(), *n)).collect()
}

/// Who is in a filter's domain, of those who were asked for their net.
fn people(desk: &Desk, condition: &str) -> u64 {
    let rows = &table(desk, &["--items", "moments.minutes", "--by", "", "--where", condition])["rows"];
    ["n", "blank", "not_asked"].iter().map(|column| rows[0][*column].as_u64().unwrap()).sum()
}

#[test]
fn a_net_is_yes_blank_no_or_not_asked() {
    let desk = desk(SURVEY, CODEBOOK);
    // 1: yes, no → yes. 2: no, no → no. 3: no, blank → blank. 4: blank, yes → yes. 5: not asked, blank → blank.
    // 6: neither asked → not asked. 7: not asked, no → no.
    let row = &table(&desk, &["--items", "payment.any", "--by", ""])["rows"][0];
    assert_eq!([&row["n"], &row["blank"], &row["not_asked"]], [4, 2, 1]);
    assert_eq!(row["estimate"], 0.5);
    for (answer, n) in [("yes", 2), ("no", 2), ("blank", 2), ("'not asked'", 1)] {
        assert_eq!(people(&desk, &format!("payment.any = {answer}")), n, "{answer}");
    }
}

#[test]
fn a_net_says_what_it_is_of_and_what_was_not_asked() {
    let longer = CODEBOOK.replace("\"red_packets.send\"]", "\"red_packets.send\", \"bank.use\"]");
    let desk = desk(SURVEY, &longer);
    let en = table(&desk, &["--items", "payment.any"])["notes"].to_string();
    assert!(
        en.contains("Payment: any is a net: yes to any of Wallet: use, Red packets: send, Banking: use."),
        "{en}"
    );
    assert!(en.contains("Payment: any: not asked: Banking: use."), "{en}");
    let zh = table(&desk, &["--items", "payment.any", "--lang", "zh"])["notes"].to_string();
    assert!(
        zh.contains(
            "“支付：任一”为合并项：对以下任一项回答“是”：微信钱包：使用、红包：发送、银行服务：使用。"
        ),
        "{zh}"
    );
    assert!(zh.contains("“支付：任一”中未问的项目：银行服务：使用。"), "{zh}");
    let without = table(&desk, &["--items", "wallet.use"])["notes"].to_string();
    assert!(!without.contains("net"), "{without}");
}

#[test]
fn bands_cut_dimensions_and_items_that_have_numbers() {
    let desk = desk(SURVEY, CODEBOOK);
    let ages = [("<18", 1), ("18-24", 2), ("25-49", 1), ("50+", 0), ("", 0)];
    assert_eq!(bases(&desk, "age_group", "wallet.use"), counted(&ages));
    let minutes = [("<0.5", 1), ("0.5-<12.5", 1), ("12.5+", 2), ("", 0)];
    assert_eq!(bases(&desk, "minutes", "wallet.use"), counted(&minutes));
    let text = desk.ok(&[
        "table",
        "--input",
        "survey.csv",
        "--items",
        "wallet.use",
        "--by",
        "age_group",
        "--lang",
        "zh",
    ]);
    for name in ["18 以下", "18–24", "50 及以上", "（空白）"] {
        assert!(text.contains(name), "{name}: {text}");
    }
    for (condition, n) in [
        ("age_group = 18–24", 2),
        ("age_group in ('Under 18', \"50+\")", 3),
        ("age >= 18 and age < 50", 3),
        ("not age >= 18", 2),
        ("moments.minutes >= 12.5", 3),
        ("moments.minutes != 5", 6),
        ("moments.minutes in (0, 30.0, blank)", 3),
        ("minutes = \"\"", 2),
    ] {
        assert_eq!(people(&desk, condition), n, "{condition}");
    }
}

#[test]
fn levels_are_recoded_and_regions_too() {
    let desk = desk(SURVEY, CODEBOOK);
    assert_eq!(bases(&desk, "maker", "wallet.use"), counted(&[("Apple", 2), ("unknown", 0), ("other", 2)]));
    assert_eq!(bases(&desk, "apart", "wallet.use"), counted(&[("SAR", 1), ("Taiwan", 0), ("mainland", 3)]));
}

#[test]
fn every_survey_has_regions_and_tiers() {
    let desk = desk(SURVEY, NUMBERS);
    let regions = [
        ("East China", 1),
        ("South China", 1),
        ("Southwest China", 1),
        ("Hong Kong", 1),
        ("Macau", 0),
        ("Taiwan", 0),
    ];
    assert_eq!(bases(&desk, "region", "wallet.use"), counted(&regions));
    let tiers = [
        ("Tier 1", 1),
        ("New tier 1", 1),
        ("Tier 3", 0),
        ("Unranked", 1),
        ("Hong Kong", 1),
        ("Macau", 0),
        ("Taiwan", 0),
    ];
    assert_eq!(bases(&desk, "tier", "wallet.use"), counted(&tiers));
    let text = desk.ok(&[
        "table",
        "--input",
        "survey.csv",
        "--items",
        "wallet.use",
        "--by",
        "region*tier",
        "--lang",
        "zh",
    ]);
    for name in ["华东", "新一线", "未列入", "香港", "台湾"] {
        assert!(text.contains(name), "{name}: {text}");
    }
    assert_eq!(people(&desk, "region = 华东 and tier != 未列入"), 1);
}

#[test]
fn a_file_with_a_region_of_its_own_keeps_it() {
    let own = SURVEY.replace(",os,", ",region,");
    let desk = desk(&own, NUMBERS);
    let levels: Vec<String> =
        bases(&desk, "region", "wallet.use").into_iter().map(|(level, _)| level).collect();
    assert_eq!(levels, ["Android", "Symbian", "iOS", ""]);
}

#[test]
fn a_changed_codebook_needs_no_new_ingest() {
    let desk = desk(SURVEY, NUMBERS);
    desk.ok(&["--key-file", "key", "ingest", "survey.csv"]);
    let by_age = ["table", "--items", "wallet.use", "--by", "age_group", "--format", "csv"];
    let unknown = desk.fails(2, &by_age);
    assert!(unknown.contains("there are age, city, os, region, segment, tier, wave"), "{unknown}");
    fs::write(desk.path("wxstats.toml"), CODEBOOK).unwrap();
    assert!(desk.ok(&by_age).contains("18-24"));
}

#[test]
fn what_cannot_be_derived_is_listed_with_its_places() {
    let codebook = "\
[dataset.survey.derive]
age = { of = \"os\", levels = { \"*\" = \"any\" } }
group = { of = \"agee\", bands = [18] }
maker = { of = \"os\", levels = { iOS = \"Apple\" } }
system = { of = \"os\", levels = { IOS = \"Apple\", \"*\" = \"other\" } }
band = { of = \"os\", bands = [1] }
minutes = { of = \"moments.minutes\", bands = [1, 30] }
sent = { of = \"red_packets.send\", bands = [1] }
[dataset.survey.items]
\"moments.minutes\" = { number = true }
[dataset.survey.nets]
\"wallet.use\" = [\"red_packets.send\", \"bank.use\"]
";
    let desk = desk(SURVEY, codebook);
    let said = desk.fails(2, &["table", "--input", "survey.csv"]);
    for problem in [
        "wxstats.toml:2:1: the survey has a column age already",
        "wxstats.toml:3:1: the survey has no dimension agee",
        "wxstats.toml:4:1: maker does not say what becomes of the level \"Android\"",
        "wxstats.toml:4:1: maker does not say what becomes of the level \"Symbian\"",
        "wxstats.toml:5:1: nobody has the level \"IOS\" of os\n  hint: did you mean iOS? It falls under \"*\"",
        "wxstats.toml:6:1: band cuts numbers into bands, and the level \"iOS\" is none",
        "wxstats.toml:7:1: minutes has bands of whole numbers, and the survey has 12.5",
        "wxstats.toml:8:1: red_packets.send is answered with yes or no, so it has no bands",
        "wxstats.toml:12:1: the survey has an item wallet.use already",
    ] {
        assert!(said.contains(problem), "{problem}\n{said}");
    }
}

#[test]
fn a_codebook_that_derives_nonsense_is_refused() {
    let codebook = "\
[dataset.a.derive]
city = { of = \"os\", levels = { a = \"b\" } }
tier = { of = \"age\", bands = [18] }
\"a*b\" = { of = \"age\", bands = [18] }
no_source = { bands = [18] }
no_rule = { of = \"age\" }
both = { of = \"age\", bands = [18], levels = { a = \"b\" } }
down = { of = \"age\", bands = [25, 18] }
words = { of = \"age\", bands = [\"x\"] }
chain = { of = \"down\", bands = [1] }
waves = { of = \"wave\", levels = { \"2014\" = \"old\" } }
numbers = { of = \"moments.minutes\", levels = { a = \"b\" } }
south = { of = \"city\", levels = { \"广州\" = \"south\", Canton = \"south\", Narnia = \"north\" } }
typo = { off = \"age\", bands = [18] }
[dataset.a.nets]
\"payment.any\" = [\"wallet.use\"]
\"money.any\" = [\"payment.any\", \"bank.use\", \"bank.use\"]
\"time.any\" = [\"moments.minutes\", \"bank.use\"]
[dataset.a.items]
\"moments.minutes\" = { number = true }
";
    let desk = desk(SURVEY, codebook);
    let said = desk.fails(2, &["table", "--input", "survey.csv"]);
    for problem in [
        ":2:1: city is a dimension already",
        ":3:1: tier is a dimension already",
        ":4:1: \"a*b\" is no name of a dimension",
        ":5:1: no_source does not say of what it is made",
        ":6:1: no_rule needs either bands or levels",
        ":7:1: both needs either bands or levels",
        ":8:30: bands must be ascending numbers, at least one",
        ":9:32: a bound must be a number, not text",
        ":10:16: \"down\" is itself derived",
        ":11:16: nothing is derived from the wave",
        ":12:1: numbers recodes moments.minutes, which has numbers and no levels",
        ": \"Canton\" stands twice",
        ": unknown city \"Narnia\"",
        ":14:10: typo has no key \"off\"",
        ": payment.any has fewer than two items",
        ": \"bank.use\" stands twice",
        ": money.any: payment.any is itself a net",
        ": time.any: moments.minutes is measured in numbers",
    ] {
        assert!(said.contains(problem), "{problem}\n{said}");
    }
}

#[test]
fn weights_are_made_to_meet_derived_margins() {
    let codebook = "\
[dataset.synthetic-survey.derive]
older = { of = \"age_group\", levels = { \"45+\" = \"45+\", \"*\" = \"<45\" } }
[[dataset.synthetic-survey.weighting.margin]]
by = \"tier\"
shares = { \"Tier 1\" = 0.5, \"*\" = 0.5 }
[[dataset.synthetic-survey.weighting.margin]]
by = \"older\"
shares = { \"<45\" = 0.7, \"45+\" = 0.3 }
";
    let desk = desk(SURVEY, codebook);
    let weights: Value = serde_json::from_str(&desk.ok(&["weight", "--sample", "--format", "json"])).unwrap();
    let shares: Vec<f64> = weights["margins"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|margin| margin["targets"].as_array().unwrap())
        .map(|target| target["after_share"].as_f64().unwrap())
        .collect();
    let expected = [0.5, 0.5, 0.7, 0.3];
    assert!(shares.iter().zip(expected).all(|(share, target)| (share - target).abs() < 1e-9), "{shares:?}");
}
