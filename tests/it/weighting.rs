//! Weights from a codebook and its population file: targets, diagnosis, and every way in which it cannot be done.
//! `BLESS=1 cargo test weighting` writes the goldens anew.

use std::fs;
use std::path::PathBuf;

use wxstats::codebook::project::{
    Figures, MarginBook, Project, ProjectProblems, TargetBook, Unit, WeightingBook,
};
use wxstats::codebook::{Lang, Names};
use wxstats::estimate::calibrate::Scale;
use wxstats::ingest::{Batches, Options, read_dataset};
use wxstats::tally::{Cells, Panel, Plan, Tally, Variable, items, tally};
use wxstats::weighting::{
    Diagnosis, LabelledMargin, Line, Population, Warning, Weighted, Weighting, WeightingError, dimensions,
    json, text,
};

/// Respondents: how many, then segment, city, os, weight and wave.
type Group<'a> = (usize, &'a str, &'a str, &'a str, f64, &'a str);

/// The tally of a sample by those of the dimensions that it has, and all that it has.
fn sample(groups: &[Group<'_>], by: &[String]) -> (Tally, Vec<String>) {
    let mut csv = "respondent_id,segment,city,os,weight,wave,moments.share\n".to_owned();
    for (index, (n, segment, city, os, weight, wave)) in groups.iter().enumerate() {
        for person in 0..*n {
            csv += &format!("{index}-{person},{segment},{city},{os},{weight},{wave},{}\n", person % 2);
        }
    }
    let options = Options { file: "sample.csv".to_owned(), ..Options::default() };
    let pseudonym = |id: &str| id.bytes().fold(7, |hash: u128, byte| hash * 257 + u128::from(byte));
    let (dataset, _) = read_dataset(std::io::Cursor::new(csv.as_bytes()), &options, &pseudonym).unwrap();
    let parts: Vec<&dyn Batches> = dataset.parts.iter().map(|part| part as &dyn Batches).collect();
    let variables = items(&parts).into_iter().map(Variable::from).collect();
    let known = dimensions(&parts);
    let by = by.iter().filter(|name| known.contains(name)).cloned().collect();
    (tally(&parts, &Plan { by, variables, panel: Panel::Not }).unwrap(), known)
}

/// Two segments, three cities and two systems; expats are too many in Shanghai, and too few have Android.
const SAMPLE: &[Group<'_>] = &[
    (60, "expat", "Guangzhou", "iOS", 1.0, "2015"),
    (20, "expat", "Guangzhou", "Android", 1.0, "2015"),
    (120, "expat", "Shanghai", "iOS", 1.0, "2015"),
    (40, "expat", "Shanghai", "Android", 2.0, "2015"),
    (50, "expat", "Beijing", "iOS", 1.0, "2015"),
    (10, "expat", "Beijing", "Android", 1.0, "2015"),
    (30, "expat", "Hangzhou", "iOS", 1.0, "2015"),
    (12, "expat", "Xiamen", "Android", 0.5, "2015"),
    (200, "chinese", "Guangzhou", "Android", 1.0, "2015"),
    (100, "chinese", "Shanghai", "iOS", 1.0, "2015"),
];

fn book(toml: &str) -> WeightingBook {
    let project = Project::parse(&format!("[dataset.a.weighting]\n{toml}"), "wxstats.toml").unwrap();
    project.dataset("a").unwrap().weighting.clone().unwrap()
}

fn path(kind: &str, name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(kind).join("weighting").join(name)
}

fn from_fixture(book: &WeightingBook) -> anyhow::Result<Weighting> {
    Weighting::new(book, &[], |name| Ok(fs::read(path("fixtures", name))?))
}

/// The weighting of a codebook whose population file, if any, has this text.
fn weighting(toml: &str, population: &str) -> Result<Weighting, ProjectProblems> {
    Weighting::new(&book(toml), &[], |_| Ok(population.as_bytes().to_vec()))
        .map_err(|error| error.downcast::<ProjectProblems>().unwrap())
}

fn weighted(book: &WeightingBook, groups: &[Group<'_>]) -> Result<Weighted, WeightingError> {
    let dimensions = book.dimensions();
    let by: &[String] = if groups.iter().any(|group| group.5 != "2015") {
        &[dimensions, vec!["wave".to_owned()]].concat()
    } else {
        &dimensions
    };
    let (tally, known) = sample(groups, by);
    from_fixture(book).unwrap().calibrate(&tally, &known)
}

fn totals(margin: &LabelledMargin) -> Vec<(String, f64)> {
    let label = |levels: &Option<Vec<String>>| levels.as_ref().map_or("*".to_owned(), |keys| keys.join("*"));
    margin.targets.iter().map(|target| (label(&target.levels), target.total)).collect()
}

fn owned(pairs: &[(&str, f64)]) -> Vec<(String, f64)> {
    pairs.iter().map(|&(level, total)| (level.to_owned(), total)).collect()
}

#[test]
fn a_population_file_holds_several_margins_totals_and_a_remainder() {
    let toml = "population = \"populations.csv\"\ntargets = { expat = [\"city\", \"os\"] }";
    let weighting = from_fixture(&book(toml)).unwrap();
    let [city, os] = weighting.margins.as_slice() else { panic!() };
    assert_eq!(
        totals(city),
        owned(&[("Guangzhou", 235e3), ("Shanghai", 209e3), ("Beijing", 107e3), ("*", 249e3)])
    );
    assert_eq!(totals(os), owned(&[("iOS", 520e3), ("Android", 280e3)]), "they add up to the total");
    assert_eq!((city.scale, city.label().as_str()), (Scale::Persons, "margin city within segment expat"));
    let segment = from_fixture(&book("population = \"populations.csv\"\ntargets = [\"segment\"]")).unwrap();
    assert_eq!(totals(&segment.margins[0]), owned(&[("expat", 800e3), ("chinese", 1.2e6)]));
    let nested = from_fixture(&book("population = \"populations.csv\"\ntargets = [\"segment*city\"]"));
    assert_eq!(nested.unwrap().margins[0].targets.len(), 3, "a partial total belongs to another margin");
}

#[test]
fn the_population_file_in_the_documentation_leaves_what_it_says() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/CODEBOOK.md");
    let document = fs::read_to_string(path).unwrap();
    let csv = document.split("```csv\n").nth(1).unwrap().split("```").next().unwrap();
    let toml = "population = \"p.csv\"\ntargets = { expat = [\"city\", \"os\"] }";
    let weighting = weighting(toml, csv).unwrap();
    let city = owned(&[("Guangzhou", 235e3), ("Shanghai", 209e3), ("*", 356e3)]);
    assert_eq!(totals(&weighting.margins[0]), city);
    assert_eq!(totals(&weighting.margins[1]), owned(&[("iOS", 520e3), ("Android", 280e3)]));
}

#[test]
fn the_path_is_read_as_the_codebook_gives_it_and_only_then() {
    let toml = "population = \"figures/p.csv\"\ntargets = [\"os\"]";
    let error = Weighting::new(&book(toml), &[], |path| Err(anyhow::anyhow!("{path} is away"))).unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        r#"wxstats.toml:2:1: population "figures/p.csv": figures/p.csv is away"#
    );
    let away = std::io::Error::from(std::io::ErrorKind::NotFound);
    let error = Weighting::new(&book(toml), &[], |_| Err(away.into())).unwrap_err();
    assert!(error.is::<std::io::Error>(), "a missing file stays one");
    let inline = book("margin = [{ by = \"os\", shares = { iOS = 1 } }]");
    assert!(Weighting::new(&inline, &[], |_| Err(anyhow::anyhow!("nothing to read"))).is_ok());
}

