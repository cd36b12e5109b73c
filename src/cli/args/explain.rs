//! Arguments of `wxstats explain`.

use clap::Args as Group;

use super::{Estimation, Language, Source};

/// `wxstats explain`.
#[derive(Group)]
pub(in crate::cli) struct Explain {
    /// A figure as claims write it: rate(moments.share, segment=expat, city=Guangzhou)
    #[arg(value_name = "FIGURE")]
    pub(in crate::cli) figure: String,
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    #[command(flatten)]
    pub(in crate::cli) estimation: Estimation,
    /// Show a withheld figure all the same, with its mark; for use inside a company
    #[arg(long)]
    pub(in crate::cli) show_withheld: bool,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}
