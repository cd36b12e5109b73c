//! Two directories that trade names in one step, where the system can.

use std::io;
use std::path::Path;

/// Gives each of two paths what the other had, in one step. `false` where the system or its file system cannot.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn swap(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// As elsewhere, but here the system cannot.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn swap(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}
