//! One record of RFC 4180 off the front of a text, whatever separates its cells.
//!
//! Pure: where the record ends, where its cells stand, or what is wrong with its quotes. What a record means, and
//! whether it may have that many cells, is for others to say.

use super::code::Code;
use super::delimiter::Delimiter;

/// The cells of the record at hand, in buffers that are used again for the next. Offsets are bytes from the start of
/// the record.
#[derive(Debug, Default)]
pub(super) struct Cells {
    delimiter: Delimiter,
    /// Bytes of the delimiter.
    gap: usize,
    /// Whether a cell stands in quotes.
    has_quoted: bool,
    /// Where each cell ends: at its delimiter or the end of the record.
    ends: Vec<u32>,
    /// The cells with doubled quotes by number, and where their contents end among the unescaped.
    escaped: Vec<(usize, usize)>,
    unescaped: String,
}

impl Cells {
    /// Number of cells.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether a cell stands in quotes; where none does, the record is one line.
    pub(super) fn has_quoted(&self) -> bool {
        self.has_quoted
    }

    /// Cells `first` to `last` as they stand in `record`, with what stands between them.
    pub(super) fn span<'a>(&self, record: &'a str, first: usize, last: usize) -> &'a [u8] {
        &record.as_bytes()[self.start(first)..self.ends[last] as usize]
    }

    /// Where cell `index` begins, its quote included.
    pub(super) fn start(&self, index: usize) -> usize {
        if index == 0 { 0 } else { self.ends[index - 1] as usize + self.gap }
    }

    /// Cell `index` as it stands in `record`, quotes and all.
    pub(super) fn raw<'a>(&self, record: &'a str, index: usize) -> &'a [u8] {
        &record.as_bytes()[self.start(index)..self.ends[index] as usize]
    }

    /// The content of cell `index` of `record`, the text that was split.
    pub(super) fn content<'a>(&'a self, record: &'a str, index: usize) -> &'a str {
        let cell = &record[self.start(index)..self.ends[index] as usize];
        if cell.as_bytes().first() != Some(&b'"') {
            return cell;
        }
        match self.escaped.binary_search_by_key(&index, |&(cell, _)| cell) {
            Ok(0) => &self.unescaped[..self.escaped[0].1],
            Ok(found) => &self.unescaped[self.escaped[found - 1].1..self.escaped[found].1],
            Err(_) => &cell[1..cell.len() - 1],
        }
    }

    fn clear(&mut self, delimiter: Delimiter) {
        self.delimiter = delimiter;
        self.gap = delimiter.len();
        self.has_quoted = false;
        self.ends.clear();
        self.escaped.clear();
        self.unescaped.clear();
    }
}

/// What stands at the front of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// A record of `len` bytes, its line end not counted; the next one begins at `next`.
    Record { len: usize, next: usize, is_terminated: bool },
    /// The text ends before the record does; a quote may be open at the offset.
    Incomplete { open_quote: Option<usize> },
    /// Quotes where none may be, at offset `at`; the next line begins at `next`.
    Fault { code: Code, at: usize, cell: usize, len: usize, next: usize },
}

/// Splits the first record off `text`. `is_all` says that no more text follows.
pub(super) fn split(text: &str, is_all: bool, delimiter: Delimiter, cells: &mut Cells) -> Split {
    let bytes = text.as_bytes();
    cells.clear(delimiter);
    let mut cell = 0;
    loop {
        let ended = match bytes.get(cell) {
            Some(b'"') => quoted_cell(text, cell, is_all, cells),
            _ => plain_cells(bytes, cell, is_all, cells),
        };
        match ended {
            Ended::Cell { next } => cell = next,
            Ended::Line { at } => {
                let len = at - usize::from(at > 0 && bytes[at - 1] == b'\r');
                return Split::Record { len, next: at + 1, is_terminated: true };
            }
            Ended::Text => {
                return Split::Record { len: bytes.len(), next: bytes.len(), is_terminated: false };
            }
            Ended::Short { open_quote } => return Split::Incomplete { open_quote },
            Ended::Fault { code, at, cell } => {
                return match memchr::memchr(b'\n', &bytes[at..]).map(|found| at + found) {
                    Some(line) => {
                        let len = line - usize::from(bytes[line - 1] == b'\r');
                        Split::Fault { code, at, cell, len, next: line + 1 }
                    }
                    None if is_all => Split::Fault { code, at, cell, len: bytes.len(), next: bytes.len() },
                    None => Split::Incomplete { open_quote: None },
                };
            }
        }
    }
}

/// How a cell ended.
enum Ended {
    /// At a delimiter; the next cell begins at `next`.
    Cell { next: usize },
    /// At the LF at `at`.
    Line { at: usize },
    /// With the whole text.
    Text,
    /// Not in this text.
    Short { open_quote: Option<usize> },
    /// Wrongly, at `at`; the cell began at `cell`.
    Fault { code: Code, at: usize, cell: usize },
}

