//! What can be said on the command line.

mod accounts;
mod claims;
mod diff;
mod explain;
mod format;
mod funnel;
mod hints;
mod init;
mod metrics;
mod persons;
mod reading;
mod report;
mod retention;
mod shell;
mod store;
mod table;
mod written;

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

pub(super) use self::accounts::Accounts;
pub(super) use self::claims::{Claims, ClaimsFormat};
pub(super) use self::diff::{Diff, DiffFormat, FailOn};
pub(super) use self::explain::Explain;
pub(super) use self::format::{Format, TableFormat};
pub(super) use self::funnel::Funnel;
pub(super) use self::init::Init;
pub(super) use self::metrics::Metrics;
pub(super) use self::persons::Persons;
pub(super) use self::reading::{Form, Reading};
pub(super) use self::report::{ChartFormat, Report, ReportLang, ThemeArg};
pub(super) use self::retention::Retention;
use super::completions;
use super::project::Project;
use crate::codebook::{Base, Filter, Lang};
use crate::estimate::{Correction, Interval, LonelyPsu, Settings};
use crate::table::Disclosure;

pub(super) use self::shell::{ColorArg, Completions, Man, Shell};
pub(super) use self::table::Table;
pub(super) use self::written::{Dialect, Written};
pub(super) use store::{StoreCommand, StoreForget, StoreGc, StoreLs};

/// Who shares and who only reads on WeChat: survey files in, honest rates, gaps, charts and pages out.
#[derive(Parser)]
#[command(name = "wxstats", version, max_term_width = 100, after_help = EXAMPLES, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) global: Global,
}

const EXAMPLES: &str = "\
Examples:
  wxstats report --sample --city Guangzhou     the bundled synthetic survey, as a page with charts
  wxstats check survey.csv                     is the file good? nothing is stored
  wxstats ingest survey.csv                    into the store (data/store)
  wxstats report --city 广州 --lang zh          a page in Chinese, from the store
  wxstats table --items moments.share,moments.read --by 'city*segment,os' --compare segment
  wxstats table --by tier --where 'os = iOS and segment = expat'
  wxstats claims claims.toml                   are these statements true in the data?
  wxstats explain 'rate(moments.share)'        where does this figure come from?
  wxstats diff                                 what changed since the wave before?
  wxstats weight                               what the codebook's margins do to the weights
  wxstats funnel --input sales.csv --stages contact,ask,pay   who gets how far
  wxstats retention --by segment               who comes back, by a usage log
  wxstats metrics --sample                     published figures of platforms, side by side
  wxstats accounts tendency.xls                an official account's readers by channel, shares by day
  wxstats init my-project                      a folder with codebook, claims and CI workflow
  wxstats completions zsh                      for bash, zsh, fish, powershell and elvish; wxstats man DIR

Exit codes: 0 done, 1 a problem in the data, 2 wrong usage, 3 store damaged, 4 store locked, 5 I/O.";

/// Options of every command.
#[derive(Group)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// Where ingested surveys are kept
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "WXSTATS_STORE",
        hide_env_values = true,
        default_value = "data/store"
    )]
    pub(super) store: PathBuf,
    /// The secret that turns ids into pseudonyms [default: wxstats/key in the user's configuration directory]
    #[arg(long, global = true, value_name = "FILE", env = "WXSTATS_KEY_FILE", hide_env_values = true)]
    pub(super) key_file: Option<PathBuf>,
    /// The project's codebook [default: wxstats.toml here or in a directory above]
    #[arg(long, global = true, value_name = "FILE", env = "WXSTATS_CODEBOOK", hide_env_values = true)]
    pub(super) codebook: Option<PathBuf>,
    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say every decision that was made
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// Colours, and bars beside the shares of tables
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorArg,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Read survey files, check every cell, and store them: all of them, or none
    #[command(after_long_help = hints::INGEST)]
    Ingest(Ingest),
    /// Read survey files and list every problem; store nothing
    #[command(after_help = hints::CHECK)]
    Check(Check),
    /// Draft a codebook for a file from a survey platform
    #[command(after_help = hints::CODEBOOK)]
    Codebook(Codebook),
    /// Look after the store: what is in it, whether it is whole, forgetting
    #[command(subcommand)]
    Store(StoreCommand),
    /// Figures of any items by any dimensions: crosstabs, gaps, tests
    #[command(after_long_help = hints::TABLE)]
    Table(Table),
    /// Statements held against the data: supported, contradicted, not clear, not testable
    #[command(after_long_help = hints::CLAIMS)]
    Claims(Claims),
    /// What changed between two waves or two bundles, and which changes are more than noise
    #[command(after_long_help = hints::DIFF)]
    Diff(Diff),
    /// One figure taken apart: rows, base, weights, formula, interval, flag
    #[command(after_long_help = hints::EXPLAIN)]
    Explain(Explain),
    /// What a rate comes to in persons, in populations of known size
    #[command(after_long_help = hints::PERSONS)]
    Persons(Persons),
    /// What weighting to the codebook's margins does: targets, weights, effective base
    #[command(after_long_help = hints::WEIGHT)]
    Weight(Weight),
    /// How far people get through the stages of a sale: conversion, drop-off, time, returns
    Funnel(Funnel),
    /// Published figures of platforms side by side: growth, ranges where sources disagree
    #[command(after_long_help = hints::METRICS)]
    Metrics(Metrics),
    /// What an account, a mini-program or WeChat Pay tells of itself: channels, days, cities, sums
    Accounts(Accounts),
    /// Who comes back to a usage log, by the period in which they joined
    Retention(Retention),
    /// A page, charts and data for a city, or for all of them
    #[command(after_long_help = hints::REPORT)]
    Report(Report),
    /// A project folder: codebook, claims, CI workflow, ready to run on the sample
    #[command(after_long_help = hints::INIT)]
    Init(Init),
    /// Shell completions of commands, options, cities, items and datasets
    #[command(hide = true)]
    Completions(Completions),
    /// Manual pages
    #[command(hide = true)]
    Man(Man),
}

