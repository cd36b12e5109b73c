//! The files in `fixtures/claims/bad/`: beside each stands what reading it says. After a wanted change, run with `BLESS=1`
//! to write those anew, and read what `git diff` shows.

use std::fs;
use std::path::{Path, PathBuf};

use wxstats::claims::Claims;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/claims/bad");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

#[test]
fn what_is_no_claim_is_refused_with_line_column_and_what_was_expected() {
    let files = files();
    assert!(files.len() >= 20, "{} files", files.len());
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let problems =
            Claims::parse(&fs::read(&path).unwrap(), name).expect_err(&format!("{name} is read")).to_string()
                + "\n";
        let golden = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &problems).unwrap();
        }
        assert_eq!(problems, fs::read_to_string(&golden).unwrap_or_default(), "{name}");
    }
}
