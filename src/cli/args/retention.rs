//! Arguments of `wxstats retention`.

use clap::Args as Group;

use super::{Estimation, Format, Source, Written};
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
    #[command(flatten)]
    pub(in crate::cli) written: Written<Format>,
}
