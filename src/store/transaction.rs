//! Changing the store: all of one command's files, or none of them.
//!
//! Order: lock → verify the manifest → sweep → stage objects as temporaries while files are read and validated →
//! rename the objects → make their names durable → replace the manifest → make that durable. Until the manifest is
//! replaced nothing refers to what was written; dropping the transaction removes it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::broken::Broken;
use super::inspect::{Loose, loose_beside};
use super::manifest::{self, Entry, Manifest, ObjectRef};
use super::stored::{load_manifest, verified};
use super::writers::{Writers, temporary};
use super::{Key, StoreError, durable};
use crate::ingest::{Batch, Origin, Schema};

/// The most objects that are written at a time: each is in memory twice.
const MOST_WRITERS: usize = 4;

/// A change to the store that has not happened yet.
pub struct Transaction {
    directory: PathBuf,
    manifest: Manifest,
    /// Objects of the file that is being read.
    writers: Writers,
    /// How many objects were begun.
    begun: usize,
    entries: Vec<Entry>,
    /// Dataset and wave of what is taken out.
    removed: Vec<(String, String)>,
    temporaries: Vec<(PathBuf, ObjectRef)>,
    restores: bool,
    /// Whether objects that nothing refers to go too, whoever left them.
    sweeps: bool,
    _lock: File,
}

/// What became of one wave of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// It will be stored.
    New,
    /// It will take the place of other data.
    Replaced,
    /// The store has it already, byte for byte.
    AlreadyStored,
    /// The store had it, damaged; it will be whole again.
    Restored,
}

impl Transaction {
    /// Starts a transaction, waiting at most `patience` for another one to end. Makes the store if there is none.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::WrongKey`] (which names `key_path`), damage, or an I/O error.
    pub fn begin(
        directory: &Path,
        key: &Key,
        key_path: &Path,
        patience: Duration,
    ) -> Result<Self, StoreError> {
        let objects = directory.join("objects");
        durable::create_private_directory(&objects).map_err(StoreError::io("creating", &objects))?;
        let lock = lock(&directory.join("LOCK"), patience)?;
        let manifest = match load_manifest(directory)? {
            Some((mut manifest, bytes)) => {
                manifest.parent = blake3::hash(&bytes).to_hex().to_string();
                manifest
            }
            None => start(directory, key)?,
        };
        if manifest.key != key.fingerprint() {
            return Err(StoreError::WrongKey { path: key_path.to_owned() });
        }
        for swept in [directory, &objects] {
            durable::sweep_temporaries(swept).map_err(StoreError::io("sweeping", swept))?;
        }
        Ok(Self {
            directory: directory.to_owned(),
            manifest,
            writers: Writers::new(rayon::current_num_threads().min(MOST_WRITERS)),
            begun: 0,
            entries: Vec::new(),
            removed: Vec::new(),
            temporaries: Vec::new(),
            restores: false,
            sweeps: false,
            _lock: lock,
        })
    }

    /// The store's directory.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// What the store held when the transaction began.
    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Takes an entry out, unless another is recorded in its place.
    pub(super) fn remove(&mut self, entry: &Entry) {
        self.removed.push((entry.dataset.clone(), entry.schema.wave.clone()));
    }

    /// Lets everything go that nothing refers to once the transaction is through, also what an earlier one left.
    pub(super) fn sweep(&mut self) {
        self.sweeps = true;
    }

    /// Writes one batch of the file that is being read, if need be while the next is read.
    ///
    /// # Errors
    /// When it, or one before it, cannot be encoded or written.
    pub fn stage(&mut self, wave: &str, batch: Batch) -> anyhow::Result<()> {
        let temporary = temporary(&self.directory, self.begun);
        self.begun += 1;
        self.writers.write(wave, batch, temporary)
    }

    /// Takes what was staged since the last call as one file, which has been found valid.
    /// One [`Recorded`] per schema.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the store has other data under the same dataset and wave, unless `replace`;
    /// [`StoreError::Twice`] when this transaction has; when something staged could not be written.
    pub fn record(
        &mut self,
        dataset: &str,
        origin: &Origin,
        schemas: &[Schema],
        replace: bool,
    ) -> anyhow::Result<Vec<Recorded>> {
        let mut staged = self.writers.finish()?;
        let mut outcomes = Vec::new();
        for schema in schemas {
            let (own, rest): (Vec<_>, Vec<_>) =
                staged.into_iter().partition(|object| object.wave == schema.wave);
            staged = rest;
            let entry = Entry {
                kind: "survey".to_owned(),
                dataset: dataset.to_owned(),
                schema: schema.clone(),
                origin: origin.clone(),
                objects: own.iter().map(|staged| staged.object.clone()).collect(),
            };
            self.temporaries.extend(own.into_iter().map(|staged| (staged.temporary, staged.object)));
            outcomes.push(self.compare(&entry, replace)?);
            self.entries.push(entry);
        }
        Ok(outcomes)
    }

