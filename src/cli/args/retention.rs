//! Arguments of `wxstats retention`.

use std::path::PathBuf;

use clap::Args as Group;

use super::{DisclosureArg, Estimation, Format, Language, Source};
use crate::codebook::Item;

/// `wxstats retention`.
#[derive(Group)]
pub(in crate::cli) struct Retention {
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    /// Dimensions to break down by, as they were when users joined: nested with * [default: none]
    #[arg(long, value_name = "DIM*DIM")]
    pub(in crate::cli) by: Option<String>,
    /// Count as active who did this item, not anything, such as moments.share
    #[arg(long, value_name = "ITEM")]
    pub(in crate::cli) active: Option<Item>,
    /// How many periods after joining are looked at, at most
    #[arg(long, value_name = "N", default_value = "12", value_parser = clap::value_parser!(u32).range(1..=400))]
    pub(in crate::cli) periods: u32,
    #[command(flatten)]
    pub(in crate::cli) estimation: Estimation,
    /// How it is written [default: by the ending of --output, else table]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<Format>,
    /// File to write to instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Show withheld figures, marked; for use inside a company
    #[arg(long, conflicts_with = "disclosure")]
    pub(in crate::cli) show_withheld: bool,
    /// For whom it is
    #[arg(long, value_enum, default_value = "internal")]
    pub(in crate::cli) disclosure: DisclosureArg,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}
