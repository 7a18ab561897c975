//! How many answers are asked for at once: whoever came first goes first.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crate::engine::job::Cancel;

/// How often one that waits looks at its cancel switch.
const LOOK: Duration = Duration::from_millis(20);

/// So many may be out at once.
#[derive(Debug)]
pub(super) struct Permits {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    free: usize,
    next: u64,
    waiting: VecDeque<u64>,
}

/// One that is out; it comes back when this is dropped.
#[derive(Debug)]
pub(super) struct Permit<'a>(&'a Permits);

impl Permits {
    pub(super) fn new(count: usize) -> Self {
        let state = State { free: count.max(1), next: 0, waiting: VecDeque::new() };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Waits for one; `None` where the wait was cancelled.
    pub(super) fn take(&self, cancel: &Cancel) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let ticket = state.next;
        state.next += 1;
        state.waiting.push_back(ticket);
        loop {
            if cancel.is_cancelled() {
                state.waiting.retain(|&other| other != ticket);
                drop(state);
                self.changed.notify_all();
                return None;
            }
            if state.free > 0 && state.waiting.front() == Some(&ticket) {
                state.waiting.pop_front();
                state.free -= 1;
                drop(state);
                self.changed.notify_all();
                return Some(Permit(self));
            }
            state = self.changed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner).free += 1;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn never_more_are_out_than_there_are() {
        let permits = Arc::new(Permits::new(3));
        let (out, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let threads: Vec<_> = (0..20)
            .map(|_| {
                let (permits, out, most) = (Arc::clone(&permits), Arc::clone(&out), Arc::clone(&most));
                std::thread::spawn(move || {
                    let _permit = permits.take(&Cancel::default()).unwrap();
                    most.fetch_max(out.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(2));
                    out.fetch_sub(1, Ordering::SeqCst);
                })
            })
            .collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(most.load(Ordering::SeqCst), 3);
    }

    #[test]
    fn a_cancelled_wait_ends_and_lets_others_pass() {
        let permits = Permits::new(1);
        let held = permits.take(&Cancel::default()).unwrap();
        let cancel = Cancel::default();
        cancel.cancel();
        assert!(permits.take(&cancel).is_none());
        drop(held);
        assert!(permits.take(&Cancel::default()).is_some());
    }
}
