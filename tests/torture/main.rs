//! What a board goes through and comes out of whole: processes killed at random moments, several at once.
//!
//! In a short form with every run of the tests; in the long one with `make torture`, which sets `SLATEBOARD_TORTURE=long`.
//! What was found on the way stands in `docs/reliability.md`.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

mod engine;
mod hostile;
mod kill;
mod script;
mod together;

/// How often something is done: in the short form, and in the long one.
fn times(short: usize, long: usize) -> usize {
    if std::env::var("SLATEBOARD_TORTURE").is_ok_and(|form| form == "long") { long } else { short }
}

/// Chance that can be had again: every failure says where it began, and `SLATEBOARD_TORTURE_SEED` begins there again.
struct Chance(u64);

impl Chance {
    fn begin() -> Self {
        let given = std::env::var("SLATEBOARD_TORTURE_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| (ulid::Ulid::new().random() as u64) | 1);
        eprintln!("SLATEBOARD_TORTURE_SEED={seed}");
        Self(seed)
    }

    /// A number from 0 up to below `end` (xorshift64).
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}
