//! Arguments of `wxstats report`.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::{DisclosureArg, Source};
use crate::chart::{ChartKind, Size};
use crate::cli::completions;

/// `wxstats report`.
#[derive(Group)]
pub(in crate::cli) struct Report {
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    /// City in English, Chinese or by an alias; may be repeated [default: an overview and every city]
    #[arg(long, value_name = "CITY", add = ArgValueCompleter::new(completions::Cities))]
    pub(in crate::cli) city: Vec<String>,
    /// Segments that are compared, by key or name, two to eight: a gap is the rate of the one before minus the other's [default: all]
    #[arg(long, value_delimiter = ',', value_name = "SEGMENT,SEGMENT,…")]
    pub(in crate::cli) compare: Option<Vec<String>>,
    /// Files that each chart is written to; the page holds its charts in any case
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT,…", default_value = "svg,png")]
    pub(in crate::cli) chart_format: Vec<ChartFormat>,
    /// Pixels of a PNG to the CSS px [default: 2; of --size wechat 1]
    #[arg(long, value_name = "N", value_parser = scale)]
    pub(in crate::cli) scale: Option<f32>,
    /// Size of the chart files; the page has its own
    #[arg(long, value_enum, default_value = "page")]
    pub(in crate::cli) size: SizeArg,
    /// Theme of the chart files; the page follows its reader's
    #[arg(long, value_enum, default_value = "light")]
    pub(in crate::cli) theme: ThemeArg,
    /// Only charts of these kinds [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KIND,…")]
    pub(in crate::cli) only: Vec<KindArg>,
    /// File of published figures of platforms, which the overview tells [default: with --sample, the bundled ones]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) metrics: Option<PathBuf>,
    /// File of published rates, shown as strokes on the charts [default: with --sample, the bundled ones]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rates: Option<PathBuf>,
    /// File of populations in which rates are told as persons [default: with --sample, the bundled one]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) population: Option<PathBuf>,
    /// File of claims whose verdicts the report tells; they show unrounded figures
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) claims: Option<PathBuf>,
    /// File that an official account or a mini-program tells of itself, as for wxstats accounts; may be repeated [default: with --sample, the bundled one]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) accounts: Vec<PathBuf>,
    /// Template: choice and order of sections, title, logo, accent colour, footer
    #[arg(long, value_name = "FILE", long_help = TEMPLATE)]
    pub(in crate::cli) template: Option<PathBuf>,
    /// A font file for characters that the embedded fonts lack; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) font: Vec<PathBuf>,
    /// For whom the report is
    #[arg(long, value_enum, default_value = "internal")]
    pub(in crate::cli) disclosure: DisclosureArg,
    /// Directory in which bundles are made
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub(in crate::cli) out: PathBuf,
    /// Language of pages and charts [default: the codebook's, else en]
    #[arg(long, value_enum)]
    pub(in crate::cli) lang: Option<ReportLang>,
}

const TEMPLATE: &str = "\
Template, a TOML file with any of these:

  title = { en = \"…\", zh = \"…\" }                      in the place of the main finding
  sections = [\"survey\", \"claims\"]                     which are told, in this order
  logo = \"logo.svg\"                                    PNG or SVG, beside the template
  accent = { light = \"#0F5C6C\", dark = \"#74C8D6\" }    links; each must be readable on its page
  footer = { en = \"…\", zh = \"…\" }";

fn scale(text: &str) -> Result<f32, String> {
    let scale = text.parse::<f32>().ok().filter(|scale| (0.5..=8.0).contains(scale));
    scale.ok_or_else(|| "a scale lies between 0.5 and 8, such as 2".to_owned())
}

/// The size of a chart file.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum SizeArg {
    /// 900 px wide, as high as it needs
    Page,
    /// 16:9 for slides, in several parts where one does not hold all rows
    Slide,
    /// 1080 px wide, to be read on a phone in a WeChat article
    Wechat,
    /// 900 × 383, the cover of a WeChat article
    WechatCover,
}

impl From<SizeArg> for Size {
    fn from(size: SizeArg) -> Self {
        match size {
            SizeArg::Page => Self::Page,
            SizeArg::Slide => Self::Slide,
            SizeArg::Wechat => Self::Wechat,
            SizeArg::WechatCover => Self::WechatCover,
        }
    }
}

/// The colours of a chart file.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum ThemeArg {
    /// On white
    Light,
    /// On near-black
    Dark,
}

/// What a chart shows.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KindArg {
    /// Features, two rates and their gap in each
    Dumbbell,
    /// Cities, two rates in each
    Bars,
    /// Sharing against reading, city by city
    Scatter,
    /// Cities, a small chart of features in each
    Multiples,
    /// Gaps by city and feature
    Heatmap,
    /// One segment ranked by city
    Ranked,
    /// Rates by wave
    Trend,
    /// Who comes back, by the period they joined in
    Cohorts,
    /// Published figures of platforms, and where sources disagree
    Spans,
    /// How the answers to a scale are spread
    Stacked,
    /// Stages of a way
    Funnel,
    /// What rates come to in populations
    Persons,
}

impl From<KindArg> for ChartKind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Dumbbell => Self::Dumbbell,
            KindArg::Bars => Self::Bars,
            KindArg::Scatter => Self::Scatter,
            KindArg::Multiples => Self::Multiples,
            KindArg::Heatmap => Self::Heatmap,
            KindArg::Ranked => Self::Ranked,
            KindArg::Trend => Self::Trend,
            KindArg::Cohorts => Self::Cohorts,
            KindArg::Spans => Self::Spans,
            KindArg::Stacked => Self::Stacked,
            KindArg::Funnel => Self::Funnel,
            KindArg::Persons => Self::Persons,
        }
    }
}

/// The languages of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportLang {
    /// English
    En,
    /// Chinese 中文
    Zh,
    /// Both, in the directories en and zh, each page linking the other
    Both,
}

/// A kind of chart file.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ChartFormat {
    /// Scalable, with real text
    Svg,
    /// Two pixels to the CSS px
    Png,
}
