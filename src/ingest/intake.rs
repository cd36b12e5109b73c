//! What reading a file is asked, and what it answers beside the batches.

use std::{fmt, io};

use super::dataset::{Origin, Schema};
use super::delimiter::Delimiter;
use super::encoding::Encoding;
use super::opened::Dialect;
use super::period::{Day, Period};
use super::platforms::ArticleExport;
use super::problems::Problems;
use super::shown::quoted;
use crate::codebook::project::{ColumnsBook, QualityBook};
use crate::codebook::{Item, Platform, Stages};

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The file as messages show it; its stem names the dataset.
    pub file: String,
    /// The dataset's name, instead of the file's stem; made a slug.
    pub dataset: Option<String>,
    /// The wave of a file without a `wave` column.
    pub wave: Option<String>,
    /// What is said of its form: encoding and delimiter.
    pub dialect: Dialect,
    /// The items that are answered with numbers; all others are answered with yes or no.
    pub numbers: Vec<NumberItem>,
    /// Where a file that is not in the canonical schema holds what; empty for one that is.
    pub columns: ColumnsBook,
    /// Whose answers are not used.
    pub quality: QualityBook,
    /// What of a usage log or of statistics of articles is looked at, and how it is cut. Other files have no days, and it says
    /// nothing of them.
    pub usage: UsageOptions,
    /// The stages of a funnel in their order; for no other file.
    pub stages: Option<Stages>,
}

/// What of a usage log or of statistics of articles is looked at, and how it is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsageOptions {
    /// The length of the periods; `None` leaves the log whole.
    pub period: Option<Period>,
    /// The first day; `None` for that of the log.
    pub from: Option<Day>,
    /// The last day; `None` for that of the log.
    pub to: Option<Day>,
}

impl Options {
    /// What is said of the file's form, here or in the codebook.
    pub(super) fn dialect(&self) -> Dialect {
        let header = self.dialect.header.or(self.columns.header);
        Dialect { header, ..self.dialect.clone() }
    }
}

/// An item that is answered with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberItem {
    /// The item.
    pub item: Item,
    /// Lowest and highest answer, if it is a scale of whole numbers.
    pub scale: Option<(i32, i32)>,
}

/// A valid file, its respondents left out: those went to the sink.
#[derive(Debug, Clone, PartialEq)]
pub struct Intake {
    /// Slug of the dataset.
    pub name: String,
    /// Name, length and hash of the file.
    pub origin: Origin,
    /// What the codes mean: one schema per wave, in the natural order of the waves' labels.
    pub schemas: Vec<Schema>,
    /// Columns left out because their names look like personal data; `#7` for the seventh, where the name itself does.
    pub dropped: Vec<String>,
    /// What became of the file's columns, in their order.
    pub columns: Vec<ColumnUse>,
    /// What a careful reader would want to know.
    pub notices: Vec<Notice>,
}

/// What became of one column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnUse {
    /// Its header; empty where that looks like somebody's data.
    pub name: String,
    /// What it serves: columns of the canonical schema, rules of quality. Nothing, where it was left out.
    pub serves: Vec<String>,
    /// Whether it was left out because it looks like personal data.
    pub is_personal: bool,
}

