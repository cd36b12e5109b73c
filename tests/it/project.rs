//! The codebook: what it may say, and everything that can be wrong with it. `BLESS=1 cargo test project` writes the
//! messages anew.

use std::fs;
use std::path::Path;

use wxstats::codebook::project::{
    Figures, MarginBook, Measured, Project, ProjectProblems, TargetBook, Unit, WeightingBook,
};
use wxstats::codebook::{Item, Lang, Name};

const WHOLE: &str = r#"
[project]
title = { en = "Expats on WeChat", zh = "微信上的外籍人士" }
language = "zh"

[dataset.expats]
panel = true

[dataset.expats.items]
"use.satisfied" = { scale = [1, 5], top = 2 }
"use.ease" = { scale = [1, 7] }
"wechat.recommend" = { scale = [0, 10], nps = true }
"brand.recommend" = { nps = true }
"moments.minutes" = { number = true }

[dataset.expats.sets]
share_where = ["moments.share", "groups.share", "channels.share"]

[dataset.expats.weighting]
bounds = [0.3, 3]
population = "populations.csv"
targets = { Expat = ["city", "os * age_group"], chinese = ["age_group"] }

[[dataset.expats.weighting.margin]]
by = "segment"
persons = { expat = 800_000, "*" = 1.1e9 }

[[dataset.expats.weighting.margin]]
by = "city*os"
within = "segment=chinese"
shares = { "广州*iOS" = 10, "Canton*Android" = 20, "*" = 70 }

[names]
moments = { en = "The Wall", zh = "朋友圈" }
share_where = "Where shared"
"city=广州" = { en = "Canton", zh = "广州" }
"#;

fn refusal(text: &str) -> ProjectProblems {
    Project::parse(text, "wxstats.toml").unwrap_err()
}

fn margin(at: (u64, u64), by: &[&str], within: Option<(&str, &str)>, figures: Figures) -> MarginBook {
    MarginBook {
        at,
        by: by.iter().map(ToString::to_string).collect(),
        within: within.map(|(dimension, level)| (dimension.to_owned(), level.to_owned())),
        figures,
    }
}

fn target(at: (u64, u64), levels: &[&str], total: f64) -> TargetBook {
    TargetBook { levels: Some(levels.iter().map(ToString::to_string).collect()), total, at }
}

#[test]
fn a_codebook_is_read_whole() {
    let project = Project::parse(WHOLE, "wxstats.toml").unwrap();
    assert_eq!(project.title, Some(Name::new("Expats on WeChat", "微信上的外籍人士")));
    assert_eq!(project.language, Some(Lang::Zh));
    assert_eq!(project.names().feature("moments"), Name::new("The Wall", "朋友圈"));
    assert_eq!(project.names["share_where"], Name::new("Where shared", "Where shared"));
    let canton = ("city".to_owned(), "Guangzhou".to_owned());
    assert_eq!(project.level_names[&canton], Name::new("Canton", "广州"));
    let expats = project.dataset("expats").unwrap();
    assert!(expats.panel && project.dataset("others").is_none());
    let measured = |item: &str| expats.items[&item.parse::<Item>().unwrap()];
    assert_eq!(measured("use.satisfied"), Measured::Top { low: 1, high: 5, boxes: 2 });
    assert_eq!(measured("use.ease"), Measured::Scale { low: 1, high: 7 });
    assert_eq!(measured("wechat.recommend"), Measured::Nps);
    assert_eq!(measured("brand.recommend"), Measured::Nps);
    assert_eq!(measured("moments.minutes"), Measured::Number);
    let set: Vec<String> = expats.sets["share_where"].iter().map(ToString::to_string).collect();
    assert_eq!(set, ["moments.share", "groups.share", "channels.share"]);
}

