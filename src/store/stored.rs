//! Reading: a store's manifest, and its parts batch by batch. Readers take no lock; objects never change, but what another
//! command has forgotten is gone. Who read an older manifest is told so, and opens the store again.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::manifest::{self, Entry, Manifest, ObjectRef};
use super::{StoreError, object};
use crate::ingest::{Batch, Batches, Ids, Schema};

/// A store's directory and what its manifest said when it was opened.
#[derive(Debug, Clone)]
pub struct Store {
    directory: PathBuf,
    manifest: Manifest,
}

impl Store {
    /// Opens the store for reading.
    ///
    /// # Errors
    /// [`StoreError::Empty`] when there is nothing to read, and whatever [`Manifest::decode`] refuses.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        match load_manifest(directory)? {
            Some((manifest, _)) if !manifest.entries.is_empty() => {
                Ok(Self { directory: directory.to_owned(), manifest })
            }
            _ => Err(StoreError::Empty { path: directory.to_owned() }),
        }
    }

    /// What is stored.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// One wave of one dataset, to be read batch by batch.
    #[must_use]
    pub fn part(&self, entry: &Entry) -> StoredPart {
        StoredPart {
            directory: self.directory.clone(),
            generation: self.manifest.generation,
            entry: entry.clone(),
        }
    }
}

/// The verified manifest of a store and its bytes; `None` when there is none yet.
pub(super) fn load_manifest(directory: &Path) -> Result<Option<(Manifest, Vec<u8>)>, StoreError> {
    let bytes = match read_manifest(directory)? {
        Some(bytes) => bytes,
        None if !has_objects(directory) => return Ok(None),
        // The first command of all may have put it in place since it was looked for.
        None => read_manifest(directory)?
            .ok_or(StoreError::Damaged { what: manifest::FILE.to_owned(), why: "is missing" })?,
    };
    Ok(Some((Manifest::decode(&bytes)?, bytes)))
}

fn read_manifest(directory: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let path = directory.join(manifest::FILE);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("reading", &path)(error)),
    }
}

/// Whether objects were ever put in place; the manifest was there before the first.
fn has_objects(directory: &Path) -> bool {
    fs::read_dir(directory.join("objects")).is_ok_and(|objects| {
        objects.flatten().any(|object| object.path().extension().is_some_and(|ending| ending == "parquet"))
    })
}

/// The bytes of an object, which are those that were written.
///
/// # Errors
/// [`StoreError::Damaged`] when they are not.
pub(super) fn verified(directory: &Path, object: &ObjectRef) -> Result<Vec<u8>, StoreError> {
    let damaged = |why| StoreError::Damaged { what: object.path(), why };
    let path = directory.join(object.path());
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => damaged("is missing"),
        _ => StoreError::io("reading", &path)(error),
    })?;
    if bytes.len() as u64 != object.bytes || blake3::hash(&bytes).to_hex().as_str() != object.blake3 {
        return Err(damaged("does not have the bytes that were written"));
    }
    Ok(bytes)
}

/// One wave of one dataset in a store.
#[derive(Debug, Clone)]
pub struct StoredPart {
    directory: PathBuf,
    /// That of the manifest it stands in.
    generation: u64,
    entry: Entry,
}

impl StoredPart {
    /// What the manifest says of it.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    fn read(&self, index: usize, ids: Ids) -> Result<Batch, StoreError> {
        let object = &self.entry.objects[index];
        let damaged = |why| StoreError::Damaged { what: object.path(), why };
        let bytes = verified(&self.directory, object).map_err(|error| self.overtaken().unwrap_or(error))?;
        let batch = object::decode(bytes, &self.entry.schema, ids)
            .map_err(|_| damaged("does not have the columns it must have"))?;
        if batch.len() as u64 == object.rows {
            Ok(batch)
        } else {
            Err(damaged("does not have the rows it must have"))
        }
    }

    /// Whether the store has another manifest by now; an object leaves the disk only after it left the manifest.
    fn overtaken(&self) -> Option<StoreError> {
        let now = load_manifest(&self.directory).ok()?;
        now.is_none_or(|(now, _)| now.generation != self.generation).then_some(StoreError::Overtaken)
    }
}

impl Batches for StoredPart {
    fn schema(&self) -> &Schema {
        &self.entry.schema
    }

    fn count(&self) -> usize {
        self.entry.objects.len()
    }

    fn batch(&self, index: usize, ids: Ids) -> Result<Cow<'_, Batch>> {
        Ok(Cow::Owned(self.read(index, ids)?))
    }
}
