//! Estimates against R, and the algebra they must obey.

mod algebra;
mod golden;
mod intervals;
mod letters;
pub(crate) mod naive;
mod rao_scott;
