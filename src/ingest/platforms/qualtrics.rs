//! Qualtrics: a row of names, a row of wordings in any language, and a row of `{"ImportId": …}`, which older exports and
//! some tools leave out.

use super::{Header, Heading, Meta, Platform, RawRow, row};

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let names = row(rows, 0);
    let wordings = row(rows, 1);
    let imports = row(rows, 2);
    let has = |name: &str| names.iter().any(|cell| cell.trim() == name);
    let is_import = |cell: &String| cell.trim_start().starts_with("{\"ImportId\"");
    // Older exports end in an empty column.
    let has_imports =
        imports.iter().any(is_import) && imports.iter().all(|cell| is_import(cell) || cell.trim().is_empty());
    let has_names = has("ResponseId") && has("Finished");
    let is_legacy = wordings.first().is_some_and(|wording| wording.trim() == "ResponseID") && has("V1");
    if !(has_imports || has_names || is_legacy) {
        return None;
    }
    let wordings = wordings.iter().map(String::as_str).chain(std::iter::repeat(""));
    let columns = names.iter().zip(wordings).map(|(name, wording)| heading(name, wording)).collect();
    Some(Header { platform: Platform::Qualtrics, rows: if has_imports { 3 } else { 2 }, columns })
}

fn heading(name: &str, wording: &str) -> Heading {
    let heading = Heading::plain(name);
    if heading.meta.is_some() {
        return heading;
    }
    // Older exports number the columns of the interview; what they are stands below.
    let is_numbered = |name: &str| name.strip_prefix('V').is_some_and(is_number);
    if is_numbered(&heading.name) && Meta::of(wording).is_some() {
        return Heading { name: heading.name, ..Heading::plain(wording) };
    }
    if heading.name.contains("_DO_") || heading.name.ends_with("_DO") {
        return Heading { meta: Some(Meta::Other), ..heading };
    }
    let (question, number) = heading.name.rsplit_once('_').unwrap_or((&heading.name, ""));
    let is_part = is_number(number);
    let (stem, part) = match wording.rsplit_once(" - ").filter(|_| is_part) {
        Some((stem, part)) => (stem.strip_suffix(" - Selected Choice").unwrap_or(stem), part),
        None => (wording, ""),
    };
    Heading {
        question: if is_part { question.to_owned() } else { heading.name.clone() },
        wording: stem.trim().to_owned(),
        part: part.trim().to_owned(),
        ..heading
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
