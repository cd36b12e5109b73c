//! A file to a [`Dataset`]: unpack, decode, read, validate.
//!
//! In: the bytes of one survey file, in whatever encoding, or of a workbook, a page or a feed. Out: typed batches of respondents under a schema, ids already pseudonyms; or
//! [`Problems`], everything that is wrong with the file, each with its line and column. Nothing is guessed or
//! repaired, and a file counts as a whole or not at all.

mod blocks;
mod boundary;
mod code;
mod container;
pub mod dataset;
mod decode;
mod delimiter;
mod document;
mod draft;
mod encoding;
mod in_order;
mod intake;
mod ledger;
mod lookalike;
mod mapping;
mod opened;
mod origin;
mod period;
pub mod platforms;
mod problems;
mod record;
mod records;
mod shown;
pub mod source;
mod split;
mod sums;
mod survey;
mod unpack;
mod walk;
mod workbook;

pub use code::Code;
pub use dataset::{
    Batch, Batches, Dataset, Dimension, Funnel, FunnelOf, Ids, LeftOut, Number, Origin, Part, Schema,
    Screening, Stratum, Usage, UsageOf,
};
pub use delimiter::Delimiter;
pub use document::{FeedItem, MAX_DOCUMENT, feed};
pub use draft::{Draft, draft};
pub use encoding::Encoding;
pub use intake::{ColumnUse, Intake, Notice, NumberItem, Options, ReadError, UsageOptions};
pub use ledger::{Entry, Faults, Ledger};
pub use opened::{Dialect, Opened};
pub use origin::{dataset_name, dataset_slug};
pub use period::{Day, NoDay, Period};
pub use platforms::ArticleExport;
pub use problems::{Position, Problem, Problems};
pub use record::Record;
pub use records::{MAX_CELL, MAX_COLUMNS, MAX_RECORD, Records};
pub(crate) use shown::{plain, quoted};
pub use sums::{Alike, Asked, Together};
pub use survey::{
    EventColumns, MOST_EVENTS, RoleLevels, RoleRows, Roles, Sink, Stretch, read_dataset, read_survey,
};
pub use unpack::{MAX_SWELLING, MAX_UNPACKED};
pub use workbook::{MAX_CELLS, MAX_TEXT, MAX_WORKBOOK, READER as WORKBOOK_READER};
