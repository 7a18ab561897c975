//! Durations of shots.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Deserializer, Serialize};

/// A duration in seconds: finite, not negative, at most an hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize)]
pub struct Seconds(f32);

impl Seconds {
    /// The longest duration.
    pub const MAX: f32 = 3600.0;

    /// A duration; `None` where `value` is negative, over [`Self::MAX`] or no number.
    #[must_use]
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=Self::MAX).contains(&value).then_some(Self(value))
    }

    /// The nearest duration to `value`; 0 for what is no number.
    #[must_use]
    pub fn clamped(value: f32) -> Self {
        if value.is_nan() { Self(0.0) } else { Self(value.clamp(0.0, Self::MAX)) }
    }

    /// The duration as a number of seconds.
    #[must_use]
    pub const fn get(self) -> f32 {
        self.0
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} s", self.0)
    }
}

impl Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(durations: I) -> Self {
        // Not `sum`: of nothing that is minus zero, and shown as such.
        Self(durations.fold(0.0, |all, duration| all + duration.0))
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f32::deserialize(deserializer)?;
        Self::new(value).ok_or_else(|| serde::de::Error::custom("seconds from 0 to 3600 are expected"))
    }
}

impl schemars::JsonSchema for Seconds {
    fn schema_name() -> Cow<'static, str> {
        "Seconds".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "minimum": 0, "maximum": Self::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_shots_last_no_time() {
        assert_eq!(std::iter::empty::<Seconds>().sum::<Seconds>().to_string(), "0.0 s");
    }
}
