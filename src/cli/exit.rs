//! How a run ends: the message, the hint and the exit code of every failure, decided in one place.

use std::fmt;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use super::args::ColorArg;
use super::ui::Ui;
#[cfg(feature = "spark")]
use crate::cluster::ClusterError;
use crate::codebook::gazetteer::CityError;
use crate::ingest::{ReadError, WORKBOOK_READER, source::SourceError};
use crate::measure::MeasureError;
use crate::report::ReportError;
use crate::store::StoreError;
use crate::tally::TallyError;

const DATA: u8 = 1;
const USAGE: u8 = 2;
const DAMAGED: u8 = 3;
const LOCKED: u8 = 4;
const IO: u8 = 5;
#[cfg(feature = "spark")]
const CANCELLED: u8 = 130;

/// A refusal that a command makes itself.
#[derive(Debug)]
pub(super) struct Refusal {
    code: u8,
    message: String,
    hint: Option<String>,
}

impl Refusal {
    /// Something in the data is not as it must be.
    pub(super) fn data(message: impl Into<String>) -> Self {
        Self { code: DATA, message: message.into(), hint: None }
    }

    /// The command line cannot be followed.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { code: USAGE, message: message.into(), hint: None }
    }

    /// What the user can do about it.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// Says what there is to say of the arguments themselves: help, the version, or that they cannot be followed.
pub(super) fn said(said: &clap::Error) -> ExitCode {
    match said.print() {
        Err(error) if !said.use_stderr() => code(Err(error.into()), &Ui::new(false, false, ColorArg::Never)),
        _ => ExitCode::from(said.exit_code() as u8),
    }
}

/// Says what went wrong, and gives the exit code.
pub(super) fn code(outcome: anyhow::Result<()>, ui: &Ui) -> ExitCode {
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    if is_broken_pipe(&error) {
        return ExitCode::SUCCESS;
    }
    ui.error(&format!("error: {error:#}"));
    let (code, hint) = judge(&error);
    if let Some(hint) = hint {
        ui.error(&format!("hint: {hint}"));
    }
    ExitCode::from(code)
}

/// Whether another command has changed the store under this one, which then begins again.
pub(super) fn is_overtaken(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(StoreError::Overtaken))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

fn judge(error: &anyhow::Error) -> (u8, Option<String>) {
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        return (refusal.code, refusal.hint.clone());
    }
    if let Some(error) = error.downcast_ref::<CityError>() {
        return (DATA, error.hint());
    }
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return (store_code(error), error.hint().map(str::to_owned));
    }
    if let Some(error) = error.downcast_ref::<ReportError>() {
        let code =
            if matches!(error, ReportError::Io { .. } | ReportError::Foreign { .. }) { IO } else { DATA };
        return (code, error.hint().map(str::to_owned));
    }
    if let Some(error) = error.downcast_ref::<MeasureError>() {
        return (USAGE, error.hint().map(str::to_owned));
    }
    if let Some(error) = error.downcast_ref::<TallyError>() {
        return (USAGE, error.hint());
    }
    #[cfg(feature = "spark")]
    if let Some(error) = error.downcast_ref::<ClusterError>() {
        return (cluster_code(error), error.hint().map(str::to_owned));
    }
    let io = error.is::<SourceError>()
        || error.is::<io::Error>()
        || matches!(error.downcast_ref(), Some(ReadError::Io { .. }));
    (if io { IO } else { DATA }, None)
}

/// Ends the process as Ctrl-C does, where something else listens for it.
#[cfg(feature = "spark")]
pub(super) fn cancelled() {
    std::process::exit(CANCELLED.into());
}

#[cfg(feature = "spark")]
fn cluster_code(error: &ClusterError) -> u8 {
    match error {
        ClusterError::Address { .. } | ClusterError::Token { .. } | ClusterError::OneByOne => USAGE,
        ClusterError::Cancelled { .. } => CANCELLED,
        ClusterError::TooMany
        | ClusterError::TooManyTogether
        | ClusterError::NoColumn
        | ClusterError::Changed => DATA,
        ClusterError::Closed { .. }
        | ClusterError::Silent { .. }
        | ClusterError::Certificate { .. }
        | ClusterError::NoPath
        | ClusterError::Malformed
        | ClusterError::Overdue { .. }
        | ClusterError::Lost { .. }
        | ClusterError::Refused { .. }
        | ClusterError::Answer { .. } => IO,
    }
}

fn store_code(error: &StoreError) -> u8 {
    match error {
        StoreError::Damaged { .. } | StoreError::TooNew { .. } => DAMAGED,
        StoreError::Locked { .. } | StoreError::Overtaken => LOCKED,
        StoreError::Taken { .. } | StoreError::Twice { .. } | StoreError::Empty { .. } => DATA,
        StoreError::WrongKey { .. } | StoreError::Key { .. } => USAGE,
        StoreError::Io { .. } => IO,
    }
}

/// A panic says where it happened and nothing of the data it happened on. That of a workbook's reader is said as a problem of
/// the file.
pub(super) fn install_panic_hook() {
    std::panic::set_hook(Box::new(|panic| {
        if std::thread::current().name() == Some(WORKBOOK_READER) {
            return;
        }
        let place = panic.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        Ui::new(false, false, ColorArg::Never)
            .error(&format!("wxstats has a fault{place}; please report it."));
    }));
}
