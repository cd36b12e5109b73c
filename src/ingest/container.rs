//! What a file is, by its first bytes: text, packed text, a workbook, or none of what is read.
//!
//! The ending of a name is never asked: it is often wrong.

use super::code::Code;
use super::decode::Fault;

/// How much of a file is looked at.
pub(super) const HEAD: usize = 8 << 10;

/// What the bytes of a file are, if its first bytes do not show that it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Text,
    Gzip,
    Zstd,
    /// Office Open XML, a zip archive, if it is a workbook at all.
    Xlsx,
    /// BIFF in a compound file, if it is a workbook at all.
    Xls,
}

/// What begins with `head`.
///
/// # Errors
/// Why it is not read.
pub(super) fn container(head: &[u8]) -> Result<Container, Fault> {
    const OPENED: [(&[u8], Container); 4] = [
        (b"\x1F\x8B", Container::Gzip),
        (b"\x28\xB5\x2F\xFD", Container::Zstd),
        (b"PK\x03\x04", Container::Xlsx),
        (b"\xD0\xCF\x11\xE0", Container::Xls),
    ];
    match OPENED.iter().find(|(magic, _)| head.starts_with(magic)) {
        Some((_, container)) => Ok(*container),
        None => refuse(head).map_or(Ok(Container::Text), Err),
    }
}

/// Why a file that begins with `head` is not text, if the first bytes show it.
pub(super) fn refuse(head: &[u8]) -> Option<Fault> {
    const KINDS: [(&[u8], &str); 13] = [
        (b"PK\x03\x04", "a zip archive or an .xlsx workbook"),
        (b"\xD0\xCF\x11\xE0", "an .xls workbook"),
        (b"\x1F\x8B", "gzip"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
        (b"BZh", "bzip2"),
        (b"\xFD7zXZ\0", "xz"),
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"%PDF", "a PDF"),
        (b"PAR1", "Parquet"),
        (b"$FL2", "an SPSS file"),
        (b"SQLite format 3", "an SQLite database"),
        (b"\x7FELF", "a program"),
    ];
    let (_, kind) = KINDS.iter().find(|(magic, _)| head.starts_with(magic))?;
    Some(not_text(&format!(" (looks like {kind})")))
}

/// Bytes that are no text, with `what` they look like.
pub(super) fn not_text(what: &str) -> Fault {
    Fault {
        code: Code::NotText,
        message: format!("not a text file{what}"),
        hint: Some("save or export it as CSV, in UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        let message = |head: &[u8]| container(head).map_err(|fault| fault.message);
        assert_eq!(message(b"respondent_id"), Ok(Container::Text));
        assert_eq!(message(b""), Ok(Container::Text));
        assert_eq!(message(b"\x1F\x8B\x08"), Ok(Container::Gzip));
        assert_eq!(message(b"\x28\xB5\x2F\xFD"), Ok(Container::Zstd));
        assert!(message(b"\x89PNG\r\n").unwrap_err().contains("PNG"));
    }
}