    /// How an entry relates to what is stored, or was recorded earlier in this transaction.
    fn compare(&mut self, entry: &Entry, replace: bool) -> Result<Recorded, StoreError> {
        let (dataset, wave) = (&entry.dataset, &entry.schema.wave);
        let same = |other: &Entry| other.objects == entry.objects && other.schema == entry.schema;
        let mut earlier = self.entries.iter();
        if let Some(earlier) = earlier.find(|other| other.dataset == *dataset && other.schema.wave == *wave) {
            return if same(earlier) {
                Ok(Recorded::AlreadyStored)
            } else {
                Err(StoreError::Twice { dataset: dataset.clone(), wave: wave.clone() })
            };
        }
        match self.manifest.find(dataset, wave) {
            None => Ok(Recorded::New),
            Some(present) if same(present) => {
                let whole = present.objects.iter().all(|object| verified(&self.directory, object).is_ok());
                self.restores |= !whole;
                Ok(if whole { Recorded::AlreadyStored } else { Recorded::Restored })
            }
            Some(_) if replace => Ok(Recorded::Replaced),
            Some(present) => Err(StoreError::Taken {
                dataset: dataset.clone(),
                wave: wave.clone(),
                file: present.origin.file.clone(),
            }),
        }
    }

    /// Makes everything recorded part of the store. When this returns, it is on the disk.
    ///
    /// # Errors
    /// When something cannot be written; the store is then as it was.
    pub fn commit(mut self) -> Result<(), StoreError> {
        let before = self.manifest.entries.clone();
        let is_kept = |entry: &Entry| {
            !self
                .removed
                .iter()
                .any(|(dataset, wave)| *dataset == entry.dataset && *wave == entry.schema.wave)
        };
        self.manifest.entries.retain(is_kept);
        for entry in std::mem::take(&mut self.entries) {
            let known = self.manifest.find(&entry.dataset, &entry.schema.wave);
            if known.is_none_or(|known| known.objects != entry.objects || known.schema != entry.schema) {
                self.manifest.insert(entry);
            }
        }
        let changes = self.manifest.entries != before;
        self.manifest.generation += u64::from(changes);
        if changes && Broken::ManifestFirst.is_chosen() {
            replace_manifest(&self.directory, &self.manifest)?;
        }
        if changes || self.restores {
            self.place_objects()?;
        }
        if changes {
            replace_manifest(&self.directory, &self.manifest)?;
        }
        if self.sweeps {
            self.sweep_objects()?;
        }
        Ok(())
    }

    /// Gives what was staged its names, on the disk.
    fn place_objects(&mut self) -> Result<(), StoreError> {
        for (temporary, object) in self.temporaries.drain(..) {
            let path = self.directory.join(object.path());
            fs::rename(&temporary, &path).map_err(StoreError::io("renaming to", &path))?;
        }
        let objects = self.directory.join("objects");
        durable::sync_directory(&objects).map_err(StoreError::io("syncing", &objects))
    }

    /// Removes the objects that nothing refers to, and makes that durable. What they were.
    ///
    /// # Errors
    /// When one cannot be removed; those before it are gone.
    pub fn sweep_objects(&self) -> Result<Vec<Loose>, StoreError> {
        let loose = loose_beside(&self.directory, &self.manifest)?;
        for Loose { path, .. } in &loose {
            fs::remove_file(path).map_err(StoreError::io("removing", path))?;
        }
        let objects = self.directory.join("objects");
        durable::sync_directory(&objects).map_err(StoreError::io("syncing", &objects))?;
        Ok(loose)
    }
}

/// The manifest of a new store, put in place before any object is, so that objects without one are damage.
fn start(directory: &Path, key: &Key) -> Result<Manifest, StoreError> {
    durable::sweep_temporaries(directory).map_err(StoreError::io("sweeping", directory))?;
    let manifest = Manifest::empty(key.fingerprint());
    replace_manifest(directory, &manifest)?;
    Ok(manifest)
}

fn replace_manifest(directory: &Path, manifest: &Manifest) -> Result<(), StoreError> {
    let path = directory.join(manifest::FILE);
    let temporary = directory.join(format!("{}manifest", durable::TEMPORARY_PREFIX));
    let bytes = manifest.encode().map_err(|error| StoreError::io("writing", &path)(error.into()))?;
    if Broken::InPlace.is_chosen() {
        return fs::write(&path, &bytes).map_err(StoreError::io("writing", &path));
    }
    durable::write_new(&temporary, &bytes).map_err(StoreError::io("writing", &temporary))?;
    fs::rename(&temporary, &path).map_err(StoreError::io("renaming to", &path))?;
    durable::sync_directory(directory).map_err(StoreError::io("syncing", directory))
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let begun = self.writers.give_up().iter();
        for temporary in begun.chain(self.temporaries.iter().map(|(temporary, _)| temporary)) {
            // What cannot be removed now is swept by the next transaction.
            let _ = fs::remove_file(temporary);
        }
    }
}

fn lock(path: &Path, patience: Duration) -> Result<File, StoreError> {
    let file = durable::private()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(StoreError::io("opening", path))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => {
                std::thread::sleep(Duration::from_millis(50));
            }
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(StoreError::io("locking", path)(error)),
        }
    }
}
