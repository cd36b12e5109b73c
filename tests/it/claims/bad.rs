//! The files in `fixtures/claims/bad/` and `bad-rates/`: beside each stands what reading it says. After a wanted change, run with `BLESS=1`
//! to write those anew, and read what `git diff` shows.

use std::fs;
use std::path::{Path, PathBuf};

use wxstats::claims::{Claims, Rates};

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/claims").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    files.sort();
    files
}

#[test]
fn what_is_no_claim_is_refused_with_line_column_and_what_was_expected() {
    let files = files("bad", "toml");
    assert!(files.len() >= 20, "{} files", files.len());
    check(&files, |bytes, name| Claims::parse(bytes, name).err().map(|problems| problems.to_string()));
}

#[test]
fn what_is_no_published_rate_is_refused_with_line_and_column() {
    let files = files("bad-rates", "csv");
    assert!(files.len() >= 11, "{} files", files.len());
    check(&files, |bytes, name| Rates::parse(bytes, name).err().map(|problems| problems.to_string()));
}

fn check(files: &[PathBuf], refuse: impl Fn(&[u8], &str) -> Option<String>) {
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let refused = refuse(&fs::read(path).unwrap(), name);
        let problems = refused.unwrap_or_else(|| panic!("{name} is read")) + "\n";
        let golden = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &problems).unwrap();
        }
        assert_eq!(problems, fs::read_to_string(&golden).unwrap_or_default(), "{name}");
    }
}
