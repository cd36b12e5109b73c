//! The cells of roles and dimensions: as they stand, or by the codebook's levels.

use crate::codebook::project::{ALL_OTHERS, Source};

use super::super::code::Code;
use super::super::platforms::Meta;
use super::super::problems::{Problem, Problems};
use super::super::shown;
use super::find::Finder;
use super::row::{MappedRow, RawCells};
use super::tokens::{Said, Tokens};

/// Where a respondent's value comes from.
#[derive(Debug)]
pub(super) enum ValueRule {
    /// The number of the row.
    Row,
    /// Everybody's.
    Same(String),
    /// A column's.
    Column {
        column: usize,
        /// Whether its cells are network addresses with a place in brackets.
        is_address: bool,
        levels: Vec<(String, String)>,
    },
}

impl ValueRule {
    /// Every row a respondent of its own.
    pub(super) fn row() -> Self {
        Self::Row
    }

    pub(super) fn new(source: &Source, finder: &mut Finder<'_, '_>) -> Option<Self> {
        Some(match source {
            Source::Row => Self::Row,
            Source::Value(value) => Self::Same(value.clone()),
            Source::Column { column, levels } => {
                let column = finder.one(column)?;
                let is_address = finder.heading(column).meta == Some(Meta::Address);
                Self::Column { column, is_address, levels: levels.clone() }
            }
        })
    }

    /// Appends the value of a row, the `rows`th of its file.
    pub(super) fn write(
        &self,
        raw: &dyn RawCells,
        rows: u64,
        tokens: Tokens,
        row: &mut MappedRow,
        problems: &mut Problems,
    ) {
        let (column, is_address, levels) = match self {
            Self::Row => return row.push(&format!("row {rows}"), raw.start()),
            Self::Same(value) => return row.push(value, raw.start()),
            Self::Column { column, is_address, levels } => (*column, *is_address, levels),
        };
        let at = raw.position(column);
        let cell = raw.cell(column);
        let said = if is_address { Said::Text(place(cell).into()) } else { tokens.read(cell) };
        let text = match &said {
            Said::NotAsked | Said::Blank => "",
            Said::Text(text) => text,
        };
        let level = |name: &str| levels.iter().find(|(cell, _)| cell == name).map(|(_, level)| level);
        let others = || level(ALL_OTHERS).filter(|_| !text.is_empty());
        if levels.is_empty() {
            row.push(text, at);
        } else if let Some(level) = level(text).or_else(others) {
            row.push(if level == ALL_OTHERS { text } else { level }, at);
        } else {
            let known: Vec<String> = levels.iter().map(|(cell, _)| shown::quoted(cell)).collect();
            let message = if text.is_empty() {
                "a blank cell, for which the codebook gives no level".to_owned()
            } else {
                format!("the codebook gives no level for {}", shown::quoted(text))
            };
            let hint = format!(
                "levels are given for {}; \"*\" stands for all others, \"\" for blank cells",
                known.join(", ")
            );
            problems.add(Problem::new(at, Code::UnknownLevel, message).hint(hint));
            row.push("", at);
        }
    }
}

/// The place in `1.2.3.4(广东-深圳)`, or the cell where it is only a place; nothing where there is none, so that addresses are
/// never shown.
fn place(cell: &str) -> &str {
    if !cell.contains(['(', '（', '.', ':']) && !cell.contains(|c: char| c.is_ascii_digit()) {
        return cell.trim();
    }
    let open = cell.rfind(['(', '（']);
    let inner = open.map_or("", |open| cell[open..].trim_start_matches(['(', '（']));
    inner.trim().trim_end_matches([')', '）'])
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn an_address_is_only_its_place() {
        assert_eq!(place("1.2.3.4(广东-深圳)"), "广东-深圳");
        assert_eq!(place("2001:db8::1（上海-上海）"), "上海-上海");
        assert_eq!(place("1.2.3.4"), "");
        assert_eq!(place("fe80::abcd"), "");
        assert_eq!(place("广东-深圳 "), "广东-深圳");
    }
}
