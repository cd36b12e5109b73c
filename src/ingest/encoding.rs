//! How the characters of a file are spelled in bytes, found by reading all of it.
//!
//! In: the bytes of a text, and what its user says of it. Out: the encoding and the length of the byte order mark.
//! A byte order mark decides; then whether the whole file is UTF-8; then where its NULs stand (UTF-16); then
//! `chardetng` over the whole file, never over a part, whose end it would take for the text's. Refuses to guess: between
//! UTF-8 and GBK where both make sense, and at the many encodings of one byte a character, which nothing tells apart.

use std::fmt;
use std::io::{self, Read, Seek};
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::code::Code;
use super::container::{HEAD, not_text, refuse};
use super::decode::Fault;
use super::lookalike::{Runs, Verdict};
use super::unpack::{Damage, Packed};

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// What turns its bytes into text.
    pub(super) fn decoder(self) -> encoding_rs::Decoder {
        self.0.new_decoder_without_bom_handling()
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl FromStr for Encoding {
    type Err = String;

    /// The encoding with a name of the WHATWG Encoding Standard, such as `utf-8`, `gb18030`, `big5`, `utf-16le`.
    fn from_str(label: &str) -> Result<Self, String> {
        let known = encoding_rs::Encoding::for_label(label.as_bytes());
        known
            .filter(|known| ![encoding_rs::REPLACEMENT, encoding_rs::X_USER_DEFINED].contains(known))
            .map(Self)
            .ok_or_else(|| {
                "no such encoding; there are utf-8, gb18030, gbk, big5, utf-16le, windows-1252, …".to_owned()
            })
    }
}

/// How a text is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) encoding: Encoding,
    /// Bytes of the byte order mark.
    pub(super) mark: usize,
}

/// How much is read at a time.
const PIECE: usize = 256 << 10;

/// Finds how a text is spelled.
///
/// # Errors
/// When it cannot be read; damage in a packed file counts as its end here, and is for its decoder to report.
pub(super) fn spelling<R: Read + Seek>(
    told: Option<Encoding>,
    packed: &mut Packed<'_, R>,
) -> io::Result<Result<Spelling, Fault>> {
    let mut head = Vec::with_capacity(HEAD);
    each_piece(packed.text()?.take(HEAD as u64), |piece, _| {
        head.extend_from_slice(piece);
    })?;
    if let Some(fault) = refuse(&head) {
        return Ok(Err(fault));
    }
    let marked = byte_order_mark(&head);
    Ok(match (told, marked) {
        (_, Err(fault)) => Err(fault),
        (Some(told), Ok(Some(marked))) if told != marked.encoding => Err(other_mark(told, marked.encoding)),
        (_, Ok(Some(marked))) => Ok(marked),
        (Some(encoding), Ok(None)) => Ok(Spelling { encoding, mark: 0 }),
        (None, Ok(None)) => {
            let scan = Scan::of(packed.text()?)?;
            let encoding = match scan.judge() {
                Judged::Is(encoding) => Ok(Encoding(encoding)),
                Judged::Refused(fault) => Err(fault),
                Judged::Legacy => legacy(packed.text()?)?,
            };
            encoding.map(|encoding| Spelling { encoding, mark: 0 })
        }
    })
}

/// The spelling that a byte order mark says.
fn byte_order_mark(head: &[u8]) -> Result<Option<Spelling>, Fault> {
    const MARKS: [(&[u8], &encoding_rs::Encoding); 4] = [
        (b"\xEF\xBB\xBF", encoding_rs::UTF_8),
        (b"\xFF\xFE", encoding_rs::UTF_16LE),
        (b"\xFE\xFF", encoding_rs::UTF_16BE),
        (b"\x84\x31\x95\x33", encoding_rs::GB18030),
    ];
    if head.starts_with(b"\xFF\xFE\0\0") || head.starts_with(b"\0\0\xFE\xFF") {
        return Err(Fault {
            code: Code::UnclearEncoding,
            message: "the file is UTF-32, which is not read".to_owned(),
            hint: Some("save it as \"CSV UTF-8\""),
        });
    }
    let found = MARKS.into_iter().find(|(mark, _)| head.starts_with(mark));
    Ok(found.map(|(mark, encoding)| Spelling { encoding: Encoding(encoding), mark: mark.len() }))
}

fn other_mark(told: Encoding, marked: Encoding) -> Fault {
    Fault {
        code: Code::UnclearEncoding,
        message: format!("the file begins with the byte order mark of {marked}, and --encoding says {told}"),
        hint: Some("leave out --encoding"),
    }
}

/// What the bytes of a whole file say of their encoding.
#[derive(Default)]
struct Scan {
    bytes: u64,
    /// Characters of several bytes that are good UTF-8, those of three or four among them, and bytes that are not UTF-8.
    good: u64,
    wide: u64,
    bad: u64,
    /// Whether the file ends inside what may be a character in UTF-8.
    is_cut: bool,
    /// NULs at even and at odd offsets.
    nuls: [u64; 2],
    runs: Runs,
}

