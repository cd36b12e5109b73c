//! A progress bar on standard error, for reading that takes longer than a second.

use std::io::{self, IsTerminal, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A reader that shows how far it has come.
pub(super) struct Progress<R> {
    inner: R,
    bar: ProgressBar,
    started: Instant,
    shown: bool,
}

const PATIENCE: Duration = Duration::from_secs(1);

impl<R: Read> Progress<R> {
    /// Reads `inner`, of `total` bytes. Nothing is shown when `quiet`, off a terminal, or within a second.
    pub(super) fn new(inner: R, total: u64, name: &str, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} % {eta}") {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        Self { inner, bar, started: Instant::now(), shown: quiet || !io::stderr().is_terminal() }
    }
}

impl<R: Read> Read for Progress<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if !self.shown && self.started.elapsed() > PATIENCE {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Progress<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.inner.seek(to)?;
        self.bar.set_position(at);
        Ok(at)
    }
}

impl<R> Drop for Progress<R> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A bar of the tasks of a cluster.
#[cfg(feature = "spark")]
pub(super) struct Tasks {
    bar: ProgressBar,
    started: Instant,
    is_quiet: bool,
}

#[cfg(feature = "spark")]
impl Tasks {
    /// Nothing is shown when `quiet`, off a terminal, or within a second.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("cluster {wide_bar} {pos}/{len} tasks") {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now(), is_quiet: quiet || !io::stderr().is_terminal() }
    }

    /// So many of the tasks that are known so far are done.
    pub(super) fn show(&self, done: u64, total: u64) {
        if !self.is_quiet && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

#[cfg(feature = "spark")]
impl Drop for Tasks {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
