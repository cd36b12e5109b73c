//! The files in `fixtures/ingest/`: beside each stands what reading it says. After a wanted change, run with
//! `BLESS=1` to write those anew, and read what `git diff` shows.

use std::fmt::Write;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::{people, read};
use wxstats::ingest::{Dataset, Intake, Options, ReadError, read_dataset};

/// The CSVs of a folder with their stems, by name.
fn files(folder: &str) -> Vec<(String, PathBuf)> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests/it/fixtures/ingest", folder].iter().collect();
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, PathBuf)> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    files.sort();
    files
}

fn golden(csv: &Path, actual: &str) {
    compare(&csv.with_extension("txt"), actual);
}

/// Compares with a file of `tests/it/`.
pub(super) fn golden_of(file: &str, actual: &str) {
    compare(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(file), actual);
}

fn compare(path: &Path, actual: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, actual).unwrap();
    }
    assert_eq!(actual, fs::read_to_string(path).unwrap_or_default(), "{}", path.display());
}

#[test]
fn bad_files_are_refused_with_all_that_is_wrong() {
    let files = files("bad");
    assert!(files.len() >= 60, "{} files", files.len());
    for (name, path) in files {
        let error = read(&format!("{name}.csv"), &fs::read(&path).unwrap()).unwrap_err();
        assert!(matches!(error, ReadError::Problems(_)), "{name}: {error}");
        let said = error.to_string();
        assert!(!said.contains("canary"), "an id or undeclared cell is shown: {said}");
        golden(&path, &said);
    }
}

#[test]
fn unusual_but_good_files_are_read() {
    let files = files("good");
    assert!(files.len() >= 25, "{} files", files.len());
    for (name, path) in files {
        let (dataset, intake) = read(&format!("{name}.csv"), &fs::read(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name} is refused: {error}"));
        golden(&path, &described(&dataset, &intake));
    }
}

/// What was read, long names and lists cut.
fn described(dataset: &Dataset, intake: &Intake) -> String {
    let cut = |text: String| text.chars().take(400).collect::<String>();
    let mut said = format!("{} {} bytes\n", dataset.name, dataset.origin.bytes);
    for column in &intake.dropped {
        writeln!(said, "dropped {column}").unwrap();
    }
    for notice in &intake.notices {
        writeln!(said, "notice: {notice}").unwrap();
    }
    for schema in &intake.schemas {
        let names: Vec<String> = schema.dimensions.iter().map(|dimension| dimension.name.clone()).collect();
        let items: Vec<String> = schema.items.iter().map(ToString::to_string).collect();
        let fpcs: Vec<Option<f64>> = schema.strata.iter().map(|stratum| stratum.fpc).collect();
        writeln!(said, "wave {:?}: {} respondents by {}", schema.wave, schema.respondents, names.join(", "))
            .unwrap();
        writeln!(said, "  items: {}", cut(items.join(", "))).unwrap();
        writeln!(
            said,
            "  stratified {}, fpc {fpcs:?}, psus {:?}",
            schema.stratified,
            schema.psus.as_ref().map(Vec::len)
        )
        .unwrap();
        writeln!(said, "  largest weight {:?}", schema.max_weight).unwrap();
    }
    for person in people(dataset) {
        writeln!(said, "{}", cut(person)).unwrap();
    }
    said
}

/// A bad file whose lines end in LF alone, and what is said of it with either line end.
#[test]
fn both_line_ends_give_the_same_positions() {
    let twins = |bytes: &[u8]| {
        let text =
            std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\r') && text.ends_with('\n'))?;
        let said = |text: &str| {
            read("twin.csv", text.as_bytes()).map(|(dataset, _)| people(&dataset)).map_err(|e| e.to_string())
        };
        Some((said(text), said(&text.replace('\n', "\r\n"))))
    };
    let mut compared = 0;
    for (name, path) in files("bad").into_iter().chain(files("good")) {
        if let Some((lf, crlf)) = twins(&fs::read(&path).unwrap()) {
            let normal = |people: Vec<String>| people.join("\n").replace("\\r\\n", "\\n");
            assert_eq!(lf.map(normal), crlf.map(normal), "{name}");
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared} compared");
}

#[test]
fn a_given_wave_is_used_unless_the_file_has_its_own() {
    let options = Options {
        file: "s.csv".to_owned(),
        dataset: Some("My Survey".to_owned()),
        wave: Some("2015".to_owned()),
        ..Options::default()
    };
    let plain = b"respondent_id,segment,city,moments.share\na,expat,Beijing,1\n";
    let (dataset, _) = read_dataset(Cursor::new(plain), &options, &super::pseudonym).unwrap();
    assert_eq!((dataset.name.as_str(), dataset.parts[0].schema.wave.as_str()), ("my-survey", "2015"));
    let waves = b"respondent_id,segment,city,wave,moments.share\na,expat,Beijing,2014,1\n";
    let said = read_dataset(Cursor::new(waves), &options, &super::pseudonym).unwrap_err().to_string();
    assert!(said.starts_with("s.csv:1:28: ") && said.contains("[wave-twice]"), "{said}");
}

#[test]
fn the_origin_is_that_of_the_bytes() {
    let bytes = b"\xEF\xBB\xBFrespondent_id,segment,city,moments.share\r\na,expat,Beijing,1\r\n";
    let (dataset, _) = read("folder/s.csv", bytes).unwrap();
    assert_eq!(dataset.origin.file, "s.csv");
    assert_eq!(dataset.origin.bytes, bytes.len() as u64);
    assert_eq!(dataset.origin.blake3, blake3::hash(bytes).to_hex().to_string());
}

#[test]
fn a_large_file_comes_in_batches_in_order() {
    use wxstats::ingest::Batch;
    let people = Batch::ROWS + 10;
    let mut text = "respondent_id,segment,city,moments.share\n".to_owned();
    for person in 0..people {
        writeln!(text, "{person},expat,Beijing,{}", person % 2).unwrap();
    }
    let (dataset, intake) = read("large.csv", text.as_bytes()).unwrap();
    let sizes: Vec<usize> = dataset.parts[0].batches.iter().map(Batch::len).collect();
    assert_eq!(sizes, [Batch::ROWS, 10]);
    assert_eq!(intake.schemas[0].respondents, people as u64);
    assert_eq!(dataset.parts[0].batches[1].pseudonyms[9], super::pseudonym(&(people - 1).to_string()));
}
