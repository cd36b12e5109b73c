//! The exports and codebooks that the documentation shows are those of the tests. `BLESS=1` writes them anew.

use std::fs;
use std::path::PathBuf;

use super::forms::{Form, forms};

/// Forms that the documentation shows, and their files' names without ending.
const SHOWN: [(&str, &str); 5] = [
    ("tencent (unverified)", "tencent"),
    ("credamo", "credamo"),
    ("qualtrics", "qualtrics"),
    ("surveymonkey", "surveymonkey"),
    ("google forms", "google-forms"),
];

#[test]
fn examples_of_the_documentation_are_the_forms_of_the_tests() {
    let directory: PathBuf = [env!("CARGO_MANIFEST_DIR"), "docs/examples"].iter().collect();
    let forms = forms();
    for (name, file) in SHOWN {
        let Form { bytes, codebook, .. } = forms.iter().find(|form| form.name == name).unwrap();
        let codebook = codebook.replace("dataset.survey", &format!("dataset.{file}"));
        for (ending, expected) in [("csv", bytes.as_slice()), ("toml", codebook.as_bytes())] {
            let path = directory.join(format!("{file}.{ending}"));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, expected).unwrap();
            }
            assert!(fs::read(&path).unwrap_or_default() == expected, "{}: run with BLESS=1", path.display());
        }
    }
}
