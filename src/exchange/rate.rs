//! Frames a second as a fraction, for formats that count frames: 23.976 is 24000/1001, not a decimal.

/// A frame rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    numerator: u32,
    denominator: u32,
}

impl Rate {
    /// The rate a person means by `fps`: 23.976, 29.97, 59.94 and their neighbours are NTSC's, whole numbers are
    /// themselves, and anything else is kept to a thousandth. What is no rate is 24.
    #[must_use]
    pub fn of(fps: f32) -> Self {
        if !(1.0..=1000.0).contains(&fps) {
            return Self { numerator: 24, denominator: 1 };
        }
        let fps = f64::from(fps);
        let nominal = fps.round();
        if (fps - nominal).abs() < 0.0005 {
            return Self::from_whole(nominal, 1);
        }
        let above = fps.ceil();
        // 23.98 and 23.976 are both written for 24000/1001 = 23.97602.
        if (above * 1000.0 / 1001.0 - fps).abs() < 0.006 {
            return Self::from_whole(above * 1000.0, 1001);
        }
        Self::from_whole((fps * 1000.0).round(), 1000)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1,000,000 and not negative")]
    const fn from_whole(numerator: f64, denominator: u32) -> Self {
        Self { numerator: numerator as u32, denominator }
    }

    /// Frames in `denominator` seconds.
    #[must_use]
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// The seconds in which `numerator` frames pass.
    #[must_use]
    pub const fn denominator(self) -> u32 {
        self.denominator
    }

    /// Whether it is one of NTSC's, a thousandth slower than its whole number.
    #[must_use]
    pub const fn is_ntsc(self) -> bool {
        self.denominator == 1001
    }

    /// The whole number that timecode counts with: 24 for 23.976.
    #[must_use]
    pub const fn nominal(self) -> u32 {
        self.numerator.div_ceil(self.denominator)
    }

    /// Frames a second.
    #[must_use]
    pub fn fps(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }

    /// The frame nearest to a time.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "boards last hours, not ages")]
    pub fn frame_at(self, seconds: f64) -> u64 {
        (seconds * self.fps()).round().max(0.0) as u64
    }

    /// When a frame begins, in seconds.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53 frames")]
    pub fn seconds(self, frames: u64) -> f64 {
        frames as f64 * f64::from(self.denominator) / f64::from(self.numerator)
    }

    /// When a frame begins, in whole milliseconds.
    #[must_use]
    pub const fn milliseconds(self, frames: u64) -> u64 {
        let numerator = self.numerator as u64;
        (frames * self.denominator as u64 * 1000 + numerator / 2) / numerator
    }

    /// Timecode without dropped numbers, `HH:MM:SS:FF`; every frame has a number, and none is skipped.
    #[must_use]
    pub fn timecode(self, frames: u64) -> String {
        let base = u64::from(self.nominal());
        let seconds = frames / base;
        let (h, m, s, f) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, frames % base);
        // From 100 frames a second on the last part has three digits.
        let width = if base > 100 { 3 } else { 2 };
        format!("{h:02}:{m:02}:{s:02}:{f:0width$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_field_calls_a_rate_becomes_its_fraction() {
        for (fps, numerator, denominator) in [
            (23.976, 24000, 1001),
            (23.98, 24000, 1001),
            (24.0, 24, 1),
            (25.0, 25, 1),
            (29.97, 30000, 1001),
            (59.94, 60000, 1001),
            (60.0, 60, 1),
            (12.5, 12500, 1000),
            (0.0, 24, 1),
            (f32::NAN, 24, 1),
            (f32::INFINITY, 24, 1),
        ] {
            assert_eq!(Rate::of(fps), Rate { numerator, denominator }, "{fps}");
        }
    }

    #[test]
    fn timecode_counts_every_frame() {
        assert_eq!(Rate::of(24.0).timecode(24 * 3600 + 25), "01:00:01:01");
        assert_eq!(Rate::of(29.97).timecode(30 * 60), "00:01:00:00");
        assert_eq!(Rate::of(120.0).timecode(119), "00:00:00:119");
    }

    #[test]
    fn frames_and_times_turn_into_each_other() {
        for fps in [23.976, 24.0, 25.0, 29.97, 60.0] {
            let rate = Rate::of(fps);
            for frame in [0, 1, 1001, 86_399, 1_000_000] {
                assert_eq!(rate.frame_at(rate.seconds(frame)), frame, "{fps}");
            }
        }
        assert_eq!(Rate::of(23.976).milliseconds(24), 1001);
    }
}
