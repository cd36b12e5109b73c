//! The store: what goes in comes out, all or nothing, and damage is seen.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use wxstats::ingest::{Batches, Ids, Origin};
use wxstats::store::{Key, Recorded, Store, StoreError, Transaction};

use crate::desk::Desk;
use crate::long::{quick_or, say};
use crate::made::{Design, Person, part};

struct Place {
    directory: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    fn store(&self) -> PathBuf {
        self.directory.path().join("store")
    }

    fn begin(&self) -> Result<Transaction, StoreError> {
        let key_path = self.directory.path().join("key");
        let key = Key::load_or_create(&key_path)?;
        Transaction::begin(&self.store(), &key, &key_path, Duration::from_millis(120))
    }

    fn ingest(&self, design: &Design, replace: bool) -> Result<Vec<Recorded>, StoreError> {
        let part = part(design, 3);
        let mut transaction = self.begin()?;
        for batch in part.batches {
            transaction.stage("2015", batch).unwrap();
        }
        let outcomes = transaction.record("made", &origin(), &[part.schema], replace);
        let outcomes = outcomes.map_err(|error| error.downcast::<StoreError>().unwrap())?;
        transaction.commit()?;
        Ok(outcomes)
    }

    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        walk(&self.store(), &mut files);
        files
    }
}

fn walk(directory: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            let bytes = fs::read(&path).unwrap();
            files.insert(path, bytes);
        }
    }
}

fn origin() -> Origin {
    Origin { file: "made.csv".to_owned(), blake3: "0".repeat(64), bytes: 1 }
}

fn people(count: u32) -> Design {
    let person = |at: u32| Person {
        stratum: at % 3,
        psu: at % 3 * 4,
        weight: f64::from(at) + 0.1,
        levels: [(at % 2) as u16, (at % 3) as u16],
        answers: (0..40).map(|item| ((at + item) % 4) as u8).collect(),
    };
    Design { items: 40, clustered: true, weighted: true, people: (0..count).map(person).collect() }
}

#[test]
fn what_goes_in_comes_out() {
    let place = Place::new();
    assert_eq!(place.ingest(&people(10), false).unwrap(), [Recorded::New]);
    let store = Store::open(&place.store()).unwrap();
    let stored = store.part(&store.manifest().entries[0]);
    let made = part(&people(10), 3);
    assert_eq!(stored.schema(), &made.schema);
    assert_eq!(stored.count(), made.count());
    for index in 0..made.count() {
        assert_eq!(*stored.batch(index, Ids::Read).unwrap(), *made.batch(index, Ids::Read).unwrap());
    }
}

#[test]
fn the_same_again_changes_nothing_and_other_data_needs_replace() {
    let place = Place::new();
    place.ingest(&people(10), false).unwrap();
    let before = place.files();
    assert_eq!(place.ingest(&people(10), false).unwrap(), [Recorded::AlreadyStored]);
    assert_eq!(place.files(), before);
    assert!(matches!(place.ingest(&people(11), false), Err(StoreError::Taken { .. })));
    assert_eq!(place.files(), before);
    assert_eq!(place.ingest(&people(11), true).unwrap(), [Recorded::Replaced]);
    assert_eq!(Store::open(&place.store()).unwrap().manifest().entries[0].schema.respondents, 11);
}

#[test]
fn a_transaction_that_is_dropped_leaves_nothing() {
    let place = Place::new();
    place.ingest(&people(10), false).unwrap();
    let before = place.files();
    let mut transaction = place.begin().unwrap();
    for batch in part(&people(20), 5).batches {
        transaction.stage("2015", batch).unwrap();
    }
    drop(transaction);
    assert_eq!(place.files(), before);
}

#[test]
fn what_an_interrupted_transaction_left_is_swept() {
    let place = Place::new();
    place.ingest(&people(10), false).unwrap();
    let before = place.files();
    fs::write(place.store().join("objects/.tmp-0"), "half an object").unwrap();
    fs::write(place.store().join(".tmp-manifest"), "half a manifest").unwrap();
    drop(place.begin().unwrap());
    assert_eq!(place.files(), before);
}

#[test]
fn a_second_transaction_waits_and_then_gives_up() {
    let place = Place::new();
    let held = place.begin().unwrap();
    assert!(matches!(place.begin(), Err(StoreError::Locked { .. })));
    drop(held);
    assert!(place.begin().is_ok());
}

