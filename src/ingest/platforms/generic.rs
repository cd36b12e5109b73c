//! A table with one header row that no platform is known for. Columns of one question are told by what their headers
//! share: `question [row]`, `question - option`, `Q12_1`.

use super::{Header, Heading, Platform, RawRow, numbered, one_row, parts, row};

pub(super) fn header(rows: &[RawRow]) -> Header {
    let header = row(rows, 0);
    if let Some(columns) = numbered::headings(header) {
        return one_row(Platform::Generic, columns);
    }
    let mut columns: Vec<Heading> = header.iter().map(|cell| Heading::plain(cell)).collect();
    let mut index = 0;
    while index < columns.len() {
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
    bracket.or_else(dash).or_else(code)
}
