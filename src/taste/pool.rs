//! How many takes to sample, so that they are there when the reviewer has read one.

/// The fewest takes to choose from.
const FEWEST: usize = 2;
/// Pools larger than this add little: the best of 32 is rarely much better than the best of 24.
pub const MOST: usize = 24;
/// Milliseconds a person reads one take, where nothing was measured: the pace of a brisk review.
const READS_MS: f64 = 6000.0;
/// Looks shorter than this skip a take, longer ones leave the desk; neither is reading.
const LOOKS_MS: std::ops::RangeInclusive<u64> = 400..=120_000;

/// What this machine was seen to do.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Pace {
    /// Tokens written a second, over all takes of a pool.
    pub tokens_per_s: f64,
    /// Tokens of one take.
    pub tokens_per_take: f64,
}

impl Pace {
    /// The pace after one more pool: what was seen before counts as much as the new.
    #[must_use]
    pub fn after(self, seen: Self) -> Self {
        let middle = |a: f64, b: f64| (a + b) / 2.0;
        Self {
            tokens_per_s: middle(self.tokens_per_s, seen.tokens_per_s),
            tokens_per_take: middle(self.tokens_per_take, seen.tokens_per_take),
        }
    }
}

/// How many takes the machine samples in the time a person reads one, between `least` and `most`. Without a pace the least.
#[must_use]
pub fn size(pace: Option<Pace>, looked_ms: &[u64], least: usize, most: usize) -> usize {
    let least = least.max(FEWEST);
    let most = most.max(least);
    let Some(pace) = pace.filter(|pace| pace.tokens_per_s > 0.0 && pace.tokens_per_take > 0.0) else { return least };
    let takes = pace.tokens_per_s * read_ms(looked_ms) / 1000.0 / pace.tokens_per_take;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a small range")]
    let takes = takes.clamp(0.0, 1e6) as usize;
    takes.clamp(least, most)
}

/// The middle of the looks that were reading.
fn read_ms(looked_ms: &[u64]) -> f64 {
    let mut reading: Vec<u64> = looked_ms.iter().copied().filter(|ms| LOOKS_MS.contains(ms)).collect();
    reading.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "at most two minutes")]
    reading.get(reading.len() / 2).map_or(READS_MS, |&ms| ms as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_is_what_is_written_while_one_take_is_read() {
        let pace = |tokens_per_s| Some(Pace { tokens_per_s, tokens_per_take: 300.0 });
        let cases: [(Option<Pace>, &[u64], usize); 7] = [
            (None, &[], 3),
            (pace(155.0), &[], 3),
            (pace(600.0), &[], 12),
            (pace(600.0), &[3000, 4000, 10], 8),
            (pace(50.0), &[6000], 3),
            (pace(1e9), &[6000], 24),
            (pace(0.0), &[6000], 3),
        ];
        for (pace, looked, expected) in cases {
            assert_eq!(size(pace, looked, 3, MOST), expected, "{pace:?} {looked:?}");
        }
        assert_eq!(size(None, &[], 40, MOST), 40, "what is asked for is sampled");
    }
}
