//! Estimates against R, and the algebra they must obey.

mod algebra;
mod golden;
mod naive;