#[derive(Group)]
pub(super) struct Ingest {
    #[command(flatten)]
    pub(super) files: Files,
    /// Put a changed file in the place of what is stored under its dataset and wave
    #[arg(long)]
    pub(super) replace: bool,
}

#[derive(Group)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) files: Files,
}

/// Files, what they are called, and how they are read.
#[derive(Group)]
pub(super) struct Files {
    /// Survey files (canonical, wide or long) or usage logs; text, .xlsx or .xls, also .gz or .zst; or - for standard input
    #[arg(id = "files", required = true, value_name = "FILE")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) naming: Naming,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Group)]
pub(super) struct Codebook {
    /// A survey file as its platform wrote it, or - for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Dataset that the codebook describes [default: the file's name]
    #[arg(long, value_name = "NAME")]
    pub(super) dataset: Option<String>,
    #[command(flatten)]
    pub(super) form: Form,
    /// Write it to FILE, which must not be there yet
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// What a file is called once it is read.
#[derive(Group)]
pub(super) struct Naming {
    /// Dataset the files belong to [default: each file's name]
    #[arg(long, value_name = "NAME")]
    pub(super) dataset: Option<String>,
    /// Wave of files that have no wave column
    #[arg(long, value_name = "LABEL")]
    pub(super) wave: Option<String>,
}

/// Which survey a command looks at.
#[derive(Group)]
pub(super) struct Source {
    /// The bundled synthetic survey instead of the store
    #[arg(long, conflicts_with = "input")]
    pub(super) sample: bool,
    /// Straight from files, without the store
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) input: Vec<PathBuf>,
    /// Sum the tables of --input on a Spark cluster: they are paths that it sees, of Parquet or CSV
    #[arg(long, value_name = "ADDRESS", requires = "input", long_help = ENGINE)]
    pub(super) engine: Option<String>,
    /// How long all answers of the cluster may take together [default: 3600]
    #[arg(long, value_name = "SECONDS", requires = "engine", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) deadline: Option<u64>,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Which dataset, where there are several
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(completions::Datasets))]
    pub(super) dataset: Option<String>,
    /// Which wave [default: the latest]
    #[arg(long, value_name = "LABEL", add = ArgValueCompleter::new(completions::Waves))]
    pub(super) wave: Option<String>,
    /// Whom figures are of, such as 'os = iOS and city in (广州, 深圳)'; all others stay in the sample
    #[arg(id = "where", long, value_name = "CONDITION", long_help = WHERE)]
    pub(super) filter: Option<Filter>,
}

impl Source {
    /// How many seconds all answers of a cluster may take together, where nothing else is said.
    #[cfg(feature = "spark")]
    pub(super) const DEADLINE: u64 = 3600;
}

const ENGINE: &str = "\
Sum the tables of --input on a Spark cluster: they are paths that it sees, of Parquet or CSV
  sc://host:15002/                     a server of Spark Connect 4
  sc://host:443/;use_ssl=true          through TLS; a token, in SPARK_CONNECT_AUTHENTICATE_TOKEN, needs it
The figures are the same to the last digit. A wxstats built with --features spark can do it";

const WHERE: &str = "\
Whom figures are of; all others stay in the sample, with their strata, PSUs and weights:
  os = iOS                  a level as in the file, or by its name in either language
  city in (广州, Shenzhen)  several; != and not in: all others, the blank ones too
  tier = \"New tier 1\"       region and tier of a city; in quotes where there are spaces
  age >= 18                 a dimension or an item that has numbers
  moments.read = yes        an answer: yes, no, blank or \"not asked\"
  wave = 2014               waves for which it may hold, not just the latest
Conditions are joined by and, or, not and brackets";

/// `wxstats weight`.
#[derive(Group)]
pub(super) struct Weight {
    #[command(flatten)]
    pub(super) source: Source,
    /// How the diagnostics are written
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: WeightFormat,
    #[command(flatten)]
    pub(super) language: Language,
}