#[test]
fn a_population_file_is_refused_with_its_places() {
    let targets = "population = \"p.csv\"\ntargets = [\"city\"]";
    let within = "population = \"p.csv\"\ntargets = { expat = [\"city\"] }";
    for (toml, file, expected) in [
        (targets, "", "p.csv:1:1: the file is empty"),
        (targets, "city\nBeijing\n", "p.csv:1:1: there is no column persons"),
        (targets, "persons,source\n3,x\n", "p.csv:1:1: there is no column of a dimension"),
        (targets, "city,,persons\nBeijing,,3\n", "p.csv:1:6: column 2 has no name"),
        (targets, "city,city,persons\nBeijing,,3\n", "p.csv:1:6: there are two columns \"city\""),
        (targets, "city,persons\n北京,3,4\n", "p.csv:2:6: 3 cells in a row of a file with 2 columns"),
        (targets, "city,persons\nNarnia,3\n", "p.csv:2:1: unknown city \"Narnia\""),
        (targets, "city,persons\n北京,\n", "p.csv:2:4: no persons"),
        (targets, "city,persons\n北京,\"3,000\"\n", "p.csv:2:4: persons \"3,000\" is not a number above 0"),
        (targets, "city,persons\n北京,0\n", "p.csv:2:4: persons \"0\" is not a number above 0"),
        (targets, "city,persons\n北京,inf\n", "p.csv:2:4: persons \"inf\" is not a number above 0"),
        (targets, "city,persons\n北京,3\nPeking,4\n", "p.csv:3:1: this row has the levels of line 2"),
        (
            targets,
            "city,persons;source\n北京,3;x\n",
            "p.csv:1:1: the cells may be separated by commas or by semicolons",
        ),
        (targets, "os,persons\niOS,4\n", "wxstats.toml:3:12: margin city needs a column city in p.csv"),
        (
            within,
            "city,persons\nBeijing,4\n",
            "wxstats.toml:3:22: margin city within segment expat needs a column segment in p.csv",
        ),
        (
            targets,
            "segment,city,persons\nexpat,Beijing,4\n",
            "wxstats.toml:3:12: there are no rows for margin city in p.csv",
        ),
        (
            targets,
            "city,persons\n,6\nBeijing,4\nShanghai,3\n",
            "p.csv:2:1: margin city adds up to 7.0 persons, more than the 6.0 in all",
        ),
    ] {
        let problems = weighting(toml, file).unwrap_err();
        assert_eq!(problems.list().len(), 1, "{problems}");
        let problem = &problems.list()[0];
        assert_eq!(problem.to_string(), expected);
        assert!(problem.hint.is_some() || expected.contains("Narnia"), "{expected}");
    }
    assert!(weighting(targets, "city;persons\n北京;3\n").is_ok(), "a population file may come in any form");
    for total in ["*", "Total", "all", "合计", "全部"] {
        let problems = weighting(targets, &format!("city,persons\n{total},3\n")).unwrap_err();
        let hint = "leave the level blank: a blank is the total, of all levels together";
        assert_eq!(problems.list()[0].hint.as_deref(), Some(hint), "{problems}");
    }
    let all = weighting(targets, "city,persons\nNarnia,x\nBeijing,1,2\nShanghai,-1\n").unwrap_err();
    let places: Vec<(u64, u64)> = all.list().iter().map(|problem| (problem.line, problem.column)).collect();
    assert_eq!(places, [(2, 1), (2, 8), (3, 11), (4, 10)]);
    let parsed = Population::parse(b"city,persons\n,6\n", "p.csv").unwrap();
    assert_eq!((parsed.dimensions, parsed.rows[0].levels.clone()), (vec!["city".to_owned()], vec![None]));
}