#[test]
fn margins_come_from_the_population_file_first_and_levels_are_keys() {
    let project = Project::parse(WHOLE, "wxstats.toml").unwrap();
    let expat = Some(("segment", "expat"));
    let chinese = Some(("segment", "chinese"));
    let persons = vec![
        target((26, 13), &["expat"], 800_000.0),
        TargetBook { levels: None, total: 1.1e9, at: (26, 30) },
    ];
    let shares = vec![
        target((31, 12), &["Guangzhou", "iOS"], 10.0),
        target((31, 27), &["Guangzhou", "Android"], 20.0),
        TargetBook { levels: None, total: 70.0, at: (31, 50) },
    ];
    let expected = WeightingBook {
        file: "wxstats.toml".to_owned(),
        at: (21, 1),
        bounds: Some((0.3, 3.0)),
        population: Some("populations.csv".to_owned()),
        margins: vec![
            margin((22, 22), &["city"], expat, Figures::Population),
            margin((22, 30), &["os", "age_group"], expat, Figures::Population),
            margin((22, 60), &["age_group"], chinese, Figures::Population),
            margin((24, 1), &["segment"], None, Figures::Listed { unit: Unit::Persons, targets: persons }),
            margin(
                (28, 1),
                &["city", "os"],
                chinese,
                Figures::Listed { unit: Unit::Shares, targets: shares },
            ),
        ],
    };
    let weighting = project.dataset("expats").unwrap().weighting.clone().unwrap();
    assert_eq!(weighting, expected);
    assert_eq!(weighting.dimensions(), ["segment", "city", "os", "age_group"]);
    assert_eq!(weighting.margins[1].label(), "margin os*age_group within segment expat");
}

#[test]
fn the_codebooks_in_the_documentation_are_codebooks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/CODEBOOK.md");
    let text = fs::read_to_string(path).unwrap();
    let examples: Vec<&str> =
        text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let books = examples.iter().map(|example| Project::parse(example, "CODEBOOK.md").unwrap());
    let books: Vec<Project> = books.collect();
    let weighted = |book: &&Project| book.dataset("expats").is_some_and(|expats| expats.weighting.is_some());
    assert_eq!(books.iter().filter(weighted).count(), 2);
    let says_nothing = |book: &Project| book.datasets.is_empty();
    assert!(!books.iter().any(says_nothing), "every example says something of a dataset");
}

#[test]
fn nothing_needs_to_be_said() {
    assert_eq!(Project::parse("", "wxstats.toml"), Ok(Project::default()));
    let bare = "\u{FEFF}[project]\r\n[dataset.expats]\r\n";
    let project = Project::parse(bare, "wxstats.toml").unwrap();
    assert_eq!(project.dataset("expats").unwrap(), &wxstats::codebook::project::DatasetBook::default());
    let unbounded = "[dataset.a.weighting]\nbounds = [0, inf]\n[[dataset.a.weighting.margin]]\nby = \"os\"\nshares = { \"\" = 1 }";
    let project = Project::parse(unbounded, "wxstats.toml").unwrap();
    let weighting = project.dataset("a").unwrap().weighting.clone().unwrap();
    assert_eq!(weighting.bounds, Some((0.0, f64::INFINITY)));
    let Figures::Listed { targets, .. } = &weighting.margins[0].figures else { panic!() };
    assert_eq!(targets, &[target((5, 12), &[""], 1.0)], "respondents who left it blank");
}

/// Codebooks, each with something wrong, and below each, in lines that begin with `> `, what is said of it.
const WRONG: &str = "tests/it/golden/project/wrong.txt";

#[test]
fn everything_wrong_is_said_with_its_place_and_what_to_write() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(WRONG);
    let golden = fs::read_to_string(&path).unwrap();
    let cases = golden.split("\n\n").map(|block| block.split("\n>").next().unwrap().trim());
    let found: Vec<String> = cases
        .filter(|text| !text.is_empty())
        .map(|text| {
            let said = refusal(text).to_string().replace("wxstats.toml:", "").replace('\n', "\n> ");
            format!("{text}\n> {said}\n")
        })
        .collect();
    let found = found.join("\n");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).unwrap();
        return;
    }
    assert!(found == golden, "run BLESS=1 cargo test project, and read what git diff shows");
}

