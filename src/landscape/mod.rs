//! Published figures of platforms → the landscape: side by side, with growth and sources.
//!
//! In: the bytes of a metrics file (platform × metric × period × value × unit × scope × source). Out: a [`Landscape`], and
//! it as text, CSV, JSON and Markdown; charts and pages are made above. Refuses what would have to be guessed at
//! ([`Metrics::parse`] lists all of it). A figure is never averaged with another, and none stands without its source
//! or the words that there is none.

mod chapter;
mod csv;
mod family;
mod figure;
mod file;
mod json;
mod lines;
mod markdown;
mod period;
mod sheet;
mod text;
mod vocabulary;

pub use chapter::Chapter;
pub use csv::csv;
pub use family::Family;
pub use figure::{Metrics, Pace, Series, Stated, StatedGrowth};
pub use json::json;
pub use lines::{Cited, Growth, Landscape, Line};
pub use markdown::markdown;
pub use period::{NotAPeriod, Period};
pub use sheet::{Sheet, Sheets, bare_figure, figure, measure, notes, platform, rate, sheets, sources};
pub use text::text;
pub(crate) use vocabulary::{PERCENT, metric_key, platform_key, scope_key};
