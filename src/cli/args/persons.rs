//! Arguments of `wxstats persons`.

use std::path::PathBuf;

use clap::Args as Group;

use super::{Estimation, Language, Source, WeightFormat};
use crate::codebook::Item;

/// `wxstats persons`.
#[derive(Group)]
pub(in crate::cli) struct Persons {
    /// The item whose rate is expanded, such as moments.share
    #[arg(value_name = "ITEM")]
    pub(in crate::cli) item: Item,
    /// Population file: a column for each dimension, persons, perhaps source; a blank level is all levels together
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) population: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) source: Source,
    #[command(flatten)]
    pub(in crate::cli) estimation: Estimation,
    /// How persons are written
    #[arg(long, value_enum, default_value = "table")]
    pub(in crate::cli) format: WeightFormat,
    #[command(flatten)]
    pub(in crate::cli) language: Language,
}