/// Reads cells without quotes from `cell` on, up to the end of the line or a cell that begins with a quote.
fn plain_cells(bytes: &[u8], cell: usize, is_all: bool, cells: &mut Cells) -> Ended {
    let delimiter = cells.delimiter;
    let (first, gap) = (delimiter.as_str().as_bytes()[0], cells.gap);
    let mut plain = PlainCells { bytes, cell, delimiter, first, gap, ends: &mut cells.ends };
    let ended = match delimiter {
        Delimiter::Comma => plain.read_words::<b','>(),
        Delimiter::Tab => plain.read_words::<b'\t'>(),
        _ => plain.read_marks(),
    };
    if let Some(ended) = ended {
        return ended;
    }
    if !is_all {
        return Ended::Short { open_quote: None };
    }
    cells.ends.push(bytes.len() as u32);
    Ended::Text
}

/// The high bit of each byte of a word that is at most a comma, as line ends and quotes are, but letters, digits,
/// `-`, `.` and everything beyond ASCII are not.
fn up_to_comma(word: u64) -> u64 {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    const ABOVE: u64 = u64::from_ne_bytes([b',' + 1; 8]);
    !((word | HIGH) - ABOVE) & !word & HIGH
}

/// Where the first delimiter stands in a word of four cells of one byte each, of which `marks` are all the marks. Answers
/// are such cells, and most of a survey is answers.
fn every_other<const DELIMITER: u8>(word: u64, marks: u64) -> Option<usize> {
    const EVEN: u64 = u64::from_le_bytes([0x80, 0, 0x80, 0, 0x80, 0, 0x80, 0]);
    let other_marks = (word ^ u64::from_le_bytes([DELIMITER; 8])) & ((marks >> 7) * 0xFF);
    let is_so = (marks == EVEN || marks == EVEN << 8) && other_marks == 0;
    is_so.then_some(usize::from(marks != EVEN))
}

/// Cells without quotes under way: the next one begins at `cell`.
struct PlainCells<'a> {
    bytes: &'a [u8],
    cell: usize,
    delimiter: Delimiter,
    /// The delimiter's first byte, and how many it has.
    first: u8,
    gap: usize,
    ends: &'a mut Vec<u32>,
}

impl PlainCells<'_> {
    /// Reads on, eight bytes at a time, where every mark is one byte and at most a comma, as `DELIMITER` is.
    fn read_words<const DELIMITER: u8>(&mut self) -> Option<Ended> {
        let cell = self.cell;
        let (words, _) = self.bytes[cell..].as_chunks::<8>();
        for (index, word) in words.iter().enumerate() {
            let mut marks = up_to_comma(u64::from_le_bytes(*word));
            if let Some(first) = every_other::<DELIMITER>(u64::from_le_bytes(*word), marks) {
                let first = cell + 8 * index + first;
                self.ends.extend([0, 2, 4, 6].map(|after| (first + after) as u32));
                self.cell = first + 7;
                continue;
            }
            while marks != 0 {
                let byte = marks.trailing_zeros() as usize / 8;
                let at = cell + 8 * index + byte;
                if word[byte & 7] == DELIMITER {
                    self.ends.push(at as u32);
                    self.cell = at + 1;
                } else if let Some(ended) = self.mark(at) {
                    return Some(ended);
                }
                marks &= marks - 1;
            }
        }
        (cell + 8 * words.len()..self.bytes.len()).find_map(|at| self.mark(at))
    }

    /// Reads on from mark to mark.
    fn read_marks(&mut self) -> Option<Ended> {
        let from = self.cell;
        memchr::memchr3_iter(b'\n', b'"', self.first, &self.bytes[from..]).find_map(|at| self.mark(from + at))
    }

    /// Looks at the byte at `at`, which may be anything. All marks before it have been looked at.
    #[inline(never)]
    fn mark(&mut self, at: usize) -> Option<Ended> {
        match self.bytes[at] {
            byte if byte == self.first && (self.gap == 1 || self.delimiter.is_at(&self.bytes[at..])) => {
                self.ends.push(at as u32);
                self.cell = at + self.gap;
                None
            }
            b'\n' => {
                self.ends.push((at - usize::from(at > self.cell && self.bytes[at - 1] == b'\r')) as u32);
                Some(Ended::Line { at })
            }
            b'"' if at == self.cell => Some(Ended::Cell { next: at }),
            b'"' => Some(Ended::Fault { code: Code::QuoteInCell, at, cell: self.cell }),
            _ => None,
        }
    }
}

