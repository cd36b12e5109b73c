//! Claims about the data → verdicts: supported, contradicted, not clear, not testable.
//!
//! In: the bytes of a claims file ([`Claims::parse`]) or of published rates ([`Rates`]), and as [`Evidence`] one tally of what they [need](Claims::needs).
//! Out: a [`Judgement`] ([`judge()`]), as text, JSON, Markdown or JUnit XML. Refuses a file with something wrong in it, with
//! line and column of every problem. Claims about published figures of platforms are held against a metrics file. What this data cannot answer is no error but a verdict: *not testable*, with the reason.
//!
//! One figure can also be taken apart, down to its rows ([`dissect`]).
//!
//! The grammar stands in `grammar.rs`, the statistics in `docs/METHODS.md`.

mod anatomy;
mod anatomy_text;
mod evidence;
mod file;
mod grammar;
mod json;
mod judge;
mod junit;
mod markdown;
mod needs;
mod persons;
mod published;
mod rates;
mod statement;
mod text;
mod token;
mod trial;
mod verdict;
pub(crate) mod words;

pub use anatomy::{Anatomy, dissect, figure};
pub use anatomy_text::explanation;
pub use evidence::Evidence;
pub use json::json;
pub use judge::{Grounds, judge};
pub use junit::junit;
pub use markdown::markdown;
pub use needs::Needs;
pub(crate) use persons::rest;
pub use persons::{Expansion, Headcounts, Populace, Rate, expand, persons_csv, persons_json, persons_text};
pub use published::{Amount, Finding, Metric, Published, Saying, Unanswered};
pub use rates::{Comparison, PublishedRate, Rates, Untold, Whose};
pub use statement::{Assertion, Claim, Claims, Figure, Of, Place, Side, Statement};
pub(crate) use text::lines;
pub use text::text;
pub use verdict::{Form, Judgement, LeftOut, Outcome, PValues, Reason, Shown, Test, Verdict};
