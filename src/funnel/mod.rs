//! A table of a funnel's figures → the [`Funnel`]: stage by stage, how many get there, how many go on, and how long it takes.
//!
//! In: which figures a funnel is made of ([`entries`]), and a [`Table`](crate::table::Table) of them. Out: the funnel, as text here, as charts and
//! pages above. It computes no statistic: conversions are the rates of the table, with their intervals and marks.

mod read;
mod sheet;
mod text;

pub use sheet::{Sheet, marks, notes, sheet};
pub use text::text;

use crate::codebook::{Entry, Kind, Quantity, Stages};
use crate::ingest;
use crate::table::{Figure, Label, Mark};

/// The ways of several groups through the same stages.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The dimensions that tell the groups apart.
    pub by: Vec<Label>,
    /// In display order.
    pub groups: Vec<Group>,
    /// Confidence level of all intervals, a fraction.
    pub level: f64,
}

/// The ways of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// A level for each of [`Funnel::by`].
    pub by: Vec<Label>,
    /// Everybody, that is those who reached the first stage.
    pub n: u64,
    /// From the first stage to the last.
    pub steps: Vec<Step>,
    /// What undoes the last stage.
    pub returns: Option<Step>,
}

/// One stage of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The stage.
    pub stage: Label,
    /// How many reached it; `None` in a published table.
    pub reached: Option<u64>,
    /// The share of everybody that reached it; of the first stage all, by what a way is; `None` of a return.
    pub of_all: Option<Share>,
    /// The share of those at the stage before; `None` of the first stage.
    pub of_before: Option<Share>,
    /// How long it took from the stage before; `None` where no times are known.
    pub wait: Option<Wait>,
}

/// A share, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// `None` when withheld or not estimable.
    pub figure: Option<Figure>,
    /// Why it is missing or to be used with care.
    pub mark: Option<Mark>,
}

/// The median time from the stage before, of those whose times at both are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wait {
    /// In seconds.
    pub median: Share,
    /// Of how many.
    pub n: u64,
    /// How many reached the stage at a time that is not known, or before the stage before it; `None` in a published table.
    pub unknown: Option<u64>,
}

/// The figures that a funnel is made of.
#[must_use]
pub fn entries(funnel: &ingest::Funnel) -> Vec<Entry> {
    let stages = &funnel.stages;
    let has_times = matches!(funnel.of, ingest::FunnelOf::Events { .. });
    let reached = |stage: &str| Quantity::from(Stages::reached(stage));
    let wait = |stage: &str| Quantity { item: Stages::wait(stage), kind: Kind::Median };
    // All reached the first stage, so that of the second the share of those before is that of all.
    let mut entries: Vec<Quantity> = stages.order().iter().skip(1).map(|stage| reached(stage)).collect();
    for [before, stage] in stages.order().array_windows().skip(1) {
        let per = Kind::Per(Stages::reached(before));
        entries.push(Quantity { item: Stages::reached(stage), kind: per });
    }
    entries.extend(stages.returns().map(reached));
    if has_times {
        entries.extend(stages.all().skip(1).map(wait));
    }
    entries.into_iter().map(Entry::Quantity).collect()
}