/// Reads the cell whose opening quote stands at `cell`.
fn quoted_cell(text: &str, cell: usize, is_all: bool, cells: &mut Cells) -> Ended {
    let bytes = text.as_bytes();
    let (mut from, mut is_escaped) = (cell + 1, false);
    cells.has_quoted = true;
    loop {
        let Some(quote) = memchr::memchr(b'"', &bytes[from..]).map(|found| from + found) else {
            return Ended::Short { open_quote: Some(cell) };
        };
        if bytes.get(quote + 1) == Some(&b'"') {
            is_escaped = true;
            cells.unescaped.push_str(&text[from..=quote]);
            from = quote + 2;
            continue;
        }
        let ended = match &bytes[quote + 1..] {
            [] if is_all => Ended::Text,
            [] => return Ended::Short { open_quote: None },
            rest if cells.delimiter.is_at(rest) => Ended::Cell { next: quote + 1 + cells.gap },
            [b'\n', ..] => Ended::Line { at: quote + 1 },
            [b'\r', b'\n', ..] => Ended::Line { at: quote + 2 },
            [b'\r'] if !is_all => return Ended::Short { open_quote: None },
            _ => return Ended::Fault { code: Code::TextAfterQuote, at: quote + 1, cell },
        };
        if is_escaped {
            cells.unescaped.push_str(&text[from..quote]);
            cells.escaped.push((cells.ends.len(), cells.unescaped.len()));
        }
        cells.ends.push((quote + 1) as u32);
        return ended;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of(text: &str) -> (Split, Vec<String>) {
        cells_by(Delimiter::Comma, text)
    }

    fn cells_by(delimiter: Delimiter, text: &str) -> (Split, Vec<String>) {
        let mut cells = Cells::default();
        let found = split(text, true, delimiter, &mut cells);
        let contents = (0..cells.len()).map(|index| cells.content(text, index).to_owned()).collect();
        (found, contents)
    }

    #[test]
    fn cells_plain_and_quoted() {
        let (found, cells) = cells_of("a,,\"b,\"\"c\"\"\r\nd\",\"\"\r\nnext");
        assert_eq!(found, Split::Record { len: 18, next: 20, is_terminated: true });
        assert_eq!(cells, ["a", "", "b,\"c\"\r\nd", ""]);
        let (found, cells) = cells_of("a,");
        assert_eq!(found, Split::Record { len: 2, next: 2, is_terminated: false });
        assert_eq!(cells, ["a", ""]);
    }

    #[test]
    fn cells_of_one_byte_are_like_any_other() {
        let parts = ["1", "0", "", "-", ".", "9a", "苏", "a b", "x"];
        let mut state = 1_u64;
        for _ in 0..5000 {
            let mut expected = Vec::new();
            for _ in 0..24 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let draw = (state >> 33) as usize;
                expected.push(if draw.is_multiple_of(4) { parts[draw / 4 % parts.len()] } else { "1" });
            }
            for (delimiter, end) in
                [(Delimiter::Comma, "\n"), (Delimiter::Tab, "\r\n"), (Delimiter::Comma, "")]
            {
                let text = expected.join(delimiter.as_str()) + end;
                let (found, cells) = cells_by(delimiter, &text);
                assert!(matches!(found, Split::Record { .. }), "{found:?}");
                assert_eq!(cells, expected, "{text}");
            }
        }
    }

    #[test]
    fn every_delimiter_separates_the_same_cells() {
        use Delimiter::{Bar, Comma, FullWidthComma, Semicolon, Tab};
        let text = "a,,\"b,\"\"c\"\"\r\nd\",\"\",一二三四五六七八九十，\r\nnext";
        let (_, contents) = cells_by(Comma, text);
        for delimiter in [Tab, Semicolon, Bar, FullWidthComma] {
            let by = |text: &str| text.replace('，', "·").replace(',', delimiter.as_str());
            let (found, cells) = cells_by(delimiter, &by(text));
            assert!(matches!(found, Split::Record { is_terminated: true, .. }), "{found:?}");
            assert_eq!(cells, contents.iter().map(|cell| by(cell)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn quotes_out_of_place() {
        let fault = |code, at, cell, len, next| Split::Fault { code, at, cell, len, next };
        assert_eq!(cells_of("a,b\"c\nd").0, fault(Code::QuoteInCell, 3, 2, 5, 6));
        assert_eq!(cells_of("a,\"b\" ,c").0, fault(Code::TextAfterQuote, 5, 2, 8, 8));
        assert_eq!(cells_of("a,\"b").0, Split::Incomplete { open_quote: Some(2) });
    }

    #[test]
    fn a_record_is_never_cut_short_by_the_end_of_a_piece() {
        let text = "a,\"b\"\"c\"\r\n";
        for end in 0..text.len() {
            assert!(
                matches!(
                    split(&text[..end], false, Delimiter::Comma, &mut Cells::default()),
                    Split::Incomplete { .. }
                ),
                "{end}"
            );
        }
    }
}
