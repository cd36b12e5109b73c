//! Bytes to text: from here on there are characters only.
//!
//! In: the bytes of a text whose encoding is known. Out: its text in pieces, all of it valid UTF-8 and without the byte
//! order mark at the start; nothing is ever replaced. Refuses: bytes that are no character of the encoding, and (by
//! [`bad_character`]) NUL, control characters other than tab, CR and LF, a CR without its LF, and byte order marks
//! inside the text.

use std::io::{self, Read};

use encoding_rs::DecoderResult;

use super::code::Code;
use super::encoding::{Encoding, Spelling};
use super::unpack::Damage;

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
pub(super) struct Decoder<R> {
    bytes: R,
    encoding: Encoding,
    /// What turns bytes into text, if they are not UTF-8.
    transcoder: Option<encoding_rs::Decoder>,
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
    /// When the byte order mark cannot be read.
    pub(super) fn new(mut bytes: R, spelling: Spelling, piece: usize) -> io::Result<Self> {
        let Spelling { encoding, mark } = spelling;
        io::copy(&mut bytes.by_ref().take(mark as u64), &mut io::sink())?;
        let transcoder = (encoding != Encoding::UTF_8).then(|| encoding.decoder());
        Ok(Self {
            bytes,
            encoding,
            transcoder,
            pending: Vec::new(),
            piece: piece.max(1),
            offset: mark as u64,
        })
    }

    /// Appends the next piece of the file to `text`.
    ///
    /// # Errors
    /// When the bytes cannot be read.
    pub(super) fn fill(&mut self, text: &mut String) -> io::Result<Filled> {
        let read = self.bytes.by_ref().take(self.piece as u64).read_to_end(&mut self.pending);
        let damage = read.as_ref().err().and_then(Damage::of).map(damaged);
        let at_end = match read {
            Ok(read) => read < self.piece,
            Err(_) if damage.is_some() => false,
            Err(error) => return Err(error),
        };
        let fault = match self.transcoder.as_mut() {
            None => self.take_utf8(at_end, text),
            Some(transcoder) => {
                let end = self.offset + self.pending.len() as u64;
                let malformed = transcode(transcoder, &self.pending, at_end, text);
                self.offset = end;
                self.pending.clear();
                malformed.map(|back| not_decoded(self.encoding, end - back))
            }
        };
        Ok(match fault.or(damage) {
            Some(fault) => Filled::Broken(fault),
            None if at_end => Filled::End,
            None => Filled::More,
        })
    }

    /// Moves what is complete of the pending bytes to `text`.
    fn take_utf8(&mut self, at_end: bool, text: &mut String) -> Option<Fault> {
        let (good, fault) = match simdutf8::compat::from_utf8(&self.pending) {
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
        fault
    }
}

/// Appends the text that `bytes` spell to `text`; at bytes that spell none, how far before the end they begin.
fn transcode(
    transcoder: &mut encoding_rs::Decoder,
    bytes: &[u8],
    at_end: bool,
    text: &mut String,
) -> Option<u64> {
    let mut rest = bytes;
    loop {
        text.reserve(transcoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()));
        let (result, read) = transcoder.decode_to_string_without_replacement(rest, text, at_end);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return None,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(wrong, after) => {
                return Some(rest.len() as u64 + u64::from(after) + u64::from(wrong));
            }
        }
    }
}

fn not_decoded(encoding: Encoding, offset: u64) -> Fault {
    Fault {
        code: Code::NotDecoded,
        message: format!("the bytes at offset {offset} are no character in {encoding}"),
        hint: Some("the file is damaged or was cut off, or is in another encoding: --encoding says which"),
    }
}

fn damaged(damage: &Damage) -> Fault {
    let hint = match damage {
        Damage::Swollen => "if it is a survey nevertheless, unpack it first",
        Damage::Broken => "was it copied or downloaded to its end? Make it again",
    };
    Fault { code: Code::Damaged, message: damage.to_string(), hint: Some(hint) }
}

fn not_utf8(byte: Option<u8>, offset: u64, is_cut: bool) -> Fault {
    let byte = byte.unwrap_or_default();
    let (message, hint) = if is_cut {
        (
            format!("the file ends inside a character (byte 0x{byte:02X} at offset {offset})"),
            "was the file cut off? If it is in another encoding than UTF-8, --encoding says which",
        )
    } else {
        (
            format!("byte 0x{byte:02X} at offset {offset} is not UTF-8, as the rest of the file is"),
            "the file is damaged, or put together from two encodings: export it again; if it is all in one other \
             encoding, --encoding says which",
        )
    };
    Fault { code: Code::NotUtf8, message, hint: Some(hint) }
}

/// The first character of a row's text that may not stand in a file, and its byte offset.
///
/// The text is a row without the line end after it; CRLF inside quoted cells is fine.
pub(super) fn bad_character(row: &str) -> Option<(usize, Fault)> {
    if !may_have_bad_characters(row) {
        return None;
    }
    let found = row.char_indices().find(|&(at, c)| match c {
        '\t' | '\n' => false,
        '\r' => !row[at + 1..].starts_with('\n'),
        c => c.is_control() || c == '\u{feff}',
    });
    found.map(|(at, c)| (at, bad(c)))
}

/// Whether a text need be searched for characters that may not stand in a file: of most, a quick look says no.
pub(super) fn may_have_bad_characters(text: &str) -> bool {
    if text.is_ascii() {
        let is_fine = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
        return !text.bytes().fold(true, |all, byte| all & is_fine(byte));
    }
    text.bytes().fold(false, |any, byte| any | may_begin_bad_character(byte))
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

    fn decoded(bytes: &[u8], label: &str, mark: usize, piece: usize) -> (String, Option<Fault>) {
        let mut text = String::new();
        let spelling = Spelling { encoding: label.parse().unwrap(), mark };
        let mut decoder = Decoder::new(bytes, spelling, piece).unwrap();
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
        let text = "城市,😀é\n".repeat(300);
        let marked = format!("\u{feff}{text}");
        let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for piece in [1, 2, 3, 7, 1 << 16] {
            assert_eq!(decoded(text.as_bytes(), "utf-8", 0, piece), (text.clone(), None));
            assert_eq!(decoded(marked.as_bytes(), "utf-8", 3, piece), (text.clone(), None));
            assert_eq!(decoded(&gb18030, "gbk", 0, piece), (text.clone(), None));
            assert_eq!(decoded(&utf16, "utf-16le", 0, piece), (text.clone(), None));
        }
    }

    #[test]
    fn bytes_that_are_no_character_end_the_text_with_their_offset() {
        for piece in [1, 2, 64] {
            let (text, fault) = decoded(b"ab\xB9\xE3cd", "utf-8", 0, piece);
            assert_eq!(text, "ab");
            assert!(fault.unwrap().message.contains("0xB9 at offset 2"));
            let (text, fault) = decoded(b"\xEF\xBB\xBFab\xE4\xB8", "utf-8", 3, piece);
            assert_eq!(text, "ab");
            assert!(fault.unwrap().message.contains("ends inside a character (byte 0xE4 at offset 5)"));
            let (text, fault) = decoded(b"a\xB9\xE3\xFFb", "gbk", 0, piece);
            assert_eq!(text, "a广");
            assert!(fault.unwrap().message.contains("at offset 3 are no character in GBK"));
            let (text, fault) = decoded(b"a\xB9\xE3\xB9", "gb18030", 0, piece);
            assert_eq!(text, "a广");
            assert!(fault.unwrap().message.contains("at offset 3 are no character in gb18030"));
        }
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
