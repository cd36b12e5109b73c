//! Dataset ⇄ disk: packed Parquet objects under a verified manifest, changed by one transaction at a time.
//!
//! ```text
//! store/            0700
//!   LOCK            held while a transaction runs; readers never wait
//!   MANIFEST.json   what is in the store, with its own hash
//!   objects/        <blake3>.parquet, 0600, written once, never modified
//! ```
//!
//! In: batches from the reader, through a [`Transaction`]. Out: [`StoredPart`]s whose batches are verified before they
//! are decoded. Refuses damage, a wrong key, and a changed file under a name that is taken.

mod broken;
mod durable;
mod error;
mod forget;
mod inspect;
mod key;
mod manifest;
mod object;
mod stored;
mod transaction;
mod writers;

#[cfg(feature = "broken-commits")]
pub use broken::break_commits;
pub(crate) use durable::{create_directory, directory_of, sync_directory};
pub use error::StoreError;
pub use forget::Forgotten;
pub use inspect::{Loose, loose};
pub use key::Key;
pub use manifest::{Entry, Manifest, ObjectRef};
pub use stored::{Store, StoredPart};
pub use transaction::{Recorded, Transaction};
