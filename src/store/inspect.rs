//! Looking a store over: whether every object is what was written, and which objects nothing refers to.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use super::stored::load_manifest;
use super::{Store, StoreError, StoredPart};
use crate::ingest::{Batches, Ids};

/// An object that no manifest refers to any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// Where it is.
    pub path: PathBuf,
    /// Its length in bytes.
    pub bytes: u64,
}

impl Store {
    /// Reads every object to its end.
    ///
    /// # Errors
    /// Everything that is damaged, in the order of the manifest; at least one.
    pub fn verify(&self) -> Result<(), Vec<anyhow::Error>> {
        let parts = self.manifest().entries.iter().map(|entry| self.part(entry));
        let damage = |part: StoredPart| {
            (0..part.count()).filter_map(move |index| part.batch(index, Ids::Read).err()).collect::<Vec<_>>()
        };
        let damaged: Vec<anyhow::Error> = parts.flat_map(damage).collect();
        if damaged.is_empty() { Ok(()) } else { Err(damaged) }
    }
}

/// The objects of the store in `directory` that nothing refers to, by name: what `--replace` and `forget` left, where they
/// were interrupted.
///
/// # Errors
/// A damaged manifest, or an I/O error.
pub fn loose(directory: &Path) -> Result<Vec<Loose>, StoreError> {
    match load_manifest(directory)? {
        Some((manifest, _)) => loose_beside(directory, &manifest),
        None => Ok(Vec::new()),
    }
}

/// The objects that a manifest does not refer to.
pub(super) fn loose_beside(directory: &Path, manifest: &Manifest) -> Result<Vec<Loose>, StoreError> {
    let objects = directory.join("objects");
    let referred: BTreeSet<PathBuf> = manifest
        .entries
        .iter()
        .flat_map(|entry| &entry.objects)
        .map(|object| directory.join(object.path()))
        .collect();
    let mut loose = Vec::new();
    for file in fs::read_dir(&objects).map_err(StoreError::io("reading", &objects))? {
        let file = file.map_err(StoreError::io("reading", &objects))?;
        let path = file.path();
        if path.extension().is_some_and(|ending| ending == "parquet") && !referred.contains(&path) {
            let bytes = file.metadata().map_err(StoreError::io("reading", &path))?.len();
            loose.push(Loose { path, bytes });
        }
    }
    loose.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(loose)
}
