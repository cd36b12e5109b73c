//! `wxstats`: who shares and who only reads, on WeChat, by city and segment.
//!
//! ```text
//! file ─read→ rows ─validate→ Dataset ─write→ Store ─tally→ Cells ─estimate→ Estimates ─lay out→ Table ─┬─ text, csv, json, md
//!                                                                                                       ├─ chart: SVG → PNG
//!                                                                                                       └─ report: page, charts, data, manifest
//! ```
//!
//! Each arrow is one function between two documented types. What is too large for this machine stays on a `cluster`, and gives the
//! tally sums instead of rows. The codebook (`wxstats.toml`) says what the columns mean; on the
//! way into the tally `derive` adds what is made from columns, and who is in a filter's domain; on the way from cells to
//! estimates `measure` says what is made of the answers to items, and `weighting` calibrates the cells to what is known of
//! the population; `funnel` puts the figures of stages in their order, `retention` lays out who comes back to a log, period by
//! period, `landscape` lays published figures of platforms side by side, and `accounts` what an account tells of itself;
//! `claims` holds statements against the same cells, and `diff` says what changed. The modules stand in the order of the flow
//! (blank lines keep the formatter from sorting them); a lower one never names a higher one (`tests/it/layers.rs` checks it).

pub mod codebook;

mod writing;

pub mod ingest;

pub mod store;

#[cfg(feature = "spark")]
pub mod cluster;

pub mod derive;

pub mod tally;

pub mod estimate;

pub mod measure;

pub mod weighting;

pub mod table;

pub mod funnel;

pub mod retention;

pub mod landscape;

pub mod accounts;

pub mod claims;

pub mod diff;

pub mod chart;

pub mod report;

pub mod cli;
