//! Dataset → [`Cells`]: one scan over the respondents.
//!
//! In: parts (waves of a dataset, from memory or from the store) and a [`Plan`] that says by what to sum. Out: a
//! [`Tally`]: the cells, and the keys behind their codes. Refuses a plan that names what no part has, and parts that
//! cannot be summed together (one weighted or clustered, one not).

mod accumulate;
mod cells;
mod elsewhere;
mod error;
mod gather;
mod grid;
mod key;
mod lane;
mod linked;
mod local;
mod plan;
mod rows;
mod sheet;
mod together;
mod units;
mod variable;

pub use crate::codebook::levels::WAVE;
pub use cells::{Cells, ClassSums, Group, StratumSize};
pub use error::TallyError;
pub use grid::{Grid, Sums};
pub use local::{tally, tally_apart};
pub use plan::{Panel, PanelLinks, Plan, Tally, items};
pub use variable::{Question, Reply, Variable};