/// 40 and 60 respondents of weight 1 for 300 and 300 persons: g is 7.5 and 5, Σw′² = 40 · 56.25 + 60 · 25 = 3750.
#[test]
fn the_diagnosis_is_what_a_hand_finds() {
    let book = book("margin = [{ by = \"os\", persons = { iOS = 300, Android = 300 } }]");
    let groups =
        [(40, "expat", "Beijing", "iOS", 1.0, "2015"), (60, "expat", "Beijing", "Android", 1.0, "2015")];
    let Weighted { diagnosis, calibration } = weighted(&book, &groups).unwrap();
    let ios = Line { n: 40, target: 300.0, before: 40.0, after: 300.0 };
    assert_eq!(diagnosis.margins[0].targets[0], ios);
    let whole = Line { n: 100, target: 600.0, before: 100.0, after: 600.0 };
    assert_eq!(diagnosis.margins[0].whole, whole);
    assert_eq!((diagnosis.n, diagnosis.cycles, diagnosis.g, diagnosis.mean_g), (100, 1, (5.0, 7.5), 6.0));
    assert_eq!(
        (diagnosis.before.sum, diagnosis.before.deff, diagnosis.before.effective_n),
        (100.0, 1.0, 100.0)
    );
    assert_eq!((diagnosis.after.sum, diagnosis.after.effective_n), (600.0, 96.0));
    assert!((diagnosis.after.deff - 100.0 / 96.0).abs() < 1e-15);
    assert_eq!(diagnosis.warnings, []);
    let g: Vec<f64> = (0..2).map(|group| calibration.g_of_group(group)).collect();
    assert_eq!(g, [5.0, 7.5], "Android stands before iOS");
    assert_eq!(diagnosis.weighting.settings(), "post-stratified to os");
}

