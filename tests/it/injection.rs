//! Text that wants to be more than text, in every field that holds text, of every kind of data: in no output is it a formula, an
//! element, an attribute, a link, or a command to the terminal.
//!
//! What elements, attributes and scripts an output may have is told by the outputs of the same survey in plain words.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;

use crate::desk::Desk;
use crate::long::{quick_or, say};

/// Formulas, markup, templates, Markdown, and signs that a terminal obeys or a reader does not see.
const PAYLOADS: [&str; 44] = [
    "=1+1",
    "=HYPERLINK(\"http://x.example\",\"y\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    "\r\n=1+1",
    "  =1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "\u{200b}=1+1",
    "\u{feff}=1+1",
    "a\",=1+1",
    "';=1+1",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</svg><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" onload=\"alert(1)",
    "<svg/onload=alert(1)>",
    "<iframe src=//x.example></iframe>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[<b>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "<?xml version=\"1.0\"?>",
    "{{7*7}}${7*7}",
    "[x](javascript:alert(1))",
    "![x](http://x.example/y.png)",
    "| a | b |\n|---|---|",
    "``` `x` # *y*",
    "\u{202e}gpj.exe",
    "\u{1b}[31mred\u{1b}]0;t\u{7}",
    "\u{9b}31m\u{85}x",
];

/// What stands in the places of a survey, its codebook, its claims and its published figures.
struct Words {
    /// In cells, where there are no control characters.
    cells: [String; 2],
    /// In codebooks and claims.
    texts: [String; 2],
    levels: Vec<String>,
}

impl Words {
    fn plain() -> Self {
        let two = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        Self {
            cells: two("one", "two"),
            texts: two("three", "four"),
            levels: (0..PAYLOADS.len()).map(|level| format!("level {level}")).collect(),
        }
    }

    fn payloads(at: usize) -> Self {
        let of = |at: usize| PAYLOADS[at % PAYLOADS.len()].to_owned();
        let visible = |text: String| {
            text.replace(|c: char| c == '\u{feff}' || (c.is_control() && !"\t\r\n".contains(c)), "")
        };
        Self {
            cells: [visible(of(at)) + "a", visible(of(at + 1)) + "b"],
            texts: [of(at), of(at + 1)],
            levels: PAYLOADS
                .iter()
                .enumerate()
                .map(|(n, text)| format!("{}{n}", visible((*text).to_owned())))
                .collect(),
        }
    }

