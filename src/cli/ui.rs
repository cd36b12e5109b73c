//! The two streams: data goes to standard output, all else to standard error.

use std::io::{self, Write};

use super::args::ColorArg;
use super::terminal;
use crate::table::Screen;

/// Where messages go, and how many.
pub(super) struct Ui {
    quiet: bool,
    verbose: bool,
    color: ColorArg,
}

#[expect(
    clippy::unused_self,
    reason = "all that is said goes through the Ui, so that one place decides where"
)]
impl Ui {
    pub(super) fn new(quiet: bool, verbose: bool, color: ColorArg) -> Self {
        Self { quiet, verbose, color }
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Data, to standard output.
    pub(super) fn data(&self, made: impl AsRef<[u8]>) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(made.as_ref())?;
        out.flush()
    }

    /// What tables on standard output are laid out for.
    pub(super) fn screen(&self) -> Screen {
        terminal::screen(self.color)
    }

    /// A table, to standard output, in colours where they are wanted.
    pub(super) fn show(&self, text: &str) -> io::Result<()> {
        if !terminal::has_colors(self.color) {
            return self.data(text);
        }
        let mut out = anstream::AutoStream::always(io::stdout().lock());
        out.write_all(terminal::painted(text).as_bytes())?;
        out.flush()
    }

    /// What was done, unless `--quiet`.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            self.stderr(text);
        }
    }

    /// A decision that was made, with `--verbose`.
    pub(super) fn explain(&self, text: &str) {
        if self.verbose {
            self.stderr(text);
        }
    }

    /// What went wrong, always.
    pub(super) fn error(&self, text: &str) {
        self.stderr(text);
    }

    fn stderr(&self, text: &str) {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}
