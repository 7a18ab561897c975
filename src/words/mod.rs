//! The words of the screen, in every language. PURE; knows nothing of storyboards.
//!
//! `keys.rs` lists every message with its arguments; each is a function of that name, so `words::scene_deleted(number)` says
//! `scene_deleted = deleted scene { $number }`. That answers a [`Phrase`]: which words, and what goes into them, but in no
//! language yet. The core passes phrases around; only a view turns one into text, with the [`Lexicon`] of the language that
//! is chosen then.
//!
//! - **Words**: a line in `keys.rs`, and a message of that name in each language's file. One that is said and not listed is an
//!   error of the compiler, one that nobody says a warning; a key or variable that a language lacks fails a test.
//! - **A language**: one more file here, named by its tag, and its line in [`LANGUAGES`].
//! - Messages `action-…`, with their `.about`, belong to the action of that id: see `app::action`. So do `group-…` and
//!   `prefix-…` to groups of actions and to keys that begin others.

mod keys;
mod lexicon;
mod phrase;

pub(crate) use keys::*;
pub use lexicon::{Lexicon, choose};
pub use phrase::{Phrase, Value};

/// Every language: its tag, and its file. English is the first: what another lacks is said in it.
pub const LANGUAGES: &[(&str, &str)] = &[("en", include_str!("en.ftl")), ("zh-CN", include_str!("zh-CN.ftl"))];

#[cfg(test)]
mod tests;
