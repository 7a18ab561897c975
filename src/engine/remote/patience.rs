//! How long to wait before a server is asked again.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

use crate::engine::job::Cancel;
use crate::taste::chance::Chance;

/// The longest wait after the first failure; it doubles from there.
const FIRST: Duration = Duration::from_millis(500);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(30);
/// How often a wait looks at its cancel switch.
const LOOK: Duration = Duration::from_millis(20);

/// Waits between attempts: each up to twice as long as the one before, of a length drawn by chance, so that many who were
/// refused together do not come back together (exponential back-off with full jitter, Brooker 2015).
#[derive(Debug)]
pub(super) struct Patience {
    failures: u32,
    chance: Chance,
    until: Instant,
}

impl Patience {
    /// Patience that ends at that time.
    pub(super) fn until(until: Instant) -> Self {
        Self { failures: 0, chance: Chance::new(RandomState::new().hash_one(0)), until }
    }

    /// The time left.
    pub(super) fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    /// How often it was needed.
    pub(super) const fn failures(&self) -> u32 {
        self.failures
    }

    /// Waits as long as the server asks, else as long as comes next; false where the time is over, or it was cancelled.
    pub(super) fn wait(&mut self, asked: Option<Duration>, cancel: &Cancel) -> bool {
        let wait = self.next(asked);
        if wait >= self.left() {
            return false;
        }
        let end = Instant::now() + wait;
        while Instant::now() < end {
            if cancel.is_cancelled() {
                return false;
            }
            std::thread::sleep(LOOK.min(end.saturating_duration_since(Instant::now())));
        }
        true
    }

    /// The next wait. What the server asks for is the least; those it asks together still come apart.
    fn next(&mut self, asked: Option<Duration>) -> Duration {
        let longest = (FIRST * 2_u32.saturating_pow(self.failures.min(16))).min(LONGEST);
        self.failures += 1;
        let share = f64::from(self.chance.share());
        match asked {
            Some(asked) => asked + longest.min(FIRST).mul_f64(share),
            None => longest.mul_f64(share),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_a_bound_and_are_never_the_same_for_all() {
        let far = Instant::now() + Duration::from_secs(9999);
        let mut all: Vec<Patience> = (0..64).map(|_| Patience::until(far)).collect();
        for failure in 0..12_u32 {
            let waits: Vec<Duration> = all.iter_mut().map(|one| one.next(None)).collect();
            let longest = *waits.iter().max().unwrap();
            assert!(longest <= (FIRST * 2_u32.pow(failure)).min(LONGEST));
            assert!(waits.iter().min().unwrap() < &(longest / 2), "{waits:?}");
        }
        assert!(all[0].next(None) <= LONGEST);
    }

    #[test]
    fn what_the_server_asks_for_is_the_least_and_the_deadline_the_most() {
        let mut one = Patience::until(Instant::now() + Duration::from_millis(200));
        assert!(one.next(Some(Duration::from_secs(3))) >= Duration::from_secs(3));
        let clock = Instant::now();
        assert!(!one.wait(Some(Duration::from_secs(3)), &Cancel::default()));
        assert!(clock.elapsed() < Duration::from_millis(100), "a wait that cannot help is not begun");
    }
}
