//! The codebook's TOML with its places: typed reads that note what is wrong and go on.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Project, ProjectProblem, ProjectProblems};
use crate::codebook::clean;

/// A value and where it stands.
pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

/// The text, and what was found to be wrong with it so far.
pub(crate) struct Document<'t> {
    file: &'t str,
    text: &'t str,
    problems: Vec<ProjectProblem>,
}

impl Project {
    /// Reads the bytes of a codebook that messages show as `file`.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); and bytes that are not UTF-8, with the place of the first.
    pub fn parse_bytes(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        Self::parse(utf8(bytes, file)?, file)
    }
}

/// The text that bytes are in UTF-8, of a file that messages show as `file`.
///
/// # Errors
/// Bytes that are not UTF-8, with the place of the first.
pub(crate) fn utf8<'b>(bytes: &'b [u8], file: &str) -> Result<&'b str, ProjectProblems> {
    let good = match std::str::from_utf8(bytes) {
        Ok(text) if !is_utf16(bytes) => return Ok(text),
        Ok(_) => "",
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    };
    let mut document = Document::new(file, good);
    let end = good.len();
    let (message, hint) = if is_utf16(bytes) {
        (
            "the file is UTF-16, not UTF-8".to_owned(),
            "save it as UTF-8, or convert it with iconv -f UTF-16 -t UTF-8",
        )
    } else {
        let byte = bytes.get(end).copied().unwrap_or_default();
        let hint = "the file is probably in another encoding, such as GBK: save it as UTF-8, or convert it with \
                    iconv -f GB18030 -t UTF-8";
        (format!("byte 0x{byte:02X} at offset {end} is not UTF-8"), hint)
    };
    document.refuse(end..end, message, hint);
    ProjectProblems::none_or(document.into_problems(), "")
}

/// Whether bytes begin as UTF-16 does, or have as many NULs as Latin text in it.
fn is_utf16(bytes: &[u8]) -> bool {
    let nuls = memchr::memchr_iter(0, bytes).count();
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || (nuls > 0 && nuls * 4 >= bytes.len())
}

/// One `key = value`.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'v, 't> {
    pub(crate) key: &'v str,
    key_start: usize,
    pub(crate) value: &'v Value<'t>,
}

impl Entry<'_, '_> {
    /// Where the key stands.
    pub(crate) fn at(&self) -> Range<usize> {
        self.key_start..self.key_start
    }
}

