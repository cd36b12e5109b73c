//! Numbers and columns → text that people read, the same wherever it stands: tables, charts, pages, diagnoses.
//!
//! In: numbers, and a language where it matters. Out: strings. Figures are rounded half away from zero, after adding 1e-9
//! to the magnitude so that 0.285, which no double holds, reads 29 of 100.

mod columns;
mod count;
mod duration;
mod json;
mod magnitude;
mod number;
mod wrap;

pub(crate) use self::json::json;
pub(crate) use columns::columns;
pub(crate) use count::{Counts, count, count_range, counted};
pub(crate) use duration::duration;
pub(crate) use magnitude::{magnitude, rounded};
pub(crate) use number::{MINUS, decimal, fixed, grouped};
pub(crate) use wrap::wrap;
