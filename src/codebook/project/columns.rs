//! `[dataset.….columns]`, `dimensions` and the columns of items: where a file that is not in the canonical schema holds
//! what.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::AnswerSource;
use super::document::{Document, Entry, Value, entries, shown};
use crate::codebook::{Item, Platform};

/// Where a file holds what. Columns that are not named here are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnsBook {
    /// What wrote the file; `None` leaves that to be seen from the file.
    pub platform: Option<Platform>,
    /// What stands between the options of one cell; `None` for what the platform writes.
    pub separator: Option<String>,
    /// The line of the file, or row of the sheet, in which the header begins; `None` is the first.
    pub header: Option<u64>,
    /// The columns with a role.
    pub roles: BTreeMap<Role, Source>,
    /// Columns to break down by, in the order of the codebook.
    pub dimensions: Vec<(String, Source)>,
    /// Where the answers to items stand, in the order of the codebook.
    pub answers: Vec<(Item, AnswerSource)>,
}

impl ColumnsBook {
    /// Whether nothing is said, so that the file is expected in the canonical schema.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.roles.is_empty() && self.dimensions.is_empty() && self.answers.is_empty()
    }
}

/// What a column says about a respondent, beyond answers and dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who it is.
    RespondentId,
    /// The segment.
    Segment,
    /// The city.
    City,
    /// The weight.
    Weight,
    /// The stratum.
    Stratum,
    /// The primary sampling unit.
    Psu,
    /// The finite population correction.
    Fpc,
    /// The wave.
    Wave,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 8] = [
        Self::RespondentId,
        Self::Segment,
        Self::City,
        Self::Weight,
        Self::Stratum,
        Self::Psu,
        Self::Fpc,
        Self::Wave,
    ];

    /// The name of its column in the canonical schema.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::RespondentId => "respondent_id",
            Self::Segment => "segment",
            Self::City => "city",
            Self::Weight => "weight",
            Self::Stratum => "stratum",
            Self::Psu => "psu",
            Self::Fpc => "fpc",
            Self::Wave => "wave",
        }
    }
}

/// Where a respondent's value of a role or dimension comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// From a column.
    Column {
        /// Which.
        column: ColumnRef,
        /// Cells and the levels they stand for, in the order of the codebook; empty where cells are levels as they are.
        levels: Vec<(String, String)>,
    },
    /// Everybody has the same.
    Value(String),
    /// The number of the row: every row is a respondent of its own.
    Row,
}

/// A column of a file as the codebook names it: by header, `#7` by position, `Q7` or `Q7_2` by question number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnRef {
    /// The name.
    pub name: String,
    /// The codebook's line that names it, from 1.
    pub line: u64,
}

/// The cells that no level is given for.
pub const ALL_OTHERS: &str = "*";

const EXAMPLE: &str =
    "\"Q2\", or { column = \"Q2\", levels = { \"中国\" = \"chinese\", \"*\" = \"expat\" } }";

impl ColumnsBook {
    /// Reads `[dataset.….columns]`.
    pub(super) fn read_roles<'t>(&mut self, document: &mut Document<'t>, name: &str, table: &DeTable<'t>) {
        for entry in document.entries(table, name, &Role::ALL.map(Role::key)) {
            let Some(role) = Role::ALL.into_iter().find(|role| role.key() == entry.key) else { continue };
            let Some(source) = Source::read(document, &entry) else { continue };
            if source == Source::Row && role != Role::RespondentId {
                let hint = "only respondent_id may be the number of the row";
                document.refuse(entry.value.span(), format!("{} is \"#row\"", entry.key), hint);
            }
            self.roles.insert(role, source);
        }
    }

    /// Reads `[dataset.….dimensions]`.
    pub(super) fn read_dimensions<'t>(&mut self, document: &mut Document<'t>, table: &DeTable<'t>) {
        for entry in entries(table) {
            let is_role = Role::ALL.iter().any(|role| role.key() == entry.key);
            if is_role || entry.key.contains(['*', ',', '.', '=']) || entry.key.trim().is_empty() {
                let hint = "use a name such as os or age_group; roles stand in columns";
                document.refuse(entry.at(), format!("{} is no name of a dimension", shown(entry.key)), hint);
                continue;
            }
            if let Some(source) = Source::read(document, &entry) {
                self.dimensions.push((entry.key.to_owned(), source));
            }
        }
    }
}

impl Source {
    fn read<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Self> {
        if entry.value.get_ref().is_str() {
            let text = document.text(entry.value, entry.key, EXAMPLE)?;
            return Some(match text.trim() {
                "#row" => Self::Row,
                name => {
                    Self::Column { column: ColumnRef::new(document, name, entry.value), levels: Vec::new() }
                }
            });
        }
        let table = document.table(entry.value, entry.key, EXAMPLE)?;
        let (mut column, mut value, mut levels) = (None, None, Vec::new());
        for inner in document.entries(table, entry.key, &["column", "levels", "value"]) {
            match inner.key {
                "column" => column = ColumnRef::read(document, &inner),
                "value" => value = document.text(inner.value, "value", "\"Guangzhou\"").map(str::to_owned),
                _ => levels = read_levels(document, &inner).unwrap_or_default(),
            }
        }
        match (column, value) {
            (Some(column), None) => Some(Self::Column { column, levels }),
            (None, Some(value)) if levels.is_empty() => Some(Self::Value(value)),
            _ => {
                let hint =
                    format!("write {EXAMPLE}, or {{ value = \"Guangzhou\" }} where all rows have the same");
                document.refuse(entry.value.span(), format!("{} needs a column or a value", entry.key), hint);
                None
            }
        }
    }
}

impl ColumnRef {
    fn new(document: &Document<'_>, name: &str, value: &Value<'_>) -> Self {
        Self { name: name.trim().to_owned(), line: document.place(value.span()).0 }
    }

    /// A column named by text.
    pub(super) fn read<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Self> {
        let name = document.text(entry.value, entry.key, "\"Q7\", \"#7\" or a header")?;
        Some(Self::new(document, name, entry.value))
    }
}

/// `{ "中国" = "chinese", "*" = "expat" }`.
fn read_levels<'t>(document: &mut Document<'t>, entry: &Entry<'_, 't>) -> Option<Vec<(String, String)>> {
    let table = document.table(entry.value, entry.key, "{ \"中国\" = \"chinese\", \"*\" = \"expat\" }")?;
    let mut levels: Vec<(String, String)> = Vec::new();
    for level in entries(table) {
        let Some(key) = document.string(level.value, level.key, "\"chinese\"") else { continue };
        let cell = level.key.trim();
        if levels.iter().any(|(known, _)| known == cell) {
            let hint = "spaces around a cell do not count";
            document.refuse(level.at(), format!("{} stands twice", shown(cell)), hint);
        }
        levels.push((cell.to_owned(), key.trim().to_owned()));
    }
    Some(levels)
}
