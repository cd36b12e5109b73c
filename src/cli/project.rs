//! The codebook of the project that a command runs in: `--codebook`, or `wxstats.toml` in the working directory or above.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::args::Global;
use super::exit::Refusal;
use super::ui::Ui;
use crate::codebook::Names;
use crate::codebook::project::{DatasetBook, FILE, Measured, Project as Book};
use crate::ingest::NumberItem;

/// A codebook, and the directory that paths in it are relative to.
pub(super) struct Project {
    book: Book,
    directory: PathBuf,
}

impl Project {
    /// The codebook that is asked for or found; without one, all is as by default.
    ///
    /// # Errors
    /// When it cannot be read, or a [`Refusal`] when it has problems, which have then been listed.
    pub(super) fn open(global: &Global, ui: &Ui) -> Result<Self> {
        let path = match &global.codebook {
            Some(path) => path.clone(),
            None => match found()? {
                Some(path) => path,
                None => return Ok(Self { book: Book::default(), directory: PathBuf::new() }),
            },
        };
        ui.explain(&format!("codebook {}", path.display()));
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let book = Book::parse_bytes(&bytes, &path.display().to_string()).map_err(|problems| {
            ui.error(problems.to_string().trim_end());
            Refusal::usage("the codebook has problems; see above")
        })?;
        let directory = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { book, directory })
    }

    /// The codebook.
    pub(super) fn book(&self) -> &Book {
        &self.book
    }

    /// Display names, with those of the levels that are derived for a dataset.
    pub(super) fn names(&self, book: &DatasetBook) -> Names {
        let derived = book.derive.iter().flat_map(|(dimension, derivation)| {
            let levels = derivation.level_names().into_iter();
            levels.map(|(level, name)| ((dimension.clone(), level), name))
        });
        let levels = derived.chain(self.book.level_names.clone()).collect();
        Names::with_overrides(self.book.names.clone(), levels)
    }

    /// What it says of a dataset.
    pub(super) fn dataset(&self, name: &str) -> DatasetBook {
        self.book.dataset(name).cloned().unwrap_or_default()
    }

    /// The items of a dataset that are answered with numbers.
    pub(super) fn numbers(&self, dataset: &str) -> Vec<NumberItem> {
        let number = |(item, measured): (&_, &Measured)| NumberItem {
            item: Clone::clone(item),
            scale: measured.scale(),
        };
        self.book.dataset(dataset).map_or_else(Vec::new, |book| book.items.iter().map(number).collect())
    }

    /// The bytes of a file that the codebook names.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.directory.join(name);
        fs::read(&path).with_context(|| format!("reading {}", path.display()))
    }
}

/// The nearest codebook, from the working directory upwards.
fn found() -> Result<Option<PathBuf>> {
    let here = std::env::current_dir().context("looking for the codebook")?;
    Ok(here.ancestors().map(|directory| directory.join(FILE)).find(|path| path.is_file()))
}
