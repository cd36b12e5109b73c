//! The bytes of a claims file → [`Claims`], or all that is wrong with it.

use toml::de::DeTable;

use super::grammar::parse;
use super::statement::{Assertion, Claim, Claims};
use crate::codebook::clean;
use crate::codebook::project::{Document, Entry, ProjectProblems, Value, read_name, shown, utf8};

const EXAMPLE: &str = "[[claim]]";
const ASSERT: &str = "\"rate(moments.share, segment=expat, city=Guangzhou) about 8% ± 3\"";
const KEYS: [&str; 4] = ["id", "assert", "statement", "source"];

impl Claims {
    /// Reads the bytes of a claims file that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong with it, each with line and column: bytes that are not UTF-8, TOML, keys, assertions.
    pub fn parse(bytes: &[u8], file: &str) -> Result<Self, ProjectProblems> {
        let text = utf8(bytes, file)?;
        let mut document = Document::new(file, text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let table = document.parse();
        let list = if document.is_sound() { read(&mut document, &table) } else { Vec::new() };
        ProjectProblems::none_or(document.into_problems(), Self { file: file.to_owned(), list })
    }
}

fn read<'t>(document: &mut Document<'t>, table: &DeTable<'t>) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let entries = document.entries(table, "a claims file", &["claim"]);
    if entries.is_empty() && document.is_sound() {
        document.refuse(0..0, "there is no claim", format!("a claim begins with {EXAMPLE}"));
    }
    for entry in entries {
        let Some(list) = document.list(entry.value, "claim", EXAMPLE) else { continue };
        for value in list {
            let Some(claim) = claim(document, value) else { continue };
            if let Some(known) = claims.iter().find(|known| known.id == claim.id) {
                let message = format!("claim {} stands in line {} too", shown(&claim.id), known.line);
                document.refuse(value.span(), message, "give each claim an id of its own");
            }
            claims.push(claim);
        }
    }
    claims
}

fn claim<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<Claim> {
    let table = document.table(value, "claim", EXAMPLE)?;
    let (mut id, mut asserts, mut statement, mut source) = (None, None, None, None);
    for entry in document.entries(table, EXAMPLE, &KEYS) {
        match entry.key {
            "id" => id = Some(document.text(entry.value, "id", "\"r1\"").map(clean)),
            "assert" => asserts = Some(assertions(document, &entry)),
            "statement" => statement = read_name(document, &entry),
            _ => source = document.text(entry.value, "source", "\"report of 2015\"").map(clean),
        }
    }
    if id.is_none() {
        document.refuse(value.span(), "the claim has no id", "name it: id = \"r1\"");
    }
    if asserts.is_none() {
        document.refuse(value.span(), "the claim asserts nothing", format!("write assert = {ASSERT}"));
    }
    let line = document.place(value.span()).0;
    Some(Claim { id: id??, asserts: asserts??, statement, source, line })
}

/// One text, or a list of texts all of which must hold.
fn assertions<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Vec<Assertion>> {
    let Some(list) = entry.value.get_ref().as_array() else {
        return assertion(document, entry.value).map(|assertion| vec![assertion]);
    };
    if list.is_empty() {
        document.refuse(
            entry.value.span(),
            "the claim asserts nothing",
            format!("write assert = [{ASSERT}]"),
        );
    }
    // Every one is read before the claim is given up, so that all problems are found.
    let read: Vec<Option<Assertion>> = list.iter().map(|value| assertion(document, value)).collect();
    read.into_iter().collect()
}

fn assertion<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Option<Assertion> {
    let text = document.text(value, "assert", ASSERT)?;
    match parse(text) {
        Ok(statement) => Some(Assertion { text: clean(text), statement }),
        Err(refused) => {
            let at = document.inside(value, text, refused.at.start);
            document.refuse(at, refused.message, refused.hint);
            None
        }
    }
}
