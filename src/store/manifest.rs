//! `MANIFEST.json`: what is in the store. Its bytes are checked as strictly as the objects'.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::StoreError;
use crate::ingest::{Origin, Schema};

pub(super) const FILE: &str = "MANIFEST.json";
const FORMAT: &str = "wxstats.store/1";

/// The list of what is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the store's layout.
    pub format: String,
    /// Counts transactions.
    pub generation: u64,
    /// BLAKE3 of the manifest file before this one; empty for the first.
    pub parent: String,
    /// Fingerprint of the key that made the pseudonyms.
    pub key: String,
    /// One entry per dataset and wave, sorted by both.
    pub entries: Vec<Entry>,
}

/// One wave of one dataset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `survey`.
    pub kind: String,
    /// Dataset slug.
    pub dataset: String,
    /// What the codes in the objects mean; names the wave.
    pub schema: Schema,
    /// The file it came from.
    pub origin: Origin,
    /// The objects that hold the respondents, in file order.
    pub objects: Vec<ObjectRef>,
}

/// A reference to one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectRef {
    /// BLAKE3 of the object's bytes, hexadecimal; also its file name.
    pub blake3: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Number of respondents.
    pub rows: u64,
}

impl ObjectRef {
    /// Path below the store's directory.
    #[must_use]
    pub fn path(&self) -> String {
        format!("objects/{}.parquet", self.blake3)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    blake3: String,
    #[serde(borrow)]
    manifest: &'a RawValue,
}

/// The one field that every version of the manifest has.
#[derive(Deserialize)]
struct Version {
    format: String,
}

impl Manifest {
    /// The manifest of a store in which nothing is yet.
    #[must_use]
    pub fn empty(key: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            generation: 0,
            parent: String::new(),
            key: key.to_owned(),
            entries: Vec::new(),
        }
    }

    /// The bytes of the file: the manifest, wrapped with its hash.
    ///
    /// # Errors
    /// When it cannot be serialised.
    pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        let text = serde_json::to_string(self)?;
        let blake3 = blake3::hash(text.as_bytes()).to_hex().to_string();
        let manifest = RawValue::from_string(text)?;
        let mut bytes = serde_json::to_vec(&Envelope { blake3, manifest: &manifest })?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads the file's bytes back. Any byte that differs from what [`encode`](Self::encode) wrote is damage.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and [`StoreError::TooNew`].
    pub fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let damaged = |why| StoreError::Damaged { what: FILE.to_owned(), why };
        let envelope: Envelope = serde_json::from_slice(bytes).map_err(|_| damaged("is not valid"))?;
        if blake3::hash(envelope.manifest.get().as_bytes()).to_hex().as_str() != envelope.blake3 {
            return Err(damaged("does not have the hash it states"));
        }
        let version: Version = serde_json::from_str(envelope.manifest.get())
            .map_err(|_| damaged("does not state its format"))?;
        if version.format != FORMAT {
            return Err(StoreError::TooNew { format: version.format });
        }
        let manifest: Self = serde_json::from_str(envelope.manifest.get())
            .map_err(|_| damaged("does not have the fields it must have"))?;
        if manifest.encode().ok().as_deref() != Some(bytes) {
            return Err(damaged("is not written as it must be"));
        }
        Ok(manifest)
    }

    /// Puts an entry where its dataset and wave belong, in place of one that has the same.
    pub fn insert(&mut self, entry: Entry) {
        let key = |entry: &Entry| (entry.dataset.clone(), entry.schema.wave.clone());
        match self.entries.binary_search_by_key(&key(&entry), key) {
            Ok(index) => self.entries[index] = entry,
            Err(index) => self.entries.insert(index, entry),
        }
    }

    /// The entry of a dataset's wave.
    #[must_use]
    pub fn find(&self, dataset: &str, wave: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.dataset == dataset && entry.schema.wave == wave)
    }
}
