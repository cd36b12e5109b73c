//! Bytes that are valid UTF-8 by chance: a short GBK file may be.
//!
//! In: the bytes of a file that is valid UTF-8, piece by piece. Out: which of the two it is, read off its runs of
//! characters beyond ASCII. Two hanzi in GBK that happen to be UTF-8 look like letters of several alphabets beside each
//! other; a word in UTF-8 that happens to be GBK looks like rare hanzi. A file whose every run could be either is not
//! decided here.

/// What valid UTF-8 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Utf8,
    Gbk,
    Either,
}

/// The runs of characters beyond ASCII seen so far.
#[derive(Debug, Default)]
pub(super) struct Runs {
    run: Vec<u8>,
    /// The ASCII byte before the run.
    before: u8,
    as_gbk: bool,
    as_either: bool,
    as_utf8: bool,
}

impl Runs {
    /// A run longer than this is judged by its beginning.
    const LONGEST: usize = 256;

    /// Whether nothing that follows can change the verdict.
    pub(super) fn is_settled(&self) -> bool {
        self.as_utf8
    }

    /// Takes the next piece of the file.
    pub(super) fn add(&mut self, piece: &[u8]) {
        for &byte in piece {
            if self.as_utf8 {
                return;
            }
            if !byte.is_ascii() {
                if self.run.len() < Self::LONGEST {
                    self.run.push(byte);
                }
                continue;
            }
            self.end_run(byte);
            self.before = byte;
        }
    }

    /// What the whole file is.
    pub(super) fn verdict(mut self) -> Verdict {
        self.end_run(b'\n');
        match (self.as_utf8, self.as_either, self.as_gbk) {
            (false, true, _) => Verdict::Either,
            (false, false, true) => Verdict::Gbk,
            _ => Verdict::Utf8,
        }
    }

    fn end_run(&mut self, after: u8) {
        if self.run.is_empty() {
            return;
        }
        let in_word = self.before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
        match (makes_sense(&self.run, in_word), hanzi(&self.run, in_word)) {
            (true, Hanzi::Common) => self.as_either = true,
            (false, Hanzi::Common | Hanzi::Any) => self.as_gbk = true,
            _ => self.as_utf8 = true,
        }
        self.run.clear();
    }
}

/// What a run of bytes is in GBK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hanzi {
    None,
    /// Of GB 2312.
    Any,
    /// Of its first level, the 3,755 most frequent, or punctuation.
    Common,
}

fn hanzi(run: &[u8], in_word: bool) -> Hanzi {
    let (pairs, odd) = run.as_chunks::<2>();
    let all = |leads: &dyn Fn(u8) -> bool| {
        odd.is_empty() && pairs.iter().all(|[lead, trail]| leads(*lead) && (0xA1..=0xFE).contains(trail))
    };
    if !all(&|lead| matches!(lead, 0xA1..=0xA3 | 0xB0..=0xF7)) {
        return Hanzi::None;
    }
    let is_common = all(&|lead| matches!(lead, 0xA1..=0xA3 | 0xB0..=0xD7));
    // A single hanzi inside a word of ASCII letters is an accented letter in UTF-8.
    if is_common && !(in_word && pairs.len() == 1) { Hanzi::Common } else { Hanzi::Any }
}

/// Whether a run of UTF-8 is text that somebody may have written.
fn makes_sense(run: &[u8], in_word: bool) -> bool {
    let text = match std::str::from_utf8(run) {
        Ok(text) => text,
        // The run was cut at its longest.
        Err(error) => std::str::from_utf8(&run[..error.valid_up_to()]).unwrap_or_default(),
    };
    let mut scripts: Vec<Script> = text.chars().map(script).collect();
    let characters = scripts.len();
    scripts.dedup();
    match scripts.as_slice() {
        scripts if scripts.contains(&Script::Other) => false,
        scripts if scripts.contains(&Script::Wide) => true,
        [Script::Sign] => true,
        [Script::Latin] => in_word || characters == 1,
        [_] => characters > 1,
        _ => false,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Hanzi, kana, hangul, their punctuation, general punctuation, symbols and emoji: three bytes or four.
    Wide,
    Latin,
    /// Signs of Latin-1, such as ° and ·.
    Sign,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{A1}'..='\u{BF}' | '×' | '÷' => Script::Sign,
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{590}'..='\u{5FF}' => Script::Hebrew,
        '\u{600}'..='\u{6FF}' => Script::Arabic,
        '\u{2000}'..='\u{2BFF}'
        | '\u{2E80}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE00}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{1F000}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3134F}' => Script::Wide,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(bytes: &[u8]) -> Verdict {
        assert!(std::str::from_utf8(bytes).is_ok(), "{bytes:02X?} is not UTF-8 at all");
        let mut runs = Runs::default();
        bytes.chunks(3).for_each(|piece| runs.add(piece));
        runs.verdict()
    }

    fn in_gbk(text: &str) -> Verdict {
        verdict(&encoding_rs::GBK.encode(text).0)
    }

    #[test]
    fn text_in_utf8_is_utf8() {
        for text in
            ["a,b\n", "城市,北京\n", "José,Besançon,naïve", "Ünsal,Škoda", "Москва,5 °C, ok", "“ok”,…", "😀"]
        {
            assert_eq!(verdict(text.as_bytes()), Verdict::Utf8, "{text}");
        }
    }

    #[test]
    fn hanzi_in_gbk_that_happen_to_be_utf8_are_told() {
        for text in ["id,city\n1,通讯\n", "city\n同\n", "学\n"] {
            assert_eq!(in_gbk(text), Verdict::Gbk, "{text}");
        }
    }

    #[test]
    fn what_may_be_either_is_left_open() {
        assert_eq!(verdict("é\n".as_bytes()), Verdict::Either);
        assert_eq!(verdict("x · y\n".as_bytes()), Verdict::Either);
    }
}
