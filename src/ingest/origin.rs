//! Where a dataset came from: the file's fingerprint, taken while it is read, and the name derived from its own.

use std::io::{self, Read};

use super::dataset::Origin;

/// A reader that hashes and counts what passes through it.
#[derive(Debug)]
pub(super) struct Fingerprinted<R> {
    bytes: R,
    hasher: blake3::Hasher,
    length: u64,
}

impl<R: Read> Fingerprinted<R> {
    pub(super) fn new(bytes: R) -> Self {
        Self { bytes, hasher: blake3::Hasher::new(), length: 0 }
    }

    /// The origin of what has been read so far, from the file displayed as `file`.
    pub(super) fn origin(&self, file: &str) -> Origin {
        Origin {
            file: file_name(file).to_owned(),
            blake3: self.hasher.finalize().to_hex().to_string(),
            bytes: self.length,
        }
    }
}

impl<R: Read> Read for Fingerprinted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.length += read as u64;
        Ok(read)
    }
}

impl Origin {
    /// The origin of bytes, from the file displayed as `file`.
    #[must_use]
    pub fn of(bytes: &[u8], file: &str) -> Self {
        let blake3 = blake3::hash(bytes).to_hex().to_string();
        Self { file: file_name(file).to_owned(), blake3, bytes: bytes.len() as u64 }
    }
}

/// The last part of a path, whichever slash it is written with.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The name of the dataset in the file displayed as `file`: the slug of its stem, that of what is packed for a packed
/// file.
#[must_use]
pub fn dataset_name(file: &str) -> String {
    let name = file_name(file);
    let (packed, ending) = stem(name);
    let is_packed = ["gz", "zst"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    dataset_slug(if is_packed { stem(packed).0 } else { packed })
}

/// A file's name without its ending, and the ending.
fn stem(name: &str) -> (&str, &str) {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, ""))
}

/// A dataset's name as a slug, `a-z`, `0-9` and `-`.
///
/// Where letters or digits of other scripts are lost, eight digits of the name's hash keep names apart.
#[must_use]
pub fn dataset_slug(stem: &str) -> String {
    const LONGEST: usize = 64;
    let mut slug = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let kept = slug.trim_end_matches('-');
    let is_whole = !kept.is_empty()
        && kept.len() <= LONGEST
        && !stem.chars().any(|c| !c.is_ascii() && c.is_alphanumeric());
    if is_whole {
        return kept.to_owned();
    }
    let hash = blake3::hash(stem.as_bytes()).to_hex();
    let kept = kept.get(..LONGEST).unwrap_or(kept).trim_end_matches('-');
    let kept = if kept.is_empty() { "dataset" } else { kept };
    format!("{kept}-{}", &hash[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_slugs_and_stay_apart() {
        assert_eq!(dataset_name("surveys/Expats on WeChat (2015).csv"), "expats-on-wechat-2015");
        assert_eq!(dataset_name("C:\\data\\a.b.csv"), "a-b");
        assert_eq!(dataset_name(".csv"), "csv");
        assert_eq!(dataset_name("survey.csv.gz"), "survey");
        assert_eq!(dataset_name("a.b.tsv.ZST"), "a-b");
        assert_eq!(dataset_name("survey.gz"), "survey");
        let (one, other) = (dataset_name("调查-2015.csv"), dataset_name("问卷-2015.csv"));
        assert!(one.starts_with("2015-") && one.len() == 13 && one != other, "{one} {other}");
        assert!(dataset_name("-").starts_with("dataset-"));
        assert!(dataset_name(&"x".repeat(300)).len() <= 73);
    }

    #[test]
    fn the_fingerprint_is_that_of_all_bytes() {
        let mut reader = Fingerprinted::new(&b"hello"[..]);
        io::copy(&mut reader, &mut io::sink()).unwrap();
        let origin = reader.origin("folder/hello.csv");
        assert_eq!((origin.file.as_str(), origin.bytes), ("hello.csv", 5));
        assert_eq!(origin.blake3, blake3::hash(b"hello").to_hex().to_string());
    }
}
