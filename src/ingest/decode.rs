//! Bytes to text: the one place that knows about encodings.
//!
//! In: the bytes of a file. Out: its text in pieces, all of it valid UTF-8 and without the byte order mark at the
//! start. Refuses: files that are not text, other encodings, and (by [`bad_character`]) NUL, control characters
//! other than tab, CR and LF, a CR without its LF, and byte order marks inside the text.

use std::io::{self, Chain, Cursor, Read};

use super::code::Code;

/// How much of a file is looked at to tell text from other things.
const HEAD: usize = 8 << 10;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A problem whose position the text's consumer knows: it is where the text so far ends, or at a given character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) hint: Option<&'static str>,
}

/// What a call to [`Decoder::fill`] found.
#[derive(Debug)]
pub(super) enum Filled {
    /// More text may follow.
    More,
    /// This was the last of it.
    End,
    /// The text is good up to its end, and nothing after it can be read.
    Broken(Fault),
}

/// The text of `R`, piece by piece.
#[derive(Debug)]
pub(super) struct Decoder<R> {
    bytes: Chain<Cursor<Vec<u8>>, R>,
    refused: Option<Fault>,
    /// Bytes of a character whose end has not been read yet, and room for the next piece.
    pending: Vec<u8>,
    piece: usize,
    /// Offset in the file of the first pending byte.
    offset: u64,
}

impl<R: Read> Decoder<R> {
    /// A decoder that reads `piece` bytes at a time.
    ///
    /// # Errors
    /// When the first bytes cannot be read.
    pub(super) fn new(mut bytes: R, piece: usize) -> io::Result<Self> {
        let mut head = Vec::with_capacity(HEAD);
        bytes.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let refused = refuse(&head);
        let mut head = Cursor::new(head);
        if head.get_ref().starts_with(BOM) {
            head.set_position(BOM.len() as u64);
        }
        let offset = head.position();
        Ok(Self { bytes: head.chain(bytes), refused, pending: Vec::new(), piece: piece.max(1), offset })
    }

    /// Appends the next piece of the file to `text`.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub(super) fn fill(&mut self, text: &mut String) -> io::Result<Filled> {
        if let Some(fault) = self.refused.take() {
            return Ok(Filled::Broken(fault));
        }
        let read = self.bytes.by_ref().take(self.piece as u64).read_to_end(&mut self.pending)?;
        let at_end = read < self.piece;
        let (good, fault) = match std::str::from_utf8(&self.pending) {
            Ok(all) => (all, None),
            Err(error) => {
                let (good, bad) = self.pending.split_at(error.valid_up_to());
                let is_cut = error.error_len().is_none();
                let offset = self.offset + good.len() as u64;
                let fault = (at_end || !is_cut).then(|| not_utf8(bad.first().copied(), offset, is_cut));
                (std::str::from_utf8(good).unwrap_or_default(), fault)
            }
        };
        text.push_str(good);
        let used = good.len();
        self.offset += used as u64;
        self.pending.drain(..used);
        Ok(match fault {
            Some(fault) => Filled::Broken(fault),
            None if at_end => Filled::End,
            None => Filled::More,
        })
    }
}

fn not_utf8(byte: Option<u8>, offset: u64, is_cut: bool) -> Fault {
    let byte = byte.unwrap_or_default();
    let (message, hint) = if is_cut {
        (
            format!("the file ends inside a character (byte 0x{byte:02X} at offset {offset})"),
            "was the file cut off?",
        )
    } else {
        (
            format!("byte 0x{byte:02X} at offset {offset} is not UTF-8"),
            "the file is probably in another encoding, such as GBK: save it as \"CSV UTF-8\", or convert it with \
             iconv -f GB18030 -t UTF-8",
        )
    };
    Fault { code: Code::NotUtf8, message, hint: Some(hint) }
}

/// Why a file that begins with `head` is not UTF-8 text, if the first bytes show it.
fn refuse(head: &[u8]) -> Option<Fault> {
    const KINDS: [(&[u8], &str); 11] = [
        (b"PK\x03\x04", "a zip archive or an .xlsx workbook"),
        (b"\xD0\xCF\x11\xE0", "an .xls workbook"),
        (b"\x1F\x8B", "gzip"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"%PDF", "a PDF"),
        (b"PAR1", "Parquet"),
        (b"$FL2", "an SPSS file"),
        (b"SQLite format 3", "an SQLite database"),
        (b"\x7FELF", "a program"),
    ];
    let not_text = |what: &str| Fault {
        code: Code::NotText,
        message: format!("not a text file{what}"),
        hint: Some("save or export it as CSV, in UTF-8"),
    };
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(not_text(&format!(" (looks like {kind})")));
    }
    let odd = head.iter().skip(1).step_by(2).filter(|&&b| b == 0).count();
    let nuls = memchr::memchr_iter(0, head).count();
    let is_wide = head.len() >= 4 && nuls * 4 >= head.len() && (odd == 0 || odd == nuls);
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || is_wide {
        return Some(Fault {
            code: Code::NotUtf8,
            message: "the file is UTF-16, not UTF-8".to_owned(),
            hint: Some("save it as \"CSV UTF-8\", or convert it with iconv -f UTF-16 -t UTF-8"),
        });
    }
    (nuls > 3 && nuls * 50 > head.len()).then(|| not_text(""))
}