/// What a scan comes to.
enum Judged {
    Is(&'static encoding_rs::Encoding),
    /// Neither UTF-8 nor UTF-16.
    Legacy,
    Refused(Fault),
}

impl Scan {
    fn of(text: impl Read) -> io::Result<Self> {
        let mut scan = Self::default();
        let mut begun = Vec::new();
        each_piece(text, |piece, is_last| {
            scan.count_nuls(piece);
            scan.bytes += piece.len() as u64;
            if begun.is_empty() {
                begun = scan.characters(piece, is_last);
            } else {
                let whole = [&begun, piece].concat();
                begun = scan.characters(&whole, is_last);
            }
        })?;
        Ok(scan)
    }

    fn count_nuls(&mut self, piece: &[u8]) {
        for at in memchr::memchr_iter(0, piece) {
            self.nuls[(self.bytes as usize + at) % 2] += 1;
        }
    }

    /// Counts characters; gives back the bytes of one whose end is still to be read.
    fn characters(&mut self, bytes: &[u8], is_last: bool) -> Vec<u8> {
        if bytes.is_ascii() {
            if !self.runs.is_settled() {
                self.runs.add(&bytes[..1.min(bytes.len())]);
                self.runs.add(&bytes[bytes.len().saturating_sub(1)..]);
            }
            return Vec::new();
        }
        let good = simdutf8::compat::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let (good, rest) = bytes.split_at(good);
        self.count_good(good);
        let mut chunks = rest.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.count_good(chunk.valid().as_bytes());
            let invalid = chunk.invalid();
            if invalid.is_empty() {
                continue;
            }
            let may_go_on = std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
            if chunks.peek().is_none() && may_go_on {
                if !is_last {
                    return invalid.to_vec();
                }
                self.is_cut = true;
            } else {
                self.bad += 1;
            }
        }
        Vec::new()
    }

    fn count_good(&mut self, text: &[u8]) {
        self.good += text.iter().filter(|&&byte| byte >= 0xC0).count() as u64;
        self.wide += text.iter().filter(|&&byte| byte >= 0xE0).count() as u64;
        if !self.runs.is_settled() {
            self.runs.add(text);
        }
    }

    fn judge(self) -> Judged {
        let Self { bytes, good, wide, bad, is_cut, nuls: [even, odd], runs } = self;
        let nuls = even + odd;
        if nuls * 50 > bytes && bytes >= 4 {
            match (even, odd) {
                (0, _) => return Judged::Is(encoding_rs::UTF_16LE),
                (_, 0) => return Judged::Is(encoding_rs::UTF_16BE),
                _ if nuls > 3 => return Judged::Refused(not_text("")),
                _ => {}
            }
        }
        // Bad bytes among good characters: damaged UTF-8, as its decoder will say. Of the characters of a text in GBK
        // one in seven may look like UTF-8 of two bytes, and hardly any like UTF-8 of three.
        if bad > 0 {
            return if good > bad || wide * 20 > bad {
                Judged::Is(encoding_rs::UTF_8)
            } else {
                Judged::Legacy
            };
        }
        if is_cut {
            return Judged::Is(encoding_rs::UTF_8);
        }
        match runs.verdict() {
            Verdict::Utf8 => Judged::Is(encoding_rs::UTF_8),
            Verdict::Gbk => Judged::Is(encoding_rs::GBK),
            Verdict::Either => Judged::Refused(Fault {
                code: Code::UnclearEncoding,
                message: "the file may be UTF-8 or GBK: both readings make sense".to_owned(),
                hint: Some("say which: --encoding utf-8 or --encoding gb18030"),
            }),
        }
    }
}

/// The encoding of a text that is neither UTF-8 nor UTF-16.
fn legacy(text: impl Read) -> io::Result<Result<Encoding, Fault>> {
    const TAKEN: [&encoding_rs::Encoding; 3] = [encoding_rs::GBK, encoding_rs::GB18030, encoding_rs::BIG5];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    each_piece(text, |piece, is_last| {
        detector.feed(piece, is_last);
    })?;
    let guess = detector.guess(None, Utf8Detection::Deny);
    Ok(if TAKEN.contains(&guess) {
        Ok(Encoding(guess))
    } else {
        Err(Fault {
            code: Code::UnclearEncoding,
            message: format!("the file is not UTF-8; it may be {}, which is a guess", guess.name()),
            hint: Some(
                "save it as \"CSV UTF-8\", or say what it is: --encoding gb18030, --encoding windows-1252, …",
            ),
        })
    })
}

/// Hands the pieces of `text` to `take`, saying of each whether it is the last, which may be empty.
fn each_piece(mut text: impl Read, mut take: impl FnMut(&[u8], bool)) -> io::Result<()> {
    let mut piece = Vec::with_capacity(PIECE);
    loop {
        piece.clear();
        let is_last = match text.by_ref().take(PIECE as u64).read_to_end(&mut piece) {
            Ok(read) => read < PIECE,
            Err(error) if Damage::of(&error).is_some() => true,
            Err(error) => return Err(error),
        };
        take(&piece, is_last);
        if is_last {
            return Ok(());
        }
    }
}
