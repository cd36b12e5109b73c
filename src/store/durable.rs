//! Writing so that a crash leaves the old or the new, never something between.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::broken::Broken;

/// Marks files that no manifest refers to; a transaction sweeps what an earlier one left.
pub(super) const TEMPORARY_PREFIX: &str = ".tmp-";

/// Creates `path`, which must not exist, readable by its owner only, with `bytes` on the disk when it returns.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    if Broken::NoFileSync.is_chosen() { Ok(()) } else { file.sync_all() }
}

/// Creates `path` with `bytes` unless something is there, which then stays: whole on the disk, or not at all.
pub(super) fn write_once(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(format!("{TEMPORARY_PREFIX}{}", std::process::id()));
    let temporary = path.with_file_name(name);
    write_new(&temporary, bytes)?;
    let linked = match fs::hard_link(&temporary, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    };
    fs::remove_file(&temporary)?;
    linked?;
    sync_directory(directory_of(path))
}

/// The directory in which a path stands.
pub(crate) fn directory_of(path: &Path) -> &Path {
    path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the names in a directory durable.
pub(crate) fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) && !Broken::NoDirectorySync.is_chosen() { File::open(path)?.sync_all() } else { Ok(()) }
}

/// Creates a directory, and those above it, with their names on the disk when it returns.
pub(crate) fn create_directory(path: &Path) -> io::Result<()> {
    create_by(&mut fs::DirBuilder::new(), path)
}

/// As [`create_directory`], readable by its owner only.
pub(super) fn create_private_directory(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    create_by(&mut builder, path)
}

fn create_by(builder: &mut fs::DirBuilder, path: &Path) -> io::Result<()> {
    let is_missing = |directory: &&Path| !directory.as_os_str().is_empty() && !directory.exists();
    let missing: Vec<&Path> = path.ancestors().take_while(is_missing).collect();
    builder.recursive(true).create(path)?;
    if Broken::NoParentSync.is_chosen() {
        return Ok(());
    }
    missing.iter().try_for_each(|made| sync_directory(directory_of(made)))
}

/// Options for a file that only its owner may read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Removes what an interrupted transaction left in `directory`.
pub(super) fn sweep_temporaries(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY_PREFIX) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
