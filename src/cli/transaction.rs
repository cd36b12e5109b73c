//! A transaction on the user's store: which key, and how long to wait for another one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;

use super::args::Global;
use super::exit::Refusal;
use super::ui::Ui;
use crate::store::{Key, StoreError, Transaction};

/// How long to wait for another transaction.
const PATIENCE: Duration = Duration::from_secs(30);

/// Starts the transaction; says so when it must wait for another one.
pub(super) fn begin(global: &Global, key: &Key, key_path: &Path, ui: &Ui) -> Result<Transaction, StoreError> {
    match Transaction::begin(&global.store, key, key_path, Duration::from_millis(500)) {
        Err(StoreError::Locked { .. }) => {
            ui.say("waiting for another wxstats to finish with the store");
            Transaction::begin(&global.store, key, key_path, PATIENCE)
        }
        begun => begun,
    }
}

/// `--key-file`, or `wxstats/key` in the user's configuration directory.
pub(super) fn key_path(global: &Global) -> Result<PathBuf> {
    if let Some(path) = &global.key_file {
        return Ok(path.clone());
    }
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_CONFIG_HOME")
        .or_else(|| set("APPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".config")))
        .map(|directory| directory.join("wxstats").join("key"))
        .ok_or_else(|| {
            Refusal::usage("there is no configuration directory for the key")
                .hint("--key-file names a place for it")
                .into()
        })
}
