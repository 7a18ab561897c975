//! Exports as other programs read them, and imports as a person runs them. Readers: tests/readers.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that cannot do its part has failed the test")]

mod features;
mod formats;
mod place;
mod storyboarder;
