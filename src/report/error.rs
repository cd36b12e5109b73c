//! Why a report could not be made or written.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::chart::ChartError;

/// Why a report could not be made or written.
#[derive(Debug)]
pub enum ReportError {
    /// The table holds several segments and compares none.
    NothingCompared,
    /// The table is broken down by more than the compared dimension and one other.
    TooManyDimensions {
        /// Its dimensions.
        by: Vec<String>,
    },
    /// The table holds nothing about the city.
    UnknownCity {
        /// The city's key.
        city: String,
    },
    /// A chart could not be drawn.
    Chart {
        /// The chart's file name without its ending.
        chart: String,
        /// What the chart says.
        source: ChartError,
    },
    /// The fonts of the page could not be put into it.
    Fonts {
        /// What the chart room says.
        source: ChartError,
    },
    /// A data file could not be put into words.
    Data {
        /// The file.
        file: &'static str,
        /// What its writer says.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A bundle or one of its files has a name that could lead out of the output directory.
    Name {
        /// The bundle's name.
        name: String,
    },
    /// Something that no earlier report wrote is in the way.
    Foreign {
        /// What is in the way.
        path: PathBuf,
    },
    /// The operating system refused.
    Io {
        /// What was being done.
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// Its error.
        source: io::Error,
    },
}

impl ReportError {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Foreign { .. } => Some("move it away, or choose another output directory"),
            Self::NothingCompared => Some("a report compares segments: the table must hold their gaps"),
            _ => None,
        }
    }
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingCompared => f.write_str("there are no segments to compare"),
            Self::TooManyDimensions { by } => {
                write!(f, "a report is by segment, or by city and segment, not by {}", by.join(", "))
            }
            Self::UnknownCity { city } => write!(f, "there are no respondents in {city}"),
            Self::Chart { chart, .. } => write!(f, "the chart {chart} cannot be drawn"),
            Self::Fonts { .. } => f.write_str("the page cannot be given its fonts"),
            Self::Data { file, .. } => write!(f, "{file} cannot be made"),
            Self::Name { name } => write!(f, "{name:?} is no name for a report"),
            Self::Foreign { path } => {
                write!(f, "{} was not written by an earlier report and stays as it is", path.display())
            }
            Self::Io { doing, path, .. } => write!(f, "cannot {doing} {}", path.display()),
        }
    }
}

impl std::error::Error for ReportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Chart { source, .. } | Self::Fonts { source } => Some(source),
            Self::Data { source, .. } => Some(source.as_ref()),
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