/// The first character of a row's text that may not stand in a file, and its byte offset.
///
/// The text is a row without the line end after it; CRLF inside quoted cells is fine.
pub(super) fn bad_character(row: &str) -> Option<(usize, Fault)> {
    if !row.bytes().fold(false, |any, byte| any | may_begin_bad_character(byte)) {
        return None;
    }
    let found = row.char_indices().find(|&(at, c)| match c {
        '\t' | '\n' => false,
        '\r' => !row[at + 1..].starts_with('\n'),
        c => c.is_control() || c == '\u{feff}',
    });
    found.map(|(at, c)| (at, bad(c)))
}

/// A superset that a vector unit tests quickly: ASCII controls, and the first bytes of C1 controls and U+FEFF.
fn may_begin_bad_character(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t' && byte != b'\n') || byte == 0x7F || byte == 0xC2 || byte == 0xEF
}

fn bad(c: char) -> Fault {
    match c {
        '\0' => Fault {
            code: Code::Nul,
            message: "a NUL character".to_owned(),
            hint: Some("the file is damaged, or was not written as text: export it again"),
        },
        '\r' => Fault {
            code: Code::LoneCr,
            message: "a CR without the LF that ends a line".to_owned(),
            hint: Some("lines end in LF or CRLF; save the file with one of them"),
        },
        '\u{feff}' => Fault {
            code: Code::SecondBom,
            message: "a byte order mark inside the text".to_owned(),
            hint: Some("were two files joined? Import them one by one, or remove the mark (U+FEFF)"),
        },
        c => Fault {
            code: Code::ControlCharacter,
            message: format!("a control character (U+{:04X})", u32::from(c)),
            hint: Some("remove it; of the control characters only tabs and line ends may stand in a file"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], piece: usize) -> (String, Option<Fault>) {
        let mut text = String::new();
        let mut decoder = Decoder::new(bytes, piece).unwrap();
        loop {
            match decoder.fill(&mut text).unwrap() {
                Filled::More => {}
                Filled::End => return (text, None),
                Filled::Broken(fault) => return (text, Some(fault)),
            }
        }
    }

    #[test]
    fn characters_may_straddle_pieces_and_the_mark_is_stripped() {
        let text = "城市,😀é\n".repeat(3000);
        let marked = format!("\u{feff}{text}");
        for piece in [1, 2, 3, 7, 1 << 16] {
            assert_eq!(decoded(text.as_bytes(), piece), (text.clone(), None));
            assert_eq!(decoded(marked.as_bytes(), piece), (text.clone(), None));
        }
    }

    #[test]
    fn invalid_bytes_end_the_text_with_their_offset() {
        for piece in [1, 2, 64] {
            let (text, fault) = decoded(b"ab\xB9\xE3cd", piece);
            assert_eq!(text, "ab");
            assert!(fault.unwrap().message.contains("0xB9 at offset 2"));
            let (text, fault) = decoded(b"\xEF\xBB\xBFab\xE4\xB8", piece);
            assert_eq!(text, "ab");
            assert!(fault.unwrap().message.contains("ends inside a character (byte 0xE4 at offset 5)"));
        }
    }

    #[test]
    fn what_is_not_text_is_named() {
        let message = |bytes: &[u8]| decoded(bytes, 64).1.map(|fault| fault.message).unwrap_or_default();
        assert!(message(b"PK\x03\x04rest").contains("xlsx"));
        assert!(message(b"\xFF\xFEa\0,\0").contains("UTF-16"));
        assert!(message(b"a\0,\0b\0\n\0").contains("UTF-16"));
        assert!(message(b"ab\0\0\0\0\x01\x02\x03").contains("not a text file"));
        assert_eq!(message(b""), "");
    }

    #[test]
    fn bad_characters_are_found_and_good_ones_are_not() {
        let code = |row: &str| bad_character(row).map(|(at, fault)| (at, fault.code));
        assert_eq!(code("a\tb\"c\r\nd\",é，·"), None);
        assert_eq!(code("é\0"), Some((2, Code::Nul)));
        assert_eq!(code("ab\rc"), Some((2, Code::LoneCr)));
        assert_eq!(code("ab\r"), Some((2, Code::LoneCr)));
        assert_eq!(code("a\u{85}"), Some((1, Code::ControlCharacter)));
        assert_eq!(code("a\u{7f}"), Some((1, Code::ControlCharacter)));
        assert_eq!(code("\u{feff}a"), Some((0, Code::SecondBom)));
    }
}
