//! How a bundle reaches the disk: whole or not at all, and never over anything that is not ours.

use std::fs;
use std::path::Path;

use super::fixture::Survey;
use super::{guangzhou, report, text};
use tempfile::tempdir;
use wxstats::chart::Fonts;
use wxstats::codebook::{Lang, Names};
use wxstats::report::{Bundle, Formats, ReportError, Story, Subject, build};
use wxstats::table::Table;

/// Two charts are enough to write.
fn small() -> Survey {
    Survey::default().item("Guangzhou", "moments.share", (400, 32), (400, 124)).item(
        "Guangzhou",
        "games.share",
        (400, 81),
        (400, 80),
    )
}

fn bundle() -> Bundle {
    report(&small(), guangzhou(), Lang::En)
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_same_story_is_the_same_bytes_on_any_number_of_threads() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let survey = small();
    let (by_city, overall) = (survey.by_city(), survey.overall());
    let make = || {
        let names = Names::default();
        let story = Story {
            subject: guangzhou(),
            title: None,
            about: None,
            by_city: Some(&by_city),
            overall: &overall,
            by_city_and_wave: None,
            by_wave: None,
            gaps_by_city_and_wave: None,
            gaps_by_wave: None,
            points_by_city: None,
            points: None,
            rates: None,
            chapters: &[],
            template: None,
            names: &names,
            lang: Lang::En,
            translation: None,
            siblings: &[],
            formats: Formats::default(),
            fonts: Fonts::default(),
        };
        build(&story).unwrap()
    };
    let one = pool(1).install(make);
    assert_eq!(one, pool(8).install(make));
    assert!(one.files["charts/share-by-feature.png"].starts_with(b"\x89PNG"));
}

#[test]
fn the_manifest_lists_every_other_file_with_its_hash() {
    let bundle = bundle();
    let manifest: serde_json::Value = serde_json::from_str(text(&bundle, "manifest.json")).unwrap();
    let files = manifest["files"].as_array().unwrap();
    assert_eq!(files.len() + 1, bundle.files.len());
    for file in files {
        let bytes = &bundle.files[file["path"].as_str().unwrap()];
        assert_eq!(file["blake3"], blake3::hash(bytes).to_hex().as_str());
        assert_eq!(file["bytes"], bytes.len());
    }
    assert_eq!(manifest["schema"], "wxstats.bundle/1");
    assert_eq!(manifest["inputs"][0]["file"], "expats-2015.csv");
}

#[test]
fn a_bundle_is_written_and_replaced_whole() {
    let root = tempdir().unwrap();
    let mut bundle = bundle();
    let written = bundle.write(root.path()).unwrap();
    assert_eq!(written, root.path().join("guangzhou"));
    for (path, bytes) in &bundle.files {
        assert_eq!(&fs::read(written.join(path)).unwrap(), bytes, "{path}");
    }
    bundle.files.retain(|path, _| path != "charts/moments-share-by-city.svg");
    bundle.write(root.path()).unwrap();
    assert!(!written.join("charts/moments-share-by-city.svg").exists(), "a file that is no longer made goes");
    assert_eq!(names(root.path()), ["guangzhou"]);
}

#[test]
fn what_is_not_ours_stays() {
    let root = tempdir().unwrap();
    let bundle = bundle();
    let target = root.path().join("guangzhou");
    let refused = |what: &str| {
        let error = bundle.write(root.path()).unwrap_err();
        assert!(matches!(error, ReportError::Foreign { .. }), "{what}: {error}");
        assert!(error.hint().is_some());
    };
    fs::create_dir(&target).unwrap();
    fs::write(target.join("thesis.doc"), "ten years of work").unwrap();
    refused("a directory without our manifest");
    fs::write(
        target.join("manifest.json"),
        "{\"schema\": \"other/1\", \"files\": [{\"path\": \"thesis.doc\"}]}",
    )
    .unwrap();
    refused("another program's manifest");
    assert_eq!(fs::read_to_string(target.join("thesis.doc")).unwrap(), "ten years of work");
    fs::remove_dir_all(&target).unwrap();

    bundle.write(root.path()).unwrap();
    fs::write(target.join("charts/notes.txt"), "mine").unwrap();
    refused("a bundle with a stranger in it");
    assert_eq!(fs::read_to_string(target.join("charts/notes.txt")).unwrap(), "mine");
    fs::remove_dir_all(&target).unwrap();

    fs::write(&target, "a file").unwrap();
    refused("a file");
    fs::remove_file(&target).unwrap();

    fs::create_dir(&target).unwrap();
    bundle.write(root.path()).unwrap();
    assert!(target.join("index.html").exists(), "an empty directory is taken");
}