    fn survey(&self) -> String {
        let header = [
            "respondent_id",
            "segment",
            "city",
            "os",
            &self.cells[0],
            "wave",
            "stratum",
            "moments.share",
            "moments.read",
        ];
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(header).unwrap();
        for wave in 0..2 {
            for person in 0..220 {
                let yes = |of: usize, least: usize| u8::from((person * 7 + wave) % of >= least).to_string();
                let [one, other] = &self.cells;
                writer
                    .write_record([
                        &format!("p{person}"),
                        [one, other][person % 2],
                        ["广州", "北京"][person / 2 % 2],
                        &self.levels[person % self.levels.len()],
                        &self.levels[person / 2 % 3],
                        [one, other][wave],
                        [one, other][person % 2],
                        &yes(5, 3),
                        &yes(3, 1),
                    ])
                    .unwrap();
            }
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    /// Rows of a usage log, of articles and of a funnel: where each kind has words of its own.
    fn log(&self) -> String {
        rows(["user_id", "segment", "city", "os", "feature", "action", "time", "count"], |n| {
            let (day, action) = (1 + n % 28, ["read", "share"][usize::from(n % 3 == 0)]);
            let (segment, level) = (&self.cells[n % 2], &self.levels[n / 2 % 4]);
            let user = format!("u{}", n % 120);
            let time = format!("2026-0{}-{day:02}", 1 + n / 120 % 3);
            [&user, segment, "广州", level, "moments", action, &time, "1"].map(str::to_owned)
        })
    }

    fn articles(&self) -> String {
        rows(["article_id", "published", "city", "topic", "readers", "reads", "sharers", "shares"], |n| {
            let topic = &self.cells[n % 2];
            [
                &format!("{}{n}", self.cells[0]),
                "2015-04-01",
                ["广州", "北京"][n % 2],
                topic,
                "500",
                "700",
                "40",
                "50",
            ]
            .map(str::to_owned)
        })
    }

    fn funnel(&self) -> String {
        rows(["actor_id", "segment", "city", "model", "stage", "time"], |n| {
            let (actor, stage) = (n / 2, ["ask", "pay"][n % 2]);
            let time = format!("2015-03-{:02} 0{}:00", 1 + actor % 28, n % 2);
            let (segment, model) = (&self.cells[actor % 2], &self.levels[actor % 3]);
            [&format!("a{actor}"), segment, "广州", model, stage, &time].map(str::to_owned)
        })
    }

    fn codebook(&self) -> String {
        let [one, other] = self.texts.each_ref().map(|text| toml(text));
        format!(
            "[project]\ntitle = {{ en = {one}, zh = {other} }}\n[dataset.s]\nabout = {one}\n\
             [names]\nmoments = {{ en = {one}, zh = {other} }}\nshare = {{ en = {other}, zh = {one} }}\nos = {{ en = {one}, zh = {one} }}\n"
        )
        .replace("[dataset.s]\nabout = ", "#")
    }

    fn claims(&self) -> String {
        let [one, other] = self.texts.each_ref().map(|text| toml(text));
        format!(
            "[[claim]]\nid = {one}\nassert = \"rate(moments.read, city=广州) > rate(moments.share, city=广州)\"\n\
             statement = {{ en = {one}, zh = {other} }}\nsource = {other}\n\
             [[claim]]\nid = \"b\"\nassert = \"rate(moments.read) over 99%\"\nstatement = {{ en = {other}, zh = {one} }}\n"
        )
    }

    fn metrics(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["platform", "metric", "period", "value", "unit", "scope", "source"]).unwrap();
        for (text, value) in self.cells.iter().zip([5, 6]) {
            for year in ["2014", "2015"] {
                let value = format!("{value}00000{year}");
                writer
                    .write_record(["WeChat", "active_users", year, &value, "users", &self.cells[0], text])
                    .unwrap();
            }
            writer.write_record([text, "active_users", "2015", "7000000", "users", "", text]).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }
}

/// A file of 600 rows.
fn rows<const N: usize>(header: [&str; N], row: impl Fn(usize) -> [String; N]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).unwrap();
    for n in 0..600 {
        writer.write_record(row(n)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// A text as TOML writes it, every sign escaped.
fn toml(text: &str) -> String {
    format!("\"{}\"", text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect::<Vec<_>>().concat())
}

/// Elements with their attributes, scripts, styles, and where links begin to lead, of all pages and pictures.
type Parts = BTreeSet<String>;

/// A style without the fonts that are embedded, which hold the signs of the page's words.
fn without_fonts(style: &str) -> String {
    let mut rest = style.split("@font-face");
    let before = rest.next().unwrap_or_default().to_owned();
    before
        + &rest
            .filter_map(|font| font.split_once('}'))
            .map(|(_, after)| after.trim_start())
            .collect::<String>()
}

fn parts(name: &str, text: &str, parts: &mut Parts) {
    let body = text.strip_prefix("<!DOCTYPE html>\n").unwrap_or(text);
    let document =
        roxmltree::Document::parse(body).unwrap_or_else(|error| panic!("{name} is not well-formed: {error}"));
    for node in document.descendants() {
        if node.is_comment() || node.is_pi() {
            parts.insert("a comment or instruction".to_owned());
        }
        if !node.is_element() {
            continue;
        }
        let element = node.tag_name().name();
        parts.insert(format!("<{element}>"));
        if ["script", "style"].contains(&element) {
            let text = without_fonts(node.text().unwrap_or_default());
            parts.insert(format!("{element} {}", blake3::hash(text.as_bytes()).to_hex()));
        }
        for attribute in node.attributes() {
            parts.insert(format!("<{element} {}>", attribute.name()));
            if ["href", "src", "action"].contains(&attribute.name()) {
                let leads: String =
                    attribute.value().chars().take_while(|c| *c != ':' && *c != '#').collect();
                let scheme =
                    if attribute.value()[leads.len()..].starts_with(':') { leads } else { String::new() };
                parts.insert(format!("link to {scheme}:"));
            }
        }
    }
}

/// That no cell is a formula, as spreadsheets see it: also behind spaces and signs that cannot be seen.
fn no_formula(name: &str, text: &str) {
    for record in
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes()).records()
    {
        for cell in &record.unwrap_or_else(|error| panic!("{name}: {error}")) {
            let seen =
                cell.trim_start_matches(|c: char| c.is_whitespace() || wxstats::codebook::is_invisible(c));
            let is_formula = seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
                && cell.parse::<f64>().is_err();
            assert!(!is_formula, "{name} holds the formula {cell:?}");
        }
    }
}

/// That a terminal obeys nothing and a reader sees everything.
fn harmless(name: &str, text: &str) {
    let bad = text.chars().find(|&c| (c.is_control() && !"\n\t".contains(c)) || c == '\u{202e}');
    assert!(bad.is_none(), "{name} holds {bad:?}");
}

/// That Markdown becomes no element and no link but its own.
fn plain_markdown(name: &str, text: &str) {
    harmless(name, text);
    let escaped = text
        .replace("\\\\", "")
        .replace("\\[", "")
        .replace("\\]", "")
        .replace("\\<", "")
        .replace("\\!", "")
        .replace("\\`", "");
    for active in ["<script", "<img", "<svg", "<iframe", "<a ", "<!--", "](javascript:", "](http://x.example"]
    {
        assert!(!escaped.contains(active), "{name} holds {active}: {text}");
    }
}

/// That a workbook holds words as words: no formula, nothing that leads out of it or runs.
fn no_formula_in_workbook(name: &str, bytes: &[u8], found: &mut Parts) {
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let place = format!("{name}: {}", part.name().unwrap());
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        found.insert(place.clone());
        parts(&place, &text, found);
        let document = roxmltree::Document::parse(&text).unwrap();
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let element = node.tag_name().name();
            assert!(!["f", "externalReference", "oleObject"].contains(&element), "{place}: {element}");
            // The contents lead to their sheets; what leads out has a relationship of its own.
            let leads_out = node.attributes().any(|attribute| attribute.name() == "id");
            assert!(element != "hyperlink" || !leads_out, "{place}: a link out of the workbook");
            assert!(node.attribute("TargetMode").is_none(), "{place} leads out");
            if element == "sheet" {
                found.insert(format!("a sheet called {:?}", node.attribute("name")));
            }
        }
    }
}

fn looked_at(name: &str, bytes: &[u8], found: &mut Parts) {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    if ending == Some("xlsx") {
        return no_formula_in_workbook(name, bytes, found);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match ending {
        Some("html" | "svg" | "xml") => parts(name, text, found),
        Some("csv") => no_formula(name, text),
        Some("json") => {
            let read = serde_json::from_str::<serde_json::Value>(text);
            assert!(read.is_ok(), "{name}: {read:?}");
        }
        Some("md") => plain_markdown(name, text),
        Some("toml") => {
            harmless(name, text);
            let read = wxstats::codebook::project::Project::parse(text, "draft");
            assert!(read.is_ok(), "{name}: {}", read.unwrap_err());
        }
        _ => harmless(name, text),
    }
}

fn walk(directory: &Path, each: &mut dyn FnMut(&str, &[u8])) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, each);
        } else {
            each(&path.display().to_string(), &fs::read(&path).unwrap());
        }
    }
}

