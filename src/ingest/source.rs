//! Opening an input file.
//!
//! In: a path. Out: a file that can be read, its display name and its length. Refuses: what is missing, a folder, or
//! not permitted, as a [`SourceError`] that names the path.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// An open input file.
#[derive(Debug)]
pub struct Source {
    /// Its bytes.
    pub file: fs::File,
    /// The path as messages show it.
    pub name: String,
    /// Its length in bytes when it was opened; 0 for what has none, such as a pipe.
    pub bytes: u64,
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
/// When it is missing, a folder, or not permitted.
pub fn open(path: &Path) -> Result<Source, SourceError> {
    let opened = fs::File::open(path).and_then(|file| match file.metadata()? {
        metadata if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        metadata => Ok((metadata.len(), file)),
    });
    let (bytes, file) = opened.map_err(|error| SourceError { path: path.to_owned(), error })?;
    Ok(Source { file, name: path.display().to_string(), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_opened_says_why() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(open(folder).unwrap_err().to_string().ends_with("is a folder, not a file"));
        let missing = open(&folder.join("missing.csv")).unwrap_err();
        assert!(missing.to_string().ends_with("missing.csv: there is no such file"));
    }
}
