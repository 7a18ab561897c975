//! The words of the screen, in every language. PURE; knows nothing of storyboards.
//!
//! `en.ftl` is the first language: the build makes a function of each of its messages, so `scene-deleted = deleted scene
//! { $number }` is said as `words::scene_deleted(number)`. That answers a [`Phrase`]: which words, and what goes into them,
//! but in no language yet. The core passes phrases around; only a view turns one into text, with the [`Lexicon`] of the
//! language that is chosen then.
//!
//! - **Words**: a line in `en.ftl` and the same key in each other language. A message nobody says is a warning of the
//!   build; a key or variable that a language lacks fails a test.
//! - **A language**: one more file here, named by its tag.
//! - Messages `action-…`, with their `.about`, belong to the action of that id: see `app::action`.

mod lexicon;
mod phrase;

pub use lexicon::{Lexicon, choose};
pub use phrase::{Phrase, Value};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

#[cfg(test)]
mod tests;
