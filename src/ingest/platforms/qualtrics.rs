//! Qualtrics: a row of names, a row of wordings in any language, and a row of `{"ImportId": …}`, which older exports and
//! some tools leave out.

use super::{Header, Heading, Meta, Platform, RawRow, row};

pub(super) fn recognise(rows: &[RawRow]) -> Option<Header> {
    let names = row(rows, 0);
    let wordings = row(rows, 1);
    let imports = row(rows, 2);
    let has = |name: &str| names.iter().any(|cell| cell.trim() == name);
    let is_import = |cell: &String| cell.trim_start().starts_with("{\"ImportId\"");
    let has_imports = !imports.is_empty() && imports.iter().all(is_import);
    let has_names = has("ResponseId") && has("Finished");
    if !(has_imports || has_names) {
        return None;
    }
    let columns = names.iter().zip(wordings).map(|(name, wording)| heading(name, wording)).collect();
    Some(Header { platform: Platform::Qualtrics, rows: if has_imports { 3 } else { 2 }, columns })
}

fn heading(name: &str, wording: &str) -> Heading {
    let heading = Heading::plain(name);
    if heading.meta.is_some() {
        return heading;
    }
    if heading.name.contains("_DO_") {
        return Heading { meta: Some(Meta::Other), ..heading };
    }
    let (question, number) = heading.name.split_once('_').unwrap_or((&heading.name, ""));
    let is_part = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
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
