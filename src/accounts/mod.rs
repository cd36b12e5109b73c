//! What an official account, a mini-program or WeChat Pay tells of itself, beside its articles → tables.
//!
//! In: the bytes of 流量分析 and 用户分析 of 公众平台, of answers of datacube interfaces by day, of a mini-program's trend and portrait, of
//! a bill of WeChat Pay. Out: an [`Account`], and its [`Sheet`]s as text, CSV, JSON and Markdown. Refuses what would have to be
//! guessed at, all of a file at once, and files that contradict each other.
//!
//! These are counts of everything that happened, not a sample, so there are no intervals. People are never added over
//! days or channels. Of a bill nothing but counts and amounts by month and kind is ever kept.

mod account;
mod bill;
mod by_channel;
mod by_city;
mod by_day;
mod by_kind;
mod channel;
mod csv;
mod feeds;
mod followers;
mod grid;
mod json;
mod markdown;
mod measure;
mod sheet;
mod text;
mod traffic;

pub use account::{Account, AccountFile, Kind};
pub use csv::csv;
pub use json::json;
pub use markdown::markdown;
pub use sheet::{Cell, Column, Missing, Sheet, notes, sheets};
pub use text::text;
