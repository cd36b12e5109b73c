//! Work on pieces by several threads, whose results come back in the order of the pieces.
//!
//! In: pieces, one by one, and what is to be made of each. Out: what was made, in their order, on the thread that asked; the
//! pieces are made there too, while the other threads work. So the result does not depend on how many threads there are,
//! and no more than a few pieces are under way at any time. With one thread, or one piece, no other is started.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

/// Whether more pieces are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    On,
    Stop,
}

/// A piece, and where to put what is made of it.
type Job<P, M> = (P, SyncSender<M>);

/// Hands what `make` makes of each piece that `next` gives to `take`, in order, until there are no more or `take` stops.
///
/// # Errors
/// Those of `next` and of `take`.
pub(super) fn in_order<P: Send, M: Send, E>(
    threads: usize,
    mut next: impl FnMut() -> Result<Option<P>, E>,
    make: impl Fn(P) -> M + Sync,
    mut take: impl FnMut(M) -> Result<Go, E>,
) -> Result<(), E> {
    let mut ahead = next()?;
    if threads < 2 {
        while let Some(piece) = ahead {
            if take(make(piece))? == Go::Stop {
                return Ok(());
            }
            ahead = next()?;
        }
        return Ok(());
    }
    let (jobs, waiting) = channel::<Job<P, M>>();
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        // Moved in, so that the threads end when this closure does, however that is.
        let jobs = jobs;
        let mut started = 0;
        let mut made: VecDeque<Receiver<M>> = VecDeque::new();
        loop {
            while made.len() < 2 * threads
                && let Some(piece) = ahead.take()
            {
                ahead = next()?;
                if ahead.is_none() && made.is_empty() {
                    return take(make(piece)).map(|_| ());
                }
                if started < threads {
                    scope.spawn(|| work(&waiting, &make));
                    started += 1;
                }
                let (put, get) = sync_channel(1);
                made.push_back(get);
                if jobs.send((piece, put)).is_err() {
                    return Ok(());
                }
            }
            // A sender that is gone belongs to a thread that panicked, and so will the scope.
            let Some(Ok(done)) = made.pop_front().map(|get| get.recv()) else { return Ok(()) };
            if take(done)? == Go::Stop {
                return Ok(());
            }
        }
    })
}

/// Makes what there is to make, until nothing more can come.
fn work<P, M>(waiting: &Mutex<Receiver<Job<P, M>>>, make: &impl Fn(P) -> M) {
    loop {
        let job = match waiting.lock() {
            Ok(waiting) => waiting.recv(),
            Err(_) => return,
        };
        let Ok((piece, put)) = job else { return };
        // Nobody may want it any more.
        let _ = put.send(make(piece));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, pieces: u32, stop_at: u32) -> (Vec<u32>, Result<(), &'static str>) {
        let (mut given, mut taken) = (0..pieces, Vec::new());
        let done = in_order(
            threads,
            || Ok(given.next()),
            |piece| {
                // Later pieces are done sooner.
                thread::sleep(std::time::Duration::from_micros(u64::from(100 - piece)));
                piece * piece
            },
            |square| {
                taken.push(square);
                Ok(if square >= stop_at { Go::Stop } else { Go::On })
            },
        );
        (taken, done)
    }

    #[test]
    fn what_is_made_comes_in_the_order_of_the_pieces() {
        let all: Vec<u32> = (0..100).map(|piece| piece * piece).collect();
        for threads in [1, 2, 8] {
            assert_eq!(squares(threads, 100, u32::MAX), (all.clone(), Ok(())));
            assert_eq!(squares(threads, 1, u32::MAX), (vec![0], Ok(())));
            assert_eq!(squares(threads, 0, u32::MAX), (Vec::new(), Ok(())));
            assert_eq!(squares(threads, 100, 25), (vec![0, 1, 4, 9, 16, 25], Ok(())));
        }
    }

    #[test]
    fn errors_end_it() {
        for threads in [1, 3] {
            let mut pieces = 0..10;
            let next = || pieces.next().map_or(Err("no more"), |piece| Ok(Some(piece)));
            assert_eq!(in_order(threads, next, |piece| piece, |_| Ok(Go::On)), Err("no more"));
            let mut pieces = 0..10;
            let full = in_order(threads, || Ok(pieces.next()), |piece| piece, |_| Err("full"));
            assert_eq!(full, Err("full"));
        }
    }
}
