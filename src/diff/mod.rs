//! What changed between two waves of a survey, or between two bundles, and which changes are more than noise.
//!
//! In: the tables of two waves from one tally ([`of_waves`]), so that people who are in both are accounted for; or what two
//! bundles hold ([`BundleData`], [`of_bundles`]), as independent samples. Out: a [`Diff`], as text, JSON or Markdown. Refuses
//! what is no bundle of ours. Bundles that may not be tested against each other are listed, with the reason.

mod bundle_data;
mod bundles;
mod change;
mod files;
mod json;
mod markdown;
mod sheet;
mod text;
mod waves;
mod words;

pub use bundle_data::{BundleData, NotABundle};
pub use bundles::of_bundles;
pub use change::{Change, Diff, Kind, Side, Tested, Untested};
pub use files::{FileChange, Input};
pub use json::json;
pub use markdown::markdown;
pub use text::text;
pub use waves::of_waves;
