//! `wxstats.toml`, a project's codebook: what it says of its data and of how it is to be shown.
//!
//! In: the file's text. Out: a [`Project`], or [`ProjectProblems`], everything that is wrong with it, each with its
//! place and what to write instead. A key that is not known is an error with a suggestion; nothing in the file is
//! ignored. The format is described in `docs/CODEBOOK.md`.

mod about;
mod answer_source;
mod columns;
mod dataset;
mod derive;
mod document;
mod level;
mod margin;
mod measured;
mod names;
mod nets;
mod problem;
mod quality;
mod weighting;

use std::collections::BTreeMap;

use toml::de::DeTable;

pub use about::{About, Topic};
pub use answer_source::{AnswerSource, Cells};
pub use columns::{ALL_OTHERS, ColumnRef, ColumnsBook, Role, Source};
pub use dataset::DatasetBook;
pub use derive::{Derivation, MadeOf, Rule};
pub(crate) use document::{Document, Entry, Value, nearest, shown, utf8};
pub use level::level_key;
pub use margin::{Figures, MarginBook, TargetBook, Unit};
pub use measured::Measured;
use names::NamesBook;
pub(crate) use names::read_name;
pub use nets::Net;
pub use problem::{ProjectProblem, ProjectProblems};
pub use quality::QualityBook;
pub use weighting::WeightingBook;

use super::{Lang, Name, Names};

/// Name of the file, which is looked for in the working directory and above it.
pub const FILE: &str = "wxstats.toml";

/// A project's codebook. Without a file, all is as by default.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Project {
    /// Title of its reports.
    pub title: Option<Name>,
    /// Language of outputs where no option says otherwise.
    pub language: Option<Lang>,
    /// Datasets by slug.
    pub datasets: BTreeMap<String, DatasetBook>,
    /// Display names by feature, action, dimension or set; for [`Names::with_overrides`].
    pub names: BTreeMap<String, Name>,
    /// Display names of levels, by dimension and level key.
    pub level_names: BTreeMap<(String, String), Name>,
}

impl Project {
    /// Reads the text of a codebook that messages show as `file`.
    ///
    /// # Errors
    /// All that is wrong: with the TOML, or else with what it says.
    pub fn parse(text: &str, file: &str) -> Result<Self, ProjectProblems> {
        let mut document = Document::new(file, text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let table = document.parse();
        let project = if document.is_sound() { Self::read(&mut document, &table) } else { Self::default() };
        ProjectProblems::none_or(document.into_problems(), project)
    }

    /// What is said of a dataset; `None` where nothing is.
    #[must_use]
    pub fn dataset(&self, slug: &str) -> Option<&DatasetBook> {
        self.datasets.get(slug)
    }

    /// The built-in names, but for those that the codebook gives.
    #[must_use]
    pub fn names(&self) -> Names {
        Names::with_overrides(self.names.clone(), self.level_names.clone())
    }

    fn read<'t>(document: &mut Document<'t>, table: &DeTable<'t>) -> Self {
        let mut project = Self::default();
        for entry in document.entries(table, "the codebook", &["project", "dataset", "names"]) {
            match entry.key {
                "project" => {
                    if let Some(table) = document.table(entry.value, "project", "[project]") {
                        project.read_about(document, table);
                    }
                }
                "dataset" => {
                    if let Some(table) = document.table(entry.value, "dataset", "[dataset.expats]") {
                        project.read_datasets(document, table);
                    }
                }
                _ => {
                    let names = NamesBook::read(document, entry.value);
                    (project.names, project.level_names) = (names.keys, names.levels);
                }
            }
        }
        project
    }

    fn read_about<'t>(&mut self, document: &mut Document<'t>, table: &DeTable<'t>) {
        for entry in document.entries(table, "[project]", &["title", "language"]) {
            if entry.key == "title" {
                self.title = read_name(document, &entry);
                continue;
            }
            let language = document.text(entry.value, "language", "\"en\"");
            self.language = match language {
                Some("en") => Some(Lang::En),
                Some("zh") => Some(Lang::Zh),
                Some(other) => {
                    let message = format!("there is no language {}", shown(other));
                    document.refuse(entry.value.span(), message, "write \"en\" or \"zh\"");
                    None
                }
                None => None,
            };
        }
    }

    fn read_datasets<'t>(&mut self, document: &mut Document<'t>, table: &DeTable<'t>) {
        for entry in document::entries(table) {
            if !is_slug(entry.key) {
                document.refuse(
                    entry.at(),
                    format!("{} is no name of a dataset", shown(entry.key)),
                    "write it as --dataset and store ls do: lower-case letters, digits and hyphens",
                );
            }
            if let Some(book) = DatasetBook::read(document, &entry) {
                self.datasets.insert(entry.key.to_owned(), book);
            }
        }
    }
}

/// Whether a dataset can be called so.
fn is_slug(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(is_word)
}
