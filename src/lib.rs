//! slateboard: a terminal UI for text-led storyboarding.
//!
//! The modules in reading order; each stands only on those named with it (`tests/layers.rs` holds this):
//!
//! - [`words`]: what the screen says, in every language. Pure; on nothing.
//! - [`board`]: the storyboard as data, its edits and its checks. Pure; stands on nothing.
//! - [`taste`]: what verdicts teach, and what it asks of the next takes. Pure; on `board`.
//! - [`store`]: YAML in and out, atomic replacement, journal, feedback log, lock, paths. On `board`, `taste`.
//! - [`engine`]: prompt, grammar, the [`engine::Generator`] trait and the process that runs llama.cpp. On `board`, `taste`.
//! - [`lettering`]: words as glyphs: fonts, lines, outlines. On nothing.
//! - [`frame`]: from a shot's staging to a picture. On `board`, `taste`, `lettering`.
//! - [`exchange`]: scripts and boards of other programs in, boards out. On `board`, `taste`, `lettering`.
//! - [`term`]: the terminal session, its input and its signals. On nothing.
//! - [`app`]: model, messages, update, actions, undo. Pure; on `board`, `taste`, `words`.
//! - [`ui`]: from the model to widgets. On `app`, `board`, `taste`, `words`.
//! - [`run`]: the loop that ties `app` to the workers. On all of the above.
//! - [`verbs`]: one file a command-line verb. On all of the above.

// A session that a program outside plays, tests in here play too.
#[cfg(test)]
extern crate self as slateboard;

pub mod app;
pub mod board;
pub mod engine;
pub mod exchange;
pub mod frame;
pub mod lettering;
pub mod run;
pub mod store;
pub mod taste;
pub mod term;
pub mod ui;
pub mod verbs;
pub mod words;