impl<'t> Document<'t> {
    pub(crate) fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, problems: Vec::new() }
    }

    /// The tables of a text that is TOML. Where it is not, what is wrong is noted.
    pub(crate) fn parse(&mut self) -> DeTable<'t> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let hint = self.syntax_hint(error.message());
            self.note(error.span().unwrap_or_default(), error.message(), hint);
        }
        table.into_inner()
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn into_problems(self) -> Vec<ProjectProblem> {
        self.problems
    }

    /// Notes what is wrong at a place, and what to do about it.
    pub(crate) fn refuse(&mut self, at: Range<usize>, message: impl AsRef<str>, hint: impl AsRef<str>) {
        self.note(at, message.as_ref(), Some(hint.as_ref()));
    }

    /// As [`refuse`](Self::refuse), where there may be nothing to advise. What cannot be seen is left out.
    pub(crate) fn note(&mut self, at: Range<usize>, message: &str, hint: Option<&str>) {
        let (line, column) = self.place(at);
        let (file, message, hint) = (self.file.to_owned(), clean(message), hint.map(clean));
        self.problems.push(ProjectProblem { file, line, column, message, hint });
    }

    /// Line and character in it, both from 1, where a range of bytes begins.
    pub(crate) fn place(&self, at: Range<usize>) -> (u64, u64) {
        let before = &self.text[..self.text.floor_char_boundary(at.start)];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.bytes().filter(|&b| b == b'\n').count() as u64 + 1;
        (line, before[line_start..].chars().count() as u64 + 1)
    }

    /// Where byte `offset` of a string's content stands; the string's start, where escapes keep that from being told.
    pub(crate) fn inside(&self, value: &Value<'t>, content: &str, offset: usize) -> Range<usize> {
        let span = value.span();
        let quoted = self.text.get(span.clone()).unwrap_or_default();
        match quoted.find(content) {
            Some(start) if !content.is_empty() => {
                let at = span.start + start + offset;
                at..at
            }
            _ => span,
        }
    }

    /// The file, as messages show it.
    pub(crate) fn file(&self) -> &'t str {
        self.file
    }

    /// The entries of a table that may only hold `known` keys, in the order of the text. Others are refused.
    pub(crate) fn entries<'v>(
        &mut self,
        table: &'v DeTable<'t>,
        name: &str,
        known: &[&str],
    ) -> Vec<Entry<'v, 't>> {
        let mut found = entries(table);
        found.retain(|entry| {
            let is_known = known.contains(&entry.key);
            if !is_known {
                let hint = match nearest(entry.key, known) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("{name} may hold {}", known.join(", ")),
                };
                self.refuse(entry.at(), format!("{name} has no key {}", shown(entry.key)), hint);
            }
            is_known
        });
        found
    }

    /// A table, or a refusal.
    pub(crate) fn table<'v>(
        &mut self,
        value: &'v Value<'t>,
        what: &str,
        example: &str,
    ) -> Option<&'v DeTable<'t>> {
        self.expect(value, value.get_ref().as_table(), what, "a table", example)
    }

    /// A list, or a refusal.
    pub(crate) fn list<'v>(
        &mut self,
        value: &'v Value<'t>,
        what: &str,
        example: &str,
    ) -> Option<&'v [Value<'t>]> {
        let list = value.get_ref().as_array().map(|list| &list[..]);
        self.expect(value, list, what, "a list", example)
    }

    /// Text that is not blank, or a refusal.
    pub(crate) fn text<'v>(&mut self, value: &'v Value<'t>, what: &str, example: &str) -> Option<&'v str> {
        let text = self.string(value, what, example)?;
        if clean(text).is_empty() {
            self.refuse(value.span(), format!("{what} is empty"), format!("write something like {example}"));
            return None;
        }
        Some(text)
    }

    /// Text that may be empty, or a refusal.
    pub(crate) fn string<'v>(&mut self, value: &'v Value<'t>, what: &str, example: &str) -> Option<&'v str> {
        self.expect(value, value.get_ref().as_str(), what, "text", example)
    }

    /// `true` or `false`, or a refusal.
    pub(crate) fn flag(&mut self, value: &Value<'t>, what: &str) -> Option<bool> {
        self.expect(value, value.get_ref().as_bool(), what, "true or false", "true")
    }

    /// A whole number, or a refusal.
    pub(crate) fn whole(&mut self, value: &Value<'t>, what: &str, example: &str) -> Option<i64> {
        self.expect(value, whole(value), what, "a whole number", example)
    }

    /// A number, whole or not, or a refusal.
    pub(crate) fn number(&mut self, value: &Value<'t>, what: &str, example: &str) -> Option<f64> {
        let float = value.get_ref().as_float().and_then(|float| float.as_str().parse().ok());
        let number = float.or_else(|| whole(value).map(|whole| whole as f64));
        self.expect(value, number, what, "a number", example)
    }

    fn expect<T>(
        &mut self,
        value: &Value<'t>,
        got: Option<T>,
        what: &str,
        kind: &str,
        example: &str,
    ) -> Option<T> {
        if got.is_none() {
            let found = match value.get_ref() {
                DeValue::String(_) => "text",
                DeValue::Integer(_) => "a number",
                DeValue::Float(_) => "a number with decimals",
                DeValue::Boolean(_) => "true or false",
                DeValue::Datetime(_) => "a date",
                DeValue::Array(_) => "a list",
                DeValue::Table(_) => "a table",
            };
            let found = if found == kind { String::new() } else { format!(", not {found}") };
            self.refuse(
                value.span(),
                format!("{what} must be {kind}{found}"),
                format!("write something like {example}"),
            );
        }
        got
    }

    /// What people trip over in TOML.
    fn syntax_hint(&self, message: &str) -> Option<&'static str> {
        if message.contains("duplicate key") {
            return Some("each key and each [table] stands once");
        }
        let is_wide = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '＝' | '，' | '［' | '］' | '｛' | '｝');
        let code = self.text.lines().map(|line| line.split('#').next().unwrap_or_default());
        code.flat_map(str::chars)
            .any(is_wide)
            .then_some("outside of quotes, TOML needs the plain characters \" = , [ ] { }")
    }
}

/// The entries of a table in the order of the text.
pub(crate) fn entries<'v, 't>(table: &'v DeTable<'t>) -> Vec<Entry<'v, 't>> {
    let entry = |(key, value): (&'v Spanned<std::borrow::Cow<'t, str>>, &'v Value<'t>)| Entry {
        key: key.get_ref(),
        key_start: key.span().start,
        value,
    };
    let mut entries: Vec<Entry<'v, 't>> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.key_start);
    entries
}

/// Text of the file for a message: in quotes, cut short and made harmless.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let clean = clean(text);
    let cut: String = clean.chars().take(LONGEST).collect();
    format!("\"{cut}{}\"", if cut.len() < clean.len() { "…" } else { "" })
}

/// The known word that an unknown one resembles.
pub(crate) fn nearest<'k>(unknown: &str, known: &[&'k str]) -> Option<&'k str> {
    const ALIKE: f64 = 0.8;
    let likeness = |known: &str| strsim::jaro_winkler(&unknown.to_lowercase(), known);
    let nearest = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(nearest) > ALIKE).then_some(nearest)
}

fn whole(value: &Value<'_>) -> Option<i64> {
    let integer = value.get_ref().as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
