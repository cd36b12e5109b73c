//! A table with one header row that no platform is known for. Columns of one question are told by what their headers
//! share: `question [row]`, `question - option`, `question/option`, `Q12_1`, `Q1: question_option`.

use super::{Header, Heading, Meta, Platform, RawRow, numbered, one_row, parts, row};

pub(super) fn header(rows: &[RawRow]) -> Header {
    let header = row(rows, 0);
    if let Some(columns) = numbered::headings(header) {
        return one_row(Platform::Generic, columns);
    }
    let mut columns: Vec<Heading> = header.iter().map(|cell| Heading::plain(cell)).collect();
    both_forms(&mut columns);
    option_first(&mut columns);
    let mut index = 0;
    while index < columns.len() {
        if !columns[index].question.is_empty() {
            index += 1;
            continue;
        }
        let end = group(&columns, index);
        let names: Vec<&str> = header[index..end].iter().map(|cell| cell.trim()).collect();
        if let Some((wording, parts)) = parts::shared(&names).filter(|(wording, _)| !wording.is_empty()) {
            let question = wording.to_owned();
            for (column, part) in columns[index..end].iter_mut().zip(parts) {
                column.question.clone_from(&question);
                column.wording.clone_from(&question);
                column.part = part;
            }
        }
        index = end;
    }
    one_row(Platform::Generic, columns)
}

/// `KoboToolbox` writes the options of a question twice: joined in a column `question`, then each in a column `question/option`. The
/// former is left aside, or every tick would count twice.
fn both_forms(columns: &mut [Heading]) {
    let mut index = 0;
    while index < columns.len() {
        let question = format!("{}/", columns[index].name);
        let options =
            columns[index + 1..].iter().take_while(|column| column.name.starts_with(&question)).count();
        if question.len() > 1 && options > 0 {
            columns[index].meta = Some(Meta::Other);
            let wording = columns[index].name.clone();
            for column in &mut columns[index + 1..=index + options] {
                column.part = column.name[question.len()..].trim().to_owned();
                column.question.clone_from(&question);
                column.wording.clone_from(&wording);
                column.meta = None;
            }
        }
        index += 1 + options;
    }
}

/// Alchemer (once `SurveyGizmo`) writes the option first, `Option:Question`: neighbours that end in the same question are one.
fn option_first(columns: &mut [Heading]) {
    /// A shorter text behind a colon is more likely part of a name.
    const SHORTEST: usize = 8;
    let split = |column: &Heading| {
        let is_free = column.meta.is_none() && column.question.is_empty();
        let (part, question) = column.name.split_once(':').filter(|_| is_free)?;
        let (part, question) = (part.trim().to_owned(), question.trim().to_owned());
        (question.chars().count() >= SHORTEST && !part.is_empty()).then_some((part, question))
    };
    let mut index = 0;
    while index < columns.len() {
        let question = split(&columns[index]).map(|(_, question)| question);
        let is_same =
            |column: &&Heading| question.is_some() && split(column).map(|(_, other)| other) == question;
        let count = columns[index..].iter().take_while(is_same).count();
        for column in columns[index..].iter_mut().take(if count > 1 { count } else { 0 }) {
            let Some((part, question)) = split(column) else { continue };
            column.part = part;
            column.wording.clone_from(&question);
            column.question = question;
        }
        index += count.max(1);
    }
}

/// Where the columns end that belong together with the one at `start`.
fn group(columns: &[Heading], start: usize) -> usize {
    let Some(base) = base(&columns[start]) else { return start + 1 };
    let is_same = |column: &&Heading| self::base(column) == Some(base);
    start + columns[start..].iter().take_while(is_same).count()
}

/// What the header of a part begins with.
fn base(column: &Heading) -> Option<&str> {
    if column.meta.is_some() {
        return None;
    }
    let name = column.name.as_str();
    let bracket = name.strip_suffix(']').and_then(|name| name.rsplit_once('[')).map(|(base, _)| base);
    let dash = || name.rsplit_once(" - ").map(|(base, _)| base);
    let code = || {
        let (base, number) = name.rsplit_once('_')?;
        let is_code = base.len() < 12 && base.ends_with(|c: char| c.is_ascii_digit());
        (is_code && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then_some(base)
    };
    // `Q1: question_option`, as panels write it.
    let coded = || {
        let digits = name.strip_prefix('Q')?.trim_start_matches(|c: char| c.is_ascii_digit());
        let (base, part) = name.rsplit_once('_')?;
        (digits.len() + 1 < name.len() && digits.starts_with([':', '：']) && !part.is_empty()).then_some(base)
    };
    bracket.or_else(dash).or_else(code).or_else(coded)
}
