//! The command line: arguments become settings, a command runs, its outcome becomes an exit code.
//!
//! This is the only room that knows clap, the environment and the terminal. Commands do not call commands.

mod accounts;
mod args;
mod banners;
mod check;
mod claims;
mod codebook;
mod completions;
mod diff;
mod evidence;
mod exit;
mod explain;
mod figures;
mod funnel;
mod ingest;
mod init;
mod input;
mod man;
mod metrics;
mod nets;
mod output;
mod persons;
mod progress;
mod project;
mod rates;
mod report;
mod retention;
mod sample;
mod shelf;
mod store;
mod survey;
mod table;
mod terminal;
mod transaction;
mod ui;
mod weight;
mod weighting;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use ui::Ui;

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    exit::install_panic_hook();
    #[cfg(feature = "broken-commits")]
    if let Ok(way) = std::env::var("WXSTATS_BROKEN_COMMITS") {
        crate::store::break_commits(&way);
    }
    completions::answer();
    let args = Args::parse();
    let ui = Ui::new(args.global.quiet, args.global.verbose, args.global.color);
    let outcome = match &args.command {
        Command::Ingest(command) => ingest::run(command, &args.global, &ui),
        Command::Check(command) => check::run(command, &args.global, &ui),
        Command::Codebook(command) => codebook::run(command, &ui),
        Command::Store(command) => store::run(command, &args.global, &ui),
        Command::Table(command) => table::run(command, &args.global, &ui),
        Command::Claims(command) => claims::run(command, &args.global, &ui),
        Command::Diff(command) => diff::run(command, &args.global, &ui),
        Command::Explain(command) => explain::run(command, &args.global, &ui),
        Command::Persons(command) => persons::run(command, &args.global, &ui),
        Command::Weight(command) => weight::run(command, &args.global, &ui),
        Command::Funnel(command) => funnel::run(command, &args.global, &ui),
        Command::Metrics(command) => metrics::run(command, &args.global, &ui),
        Command::Accounts(command) => accounts::run(command, &args.global, &ui),
        Command::Retention(command) => retention::run(command, &args.global, &ui),
        Command::Report(command) => report::run(command, &args.global, &ui),
        Command::Init(command) => init::run(command, &ui),
        Command::Completions(command) => completions::run(command, &ui),
        Command::Man(command) => man::run(command, &ui),
    };
    exit::code(outcome, &ui)
}

/// The command-line definition, for the generated reference.
#[must_use]
pub fn definition() -> clap::Command {
    <Args as clap::CommandFactory>::command()
}
