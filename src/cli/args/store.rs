//! The arguments of `wxstats store`.

use std::path::PathBuf;

use clap::{Args as Group, Subcommand};

use super::Format;

/// What is done with the store.
#[derive(Subcommand)]
pub(in super::super) enum StoreCommand {
    /// What is stored: datasets, waves, respondents, files
    Ls(StoreLs),
    /// Read every object to its end and say what is damaged; exit code 3 if anything is
    Check,
    /// Take datasets, waves or persons out, so that no object holds them
    Forget(StoreForget),
    /// Remove objects that nothing refers to any more, which --replace and interrupted commands leave
    Gc(StoreGc),
}

#[derive(Group)]
pub(in super::super) struct StoreLs {
    /// How the list is written
    #[arg(long, value_enum, default_value = "table")]
    pub(in super::super) format: Format,
}

#[derive(Group)]
#[group(required = true, multiple = true)]
pub(in super::super) struct StoreForget {
    /// Take out this dataset
    #[arg(long, value_name = "NAME", conflicts_with = "ids")]
    pub(in super::super) dataset: Option<String>,
    /// Only this wave of the dataset
    #[arg(long, value_name = "LABEL", requires = "dataset")]
    pub(in super::super) wave: Option<String>,
    /// Take out the persons whose ids stand in FILE, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(in super::super) ids: Option<PathBuf>,
}

#[derive(Group)]
pub(in super::super) struct StoreGc {
    /// Only say what would be removed
    #[arg(long)]
    pub(in super::super) dry_run: bool,
}
