//! The store: what goes in comes out, all or nothing, and damage is seen.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use wxstats::ingest::{Batches, Ids, Origin};
use wxstats::store::{Key, Recorded, Store, StoreError, Transaction};

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
        for batch in &part.batches {
            transaction.stage("2015", batch).unwrap();
        }
        let outcomes = transaction.record("made", &origin(), &[part.schema], replace)?;
        transaction.commit()?;
        Ok(outcomes)
    }

    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
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
        let mut files = BTreeMap::new();
        walk(&self.store(), &mut files);
        files
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
    for batch in &part(&people(20), 5).batches {
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

#[test]
fn every_flipped_bit_is_seen() {
    let place = Place::new();
    place.ingest(&people(10), false).unwrap();
    for (path, bytes) in place.files() {
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 97) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << (at % 8);
            fs::write(&path, &flipped).unwrap();
            let error = read_everything(&place.store()).unwrap_err();
            assert!(matches!(error, StoreError::Damaged { .. }), "{}: byte {at}: {error}", path.display());
        }
        fs::write(&path, &bytes).unwrap();
    }
    read_everything(&place.store()).unwrap();
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
