//! Claims: files that are none, verdicts against what R says, and the published claims on the sample.

mod bad;
mod by_hand;
mod explain;
mod golden;
mod persons;
mod program;
mod published;
mod rates;
mod report;
