//! Arguments of `wxstats diff`.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};

use super::{Estimation, Language, Source};
use crate::codebook::Entry;

/// `wxstats diff`.
#[derive(Group)]
pub(in crate::cli) struct Diff {
    /// Two bundles, the earlier first [default: the last two waves of a survey]
    #[arg(value_name = "BUNDLE", num_args = 2, conflicts_with_all = ["sample", "input", "dataset", "wave", "from", "items"])]
    pub(in crate::cli) bundles: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    /// The earlier wave [default: the one before --wave]
    #[arg(long, value_name = "LABEL")]
    pub(in crate::cli) from: Option<String>,
    /// Which figures [default: every item]
    #[arg(long, value_name = "ITEM,…", value_delimiter = ',')]
    pub(in crate::cli) items: Vec<Entry>,
    /// Dimensions to break down by, as of table
    #[arg(long, value_name = "DIM*DIM,…", default_value = "city*segment", conflicts_with = "bundles")]
    pub(in crate::cli) by: String,
    #[command(flatten)]
    pub(in crate::cli) estimation: Estimation,
    /// Which changes end the run with exit code 1
    #[arg(long, value_enum, value_name = "CHANGES")]
    pub(in crate::cli) fail_on: Option<FailOn>,
    /// How the changes are written [default: by the ending of --output, else text]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<DiffFormat>,
    /// File to write to instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}

/// Which changes fail.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    /// Those that are more than noise
    Significant,
    /// Any figure or file that is not the same
    Any,
}

/// Dialects of a diff.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// Text
    Text,
    /// JSON with stable names (wxstats.diff/1)
    Json,
    /// Markdown
    Md,
}

impl DiffFormat {
    /// The endings of files, and what belongs to each.
    pub(in crate::cli) const ENDINGS: [(&str, Self); 3] =
        [("txt", Self::Text), ("json", Self::Json), ("md", Self::Md)];
    /// All of them, as `--format` takes them.
    pub(in crate::cli) const NAMES: &str = "text|json|md";
}