/// Dialects of the weighting's diagnostics.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WeightFormat {
    /// Aligned text
    Table,
    /// JSON with stable names (wxstats.weight/1)
    Json,
}

/// Whom rates are of.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum BaseArg {
    /// Respondents who answered; an option left blank of a question that was answered is a no
    Answered,
    /// Respondents who were asked; leaving it blank is a no
    Asked,
    /// Mentions, of multi-response questions only: the share of all yes that falls on the option
    Mentions,
}

impl From<BaseArg> for Base {
    fn from(base: BaseArg) -> Self {
        match base {
            BaseArg::Answered => Self::Answered,
            BaseArg::Asked => Self::Asked,
            BaseArg::Mentions => Self::Mentions,
        }
    }
}

/// For whom figures are.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum DisclosureArg {
    /// The company: everything is shown
    Internal,
    /// Everybody: counts from 1 to 9 are withheld, bases and rates rounded, no standard errors
    Publish,
}

impl From<DisclosureArg> for Disclosure {
    fn from(disclosure: DisclosureArg) -> Self {
        match disclosure {
            DisclosureArg::Internal => Self::Internal,
            DisclosureArg::Publish => Self::Publish,
        }
    }
}

/// How figures are estimated.
#[derive(Group)]
pub(super) struct Estimation {
    /// Confidence level, between 0 and 1
    #[arg(long, value_name = "P", default_value = "0.95", value_parser = fraction)]
    level: f64,
    /// Confidence interval of a rate
    #[arg(long, value_enum, default_value = "logit")]
    interval: IntervalArg,
    /// Correction of p-values for the number of comparisons that are made together
    #[arg(long, value_enum, default_value = "holm")]
    correction: CorrectionArg,
    /// What is done with a stratum that has one PSU only
    #[arg(long, value_enum, default_value = "fail")]
    lonely_psu: LonelyArg,
}

impl Estimation {
    pub(super) fn settings(&self) -> Settings {
        Settings {
            level: self.level,
            interval: match self.interval {
                IntervalArg::Logit => Interval::Logit,
                IntervalArg::Wilson => Interval::Wilson,
                IntervalArg::Beta => Interval::Beta,
                IntervalArg::Asin => Interval::Asin,
                IntervalArg::Mean => Interval::Mean,
            },
            correction: match self.correction {
                CorrectionArg::Holm => Correction::Holm,
                CorrectionArg::Bh => Correction::BenjaminiHochberg,
                CorrectionArg::None => Correction::None,
            },
            lonely: match self.lonely_psu {
                LonelyArg::Fail => LonelyPsu::Fail,
                LonelyArg::Remove => LonelyPsu::Remove,
                LonelyArg::Certainty => LonelyPsu::Certainty,
                LonelyArg::Adjust => LonelyPsu::Adjust,
                LonelyArg::Average => LonelyPsu::Average,
            },
            ..Settings::default()
        }
    }
}

fn fraction(text: &str) -> Result<f64, String> {
    let level = text.parse::<f64>().ok().filter(|level| *level > 0.0 && *level < 1.0);
    level.ok_or_else(|| "a level lies between 0 and 1, such as 0.95".to_owned())
}

fn points(text: &str) -> Result<f64, String> {
    let points = text.parse::<f64>().ok().filter(|points| (0.0..=100.0).contains(points));
    points.ok_or_else(|| "points lie between 0 and 100, such as 5".to_owned())
}

#[derive(Clone, Copy, ValueEnum)]
enum IntervalArg {
    /// Symmetric on the logit
    Logit,
    /// Wilson's score interval on the effective base
    Wilson,
    /// Korn and Graubard's, from the beta distribution
    Beta,
    /// Symmetric on the arcsine of the root
    Asin,
    /// Symmetric on the rate itself, not clipped
    Mean,
}

#[derive(Clone, Copy, ValueEnum)]
enum CorrectionArg {
    /// Holm: no false claim at all, with probability --level
    Holm,
    /// Benjamini and Hochberg: few false claims among those made
    Bh,
    /// None
    None,
}

#[derive(Clone, Copy, ValueEnum)]
enum LonelyArg {
    /// Figures that touch it are not estimated
    Fail,
    /// It is left out of the variance
    Remove,
    /// It was certain to be drawn and adds no variance
    Certainty,
    /// Its total is centred at the mean of the population
    Adjust,
    /// It has the average variance of the other strata
    Average,
}

/// The language of what people read.
#[derive(Group)]
pub(super) struct Language {
    /// Language of names, titles and notes [default: the codebook's, else en]
    #[arg(long, value_enum)]
    lang: Option<LangArg>,
}

impl Language {
    /// What is asked for, else what the project speaks.
    pub(super) fn lang(&self, project: &Project) -> Lang {
        match self.lang {
            Some(lang) => lang.into(),
            None => project.book().language.unwrap_or_default(),
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LangArg {
    /// English
    En,
    /// Chinese 中文
    Zh,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Self::En,
            LangArg::Zh => Self::Zh,
        }
    }
}
