//! Arguments of `wxstats funnel`.

use std::path::PathBuf;

use clap::Args as Group;

use super::{DisclosureArg, Estimation, Format, Language, Source};

/// `wxstats funnel`.
#[derive(Group)]
pub(in crate::cli) struct Funnel {
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    /// Dimensions whose levels have a funnel each, nested with *; empty for everybody's
    #[arg(long, value_name = "DIM*DIM", default_value = "model")]
    pub(in crate::cli) by: String,
    /// Dimension of --by whose first level is compared with each other one
    #[arg(long, value_name = "DIM")]
    pub(in crate::cli) compare: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) estimation: Estimation,
    /// How the funnel is written; csv, json and md as tables of all figures [default: by the ending of --output, else table]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<Format>,
    /// File to write to instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Show withheld figures, marked; for use inside a company
    #[arg(long, conflicts_with = "disclosure")]
    pub(in crate::cli) show_withheld: bool,
    /// For whom the funnel is
    #[arg(long, value_enum, default_value = "internal")]
    pub(in crate::cli) disclosure: DisclosureArg,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}