/// Bits of the files, drawn by their number.
fn bit(files: &BTreeMap<PathBuf, Vec<u8>>, number: usize) -> (&PathBuf, usize) {
    let bits = files.values().map(|bytes| bytes.len() * 8).sum::<usize>();
    let drawn = blake3::hash(&number.to_le_bytes());
    let mut at = u64::from_le_bytes(*drawn.as_bytes().first_chunk().unwrap()) as usize % bits;
    for (path, bytes) in files {
        match at.checked_sub(bytes.len() * 8) {
            Some(rest) => at = rest,
            None => return (path, at),
        }
    }
    unreachable!("the bit is in one of the files")
}

fn flip(path: &Path, bytes: &[u8], at: usize) {
    let mut flipped = bytes.to_owned();
    flipped[at / 8] ^= 1 << (at % 8);
    fs::write(path, flipped).unwrap();
}

#[test]
fn every_flipped_bit_is_seen() {
    let place = Place::new();
    place.ingest(&people(10), false).unwrap();
    let files = place.files();
    let flips = quick_or(400, 20_000);
    for number in 0..flips {
        let (path, at) = bit(&files, number);
        flip(path, &files[path], at);
        let error = read_everything(&place.store()).unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{}: bit {at}: {error}", path.display());
        fs::write(path, &files[path]).unwrap();
    }
    read_everything(&place.store()).unwrap();
    say(&format!("{flips} flipped bits, all seen as damage"));
}

#[test]
fn a_flipped_bit_is_exit_code_3_and_no_chart() {
    let desk = Desk::new();
    let header = "respondent_id,segment,city,moments.share\n";
    let row = |n: usize| format!("p{n},{},广州,{}\n", ["expat", "chinese"][n % 2], u8::from(n % 5 < 2));
    fs::write(desk.path("s.csv"), header.to_owned() + &(0..80).map(row).collect::<String>()).unwrap();
    desk.ok(&["ingest", "s.csv"]);
    let mut files = BTreeMap::new();
    walk(&desk.path("data/store"), &mut files);
    let flips = quick_or(12, 300);
    for number in 0..flips {
        let (path, at) = bit(&files, number);
        flip(path, &files[path], at);
        for command in [&["report"][..], &["table"], &["store", "check"]] {
            let said = desk.fails(3, command);
            assert!(said.starts_with("error: the store is damaged: "), "{said}");
        }
        assert!(!desk.path("reports").exists(), "{}: bit {at}: a report was made", path.display());
        fs::write(path, &files[path]).unwrap();
    }
    say(&format!("{flips} flipped bits, three commands each: exit code 3, no chart"));
}

fn read_everything(store: &Path) -> Result<(), StoreError> {
    let store = Store::open(store)?;
    for entry in &store.manifest().entries {
        let part = store.part(entry);
        for index in 0..part.count() {
            part.batch(index, Ids::Read).map_err(|error| error.downcast::<StoreError>().unwrap())?;
        }
    }
    Ok(())
}

#[test]
fn what_was_forgotten_while_it_was_read_is_no_damage() {
    let place = Place::new();
    place.ingest(&people(10), false).unwrap();
    let read = |store: &Store| {
        let read = store.part(&store.manifest().entries[0]).batch(0, Ids::Read).map(|batch| batch.len());
        read.map_err(|error| error.downcast::<StoreError>().unwrap())
    };
    let opened = Store::open(&place.store()).unwrap();
    assert_eq!(read(&opened).unwrap(), 3);
    let mut transaction = place.begin().unwrap();
    let first = *part(&people(10), 3).batch(0, Ids::Read).unwrap().pseudonyms.first().unwrap();
    transaction.forget_persons(&[first].into()).unwrap();
    transaction.commit().unwrap();
    assert!(matches!(read(&opened), Err(StoreError::Overtaken)));
    let opened = Store::open(&place.store()).unwrap();
    read(&opened).unwrap();
    for object in fs::read_dir(place.store().join("objects")).unwrap() {
        fs::remove_file(object.unwrap().path()).unwrap();
    }
    assert!(matches!(read(&opened), Err(StoreError::Damaged { .. })));
}

#[test]
fn another_key_is_refused() {
    let place = Place::new();
    place.ingest(&people(4), false).unwrap();
    fs::write(place.directory.path().join("key"), "f".repeat(64)).unwrap();
    assert!(matches!(place.begin(), Err(StoreError::WrongKey { .. })));
    fs::write(place.directory.path().join("key"), "not a key").unwrap();
    assert!(matches!(place.begin(), Err(StoreError::Key { .. })));
}

#[test]
fn a_missing_store_is_empty() {
    let place = Place::new();
    assert!(matches!(Store::open(&place.store()), Err(StoreError::Empty { .. })));
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.ingest(&people(4), false).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place.store()), 0o700);
    assert_eq!(mode(&place.directory.path().join("key")), 0o600);
    for path in place.files().keys() {
        assert_eq!(mode(path), 0o600, "{}", path.display());
    }
}
