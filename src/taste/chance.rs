//! Chance that repeats: the same seed gives the same numbers everywhere.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// A source that starts at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number in `0.0..1.0`.
    #[expect(clippy::cast_precision_loss, reason = "24 bits are exact in an f32")]
    pub fn share(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1_u32 << 24) as f32
    }

    /// The next number in `0..below`; 0 where `below` is 0.
    #[expect(clippy::cast_possible_truncation, reason = "smaller than a usize")]
    pub fn below(&mut self, below: usize) -> usize {
        (self.bits() % below.max(1) as u64) as usize
    }

    /// Puts a list in another order, each order equally likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order_and_keeps_every_item() {
        let shuffled = |seed| {
            let mut list: Vec<u32> = (0..50).collect();
            Chance::new(seed).shuffle(&mut list);
            list
        };
        assert_eq!(shuffled(3), shuffled(3));
        assert_ne!(shuffled(3), shuffled(4));
        let mut sorted = shuffled(3);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<u32>>());
    }

    #[test]
    fn shares_fill_the_unit_evenly() {
        let mut chance = Chance::new(1);
        let mean = (0..10_000).map(|_| chance.share()).sum::<f32>() / 10_000.0;
        assert!((0.48..0.52).contains(&mean), "{mean}");
    }
}
