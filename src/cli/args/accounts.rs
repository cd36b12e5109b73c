//! Arguments of `wxstats accounts`.

use std::path::PathBuf;

use clap::Args as Group;

use super::{Format, Language};

/// `wxstats accounts`.
#[derive(Group)]
pub(in crate::cli) struct Accounts {
    /// Files of an account, a mini-program or WeChat Pay, or - for standard input
    #[arg(required = true, value_name = "FILE", long_help = ACCOUNTS)]
    pub(in crate::cli) files: Vec<PathBuf>,
    /// How the figures are written [default: by the ending of --output, else table]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<Format>,
    /// File to write to instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}

const ACCOUNTS: &str = "\
Files as they were downloaded, told by what is in them; several are put together:

  tendency.xls                   流量分析 of 公众平台: readers by channel, sharers by day
  user_analysis.xls              用户分析 of 公众平台: followers by day
  getuserread.json, …            answers of getuserread, getusershare, getbizsummary
  visit.json share.json          a mini-program's getweanalysisappiddailyvisittrend and …summarytrend: who shares of who visits
  portrait.json                  a mini-program's getweanalysisappiduserportrait: visitors by city
  微信支付账单.csv                a bill of WeChat Pay, as counts and amounts by month and kind, and nothing else

Tables of articles are a dataset: wxstats ingest and table take them.";
