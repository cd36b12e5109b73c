//! Every row of the files of facts is shown or can be tested, as the README says: a row that no chart, table or claim reaches
//! fails here, and so does a file that nobody reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::desk::Desk;

fn facts(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/facts").join(file)
}

fn rows(file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(facts(file)).unwrap();
    let header = reader.headers().unwrap().clone();
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let named = |row| header.iter().map(str::to_owned).zip(cells(row)).collect();
    reader.records().map(|row| named(row.unwrap())).collect()
}

/// What a report of a survey of four cities tells of the facts: `report.md` by language, of the overview and of the cities.
fn told() -> BTreeMap<(&'static str, &'static str), String> {
    let mut survey = "respondent_id,segment,city,moments.share,moments.read,community.take_part\n".to_owned();
    for number in 0..480 {
        let segment = if number % 2 == 0 { "expat" } else { "chinese" };
        let city = ["Guangzhou", "Shanghai", "Beijing", "Chengdu"][number / 2 % 4];
        let [share, read, part] = [3, 2, 5].map(|nth| u8::from(number / 8 % nth == 0));
        survey.push_str(&format!("r-{number},{segment},{city},{share},{read},{part}\n"));
    }
    let desk = Desk::new();
    fs::write(desk.path("survey.csv"), survey).unwrap();
    let given = ["metrics.csv", "populations.csv", "published_rates.csv", "claims.toml"];
    let [metrics, populations, rates, claims] =
        given.map(|file| facts(file).into_os_string().into_string().unwrap());
    desk.ok(&[
        "report",
        "--input",
        "survey.csv",
        "--lang",
        "both",
        "--chart-format",
        "svg",
        "--metrics",
        &metrics,
        "--population",
        &populations,
        "--rates",
        &rates,
        "--claims",
        &claims,
    ]);
    let read = |lang: &'static str, subject: &'static str| {
        let file = desk.path("reports").join(lang).join(subject).join("report.md");
        // As it reads, without the backslashes of Markdown.
        ((lang, subject), fs::read_to_string(file).unwrap().replace('\\', ""))
    };
    let subjects = ["overview", "guangzhou", "chengdu"];
    ["en", "zh"].into_iter().flat_map(|lang| subjects.map(|subject| read(lang, subject))).collect()
}

/// The lines of tables.
fn lines(page: &str) -> impl Iterator<Item = &str> {
    page.lines().filter(|line| line.starts_with("| "))
}

#[test]
fn every_row_of_every_file_is_reached() {
    let told = told();
    for lang in ["en", "zh"] {
        let overview = &told[&(lang, "overview")];
        // A figure stands in a table with who says so, and in a chart where it shares its unit with others.
        for row in rows("metrics.csv") {
            let source = &row["source"];
            assert!(lines(overview).any(|line| line.contains(source.as_str())), "{lang}: {row:?}");
        }
        // A population is what a rate is expanded to.
        for row in rows("populations.csv") {
            let persons = match lang {
                "en" => {
                    let (thousands, rest) = row["persons"].split_at(row["persons"].len() - 3);
                    format!("{thousands},{rest}")
                }
                _ => format!("{}万", row["persons"].parse::<f64>().unwrap() / 1e4),
            };
            assert!(lines(overview).any(|line| line.contains(&format!("| {persons} |"))), "{lang}: {row:?}");
        }
        // A published rate is a claim under its own id.
        for row in rows("published_rates.csv") {
            let id = &row["id"];
            assert!(lines(overview).any(|line| line.starts_with(&format!("| {id} |"))), "{lang}: {row:?}");
        }
    }
    // One with a number of a city or of a group stands as a stroke on the chart of that city or of all.
    let strokes = |page: &str| page.matches(" published").count() + page.matches("Strokes: ").count();
    assert!(strokes(&told[&("en", "overview")]) > 0 && strokes(&told[&("en", "guangzhou")]) > 0);
}

/// What reads each file of `data/facts`; a new file needs a line here.
#[test]
fn no_file_of_facts_lies_unread() {
    let mut files: Vec<String> = fs::read_dir(facts(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let known = ["claims.toml", "metrics.csv", "platforms.toml", "populations.csv", "published_rates.csv"];
    assert_eq!(files, known);
    for readme in ["README.md", "README.zh.md"] {
        let text = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(readme)).unwrap();
        for file in known.map(|file| format!("data/facts/{file}")) {
            assert!(text.contains(&file), "{readme} does not say where {file} is shown");
        }
    }
}

/// On the sample, which was made so, every claim of the posts about its people can be tested, and holds.
#[test]
fn every_published_rate_can_be_tested() {
    let desk = Desk::new();
    let claims = facts("claims.toml").into_os_string().into_string().unwrap();
    let said = desk.ok(&["claims", &claims, "--sample", "--format", "json"]);
    let judged: serde_json::Value = serde_json::from_str(&said).unwrap();
    let verdicts: BTreeMap<&str, &str> = judged["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| (claim["id"].as_str().unwrap(), claim["verdict"].as_str().unwrap()))
        .collect();
    for row in rows("published_rates.csv") {
        assert_eq!(verdicts.get(row["id"].as_str()), Some(&"supported"), "{row:?}");
    }
}
