//! What a command was asked to write: in which form, and to which file, whole or as it was.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context;

use super::exit::Refusal;
use super::ui::Ui;
use crate::store::{directory_of, sync_directory};

/// The form that is asked for, else the one that belongs to the file's ending; without a file that of `txt`.
pub(super) fn format<F: Copy>(
    asked: Option<F>,
    path: Option<&Path>,
    endings: &[(&str, F)],
    names: &str,
) -> anyhow::Result<F> {
    let ending = path.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let ending = ending.as_deref().unwrap_or("txt");
    let own = || endings.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format);
    asked.or_else(own).ok_or_else(|| {
        Refusal::usage(format!("no format belongs to the ending .{ending}"))
            .hint(format!("--format {names} says which one is meant"))
            .into()
    })
}

/// Text, marked as UTF-8 for programs that would else take it for the encoding of the system, as Excel does.
pub(super) fn with_bom(text: &str) -> String {
    format!("\u{feff}{text}")
}

/// Writes what a command makes to the file that was asked for, else, or for `-`, to standard output.
pub(super) fn deliver(path: Option<&Path>, made: impl AsRef<[u8]>, ui: &Ui) -> anyhow::Result<()> {
    match path {
        Some(path) if path != Path::new("-") => {
            write(path, made.as_ref()).with_context(|| format!("writing {}", path.display()))?;
            ui.say(&format!("wrote {}", path.display()));
            Ok(())
        }
        _ => Ok(ui.data(made)?),
    }
}

/// Writes `bytes` to `path`. A regular file is replaced at once, when all is written; a device, a pipe or what a link
/// points to is written through.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        return fs::write(path, bytes);
    }
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(name);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, path))
        .and_then(|()| sync_directory(directory_of(path)));
    if written.is_err() {
        // The write has failed; that is what is reported.
        let _ = fs::remove_file(&temporary);
    }
    written
}
