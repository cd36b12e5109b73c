//! [`Session`]: questions to a cluster, each answered, refused, stopped by the user or overdue.
//!
//! A query only reads, so a server that goes away is asked once more, in a new session, when it is back.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};

use super::ClusterError;
use super::answer::Answer;
use super::dialog::{Dialog, Source};
use super::interrupt::Interrupt;

/// How long things may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// All questions together.
    pub deadline: Duration,
    /// The first sign of life.
    pub patience: Duration,
    /// The server's coming back, once it is gone.
    pub absence: Duration,
}

impl Limits {
    /// How long a server is given to stop what it does.
    const STOPPING: Duration = Duration::from_secs(5);

    /// The usual ones, but for the time that all questions may take.
    #[must_use]
    pub fn within(deadline: Duration) -> Self {
        Self { deadline, patience: Duration::from_secs(20), absence: Duration::from_mins(1) }
    }
}

/// A cluster that is asked.
pub struct Session {
    address: String,
    limits: Limits,
    until: Instant,
    runtime: Runtime,
    state: Mutex<State>,
    interrupt: Interrupt,
    progress: Box<dyn Fn(u64, u64) + Send + Sync>,
}

/// What is known of the server.
struct State {
    dialog: Dialog,
    /// Views, to be made again in a new session.
    views: Vec<(String, Source)>,
    was_lost: bool,
}

/// How waiting ended.
enum Ended<T> {
    Done(T),
    Stopped,
    Overdue,
}

impl Session {
    /// Asks the server at an address whether it is there. `progress` hears of tasks done and tasks known of every query; Ctrl-C stops
    /// what is asked, and calls `interrupted` where nothing is.
    ///
    /// # Errors
    /// [`ClusterError`].
    pub fn open(
        address: &str,
        limits: Limits,
        progress: impl Fn(u64, u64) + Send + Sync + 'static,
        interrupted: fn(),
    ) -> Result<Self, ClusterError> {
        let broken = |_| ClusterError::Answer { what: "this machine gives no threads or sockets" };
        let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
        let dialog = runtime.block_on(Dialog::new(address))?;
        let session = Self {
            address: address.to_owned(),
            limits,
            until: Instant::now() + limits.deadline,
            runtime,
            state: Mutex::new(State { dialog, views: Vec::new(), was_lost: false }),
            interrupt: Interrupt::listen(interrupted),
            progress: Box::new(progress),
        };
        let state = session.state();
        let endpoint = state.dialog.endpoint().to_owned();
        let patience = limits.patience.min(limits.deadline);
        session.runtime.block_on(async {
            match session.waited(patience, state.dialog.begin()).await {
                Ended::Done(Err(ClusterError::Lost { .. })) | Ended::Overdue => {
                    Err(ClusterError::Silent { endpoint })
                }
                Ended::Done(begun) => begun,
                Ended::Stopped => Err(ClusterError::Cancelled { stopped: true }),
            }
        })?;
        drop(state);
        Ok(session)
    }

    /// Gives a name to the rows of a source.
    pub(super) fn view(&self, name: &str, source: Source) -> Result<(), ClusterError> {
        let mut state = self.state();
        self.ask(&mut state, &async |dialog: &Dialog| dialog.view(name, &source).await)?;
        state.views.push((name.to_owned(), source));
        Ok(())
    }

    /// The rows of a query.
    pub(super) fn query(&self, sql: &str) -> Result<Answer, ClusterError> {
        self.ask(&mut self.state(), &async |dialog: &Dialog| dialog.query(sql, &*self.progress).await)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks, and once more if the server went away.
    fn ask<T>(
        &self,
        state: &mut State,
        question: &impl AsyncFn(&Dialog) -> Result<T, ClusterError>,
    ) -> Result<T, ClusterError> {
        self.runtime.block_on(async {
            let first = self.answered(&state.dialog, question(&state.dialog)).await;
            match first {
                Err(loss) if loss.is_loss() && !state.was_lost => {
                    state.was_lost = true;
                    state.dialog = Box::pin(self.again(&state.views)).await?;
                    let endpoint = state.dialog.endpoint().to_owned();
                    let second = self.answered(&state.dialog, question(&state.dialog)).await;
                    second.map_err(
                        |error| if error.is_loss() { ClusterError::Lost { endpoint } } else { error },
                    )
                }
                first => first,
            }
        })
    }

    /// What a question comes to, within the time that is left.
    async fn answered<T>(
        &self,
        dialog: &Dialog,
        question: impl Future<Output = Result<T, ClusterError>>,
    ) -> Result<T, ClusterError> {
        let left = self.until.saturating_duration_since(Instant::now());
        let ended = self.waited(left, question).await;
        let stop = || async { timeout(Limits::STOPPING, dialog.stop()).await.unwrap_or_default() };
        match ended {
            Ended::Done(answer) => answer,
            Ended::Stopped => Err(ClusterError::Cancelled { stopped: stop().await }),
            Ended::Overdue => {
                Err(ClusterError::Overdue { seconds: self.limits.deadline.as_secs(), stopped: stop().await })
            }
        }
    }

    /// Waits for something, for Ctrl-C, and no longer than a time.
    async fn waited<T>(&self, most: Duration, something: impl Future<Output = T>) -> Ended<T> {
        match self.interrupt.or(timeout(most, something)).await {
            Some(Ok(done)) => Ended::Done(done),
            Some(Err(_)) => Ended::Overdue,
            None => Ended::Stopped,
        }
    }

    /// A new session, as soon as the server is back.
    async fn again(&self, views: &[(String, Source)]) -> Result<Dialog, ClusterError> {
        const PAUSE: Duration = Duration::from_secs(2);
        let since = Instant::now();
        loop {
            let dialog = Dialog::new(&self.address).await?;
            let begun = self.answered(&dialog, async {
                dialog.begin().await?;
                for (name, source) in views {
                    dialog.view(name, source).await?;
                }
                Ok(())
            });
            match Box::pin(begun).await {
                Ok(()) => return Ok(dialog),
                Err(loss) if loss.is_loss() && since.elapsed() < self.limits.absence => sleep(PAUSE).await,
                Err(loss) if loss.is_loss() => {
                    return Err(ClusterError::Lost { endpoint: dialog.endpoint().to_owned() });
                }
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn opened(port: u16, limits: Limits) -> Result<(), ClusterError> {
        Session::open(&format!("sc://127.0.0.1:{port}"), limits, |_, _| {}, || {}).map(|_| ())
    }

    #[test]
    fn a_closed_port_is_said_within_five_seconds() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let since = Instant::now();
        let error = opened(port, Limits::within(Duration::from_mins(1))).unwrap_err();
        assert_eq!(error, ClusterError::Closed { endpoint: format!("127.0.0.1:{port}") });
        assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    }

    #[test]
    fn a_listener_that_never_answers_is_given_up() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let limits = Limits { patience: Duration::from_secs(1), ..Limits::within(Duration::from_mins(1)) };
        let since = Instant::now();
        let error = opened(port, limits).unwrap_err();
        assert_eq!(error, ClusterError::Silent { endpoint: format!("127.0.0.1:{port}") });
        assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    }

    #[test]
    fn an_address_is_looked_at_before_anybody_is_asked() {
        for address in
            ["spark://127.0.0.1:7077", "sc://127.0.0.1:15002/path", "sc://example.invalid:1/;token=secret"]
        {
            let error = Session::open(address, Limits::within(Duration::from_secs(5)), |_, _| {}, || {})
                .map(|_| ())
                .unwrap_err();
            assert!(matches!(error, ClusterError::Address { .. }), "{address}: {error:?}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
