//! What can go wrong with a store.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why the store cannot be used or changed.
#[derive(Debug)]
pub enum StoreError {
    /// Bytes are not what was written.
    Damaged {
        /// The file, relative to the store.
        what: String,
        /// What was seen.
        why: &'static str,
    },
    /// Another process has changed the store since it was opened, and what was to be read is gone.
    Overtaken,
    /// Another process has been changing the store for longer than we wait.
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The manifest was written by a newer version.
    TooNew {
        /// Its format.
        format: String,
    },
    /// The store holds other data under the same dataset and wave.
    Taken {
        /// Dataset slug.
        dataset: String,
        /// Wave label.
        wave: String,
        /// The file it came from.
        file: String,
    },
    /// Two files of one transaction hold different data under the same dataset and wave.
    Twice {
        /// Dataset slug.
        dataset: String,
        /// Wave label.
        wave: String,
    },
    /// The key is not the one the store's pseudonyms were made with.
    WrongKey {
        /// The key file.
        path: PathBuf,
    },
    /// The key file is missing or unusable.
    Key {
        /// The key file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is no store, or nothing in it.
    Empty {
        /// The store's directory.
        path: PathBuf,
    },
    /// The operating system refused.
    Io {
        /// What was being done.
        doing: String,
        /// Its error.
        source: io::Error,
    },
}

impl StoreError {
    /// An I/O error met while doing something with a path.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let doing = format!("{doing} {}", path.display());
        move |source| Self::Io { doing, source }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Damaged { .. } => {
                Some("restore the store from a backup, or delete it and ingest the files again")
            }
            Self::Overtaken => Some("run the command again"),
            Self::Locked { .. } => Some("wait for the other wxstats to finish, then try again"),
            Self::TooNew { .. } => Some("use the wxstats that wrote it, or a newer one"),
            Self::Taken { .. } => Some(
                "--replace puts the new file in its place; --dataset or --wave stores it under another name",
            ),
            Self::Twice { .. } => Some("--dataset or --wave, in a command for each file, tells them apart"),
            Self::WrongKey { .. } | Self::Key { .. } => Some(
                "--key-file names the key the store was made with; without it the same person gets another pseudonym",
            ),
            Self::Empty { .. } => {
                Some("wxstats ingest FILE… fills it; --sample or --input FILE… work without a store")
            }
            Self::Io { .. } => None,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged { what, why } => write!(f, "the store is damaged: {what} {why}"),
            Self::Overtaken => f.write_str("the store was changed while it was read"),
            Self::Locked { path } => {
                write!(f, "another wxstats is changing the store ({} is locked)", path.display())
            }
            Self::TooNew { format } => {
                write!(f, "the store has the format {format}, which this version does not know")
            }
            Self::Taken { dataset, wave, file } if wave.is_empty() => {
                write!(f, "dataset \"{dataset}\" is already stored, from a different {file}")
            }
            Self::Taken { dataset, wave, file } => {
                write!(
                    f,
                    "wave \"{wave}\" of dataset \"{dataset}\" is already stored, from a different {file}"
                )
            }
            Self::Twice { dataset, wave } => {
                write!(f, "two of the files are wave \"{wave}\" of dataset \"{dataset}\", and they differ")
            }
            Self::WrongKey { path } => {
                write!(f, "{} is not the key this store was made with", path.display())
            }
            Self::Key { path, why } => write!(f, "the key file {} {why}", path.display()),
            Self::Empty { path } => write!(f, "there is nothing in the store {}", path.display()),
            Self::Io { doing, source } => write!(f, "{doing}: {source}"),
        }
    }
}

impl std::error::Error for StoreError {}