#[test]
fn targets_may_differ_by_segment_and_each_is_met() {
    let book = book(
        "population = \"populations.csv\"\ntargets = { expat = [\"city\", \"os\"] }\n\
         [[dataset.a.weighting.margin]]\nby = \"segment\"\npersons = { expat = 800000, chinese = 1.2e6 }\n\
         [[dataset.a.weighting.margin]]\nby = \"city\"\nwithin = \"segment=chinese\"\n\
         shares = { \"广州\" = 25, \"*\" = 75 }\n",
    );
    let Weighted { diagnosis, .. } = weighted(&book, SAMPLE).unwrap();
    for line in diagnosis.margins.iter().flat_map(|margin| &margin.targets) {
        assert!((line.after / line.target - 1.0).abs() < 2e-10, "{line:?}");
    }
    let shares: Vec<f64> = diagnosis.margins[3].targets.iter().map(|line| line.target).collect();
    assert_eq!(shares, [300_000.0, 900_000.0], "of the persons that the segment's margin gives");
    assert_eq!(diagnosis.margins[0].targets[3].n, 42, "Hangzhou and Xiamen share the remainder");
    assert_eq!(
        diagnosis.weighting.settings(),
        "raked to city within expat, os within expat, segment, city within chinese"
    );
    let few = Warning::FewRespondents { margin: 0, targets: vec![3] };
    assert!(!diagnosis.warnings.contains(&few), "{:?}", diagnosis.warnings);
}

#[test]
fn waves_are_weighted_each_by_itself() {
    let book = book("margin = [{ by = \"os\", shares = { iOS = 0.5, Android = 0.5 } }]");
    let groups = [
        (40, "expat", "Beijing", "iOS", 1.0, "2015"),
        (60, "expat", "Beijing", "Android", 1.0, "2015"),
        (90, "expat", "Beijing", "iOS", 1.0, "2016"),
        (30, "expat", "Beijing", "Android", 1.0, "2016"),
    ];
    let Weighted { diagnosis, .. } = weighted(&book, &groups).unwrap();
    let after: Vec<Vec<f64>> =
        diagnosis.margins.iter().map(|m| m.targets.iter().map(|line| line.after).collect()).collect();
    assert_eq!(after, [[50.0, 50.0], [60.0, 60.0]]);
    assert_eq!(diagnosis.margins[1].margin.label(), "margin os within wave 2016");
    refused(&book, &groups[..3], &["2:46: margin os within wave 2016: the sample has nobody in Android"]);
}

