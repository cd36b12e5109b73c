//! Which files are behind the two sides, and which of a bundle's own differ.

use std::collections::BTreeMap;

/// A file that figures rest on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Input {
    /// Dataset.
    pub dataset: String,
    /// Wave; empty when there is none.
    pub wave: String,
    /// File name.
    pub file: String,
    /// BLAKE3 of its bytes.
    pub blake3: String,
    /// Respondents.
    pub respondents: u64,
}

/// A file of a bundle that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// Only after.
    Added(String),
    /// Only before.
    Removed(String),
    /// Other bytes.
    Changed(String),
}

impl FileChange {
    /// The path and what became of it, as data files spell it.
    #[must_use]
    pub fn parts(&self) -> (&str, &'static str) {
        match self {
            Self::Added(path) => (path, "added"),
            Self::Removed(path) => (path, "removed"),
            Self::Changed(path) => (path, "changed"),
        }
    }
}

/// What differs, by path.
pub(super) fn changes(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<FileChange> {
    let removed = before.keys().filter(|path| !after.contains_key(*path)).cloned().map(FileChange::Removed);
    let others = after.iter().filter_map(|(path, hash)| match before.get(path) {
        None => Some(FileChange::Added(path.clone())),
        Some(known) if known != hash => Some(FileChange::Changed(path.clone())),
        Some(_) => None,
    });
    let mut all: Vec<FileChange> = removed.chain(others).collect();
    all.sort_by(|a, b| a.parts().0.cmp(b.parts().0));
    all
}
