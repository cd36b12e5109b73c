//! How, where, for whom and in which language a command writes the table that it makes.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args as Group, ValueEnum};

use super::{DisclosureArg, Language};
use crate::cli::figures::Showing;
use crate::cli::output;
use crate::cli::project::Project;
use crate::codebook::Lang;
use crate::estimate::Settings;

/// The dialects that a command can write.
pub(in crate::cli) trait Dialect: ValueEnum + Copy + Send + Sync + 'static {
    /// The endings of files, and what belongs to each.
    const ENDINGS: &'static [(&'static str, Self)];
    /// All of them, as `--format` takes them.
    const NAMES: &'static str;
}

/// What is written of a table of figures.
#[derive(Group)]
pub(in crate::cli) struct Written<D: Dialect> {
    /// How it is written [default: by the ending of --output, else table]
    #[arg(long, value_enum)]
    format: Option<D>,
    /// File to write to instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Show withheld figures, marked; for use inside a company
    #[arg(long, conflicts_with = "disclosure")]
    show_withheld: bool,
    /// For whom it is
    #[arg(long, value_enum, default_value = "internal")]
    disclosure: DisclosureArg,
    #[command(flatten)]
    language: Language,
}

impl<D: Dialect> Written<D> {
    /// The dialect that is asked for, else that of the file.
    pub(in crate::cli) fn dialect(&self) -> Result<D> {
        output::format(self.format, self.path(), D::ENDINGS, D::NAMES)
    }

    /// The file, if there is one.
    pub(in crate::cli) fn path(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// How figures of these settings are shown.
    pub(in crate::cli) fn showing(&self, settings: Settings) -> Showing {
        Showing { settings, show_withheld: self.show_withheld, disclosure: self.disclosure.into() }
    }

    /// What is asked for, else what the project speaks.
    pub(in crate::cli) fn lang(&self, project: &Project) -> Lang {
        self.language.lang(project)
    }
}
