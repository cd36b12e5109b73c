//! The console blocks of both READMEs and of the documentation are what the program prints, and every link in them leads
//! somewhere. `BLESS=1 cargo test readme` writes the blocks anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The READMEs and the documentation, by path from the root.
fn pages() -> Vec<String> {
    let mut pages = vec!["README.md".to_owned(), "README.zh.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Path::new(&name).extension().is_some_and(|ending| ending == "md") {
            pages.push(format!("docs/{name}"));
        }
    }
    pages.sort();
    pages
}

/// What `wxstats ARGUMENTS` prints, standard output first.
fn run(directory: &Path, arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_wxstats"))
        .args(arguments.split_whitespace())
        .current_dir(directory)
        .env_clear()
        .env("HOME", directory)
        .output()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// A page with the output of every command in its console blocks as it is now.
fn rerun(page: &str, directory: &Path) -> String {
    let mut out = String::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        match line {
            "```csv" => {
                let block: Vec<&str> = lines.clone().take_while(|line| *line != "```").collect();
                fs::write(directory.join("survey.csv"), block.join("\n") + "\n").unwrap();
            }
            _ if line.starts_with("```toml ") => {
                let block: Vec<&str> = lines.clone().take_while(|line| *line != "```").collect();
                fs::write(directory.join(&line["```toml ".len()..]), block.join("\n") + "\n").unwrap();
            }
            "```console" => {
                while let Some(line) = lines.next_if(|line| *line != "```") {
                    if let Some(arguments) = line.strip_prefix("$ wxstats ") {
                        out.push_str(line);
                        out.push('\n');
                        out.push_str(&run(directory, arguments));
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// A directory with the files that pages speak of.
fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let files = [
        ("data/sample/synthetic-survey.csv", "data/sample/synthetic-survey.csv"),
        ("data/facts/populations.csv", "data/facts/populations.csv"),
    ];
    for (from, to) in files {
        let to = directory.path().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(root().join(from), to).unwrap();
    }
    for entry in fs::read_dir(root().join("docs/examples")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), directory.path().join(entry.file_name())).unwrap();
    }
    directory
}

#[test]
fn the_readme_and_the_docs_show_what_the_program_prints() {
    for name in pages() {
        let path = root().join(&name);
        let page = fs::read_to_string(&path).unwrap();
        if !page.contains("```console") {
            continue;
        }
        let current = rerun(&page, directory().path());
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &current).unwrap();
        } else {
            assert!(page == current, "{name}: run BLESS=1 cargo test readme, and read what git diff shows");
        }
    }
}

/// The text outside of blocks and code.
fn prose(page: &str) -> String {
    let mut in_block = false;
    let mut out = String::new();
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            out.extend(line.split('`').step_by(2));
            out.push('\n');
        }
    }
    out
}

/// The anchor that GitHub and mdBook give a heading.
fn anchor(heading: &str) -> String {
    let kept =
        heading.trim().to_lowercase().replace(|c: char| !c.is_alphanumeric() && !" -_".contains(c), "");
    kept.replace(' ', "-")
}

fn anchors(page: &str) -> Vec<String> {
    page.lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| anchor(line.trim_start_matches('#')))
        .collect()
}

#[test]
fn every_link_in_the_readme_and_the_docs_leads_somewhere() {
    let mut dead = Vec::new();
    for name in pages() {
        let path = root().join(&name);
        let page = fs::read_to_string(&path).unwrap();
        let text = prose(&page);
        for (start, _) in text.match_indices("](") {
            let link = text[start + 2..].split(')').next().unwrap();
            if link.contains("://") {
                continue;
            }
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            let is_there = target.exists();
            let is_named =
                || anchors(&fs::read_to_string(&target).unwrap()).iter().any(|own| own == fragment);
            if !is_there || !(fragment.is_empty() || is_named()) {
                dead.push(format!("{name}: {link}"));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

#[test]
fn every_page_of_the_docs_is_in_the_summary() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    for name in pages() {
        if let Some(page) = name.strip_prefix("docs/").filter(|page| *page != "SUMMARY.md") {
            assert!(summary.contains(&format!("({page})")), "{page} is not in docs/SUMMARY.md");
        }
    }
}
