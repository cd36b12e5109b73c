//! Ctrl-C: while a cluster is waited for it ends the waiting; at any other time it does what the owner of the session says.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tokio::runtime::Builder;
use tokio::sync::Notify;

/// Who hears Ctrl-C.
#[derive(Clone, Default)]
pub(super) struct Interrupt {
    is_waited: Arc<AtomicBool>,
    heard: Arc<Notify>,
}

impl Interrupt {
    /// Listens for as long as the process lives; `otherwise` is called when nobody waits.
    pub(super) fn listen(otherwise: fn()) -> Self {
        let interrupt = Self::default();
        let own = interrupt.clone();
        // Without a thread or a signal, Ctrl-C ends the process as ever.
        let _ = thread::Builder::new().name("interrupt".to_owned()).spawn(move || {
            let Ok(runtime) = Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                while tokio::signal::ctrl_c().await.is_ok() {
                    if own.is_waited.load(Ordering::SeqCst) { own.heard.notify_one() } else { otherwise() }
                }
            });
        });
        interrupt
    }

    /// What comes of something, or `None` when Ctrl-C was heard before.
    pub(super) async fn or<T>(&self, something: impl Future<Output = T>) -> Option<T> {
        self.is_waited.store(true, Ordering::SeqCst);
        let ended = tokio::select! {
            biased;
            done = something => Some(done),
            () = self.heard.notified() => None,
        };
        self.is_waited.store(false, Ordering::SeqCst);
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heard_ends_the_waiting() {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let interrupt = Interrupt::default();
        assert_eq!(runtime.block_on(interrupt.or(async { 7 })), Some(7));
        interrupt.heard.notify_one();
        assert_eq!(runtime.block_on(interrupt.or(std::future::pending::<u8>())), None);
        assert!(!interrupt.is_waited.load(Ordering::SeqCst));
    }
}
