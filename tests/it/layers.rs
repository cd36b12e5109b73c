//! Keeps the rules of the house: which room may name which, what may be used where, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from the lowest to the highest.
const ROOMS: [&str; 20] = [
    "codebook",
    "writing",
    "ingest",
    "store",
    "cluster",
    "derive",
    "tally",
    "estimate",
    "measure",
    "weighting",
    "table",
    "funnel",
    "retention",
    "landscape",
    "accounts",
    "claims",
    "diff",
    "chart",
    "report",
    "cli",
];

/// What only some rooms may name.
const RESERVED: [(&str, &[&str]); 37] = [
    ("spark_connect_core", &["cluster"]),
    ("spark_connect_proto", &["cluster"]),
    ("tokio", &["cluster"]),
    ("arrow_array", &["cluster"]),
    ("arrow_ipc", &["cluster"]),
    ("arrow_schema", &["cluster"]),
    ("allsorts", &["chart"]),
    ("base64", &["report"]),
    ("sha2", &["report"]),
    ("polars", &["store", "tally"]),
    ("plotters", &["chart"]),
    ("plotters_backend", &["chart"]),
    ("resvg", &["chart"]),
    ("harfrust", &["chart"]),
    ("skrifa", &["chart"]),
    ("png::", &["chart"]),
    ("calamine", &["ingest"]),
    ("cfb", &["ingest"]),
    ("chardetng", &["ingest"]),
    ("encoding_rs", &["ingest"]),
    ("flate2", &["ingest"]),
    ("simdutf8", &["ingest"]),
    ("zip::", &["ingest"]),
    ("zstd::", &["ingest"]),
    ("getrandom", &["store"]),
    ("rustix", &["report"]),
    ("siphasher", &["store"]),
    ("rust_xlsxwriter", &["table"]),
    ("clap", &["cli"]),
    ("anstream", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("terminal_size", &["cli"]),
    ("indicatif", &["cli"]),
    ("std::env", &["cli"]),
    ("IsTerminal", &["cli"]),
    ("std::fs", &["ingest", "store", "report", "cli"]),
];

/// What `estimate` may not name: it sees numbers, not labels.
const NO_LABELS: [&str; 2] = ["Name", "Names"];

const MODULES_WITHOUT_A_NOUN: [&str; 5] = ["util", "utils", "common", "helpers", "types"];

const LONGEST_FILE: usize = 600;

/// What is wrong with one source file, given its path below `src/`.
fn violations(path: &str, text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    if code.lines().count() > LONGEST_FILE {
        found.push(format!("{path}: over {LONGEST_FILE} lines without tests"));
    }
    let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if path.split('/').chain([stem]).any(|part| MODULES_WITHOUT_A_NOUN.contains(&part)) {
        found.push(format!("{path}: a module is named after what it does for others, not after a noun"));
    }
    let Some((room, _)) = path.split_once('/') else { return found };
    let Some(floor) = ROOMS.iter().position(|known| *known == room) else {
        found.push(format!("{path}: no room is called {room}"));
        return found;
    };
    let code: String =
        code.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect();
    for named in rooms_named(path, &code) {
        match ROOMS.iter().position(|known| *known == named) {
            Some(other) if other > floor => {
                found.push(format!("{path}: {room} names the higher room {named}"));
            }
            Some(_) => {}
            None => found.push(format!("{path}: no room is called {named}")),
        }
    }
    let used = uses(&code).join("\n");
    for (reserved, rooms) in RESERVED {
        if (mentions(&code, reserved) || mentions(&used, reserved)) && !rooms.contains(&room) {
            found.push(format!("{path}: {reserved} is not for {room}"));
        }
    }
    if room == "estimate" && NO_LABELS.iter().any(|label| mentions(&code, label)) {
        found.push(format!("{path}: estimate sees no label"));
    }
    found
}

/// The rooms that a file names: after `crate::` anywhere, or by `super` in a `use` that leads out of its own room.
fn rooms_named(path: &str, code: &str) -> Vec<String> {
    let mut module: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    if module.last() == Some(&"mod") {
        module.pop();
    }
    let inline = code.match_indices("crate::").map(|(start, prefix)| &code[start + prefix.len()..]);
    let mut named: Vec<String> = inline.filter(|rest| !rest.starts_with('{')).map(first_name).collect();
    for used in uses(code) {
        let ups = used.split("::").take_while(|part| *part == "super").count();
        let rest: Vec<&str> = used.split("::").skip(ups).collect();
        if used.starts_with("crate::") || (ups > 0 && ups == module.len()) {
            named.push(first_name(rest[usize::from(ups == 0)]));
        }
    }
    named.retain(|name| !name.is_empty());
    named
}

fn first_name(text: &str) -> String {
    text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The paths of all `use` declarations, trees flattened: `use a::{b, c::d};` gives `a::b` and `a::c::d`.
fn uses(code: &str) -> Vec<String> {
    let flat: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let starts =
        flat.match_indices("use ").filter(|(at, _)| *at == 0 || flat[..*at].ends_with([' ', ';', '}', ')']));
    starts
        .flat_map(|(at, keyword)| {
            let tree = flat[at + keyword.len()..].split(';').next().unwrap_or_default();
            flatten("", &tree.replace(' ', ""))
        })
        .collect()
}

fn flatten(prefix: &str, tree: &str) -> Vec<String> {
    let Some(open) = tree.find('{') else { return vec![format!("{prefix}{tree}")] };
    let head = &tree[..open];
    let list = tree[open + 1..].strip_suffix('}').unwrap_or_default();
    let (mut depth, mut start, mut paths) = (0, 0, Vec::new());
    for (at, c) in list.char_indices().chain([(list.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if start < at {
                    paths.extend(flatten(&format!("{prefix}{head}"), &list[start..at]));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    paths
}

/// Whether `text` has `word` as a whole path or identifier.
fn mentions(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(start, _)| {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        !text[..start].ends_with(inside)
            && (word.ends_with(':') || !text[start + word.len()..].starts_with(inside))
    })
}

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_source_keeps_the_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 50, "the sources were not found");
    let found: Vec<String> = files
        .iter()
        .flat_map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            violations(&name, &fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_forbidden_import_is_found() {
    let cases = [
        ("tally/local.rs", "use crate::table::Table;", "higher room"),
        ("tally/local.rs", "use crate::{codebook::Item, report::Bundle};", "higher room"),
        ("tally/elsewhere.rs", "use tokio::runtime::Runtime;", "tokio is not for tally"),
        ("cluster/part.rs", "use crate::tally::Plan;", "higher room"),
        ("estimate/gap.rs", "use polars::prelude::*;", "polars is not for estimate"),
        ("estimate/gap.rs", "use crate::codebook::Name;", "no label"),
        ("table/csv.rs", "let file = std::fs::read(path)?;", "std::fs is not for table"),
        ("report/page.rs", "use plotters::prelude::*;", "plotters is not for report"),
        ("codebook/util.rs", "", "noun"),
        ("attic/box.rs", "", "no room is called attic"),
        ("chart/pen.rs", "use crate::attic::Box;", "no room is called attic"),
        ("tally/local.rs", "use crate::{\n    codebook::Item,\n    report::Bundle,\n};", "higher room"),
        ("tally/local.rs", "use super::super::report::Bundle;", "higher room"),
        ("ingest/survey/wide.rs", "use super::super::super::{cli, codebook::Item};", "higher room"),
        ("table/csv.rs", "use std::{fs, io};", "std::fs is not for table"),
        ("report/page.rs", "let png = png::Encoder::new(out, 1, 1);", "png:: is not for report"),
    ];
    for (path, text, expected) in cases {
        let found = violations(path, text).join("\n");
        assert!(found.contains(expected), "{path}: {text}: {found:?}");
    }
    assert!(violations("cli/mod.rs", &"//\n".repeat(601)).len() == 1);
}

#[test]
fn what_is_allowed_passes() {
    for (path, text) in [
        ("store/object.rs", "use polars::prelude::*;\nuse crate::ingest::Batch;"),
        ("store/object.rs", "// crate::report is not named here\nuse std::fs;"),
        ("chart/scene.rs", "use plotters_backend::DrawingBackend;"),
        ("cli/mod.rs", "use crate::report::Bundle;"),
        ("ingest/survey/wide.rs", "use super::super::records::Record;\nuse std::{\n    fs, io,\n};"),
    ] {
        assert_eq!(violations(path, text), Vec::<String>::new(), "{path}");
    }
}