#[test]
fn all_problems_are_listed_by_place() {
    let text = "[project]\nlanguage = \"fr\"\nlogo = 1\n[dataset.a.items]\n\"a.b\" = { top = 1 }\n[wat]\n";
    assert_eq!(
        refusal(text).to_string(),
        "wxstats.toml:2:12: there is no language \"fr\"\n  hint: write \"en\" or \"zh\"\n\
         wxstats.toml:3:1: [project] has no key \"logo\"\n  hint: [project] may hold title, language\n\
         wxstats.toml:5:9: a.b: top needs the scale whose highest points it counts\n  \
         hint: write { scale = [1, 5], top = 2 }\n\
         wxstats.toml:6:2: the codebook has no key \"wat\"\n  hint: the codebook may hold project, dataset, names"
    );
}

#[test]
fn what_is_not_toml_says_where() {
    for (text, at, hint) in [
        ("[project\n", (1, 9), None),
        ("[project]\ntitle = “x”\n", (2, 9), Some("plain characters")),
        ("[project]\ntitle = \"a\"\ntitle = \"b\"\n", (3, 1), Some("stands once")),
    ] {
        let problems = refusal(text);
        let first = &problems.list()[0];
        assert_eq!((first.line, first.column), at, "{problems}");
        match hint {
            None => assert_eq!(first.hint, None),
            Some(part) => {
                assert!(first.hint.as_deref().is_some_and(|hint| hint.contains(part)), "{problems}");
            }
        }
    }
}

#[test]
fn a_cut_codebook_is_refused_or_read_and_nothing_else() {
    for (end, _) in WHOLE.char_indices() {
        if let Err(problems) = Project::parse(&WHOLE[..end], "wxstats.toml") {
            assert!(problems.list().iter().all(|problem| problem.line > 0 && problem.column > 0));
        }
    }
}

#[test]
fn what_a_message_repeats_is_harmless_and_short() {
    let text = format!("[project]\n\"\u{202E}a\\u001b[31m{}\" = 1", "x".repeat(100));
    let problems = refusal(&text);
    let message = &problems.list()[0].message;
    assert!(message.chars().count() < 80 && !message.contains(['\u{202E}', '\u{1b}']), "{message}");
}

#[test]
fn bytes_that_are_not_utf8_are_refused_where_they_stand() {
    assert_eq!(Project::parse_bytes(WHOLE.as_bytes(), "wxstats.toml"), Project::parse(WHOLE, "wxstats.toml"));
    let said = |bytes: &[u8]| Project::parse_bytes(bytes, "wxstats.toml").unwrap_err().to_string();
    assert_eq!(
        said(b"[project]\ntitle = \"\xCE\xA2\xD0\xC5\"\n"),
        "wxstats.toml:2:11: byte 0xD0 at offset 21 is not UTF-8\n  hint: the file is probably in another encoding, \
         such as GBK: save it as UTF-8, or convert it with iconv -f GB18030 -t UTF-8"
    );
    let wide: Vec<u8> = "[project]\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [wide.clone(), [&b"\xFF\xFE"[..], &wide].concat()] {
        assert_eq!(
            said(&bytes),
            "wxstats.toml:1:1: the file is UTF-16, not UTF-8\n  \
             hint: save it as UTF-8, or convert it with iconv -f UTF-16 -t UTF-8"
        );
    }
}

#[test]
fn of_many_problems_the_first_are_written_out() {
    let many: Vec<String> = (0..25).map(|key| format!("k{key} = 1")).collect();
    let problems = refusal(&many.join("\n"));
    assert_eq!(problems.list().len(), 25);
    let said = problems.to_string();
    assert!(said.contains("wxstats.toml:20:1: ") && !said.contains("wxstats.toml:21:1: "), "{said}");
    assert!(said.ends_with("\nwxstats.toml: … and 5 more"), "{said}");
    let deep = refusal(&format!("a = {}", "[".repeat(100_000)));
    assert!(deep.to_string().lines().count() <= 2 * 20 + 1);
}
