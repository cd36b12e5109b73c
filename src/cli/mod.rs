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
#[cfg(feature = "spark")]
mod engine;
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
mod piped;
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
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(said) => return exit::said(&said),
    };
    let ui = Ui::new(args.global.quiet, args.global.verbose, args.global.color);
    // A command says what it found when it has read all of it, so until then it can begin again.
    let outcome = loop {
        match run(&args, &ui) {
            Err(error) if exit::is_overtaken(&error) => ui.explain("the store was changed; it is read again"),
            outcome => break outcome,
        }
    };
    exit::code(outcome, &ui)
}

fn run(args: &Args, ui: &Ui) -> anyhow::Result<()> {
    match &args.command {
        Command::Ingest(command) => ingest::run(command, &args.global, ui),
        Command::Check(command) => check::run(command, &args.global, ui),
        Command::Codebook(command) => codebook::run(command, ui),
        Command::Store(command) => store::run(command, &args.global, ui),
        Command::Table(command) => table::run(command, &args.global, ui),
        Command::Claims(command) => claims::run(command, &args.global, ui),
        Command::Diff(command) => diff::run(command, &args.global, ui),
        Command::Explain(command) => explain::run(command, &args.global, ui),
        Command::Persons(command) => persons::run(command, &args.global, ui),
        Command::Weight(command) => weight::run(command, &args.global, ui),
        Command::Funnel(command) => funnel::run(command, &args.global, ui),
        Command::Metrics(command) => metrics::run(command, &args.global, ui),
        Command::Accounts(command) => accounts::run(command, &args.global, ui),
        Command::Retention(command) => retention::run(command, &args.global, ui),
        Command::Report(command) => report::run(command, &args.global, ui),
        Command::Init(command) => init::run(command, ui),
        Command::Completions(command) => completions::run(command, ui),
        Command::Man(command) => man::run(command, ui),
    }
}

/// The command-line definition, for the generated reference.
#[must_use]
pub fn definition() -> clap::Command {
    <Args as clap::CommandFactory>::command()
}
