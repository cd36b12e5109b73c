//! Arguments of `wxstats funnel`.

use clap::Args as Group;

use super::{Estimation, Format, Source, Written};

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
    #[command(flatten)]
    pub(in crate::cli) written: Written<Format>,
}
