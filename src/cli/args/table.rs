//! Arguments of `wxstats table`.

use clap::Args as Group;
use clap_complete::engine::ArgValueCompleter;

use super::{BaseArg, Estimation, Source, TableFormat, Written, points};
use crate::cli::completions;
use crate::codebook::Entry;

/// `wxstats table`.
#[derive(Group)]
pub(in crate::cli) struct Table {
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    /// What to show [default: every item]
    #[arg(long, value_name = "ITEM,…", value_delimiter = ',', long_help = ITEMS, add = ArgValueCompleter::new(completions::Items))]
    pub(in crate::cli) items: Vec<Entry>,
    /// Dimensions to break down by: nested with *, side by side with a comma [default: city*segment, where there are such]
    #[arg(long, value_name = "DIM*DIM,…", add = ArgValueCompleter::new(completions::Dimensions))]
    pub(in crate::cli) by: Option<String>,
    /// Whom rates are of
    #[arg(long, value_enum, default_value = "answered")]
    pub(in crate::cli) base: BaseArg,
    /// Dimension of --by whose first level is compared with each other one; of waves each with the one before
    #[arg(long, value_name = "DIM")]
    pub(in crate::cli) compare: Option<String>,
    /// Dimension of --by whose levels get letters, or none [default: the innermost of each banner, up to 26 columns]
    #[arg(long, value_name = "DIM")]
    pub(in crate::cli) letters: Option<String>,
    /// Of a usage log: users who were active up to each period, and what they have done by then
    #[arg(long)]
    pub(in crate::cli) cumulated: bool,
    /// Test every rate against the first dimension of each banner (Rao–Scott)
    #[arg(long)]
    pub(in crate::cli) test: bool,
    #[command(flatten)]
    pub(in crate::cli) estimation: Estimation,
    /// Smallest difference, in points, that a letter marks; of other figures than rates and scores any
    #[arg(long, value_name = "POINTS", default_value = "0", value_parser = points)]
    pub(in crate::cli) min_diff: f64,
    #[command(flatten)]
    pub(in crate::cli) written: Written<TableFormat>,
    /// Mark a CSV as UTF-8 with a byte order mark, so that Excel opens its Chinese right
    #[arg(long)]
    pub(in crate::cli) bom: bool,
}

const ITEMS: &str = "\
What to show, separated by commas [default: every item]:
  moments.share               the rate of yes; of numbers what the codebook says, else their mean
  moments.share/moments.read  among those who say yes to the second; of two numbers, the one per the other
  moments.read-moments.share  the difference of two items among the same people
  total(moments.share)        persons who say yes, or the sum of numbers, by the weights
  mean(use.satisfied)         the mean of numbers, whatever the codebook says
  median(use.minutes)         their median, with Woodruff's interval
  points(use.satisfied)       the share of answers that fall on each point of a scale of the codebook
  share_where                 every option of a multi-response question of the codebook";
