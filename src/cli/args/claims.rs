//! Arguments of `wxstats claims`.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};

use super::{Estimation, Language, Source};

/// `wxstats claims`.
#[derive(Group)]
pub(in crate::cli) struct Claims {
    /// File of claims (TOML) or of published rates (.csv), or - for claims on standard input
    #[arg(value_name = "FILE", long_help = CLAIMS)]
    pub(in crate::cli) file: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    #[command(flatten)]
    pub(in crate::cli) estimation: Estimation,
    /// Published figures of platforms, for claims about them; of the sample, those that are bundled
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) metrics: Option<PathBuf>,
    /// Fail unless every claim is supported, not only where one is contradicted
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    /// How the verdicts are written [default: by the ending of --output, else text]
    #[arg(long, value_enum)]
    pub(in crate::cli) format: Option<ClaimsFormat>,
    /// File to write to instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}

const CLAIMS: &str = "\
File of claims (TOML) or of published rates (.csv), or - for claims on standard input. Each claim has an id and what it asserts, a text or a list of texts:

  [[claim]]
  id = \"r1\"
  assert = \"rate(moments.share, segment=expat, city=Guangzhou) about 8% ± 3\"
  statement = \"Expats in Guangzhou share at around 8%\"    # in words; optional
  source = \"post of 2015\"                                 # optional

What can be asserted:
  rate(a.b, dim=level, …) > rate(c.d, …)   or <
  rate(a.b, …) over 50%                    or below
  rate(a.b, …) about 8% ± 3                within 3 points of 8%
  rate(a.b, …) rising                      or falling, from wave to wave
  rank city by rate(a.b, …): Guangzhou, Chengdu > Shanghai > rest
For rate(…) stand also rate(a.b/c.d, …), mean(a.b, …), median(a.b, …) and
share(os=iOS, …); and of published figures (--metrics):
  metric(WeChat, monthly_active_users, 2017Q1) over 900 million
  growth(WeChat, monthly_active_users, 2017Q1, year on year) about 23% ± 1";

/// Dialects of verdicts.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ClaimsFormat {
    /// Text
    Text,
    /// JSON with stable names (wxstats.claims/1)
    Json,
    /// Markdown
    Md,
    /// JUnit XML, for the test pages of CI systems
    Junit,
}

impl ClaimsFormat {
    /// The endings of files, and what belongs to each.
    pub(in crate::cli) const ENDINGS: [(&str, Self); 4] =
        [("txt", Self::Text), ("json", Self::Json), ("md", Self::Md), ("xml", Self::Junit)];
    /// All of them, as `--format` takes them.
    pub(in crate::cli) const NAMES: &str = "text|json|md|junit";
}
