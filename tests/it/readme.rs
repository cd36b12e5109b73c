//! The README's console blocks are what the program prints. `BLESS=1 cargo test readme` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
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

/// The README with the output of every command in its console blocks as it is now.
fn rerun(readme: &str, directory: &Path) -> String {
    let mut out = String::new();
    let mut lines = readme.lines().peekable();
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

#[test]
fn the_readme_shows_what_the_program_prints() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir_all(directory.path().join("data/sample")).unwrap();
    let sample = "data/sample/synthetic-survey.csv";
    fs::copy(root().join(sample), directory.path().join(sample)).unwrap();
    fs::create_dir_all(directory.path().join("data/facts")).unwrap();
    let facts = "data/facts/populations.csv";
    fs::copy(root().join(facts), directory.path().join(facts)).unwrap();
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let current = rerun(&readme, directory.path());
    if std::env::var_os("BLESS").is_some() {
        return fs::write(&path, &current).unwrap();
    }
    assert!(readme == current, "run BLESS=1 cargo test readme, and read what git diff shows");
}
