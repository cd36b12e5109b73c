//! Arguments of `wxstats metrics`.

use std::path::PathBuf;

use clap::Args as Group;

use super::{Format, Language};

/// `wxstats metrics`.
#[derive(Group)]
pub(in crate::cli) struct Metrics {
    /// Metrics file, or - for standard input
    #[arg(value_name = "FILE", required_unless_present = "sample", long_help = METRICS)]
    pub(in crate::cli) file: Option<PathBuf>,
    /// The bundled figures, published from 2013 to 2017
    #[arg(long, conflicts_with = "file")]
    pub(in crate::cli) sample: bool,
    /// How the figures are written [default: by the ending of --output, else table]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<Format>,
    /// File to write to instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}

const METRICS: &str = "\
Metrics file, or - for standard input: a table with these columns, the last two of which may be left out:

  platform,metric,period,value,unit,scope,source
  WeChat,monthly_active_users,2017Q1,938 million,users,,a post of 2017-05-31
  微信,月活跃用户,2016年第一季度,7.62亿,用户,,年报
  WeChat,monthly_active_users_growth,2017Q1,23%,percent,year on year,a post of 2017-05-31

A figure that several sources state stands in a row for each; they are shown side by side, never averaged.";