#[test]
fn warnings_tell_which_factors_are_far_and_which_bases_small() {
    let shares =
        book("margin = [{ by = \"os\", within = \"segment=expat\", shares = { iOS = 0.4, \"*\" = 0.6 } }]");
    assert_eq!(weighted(&shares, SAMPLE).unwrap().diagnosis.warnings, []);
    let groups =
        [(10, "expat", "Beijing", "iOS", 1.0, "2015"), (90, "expat", "Beijing", "Android", 1.0, "2015")];
    let far = book("margin = [{ by = \"os\", shares = { iOS = 0.6, Android = 0.4 } }]");
    let diagnosis = weighted(&far, &groups).unwrap().diagnosis;
    let [Warning::WideFactors { low, high }, Warning::FewRespondents { margin: 0, targets }] =
        diagnosis.warnings.as_slice()
    else {
        panic!("{:?}", diagnosis.warnings)
    };
    assert!((low - 4.0 / 9.0).abs() < 1e-12 && (high - 6.0).abs() < 1e-12 && targets == &[0]);
    assert_eq!(
        warnings(&diagnosis, Lang::En),
        [
            "warning: factors run from 0.444 to 6 times their mean: few respondents may carry much; consider bounds or larger levels",
            "warning: Operating system: fewer than 30 respondents in iOS (n = 10)",
        ]
    );
    assert_eq!(
        warnings(&diagnosis, Lang::Zh),
        [
            "警告：系数为其均值的 0.444 至 6 倍：少数受访者可能占很大权重，可考虑设定 bounds 或合并水平",
            "警告：操作系统：iOS（n = 10）不足 30 名受访者",
        ]
    );
}

fn warnings(diagnosis: &Diagnosis, lang: Lang) -> Vec<String> {
    let text = text(diagnosis, &Names::default(), lang);
    let is_warning = |line: &&str| line.starts_with(lang.pick("warning", "警告"));
    text.lines().filter(is_warning).map(str::to_owned).collect()
}

fn listed(by: &str, targets: &[(&str, f64)]) -> WeightingBook {
    let target = |(column, &(level, total)): (u64, &(&str, f64))| TargetBook {
        levels: Some(vec![level.to_owned()]),
        total,
        at: (9, column),
    };
    let targets = (1..).zip(targets).map(target).collect();
    let figures = Figures::Listed { unit: Unit::Persons, targets };
    let margin = MarginBook { by: vec![by.to_owned()], within: None, figures, at: (8, 1) };
    let file = "wxstats.toml".to_owned();
    WeightingBook { file, at: (7, 1), bounds: None, population: None, margins: vec![margin] }
}

