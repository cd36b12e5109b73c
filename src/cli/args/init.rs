//! Arguments of `wxstats init`.

use std::path::PathBuf;

use clap::Args as Group;

use super::LangArg;

/// `wxstats init`.
#[derive(Group)]
pub(in crate::cli) struct Init {
    /// The folder; it is made where it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    pub(in crate::cli) directory: PathBuf,
    /// Language of the comments, of the README, and of reports [default: en]
    #[arg(long, value_enum)]
    pub(in crate::cli) lang: Option<LangArg>,
}