#[cfg(unix)]
#[test]
fn symlinks_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (root, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let bundle = bundle();
    let target = root.path().join("guangzhou");

    bundle.write(elsewhere.path()).unwrap();
    symlink(elsewhere.path().join("guangzhou"), &target).unwrap();
    assert!(matches!(bundle.write(root.path()), Err(ReportError::Foreign { .. })), "a linked bundle");
    fs::remove_file(&target).unwrap();

    bundle.write(root.path()).unwrap();
    fs::write(elsewhere.path().join("precious"), "keep").unwrap();
    fs::remove_file(target.join("data.csv")).unwrap();
    symlink(elsewhere.path().join("precious"), target.join("data.csv")).unwrap();
    assert!(matches!(bundle.write(root.path()), Err(ReportError::Foreign { .. })), "a linked file");
    assert_eq!(fs::read_to_string(elsewhere.path().join("precious")).unwrap(), "keep");
    fs::remove_dir_all(&target).unwrap();

    symlink(elsewhere.path(), root.path().join(".guangzhou.wxstats-new")).unwrap();
    bundle.write(root.path()).unwrap();
    assert_eq!(fs::read_to_string(elsewhere.path().join("precious")).unwrap(), "keep", "a linked temporary");
}

#[test]
fn a_killed_run_is_undone_by_the_next() {
    let root = tempdir().unwrap();
    let bundle = bundle();
    let target = root.path().join("guangzhou");
    bundle.write(root.path()).unwrap();
    // Killed between the two renames: the earlier bundle is set aside, its successor half there.
    fs::rename(&target, root.path().join(".guangzhou.wxstats-old")).unwrap();
    fs::create_dir(root.path().join(".guangzhou.wxstats-new")).unwrap();
    fs::write(root.path().join(".guangzhou.wxstats-new/index.html"), "half").unwrap();
    bundle.write(root.path()).unwrap();
    assert_eq!(names(root.path()), ["guangzhou"]);
    assert_eq!(fs::read(target.join("index.html")).unwrap(), bundle.files["index.html"]);
}

#[test]
fn a_failed_run_leaves_the_previous_bundle() {
    let root = tempdir().unwrap();
    let mut bundle = bundle();
    let target = bundle.write(root.path()).unwrap();
    let before = fs::read(target.join("index.html")).unwrap();
    // A file and a directory of one name: the second cannot be made.
    bundle.files.insert("index.html".to_owned(), b"new".to_vec());
    bundle.files.insert("zz".to_owned(), Vec::new());
    bundle.files.insert("zz/b".to_owned(), Vec::new());
    assert!(matches!(bundle.write(root.path()), Err(ReportError::Io { .. })));
    assert_eq!(fs::read(target.join("index.html")).unwrap(), before);
    assert_eq!(names(root.path()), ["guangzhou"]);
}

#[test]
fn no_name_leads_out_of_the_directory() {
    let root = tempdir().unwrap();
    for (slug, path) in
        [("../x", "a"), ("", "a"), ("x", "../a"), ("x", "/a"), ("x", "a//b"), ("x", "A\\b"), ("x", ".")]
    {
        let mut bundle = Bundle { slug: slug.to_owned(), ..bundle() };
        bundle.files.insert(path.to_owned(), Vec::new());
        assert!(matches!(bundle.write(root.path()), Err(ReportError::Name { .. })), "{slug} {path}");
    }
    assert!(names(root.path()).is_empty());
}

#[test]
fn a_city_without_respondents_and_a_table_without_gaps_are_refused() {
    let survey = small();
    let (by_city, overall) = (survey.by_city(), survey.overall());
    let without_gaps = Table { gaps: Vec::new(), ..overall.clone() };
    let names = Names::default();
    let story = |subject, overall| Story {
        subject,
        title: None,
        about: None,
        by_city: Some(&by_city),
        overall,
        by_city_and_wave: None,
        by_wave: None,
        gaps_by_city_and_wave: None,
        gaps_by_wave: None,
        points_by_city: None,
        points: None,
        rates: None,
        chapters: &[],
        template: None,
        names: &names,
        lang: Lang::En,
        translation: None,
        siblings: &[],
        formats: Formats::default(),
        fonts: Fonts::default(),
    };
    let lhasa = Subject::City(super::fixture::city("Lhasa"));
    assert!(matches!(build(&story(lhasa, &overall)), Err(ReportError::UnknownCity { .. })));
    assert!(matches!(build(&story(Subject::Overview, &without_gaps)), Err(ReportError::NothingCompared)));
}