/// Sees that weighting is refused so.
fn refused(book: &WeightingBook, groups: &[Group<'_>], expected: &[&str]) {
    let error = weighted(book, groups).unwrap_err();
    let messages: Vec<String> = error.problems().iter().map(ToString::to_string).collect();
    let messages: Vec<&str> =
        messages.iter().map(|message| message.trim_start_matches("wxstats.toml:")).collect();
    assert_eq!(messages, expected);
    let hints: Vec<&str> = error.problems().iter().filter_map(|problem| problem.hint.as_deref()).collect();
    assert!(hints.len() == expected.len() && hints.iter().all(|hint| error.to_string().contains(hint)));
    assert!(!hints.iter().any(|hint| hint.contains("  ")), "{hints:?}");
}

#[test]
fn levels_on_one_side_only_are_listed_for_all_margins_at_once() {
    let book = book(
        "[[dataset.a.weighting.margin]]\nby = \"city\"\nwithin = \"segment=expat\"\n\
         persons = { Guangzhou = 1, Shanghai = 2, Beijing = 3, Kunming = 4, Dalian = 5 }\n\
         [[dataset.a.weighting.margin]]\nby = \"os*segment\"\npersons = { \"iOS*expat\" = 1, \"HarmonyOS*expat\" = 2 }\n\
         [[dataset.a.weighting.margin]]\nby = \"segment\"\npersons = { expat = 1, chinese = 2, \"*\" = 249000 }\n",
    );
    refused(
        &book,
        SAMPLE,
        &[
            "2:1: margin city within segment expat: the sample has 30 respondents in Hangzhou and 12 respondents in Xiamen, and the targets do not list them",
            "5:55: margin city within segment expat: the sample has nobody in Kunming",
            "5:68: margin city within segment expat: the sample has nobody in Dalian",
            "6:1: margin os*segment: the sample has 82 respondents in Android*expat, 200 respondents in Android*chinese and 100 respondents in iOS*chinese, and the targets do not list them",
            "8:30: margin os*segment: the sample has nobody in HarmonyOS*expat",
            "11:37: margin segment: 249,000 persons are left to levels that are not listed, and the sample has nobody there",
        ],
    );
    let blank = [(1, "expat", "Beijing", "", 1.0, "2015"), (40, "expat", "Beijing", "iOS", 1.0, "2015")];
    refused(
        &listed("os", &[("iOS", 7.0)]),
        &blank,
        &["8:1: margin os: the sample has 1 respondent in (blank), and the targets do not list it"],
    );
}

#[test]
fn a_margin_must_be_of_what_the_sample_has() {
    let within = book(
        "margin = [{ by = \"os\", within = \"segment=agent\", shares = { iOS = 1 } }, { by = \"city\", within = \"os=BlackBerry\", shares = { \"*\" = 1 } }]",
    );
    let expected = [
        "2:11: margin os within segment agent: the sample has nobody in segment agent",
        "2:74: margin city within os BlackBerry: the sample has nobody in os BlackBerry",
    ];
    refused(&within, SAMPLE, &expected);
}

/// What is said of the sample when it is weighted by this codebook and this population file.
fn said(toml: &str, population: &str) -> String {
    let book = book(toml);
    let weighting = weighting(toml, population).unwrap();
    let (tally, known) = sample(SAMPLE, &book.dimensions());
    weighting.calibrate(&tally, &known).unwrap_err().to_string()
}

#[test]
fn a_slip_in_a_level_is_told_with_its_place_and_what_was_meant() {
    let toml = "population = \"p.csv\"\ntargets = [\"segment\", \"os\"]\n\
                [[dataset.a.weighting.margin]]\nby = \"segment*os\"\n\
                shares = { \"Android*expat\" = 0.5, \"*\" = 0.5 }\n\
                [[dataset.a.weighting.margin]]\nby = \"os\"\nwithin = \"segment=Expatt\"\n\
                shares = { ios = 0.5, \"*\" = 0.5 }\n\
                [[dataset.a.weighting.margin]]\nby = \"respondent_id*cty\"\nshares = { \"1*a\" = 1 }\n";
    let population = "segment,os,persons\nexpats,,1\nchinese,,5\n,ios,2\n,Androïd,3\n,total,4\n";
    assert_eq!(
        said(toml, population),
        "p.csv:2:1: margin segment: the sample has nobody in expats\n  hint: did you mean expat?\n\
         p.csv:4:1: margin os: the sample has nobody in ios\n  hint: did you mean iOS?\n\
         p.csv:5:1: margin os: the sample has nobody in Androïd\n  hint: did you mean Android?\n\
         p.csv:6:1: margin os: the sample has nobody in total\n  \
         hint: leave the level blank: a blank is the total, of all levels together\n\
         wxstats.toml:6:12: margin segment*os: the sample has nobody in android*expat\n  \
         hint: the order is segment*os: write expat*Android\n\
         wxstats.toml:7:1: margin os within segment expatt: the sample has nobody in segment expatt\n  \
         hint: did you mean expat?\n\
         wxstats.toml:11:1: margin respondent_id*cty: the survey has no dimension respondent_id\n  \
         hint: its dimensions are segment, city, os and wave\n\
         wxstats.toml:11:1: margin respondent_id*cty: the survey has no dimension cty\n  \
         hint: did you mean city?"
    );
    let other = "population = \"p.csv\"\ntargets = { expatt = [\"os\"] }";
    let problems = weighting(other, "segment,os,persons\nexpat,iOS,1\n").unwrap_err();
    assert_eq!(
        problems.to_string(),
        "wxstats.toml:3:23: there are no rows for margin os within segment expatt in p.csv\n  hint: did you mean expat?"
    );
}

const CITY_AND_OS: &str = "population = \"p.csv\"\ntargets = { expat = [\"city\", \"os\"] }\n\
                           margin = [{ by = \"segment\", persons = { expat = 8e5, chinese = 1.2e6 } }]";
const EXPATS: &str = "segment,city,os,source,persons\nexpat,Guangzhou,,,235000\nexpat,,,,800000\n\
                      expat,,iOS,,520000\nexpat,,Android,,280000\n";

#[test]
fn rows_with_levels_that_nobody_knows_are_refused() {
    let rows = "expats,Shanghai,,,200000\nexpt,,iOS,,5\nexpat,Shanghai,IOS,,5\nall,,,,9\ntourist,,,,9\n";
    assert_eq!(
        said(CITY_AND_OS, &format!("{EXPATS}{rows}")),
        "p.csv:6:1: segment expats: nobody in the sample has it, and no margin lists it\n\
         p.csv:7:1: segment expt: nobody in the sample has it, and no margin lists it\n  hint: did you mean expat?\n\
         p.csv:8:1: os IOS: nobody in the sample has it, and no margin lists it\n  hint: did you mean iOS?\n\
         p.csv:9:1: segment all: nobody in the sample has it, and no margin lists it\n  \
         hint: leave the level blank: a blank is the total, of all levels together\n\
         p.csv:10:1: segment tourist: nobody in the sample has it, and no margin lists it\n  \
         hint: correct it, or leave the row out"
    );
}

#[test]
fn rows_of_no_listed_margin_are_told_and_those_of_another_dataset_are_not() {
    let rows = "chinese,Kunming,,,4\nchinese,,,,5\nexpat,Shanghai,iOS,,5\n,Beijing,,,7\n,Dalian,,,8\nchinese,,iOS,,6\n";
    let population = format!("{EXPATS}{rows}");
    let told = |others: &[&WeightingBook], lang: Lang| {
        let book = book(CITY_AND_OS);
        let weighting = Weighting::new(&book, others, |_| Ok(population.clone().into_bytes())).unwrap();
        let (tally, known) = sample(SAMPLE, &book.dimensions());
        warnings(&weighting.calibrate(&tally, &known).unwrap().diagnosis, lang)
    };
    assert_eq!(
        told(&[], Lang::En),
        [
            "warning: lines 8–10 of p.csv are not used: they belong to no margin that targets lists",
            "warning: lines 6, 7 and 11 of p.csv are not used: targets has no list for segment chinese",
        ]
    );
    assert_eq!(
        told(&[], Lang::Zh),
        [
            "警告：p.csv 第 8–10 行未使用：不属于 targets 列出的任何边际",
            "警告：p.csv 第 6、7、11 行未使用：targets 中没有 segment chinese 的列表",
        ]
    );
    let shared = book("population = \"p.csv\"\ntargets = { chinese = [\"city\"] }");
    assert_eq!(
        told(&[&shared], Lang::En),
        ["warning: lines 8–11 of p.csv are not used: they belong to no margin that targets lists"]
    );
    let apart = book("population = \"q.csv\"\ntargets = { chinese = [\"city\"] }");
    assert_eq!(told(&[&apart], Lang::En), told(&[], Lang::En));
}

#[test]
fn persons_for_some_and_not_for_others_are_refused() {
    let book = book("population = \"populations.csv\"\ntargets = { expat = [\"city\"] }");
    let expected = "3:22: margin city within segment expat is in persons, and 300 respondents in segment chinese and 2 \
                    respondents in segment agent are weighted to none: figures of all together would mean nothing";
    let groups = [SAMPLE, &[(2, "agent", "Beijing", "iOS", 1.0, "2015")]].concat();
    refused(&book, &groups, &[expected]);
    let alone: Vec<Group<'_>> = SAMPLE.iter().copied().filter(|group| group.1 == "expat").collect();
    assert!(weighted(&book, &alone).is_ok());
}

#[test]
fn every_refusal_of_calibration_is_a_sentence() {
    let two: &[(&str, f64)] = &[("iOS", 300.0), ("Android", 500.0)];
    let weightless =
        [(9, "expat", "Beijing", "iOS", 1.0, "2015"), (9, "expat", "Beijing", "Android", 0.0, "2015")];
    refused(
        &listed("os", two),
        &weightless,
        &["9:2: margin os: Android covers nobody but respondents of weight 0"],
    );
    let bounds = WeightingBook { bounds: Some((3.0, 0.3)), ..listed("os", two) };
    refused(&bounds, SAMPLE, &["7:1: bounds from 3 to 0.3 leave no room"]);
    let negative = listed("os", &[("iOS", 300.0), ("Android", -1.0)]);
    refused(&negative, SAMPLE, &["9:2: margin os: Android is -1"]);
    let twice = listed("os", &[("iOS", 300.0), ("iOS", 1.0)]);
    refused(&twice, SAMPLE, &["9:2: margin os: iOS stands twice"]);
    let bounds =
        WeightingBook { bounds: Some((0.3, 3.0)), ..listed("os", &[("iOS", 36e3), ("Android", 5e2)]) };
    refused(
        &bounds,
        SAMPLE,
        &["9:1: margin os: iOS needs a factor of 100 on average, which is out of bounds"],
    );
    let different = WeightingBook {
        margins: [listed("os", two), listed("segment", &[("expat", 500.0), ("chinese", 400.5)])]
            .into_iter()
            .flat_map(|book| book.margins)
            .collect(),
        ..listed("os", two)
    };
    let expected =
        "8:1: margin segment gives 900.5 to those to whom margin os (wxstats.toml:8:1) gives 800.0";
    refused(&different, SAMPLE, &[expected]);
    // Each segment has a system of its own, and the margins want it otherwise.
    let apart =
        [(50, "expat", "Beijing", "iOS", 1.0, "2015"), (50, "chinese", "Beijing", "Android", 1.0, "2015")];
    let contradictory = WeightingBook {
        margins: [listed("os", two), listed("segment", &[("expat", 310.0), ("chinese", 490.0)])]
            .into_iter()
            .flat_map(|book| book.margins)
            .collect(),
        ..listed("os", two)
    };
    let expected =
        "9:1: raking did not converge: after 1000 cycles iOS of margin os is still 3.3% above its target";
    refused(&contradictory, &apart, &[expected]);
}

#[test]
fn nobody_has_weight() {
    let (tally, known) = sample(SAMPLE, &["os".to_owned()]);
    let Cells { grid, cardinalities, .. } = &tally.cells;
    let cells = Cells::new(*grid, false, Vec::new(), cardinalities.clone(), 1);
    let weighting = from_fixture(&listed("os", &[("iOS", 1.0)])).unwrap();
    let error = weighting.calibrate(&Tally { cells, ..tally }, &known).unwrap_err();
    assert_eq!(
        error.problems()[0].to_string(),
        "wxstats.toml:7:1: nobody in the sample has a weight above 0"
    );
}

/// Compares with the golden, or writes it.
fn golden(name: &str, found: &str) {
    let path = path("golden", name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "run BLESS=1 cargo test weighting, and read what git diff shows");
}

#[test]
fn the_diagnosis_reads_well_in_both_languages() {
    let book = book(
        "bounds = [100, inf]\npopulation = \"populations.csv\"\ntargets = { expat = [\"city\", \"os\"] }\n\
         [[dataset.a.weighting.margin]]\nby = \"segment\"\npersons = { expat = 8e5, chinese = 1.2e6 }\n\
         [[dataset.a.weighting.margin]]\nby = \"city*os\"\nwithin = \"segment=chinese\"\n\
         shares = { \"Guangzhou*Android\" = 0.9, \"*\" = 0.1 }\n",
    );
    let groups = [SAMPLE, &[(12, "expat", "Beijing", "Android", 1.0, "2015")]].concat();
    let diagnosis = weighted(&book, &groups).unwrap().diagnosis;
    let names = Names::default();
    golden("diagnosis.en.txt", &text(&diagnosis, &names, Lang::En));
    golden("diagnosis.zh.txt", &text(&diagnosis, &names, Lang::Zh));
    let found = json(&diagnosis, &names, Lang::En).unwrap();
    golden("diagnosis.json", &found);
    let parsed: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(parsed["schema"], "wxstats.weight/1");
    assert_eq!(parsed["bounds"], serde_json::json!([100.0, null]));
    assert!(text(&diagnosis, &names, Lang::Zh).lines().all(|line| line == line.trim_end()));
}
