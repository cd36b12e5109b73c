//! The one integration binary: each module tests a room, or the whole house.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts_program;
mod article_exports;
mod articles_program;
mod attacker;
mod calibrate;
mod canaries;
mod chapters_program;
mod chart;
mod claims;
mod codebook_program;
mod crowd;
mod derive;
mod desk;
mod determinism;
mod diff;
mod elsewhere;
mod estimate;
mod facts;
mod faults;
mod filter;
mod funnel_program;
mod gazetteer;
mod golden_program;
mod groups_program;
mod ingest;
mod init;
mod injection;
mod layers;
mod long;
mod made;
mod measures;
mod metrics;
mod platforms;
mod program;
mod project;
mod readme;
mod reference;
mod report;
mod report_program;
mod report_template;
mod retention_program;
mod sample;
mod store;
mod store_program;
#[cfg(target_os = "linux")]
mod surroundings;
mod table;
mod tally;
mod terminal;
mod usage_program;
mod weighting;
mod workbook;
