//! What a survey gets beside its columns when it is looked at: the region and tier of its cities, the codebook's derived
//! dimensions and nets ([`derive`](fn@derive)), and who is in the domain of a filter ([`Within`]); and what the periods of a log say together
//! ([`usage`]).
//!
//! In: parts, from memory or from the store, what the codebook says of their dataset, and a filter. Out: parts of the same
//! respondents with further dimensions and items, made batch by batch, so that a changed codebook needs no new ingest.
//! Refuses what cannot be made of the data that is there, with its place in the codebook ([`ProjectProblems`]) or in the
//! filter ([`FilterError`]).
//!
//! [`ProjectProblems`]: crate::codebook::project::ProjectProblems
//! [`FilterError`]: crate::codebook::filter::FilterError

mod column;
mod condition;
mod derived;
mod net;
mod recipe;
mod resolve;
pub mod usage;
mod within;

pub use derived::{Derived, derive};
pub use resolve::resolve;
pub use within::{DOMAIN, IN, Within, may_hold};
