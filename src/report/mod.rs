//! [`Table`](crate::table::Table) → [`Bundle`]: the report of one city or of all, ready to be written to its directory.
//!
//! In: a [`Story`], that is the tables, the names and the data files. Out: a page, Markdown, charts and a manifest,
//! the same bytes for the same story whatever the threads, the clock or the machine. Refuses tables that compare no
//! two segments. Sentences follow the corrected tests; what is withheld is named, not left out.

mod accounts;
mod adoption;
mod alone;
mod build;
mod bundle;
mod chapter;
mod charts;
mod claims;
mod contents;
mod drawing;
mod error;
mod escape;
mod findings;
mod funnels;
mod grid;
mod landscape;
mod lineup;
mod manifest;
mod markdown;
mod method;
mod numbers;
mod overview;
mod page;
mod people;
mod persons;
mod place;
mod policy;
mod scales;
mod sections;
mod several;
mod slug;
mod story;
mod swap;
mod template;
mod titles;
mod transparency;
mod typeface;
mod usage;
mod waves;
mod words;
mod workbook;

pub use accounts::{Accounts, ArticleRates};
pub use adoption::{Adoption, Questions};
pub use build::build;
pub use bundle::Bundle;
pub use chapter::Chapter;
pub use error::ReportError;
pub use funnels::{Funnels, Ways};
pub use people::People;
pub use story::{Formats, Story, Subject};
pub use template::Template;
pub use usage::{Usage, UsageTables};
