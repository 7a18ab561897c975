//! When a message arrived, and the chance it brings: the pure core has neither clock nor dice of its own.

use ulid::Ulid;

use crate::board::{FeedbackId, SceneId, TakeId};

/// The moment of a message. Recorded with it, a stream of messages replays to the same board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since 1970.
    pub at_ms: u64,
    /// Random bits, fresh for each message.
    pub chance: u64,
}

impl Now {
    /// The `n`-th identity made at this moment; identities of one moment sort by `n`.
    #[must_use]
    pub fn ulid(self, n: u16) -> Ulid {
        Ulid::from_parts(self.at_ms, u128::from(n) << 64 | u128::from(self.chance))
    }

    /// A new scene's identity.
    #[must_use]
    pub fn scene(self, n: u16) -> SceneId {
        SceneId::new(self.ulid(n))
    }

    /// A new take's identity.
    #[must_use]
    pub fn take(self, n: u16) -> TakeId {
        TakeId::new(self.ulid(n))
    }

    /// A new record's identity.
    #[must_use]
    pub fn feedback(self) -> FeedbackId {
        FeedbackId::new(self.ulid(0))
    }

    /// The same moment again, for what is done right after: its identities come behind those of this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self { chance: self.chance.wrapping_add(1), ..self }
    }

    /// The seeds of `count` takes sampled together.
    #[must_use]
    pub fn seeds(self, count: usize) -> Vec<u32> {
        // The golden ratio's odd multiplier spreads neighbouring numbers over all 32 bits.
        (0..count as u64).map(|n| ((self.chance ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 16) as u32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_of_one_moment_differ_and_sort_by_their_number() {
        let now = Now { at_ms: 5, chance: u64::MAX };
        assert!(now.take(0) < now.take(1));
        assert_eq!(now.take(1).made_at_ms(), 5);
    }

    #[test]
    fn seeds_of_one_moment_differ() {
        let mut seeds = Now { at_ms: 1, chance: 42 }.seeds(64);
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 64);
    }
}
