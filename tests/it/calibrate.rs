//! Calibrated weights and lonely PSUs against R, and what must hold of them on every design.

mod algebra;
mod errors;
mod golden;
mod naive;
