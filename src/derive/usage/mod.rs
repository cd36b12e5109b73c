//! What the periods of a usage log say together: when every user came, when they were active, what they had done by then.
//!
//! In: the parts of one log, cut into periods of one length. Out: [`Histories`], and from them surveys of users like any
//! other: [`Cohorts`] (one row per user, with the period they joined in) and [`SoFar`] (a wave per period, of all users up to it).
//! Refuses what is no log, or not cut into at least two periods ([`NotALog`]).

mod cohorts;
mod coverage;
mod histories;
mod so_far;

pub use cohorts::{COHORT, Cohorts, in_cohort, pooled};
pub use coverage::{Coverage, Covered, NotALog, Unseen};
pub use histories::Histories;
pub use so_far::SoFar;
