//! How many threads to compute with, by what the machine is doing.
//!
//! llama.cpp's workers spin at barriers: one that is not running stalls all the others. Two threads on two cores
//! of which one is busy decode at 5 tokens a second, one thread at 35. So threads are given up as soon as the
//! machine takes processor time away from them, and taken back when cores stand idle.

use std::time::{Duration, Instant};

/// How long one judgement looks at.
const WINDOW: Duration = Duration::from_millis(120);
/// The share of a thread's time that may be missing before a thread is given up.
const STARVED: f64 = 0.15;
/// How long to stay after giving up a thread before asking for it back; doubled each time it has to be given up again.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a step of computing took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Time on the clock.
    pub(super) wall: Duration,
    /// Processor time of the whole process.
    pub(super) cpu: Duration,
}

/// Decides on the number of threads.
#[derive(Debug)]
pub(super) struct Threads {
    now: usize,
    most: usize,
    fixed: bool,
    seen: Option<Step>,
    patience: Duration,
    settled: Instant,
}

impl Threads {
    /// `wanted` threads for good, or as many as the machine has to spare.
    pub(super) fn new(wanted: Option<usize>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        // Past 16, decoding one model is bound by memory and more threads only wait for each other.
        let most = cores.min(16);
        let now = wanted.unwrap_or_else(|| most.saturating_sub(others_running()).max(1));
        Self { now, most, fixed: wanted.is_some(), seen: None, patience: PATIENCE, settled: Instant::now() }
    }

    pub(super) fn current(&self) -> usize {
        self.now
    }

    /// Looks at a step and answers the number of threads to go on with, where that changes.
    pub(super) fn judge(&mut self, step: Step, at: Instant) -> Option<usize> {
        if self.fixed {
            return None;
        }
        let sum = match self.seen.take() {
            None => step,
            Some(seen) => Step { wall: seen.wall + step.wall, cpu: seen.cpu + step.cpu },
        };
        if sum.wall < WINDOW {
            self.seen = Some(sum);
            return None;
        }
        let due = sum.wall.as_secs_f64() * threads(self.now);
        let missing = 1.0 - sum.cpu.as_secs_f64() / due;
        if missing > STARVED && self.now > 1 {
            self.now -= 1;
            self.patience = (self.patience * 2).min(PATIENCE * 16);
            self.settled = at;
            return Some(self.now);
        }
        if self.now < self.most && at.duration_since(self.settled) > self.patience {
            self.settled = at;
            if others_running() + self.now < self.most {
                self.now += 1;
                return Some(self.now);
            }
        }
        None
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of threads")]
fn threads(count: usize) -> f64 {
    count as f64
}

/// How many tasks besides this process are running or waiting for a core right now; 0 where the system does not say.
fn others_running() -> usize {
    let running = |path: &str, pick: fn(&str) -> Option<usize>| {
        std::fs::read_to_string(path).ok().and_then(|text| pick(&text)).unwrap_or(0)
    };
    let all = running("/proc/loadavg", |text| text.split_whitespace().nth(3)?.split('/').next()?.parse().ok());
    // The reader itself is running while it reads.
    all.saturating_sub(1)
}

/// Processor time this process has used so far.
pub(super) fn cpu_time() -> Duration {
    #[cfg(unix)]
    {
        let spent = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or(0))
    }
    #[cfg(not(unix))]
    {
        Duration::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adaptive(now: usize, most: usize) -> Threads {
        Threads { now, most, fixed: false, seen: None, patience: PATIENCE, settled: Instant::now() }
    }

    fn step(wall_ms: u64, cpu_ms: u64) -> Step {
        Step { wall: Duration::from_millis(wall_ms), cpu: Duration::from_millis(cpu_ms) }
    }

    #[test]
    fn a_thread_that_gets_no_processor_is_given_up() {
        let mut threads = adaptive(2, 2);
        assert_eq!(threads.judge(step(200, 250), Instant::now()), Some(1));
    }

    #[test]
    fn threads_that_run_are_kept() {
        let mut threads = adaptive(2, 2);
        assert_eq!(threads.judge(step(200, 396), Instant::now()), None);
        assert_eq!(threads.current(), 2);
    }

    #[test]
    fn a_short_look_decides_nothing() {
        assert_eq!(adaptive(2, 2).judge(step(20, 20), Instant::now()), None);
    }

    #[test]
    fn a_number_the_person_fixed_stays() {
        let mut threads = Threads::new(Some(2));
        assert_eq!(threads.judge(step(500, 500), Instant::now()), None);
    }
}
