//! What the columns of a survey mean: items, answers, levels, and their names in English and Chinese.
//!
//! In: the text of a header, a cell or a command-line option. Out: the canonical noun behind it
//! ([`Item`], [`Answer`], [`City`]) or an error that lists what would have been accepted.
//! Nothing here reads a file; the gazetteer and the names are compiled in.

mod amount;
pub mod answer;
mod bands;
pub mod filter;
pub mod gazetteer;
pub mod item;
pub mod levels;
pub mod names;
mod nations;
mod platform;
pub mod project;
mod quantity;
mod stages;
mod text;
pub mod vocabulary;

pub use amount::{NotAnAmount, amount};
pub use answer::Answer;
pub use bands::Bands;
pub use filter::Filter;
pub use gazetteer::City;
pub use item::Item;
pub use names::{Lang, Name, Names};
pub use platform::{Platform, UnknownPlatform};
pub use quantity::{Base, Entry, Kind, NotAnEntry, Quantity, Set};
pub use stages::{NotStages, Stages};
pub use text::{capital, clean, is_invisible};
