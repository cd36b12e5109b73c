//! The two streams: data goes to standard output, all else to standard error.

use std::io::{self, Write};

/// Where messages go, and how many.
pub(super) struct Ui {
    quiet: bool,
    verbose: bool,
}

#[expect(
    clippy::unused_self,
    reason = "all that is said goes through the Ui, so that one place decides where"
)]
impl Ui {
    pub(super) fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose }
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Data, to standard output.
    pub(super) fn data(&self, text: &str) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
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