/// Commands that say or write what a survey, a log, articles or a funnel hold.
fn commands() -> Vec<Vec<&'static str>> {
    let mut commands: Vec<Vec<&str>> = [
        "ingest s.csv a.csv",
        "ingest --period month log.csv",
        "ingest --stages ask,pay f.csv",
        "store ls",
        "check s.csv log.csv a.csv",
        "codebook s.csv -o draft.toml",
        "codebook a.csv -o draft-of-articles.toml",
        "explain rate(moments.read) --dataset s",
        "diff --dataset s --format md",
        "retention --dataset log --by segment",
        "retention --dataset log --by os -o retention.csv",
        "retention --dataset log --by segment -o retention.json",
        "retention --dataset log --by segment -o retention.md",
        "funnel --by model --dataset f",
        "funnel --by segment --dataset f -o funnel.csv",
        "funnel --by segment --dataset f -o funnel.md",
        "table --dataset log --by segment -o log.md",
        "table --dataset a --by topic -o articles.csv",
        "report --dataset s --lang both --chart-format svg --claims claims.toml --metrics metrics.csv",
    ]
    .iter()
    .map(|line| line.split(' ').collect())
    .collect();
    let table =
        ["table", "--dataset", "s", "--by", "segment*os", "--letters", "segment", "--compare", "segment"];
    for name in ["t.csv", "t.json", "t.md", "t.txt", "t.xlsx"] {
        commands.push([&table[..], &["-o", name]].concat());
    }
    for ending in ["csv", "json", "md", "table"] {
        commands.push(vec!["store", "ls", "--format", ending]);
        commands.push(vec!["metrics", "metrics.csv", "--format", ending]);
    }
    for format in ["text", "json", "md", "junit"] {
        commands.push(vec!["claims", "claims.toml", "--dataset", "s", "--format", format]);
    }
    commands
}

