//! Tables as people read them, and as they are published.

mod by_hand;
mod crosstab;
mod golden;
mod publish;
