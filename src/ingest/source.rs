//! Opening an input file.
//!
//! In: a path, or standard input. Out: bytes that can be read more than once, their display name and their number. A
//! pipe is kept whole: up to [`IN_MEMORY`] bytes in memory, beyond that in a temporary file without a name. Refuses:
//! what is missing, a folder, or not permitted, as a [`SourceError`] that names the path.

use std::{
    fmt, fs,
    io::{self, Read, Seek},
    path::{Path, PathBuf},
};

/// The most bytes of a pipe that are kept in memory.
pub const IN_MEMORY: usize = 64 << 20;

/// Bytes that can be read more than once.
pub trait Bytes: Read + Seek {}

impl<R: Read + Seek> Bytes for R {}

/// An open input file.
pub struct Source {
    /// Its bytes.
    pub bytes: Box<dyn Bytes>,
    /// The path as messages show it.
    pub name: String,
    /// Its length in bytes when it was opened.
    pub length: u64,
}

/// An input file cannot be opened.
#[derive(Debug)]
pub struct SourceError {
    /// The path as it was given.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match self.error.kind() {
            io::ErrorKind::NotFound => write!(f, "{path}: there is no such file"),
            io::ErrorKind::IsADirectory => write!(f, "{path}: is a folder, not a file"),
            io::ErrorKind::PermissionDenied => write!(f, "{path}: may not be read by this user"),
            _ => write!(f, "{path}: cannot be opened: {}", self.error),
        }
    }
}

impl std::error::Error for SourceError {}

/// Opens the file at `path` for reading.
///
/// # Errors
/// When it is missing, a folder, or not permitted; when it is a pipe that cannot be kept.
pub fn open(path: &Path) -> Result<Source, SourceError> {
    let opened = fs::File::open(path).and_then(|file| match file.metadata()? {
        metadata if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        metadata if metadata.is_file() => Ok((Box::new(file) as Box<dyn Bytes>, metadata.len())),
        _ => keep(file),
    });
    let (bytes, length) = opened.map_err(|error| SourceError { path: path.to_owned(), error })?;
    Ok(Source { bytes, name: path.display().to_string(), length })
}

/// Reads a pipe, such as standard input, to its end and keeps it under the name `name`.
///
/// # Errors
/// When it cannot be read, or not be kept.
pub fn pipe(bytes: impl Read, name: &str) -> Result<Source, SourceError> {
    let (bytes, length) = keep(bytes).map_err(|error| SourceError { path: PathBuf::from(name), error })?;
    Ok(Source { bytes, name: name.to_owned(), length })
}

fn keep(mut bytes: impl Read) -> io::Result<(Box<dyn Bytes>, u64)> {
    let mut kept = tempfile::spooled_tempfile(IN_MEMORY);
    let length = io::copy(&mut bytes, &mut kept)?;
    kept.rewind()?;
    Ok((Box::new(kept), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_opened_says_why() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let said = |path: &Path| open(path).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(said(folder).ends_with("is a folder, not a file"));
        assert!(said(&folder.join("missing.csv")).ends_with("missing.csv: there is no such file"));
    }

    #[test]
    fn a_pipe_can_be_read_twice() {
        let mut source = pipe(&b"city\n"[..], "stdin").unwrap();
        for _ in 0..2 {
            let mut read = String::new();
            source.bytes.read_to_string(&mut read).unwrap();
            assert_eq!((read.as_str(), source.length), ("city\n", 5));
            source.bytes.rewind().unwrap();
        }
    }
}
