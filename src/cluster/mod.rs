//! Tables on a cluster ⇄ [`Batches`](crate::ingest::Batches): surveys and usage logs that stay where they are, on Apache Spark, and give sums
//! alone.
//!
//! ```text
//! path ─view→ header ─roles→ people ─profile→ Schema, or what is wrong ─sums→ Alike, for the tally
//! ```
//!
//! In: a path that the cluster sees, Parquet or CSV, and the options that a file here is read with. Out: [`ClusterPart`]s, a wave
//! each, whose sums are the integers that they would be here. Refuses what a file here is refused for, counted by the cluster:
//! each kind of problem with its column and its number of rows, none with its line.
//!
//! Nothing of a person leaves the cluster: levels, strata and PSUs do, and sums.

mod answer;
mod cells;
mod design;
mod dialog;
mod error;
mod events;
mod interrupt;
mod lanes;
mod limbs;
mod part;
mod people;
mod profile;
mod session;
mod sql;
mod table;

pub use error::ClusterError;
pub use part::ClusterPart;
pub use session::{Limits, Session};
pub use table::{Table, TableError, read};
