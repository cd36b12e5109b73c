//! How files are read.

use clap::{Args as Group, ValueEnum};

use crate::cli::exit::Refusal;

use crate::codebook::Stages;
use crate::ingest::{Day, Delimiter, Dialect, Encoding, Period, UsageOptions};

/// What form files have, where it is not to be found out.
#[derive(Group)]
pub(in crate::cli) struct Form {
    /// Encoding of the files, such as gb18030 or utf-16le [default: found out of each]
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// What separates the cells of the files: , or ; or | or ， or tab [default: found out of each]
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<Delimiter>,
    /// Sheet of the workbooks that is read [default: the first that is visible and not empty]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Line of the files, or row of the sheets, in which the header begins [default: the codebook's, else the first]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    header_row: Option<u64>,
}

impl Form {
    pub(in crate::cli) fn dialect(&self) -> Dialect {
        let sheet = self.sheet.clone();
        Dialect { encoding: self.encoding, delimiter: self.delimiter, sheet, header: self.header_row }
    }
}

/// How files are read.
#[derive(Group)]
pub(in crate::cli) struct Reading {
    #[command(flatten)]
    pub(in crate::cli) form: Form,
    /// Length of the periods that usage logs and articles are cut into [default: one period, of all days]
    #[arg(long, value_enum)]
    period: Option<PeriodArg>,
    /// First day of usage logs and articles that counts, such as 2026-03-01 [default: their first]
    #[arg(long, value_name = "DAY")]
    since: Option<Day>,
    /// Last day of usage logs and articles that counts [default: their last]
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
    /// Stages of funnels in their order, such as contact,ask,pay [default: those of the codebook]
    #[arg(long, value_name = "STAGE,…", value_delimiter = ',')]
    stages: Vec<String>,
    /// Stage of funnels that undoes the last, such as return
    #[arg(long, value_name = "STAGE", requires = "stages")]
    returns: Option<String>,
}

impl Reading {
    pub(in crate::cli) fn usage(&self) -> UsageOptions {
        let period = self.period.map(|period| match period {
            PeriodArg::Day => Period::Day,
            PeriodArg::Week => Period::Week,
            PeriodArg::Month => Period::Month,
        });
        UsageOptions { period, from: self.since, to: self.until }
    }

    /// The stages that are asked for.
    ///
    /// # Errors
    /// A [`Refusal`] where they are no order of stages.
    pub(in crate::cli) fn stages(&self) -> Result<Option<Stages>, Refusal> {
        if self.stages.is_empty() {
            return Ok(None);
        }
        let stages = Stages::new(self.stages.clone(), self.returns.clone());
        stages.map(Some).map_err(|why| {
            Refusal::usage(format!("--stages: {why}"))
                .hint("such as --stages contact,ask,pay --returns return")
        })
    }
}

/// Lengths of periods.
#[derive(Clone, Copy, ValueEnum)]
enum PeriodArg {
    /// Calendar days
    Day,
    /// ISO weeks, from Monday to Sunday
    Week,
    /// Calendar months
    Month,
}