/// All outputs of files with these words: what they are made of, and how many there are.
fn outputs(words: &Words) -> (Parts, usize) {
    let desk = Desk::new();
    let put = [
        ("s.csv", words.survey()),
        ("log.csv", words.log()),
        ("a.csv", words.articles()),
        ("f.csv", words.funnel()),
        ("wxstats.toml", words.codebook()),
        ("claims.toml", words.claims()),
        ("metrics.csv", words.metrics()),
    ];
    for (name, text) in &put {
        fs::write(desk.path(name), text).unwrap();
    }
    let (mut found, mut files) = (Parts::new(), 0);
    let commands = commands();
    for command in &commands {
        let output = desk.run(command);
        let said = String::from_utf8(output.stderr).unwrap();
        let code = output.status.code();
        // Claim b is contradicted.
        assert!(code == Some(0) || (code == Some(1) && command[0] == "claims"), "{command:?}: {said}");
        harmless(&format!("standard error of {command:?}"), &said);
        let ending =
            command.last().filter(|_| command.contains(&"--format")).map_or("txt", |ending| match *ending {
                "junit" => "xml",
                "text" | "table" => "txt",
                other => other,
            });
        looked_at(&format!("{}.{ending}", command.join(" ")), &output.stdout, &mut found);
    }
    let is_put = |name: &str| put.iter().any(|(own, _)| name.ends_with(&format!("/{own}")));
    fs::remove_dir_all(desk.path("data")).unwrap();
    walk(desk.directory.path(), &mut |name, bytes| {
        if !is_put(name) {
            files += 1;
            let name = name.strip_prefix(&desk.directory.path().display().to_string()).unwrap_or(name);
            looked_at(name, bytes, &mut found);
        }
    });
    (found, files + commands.len())
}

#[test]
fn no_payload_is_active_anywhere() {
    let (allowed, _) = outputs(&Words::plain());
    let mut outputs_seen = 0;
    let runs = quick_or(5, PAYLOADS.len() / 2);
    for run in 0..runs {
        let at = run * PAYLOADS.len() / runs;
        let (found, count) = outputs(&Words::payloads(at));
        let new: Vec<&String> = found.difference(&allowed).collect();
        assert!(new.is_empty(), "payloads {:?}: {new:?}", &PAYLOADS[at..(at + 2).min(PAYLOADS.len())]);
        outputs_seen += count;
    }
    say(&format!(
        "{} payloads, {runs} surveys, {outputs_seen} outputs: no active formula or element",
        PAYLOADS.len()
    ));
}
