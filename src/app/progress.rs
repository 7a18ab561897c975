//! How far a long job is, and how long it may still take.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The model is read.
    Loading,
    /// The prompt is read.
    Reading,
    /// Takes are written.
    Writing,
    /// The board is taken out in another format.
    Exporting,
    /// A script is brought in.
    Importing,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// From 0 to 1.
    pub share: f32,
    since_ms: u64,
    at_ms: u64,
}

/// What is done sooner needs no word on its end.
const LONG_MS: u64 = 500;
/// Below this nothing can be told from how far it is.
const ENOUGH: f32 = 0.05;

impl Progress {
    /// The job is so far now; what went before of the same phase tells how fast.
    #[must_use]
    pub fn step(before: Option<Self>, phase: Phase, share: f32, at_ms: u64) -> Self {
        let share = share.clamp(0.0, 1.0);
        let begun =
            before.filter(|before| before.phase == phase && before.share <= share).map(|before| before.since_ms);
        Self { phase, share, since_ms: begun.unwrap_or(at_ms), at_ms }
    }

    /// Seconds it may still take, where that can be told.
    #[must_use]
    pub fn seconds_left(self) -> Option<f32> {
        let passed = self.at_ms.saturating_sub(self.since_ms);
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of a job")]
        let left = passed as f32 * (1.0 - self.share) / self.share.max(ENOUGH) / 1000.0;
        (passed >= LONG_MS && self.share >= ENOUGH).then_some(left)
    }

    /// Milliseconds since the phase began.
    #[must_use]
    pub fn passed_ms(self) -> u64 {
        self.at_ms.saturating_sub(self.since_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_time_passed() {
        let begun = Progress::step(None, Phase::Reading, 0.0, 1_000);
        assert_eq!(begun.seconds_left(), None);
        let half = Progress::step(Some(begun), Phase::Reading, 0.25, 2_000);
        assert_eq!(half.seconds_left(), Some(3.0));
        let short = Progress::step(Some(begun), Phase::Reading, 0.5, 1_200);
        assert_eq!(short.seconds_left(), None, "it is nearly done");
    }

    #[test]
    fn another_phase_or_a_new_beginning_is_timed_anew() {
        let loading = Progress::step(None, Phase::Loading, 0.9, 1_000);
        assert_eq!(Progress::step(Some(loading), Phase::Reading, 0.95, 9_000).passed_ms(), 0);
        assert_eq!(Progress::step(Some(loading), Phase::Loading, 0.1, 9_000).passed_ms(), 0);
        assert_eq!(Progress::step(Some(loading), Phase::Loading, 2.0, 9_000).share, 1.0);
    }
}