/// Something about a valid file that its user should hear of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file is in another encoding than UTF-8, which was found out.
    Encoding(Encoding),
    /// The workbook has several sheets that are not empty: the one that was read, then the others.
    Sheets(Vec<String>),
    /// The cells are separated by something other than commas, which was found out.
    Delimiter(Delimiter),
    /// The last line has no line end: had its last cell been cut off, nobody could tell.
    NoFinalLineEnd,
    /// A dimension has levels that look like phone numbers, addresses or keys of persons.
    PersonalLevels {
        /// The dimension.
        column: String,
    },
    /// The file is not in the canonical schema, and what it was taken for.
    TakenFor {
        /// What wrote it.
        platform: Platform,
        /// How many rows its header takes.
        header_rows: usize,
    },
    /// The file is a platform's table of articles.
    TakenForArticles {
        /// What wrote it.
        export: ArticleExport,
    },
    /// Counts of articles were written in thousands or the like, such as 1.2万, and are rounded.
    RoundedCounts {
        /// The count.
        column: String,
        /// In how many rows.
        rows: u64,
    },
    /// A count of articles that their platform does not tell, so that rates of it cannot be estimated.
    UntoldCount {
        /// The count.
        column: String,
    },
    /// No whole number of readers gives the share that is said to have read to the end.
    UnclearFinishers {
        /// In how many rows.
        rows: u64,
    },
    /// A rate that the platform states is not that of its own counts, which are used.
    RateDiffers {
        /// The rate's header.
        rate: String,
        /// In how many rows.
        rows: u64,
    },
    /// Lines above the header were passed over.
    HeaderBelow {
        /// The line, or row of a sheet, in which the header begins.
        line: u64,
    },
    /// Columns that the codebook does not name were left out.
    UnusedColumns {
        /// How many.
        columns: usize,
    },
    /// An option of the codebook that nobody ticked; it may be misspelt.
    NeverTicked {
        /// The question as the codebook names it.
        question: String,
        /// The option.
        option: String,
    },
    /// Rows of a usage log before the first or after the last day that was asked for were left out.
    OutsideDays {
        /// How many.
        rows: u64,
    },
    /// Rows of a usage log count 0: they make nobody active.
    NoEvents {
        /// How many.
        rows: u64,
    },
    /// A usage log covers only some days of a period.
    PartialPeriod {
        /// The period's label.
        period: String,
        /// The first day it covers.
        from: Day,
        /// The last day.
        to: Day,
    },
    /// Stages of a funnel that people were seen at again, for whom the first time counts.
    RepeatedStages {
        /// How many times.
        events: u64,
    },
    /// Stages of a funnel that people are not seen at who are seen at a later one; they count as reached.
    SkippedStages {
        /// How many, of all people.
        stages: u64,
    },
    /// Stages of a funnel that people were first seen at before an earlier one; they count as reached.
    DisorderedStages {
        /// How many, of all people.
        stages: u64,
    },
    /// Options were ticked that no item of the codebook stands for.
    OtherOptions {
        /// The question as the codebook names it.
        question: String,
        /// How many ticks.
        ticks: u64,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encoding(encoding) => write!(f, "read as {encoding}"),
            Self::Delimiter(delimiter) => write!(f, "read as separated by {delimiter}"),
            Self::Sheets(sheets) => {
                let names: Vec<String> = sheets.iter().map(|name| quoted(name)).collect();
                let [read, others @ ..] = names.as_slice() else { return Ok(()) };
                write!(f, "read is sheet {read}; --sheet chooses another: {}", others.join(", "))
            }
            Self::NoFinalLineEnd => f.write_str(
                "the last line has no line end: a file cut off in its last cell would look the same",
            ),
            Self::PersonalLevels { column } => {
                write!(f, "column {column} holds what look like phone numbers, addresses or ids of persons")
            }
            Self::TakenFor { platform, header_rows: 1 } => write!(f, "taken for {platform}"),
            Self::TakenFor { platform, header_rows } => {
                write!(f, "taken for {platform}, with {header_rows} header rows")
            }
            Self::TakenForArticles { export } => write!(f, "taken for {export}; one row per article"),
            Self::RoundedCounts { column, rows } => {
                write!(f, "{column}: rounded by the platform (as in 1.2万) in rows: {rows}")
            }
            Self::UntoldCount { column } => {
                write!(
                    f,
                    "{column}: the platform does not tell this count, so no rate of it can be estimated"
                )
            }
            Self::UnclearFinishers { rows } => {
                write!(
                    f,
                    "finishers: not known where no number of readers gives the completion rate, rows: {rows}"
                )
            }
            Self::RateDiffers { rate, rows } => {
                write!(f, "{rate} is not what its own counts give, which are used, in rows: {rows}")
            }
            Self::HeaderBelow { line } => write!(f, "the header is taken to begin in line {line}"),
            Self::UnusedColumns { columns: 1 } => {
                f.write_str("1 column is not in the codebook and was left out")
            }
            Self::UnusedColumns { columns } => {
                write!(f, "{columns} columns are not in the codebook and were left out")
            }
            Self::NeverTicked { question, option } => {
                write!(f, "{question}: nobody ticked {}; is it spelt as in the file?", quoted(option))
            }
            Self::OutsideDays { rows } => {
                write!(f, "rows of other days than were asked for were left out: {rows}")
            }
            Self::NoEvents { rows } => write!(f, "rows with a count of 0, which make nobody active: {rows}"),
            Self::PartialPeriod { period, from, to } => {
                write!(f, "the log covers only {from} to {to} of period {period}")
            }
            Self::RepeatedStages { events } => {
                write!(
                    f,
                    "events at a stage where the same person was seen before, the first of which counts: {events}"
                )
            }
            Self::SkippedStages { stages } => {
                write!(
                    f,
                    "stages without an event of people who are seen at a later one, counted as reached: {stages}"
                )
            }
            Self::DisorderedStages { stages } => {
                write!(
                    f,
                    "stages first seen before an earlier one, counted as reached, their times left blank: {stages}"
                )
            }
            Self::OtherOptions { question, ticks } => {
                write!(f, "{question}: {ticks} ticks are of options that no item of the codebook stands for")
            }
        }
    }
}

/// A file that was not taken in. Whatever the sink was given of it is void.
#[derive(Debug)]
pub enum ReadError {
    /// The file is wrong.
    Problems(Problems),
    /// The file could not be read to its end.
    Io {
        /// The file as messages show it.
        file: String,
        /// What the system said.
        error: io::Error,
    },
    /// The sink refused a batch.
    Sink(anyhow::Error),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => problems.fmt(f),
            Self::Io { file, error } => write!(f, "{file}: cannot be read: {error}"),
            Self::Sink(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Problems(_) | Self::Io { .. } => None,
            Self::Sink(error) => error.source(),
        }
    }
}
