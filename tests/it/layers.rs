//! Keeps the rules of the house: which room may name which, what may be used where, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from the lowest to the highest.
const ROOMS: [&str; 9] =
    ["codebook", "ingest", "store", "tally", "estimate", "table", "chart", "report", "cli"];

/// What only some rooms may name.
const RESERVED: [(&str, &[&str]); 10] = [
    ("polars", &["store", "tally"]),
    ("plotters", &["chart"]),
    ("plotters_backend", &["chart"]),
    ("resvg", &["chart"]),
    ("harfrust", &["chart"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("std::env", &["cli"]),
    ("IsTerminal", &["cli"]),
    ("std::fs", &["ingest", "store", "report", "cli"]),
];

/// What a lower room may name of a higher one all the same: nothing. `estimate` sees numbers, not labels.
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
    for (number, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        let at = format!("{path}:{}", number + 1);
        for named in names_after(line, "crate::") {
            match ROOMS.iter().position(|known| *known == named) {
                Some(other) if other > floor => {
                    found.push(format!("{at}: {room} names the higher room {named}"));
                }
                Some(_) => {}
                None => found.push(format!("{at}: no room is called {named}")),
            }
        }
        for (reserved, rooms) in RESERVED {
            if mentions(line, reserved) && !rooms.contains(&room) {
                found.push(format!("{at}: {reserved} is not for {room}"));
            }
        }
        if room == "estimate" && NO_LABELS.iter().any(|label| mentions(line, label)) {
            found.push(format!("{at}: estimate sees no label"));
        }
    }
    found
}

/// The identifiers that follow `prefix` in `line`: `crate::{a, b::c}` names a and b.
fn names_after<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut names = Vec::new();
    for (start, _) in line.match_indices(prefix) {
        let rest = &line[start + prefix.len()..];
        let listed = rest.strip_prefix('{').map_or(vec![rest], |list| list.split(',').collect());
        for name in listed {
            let name = name.trim();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            if end > 0 {
                names.push(&name[..end]);
            }
        }
    }
    names
}

/// Whether `line` has `word` as a whole path or identifier.
fn mentions(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        !line[..start].ends_with(inside) && !line[start + word.len()..].starts_with(inside)
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
        ("estimate/gap.rs", "use polars::prelude::*;", "polars is not for estimate"),
        ("estimate/gap.rs", "use crate::codebook::Name;", "no label"),
        ("table/csv.rs", "let file = std::fs::read(path)?;", "std::fs is not for table"),
        ("report/page.rs", "use plotters::prelude::*;", "plotters is not for report"),
        ("codebook/util.rs", "", "noun"),
        ("attic/box.rs", "", "no room is called attic"),
        ("chart/pen.rs", "use crate::attic::Box;", "no room is called attic"),
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
        ("tally/local.rs", "use polars::prelude::*;\nuse crate::ingest::Batch;"),
        ("store/object.rs", "// crate::report is not named here\nuse std::fs;"),
        ("chart/scene.rs", "use plotters_backend::DrawingBackend;"),
        ("cli/mod.rs", "use crate::report::Bundle;"),
    ] {
        assert_eq!(violations(path, text), Vec::<String>::new(), "{path}");
    }
}
