//! The `wxstats` binary: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    wxstats::cli::main()
}
