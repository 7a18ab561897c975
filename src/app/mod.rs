//! The application as data: model, messages, update, actions. PURE: no files, threads, clocks or terminal; time and
//! chance come in with each message.

pub mod action;
mod actions;
pub mod buffer;
pub mod editing;
pub mod history;
pub mod judging;
mod keeping;
pub mod key;
pub mod keymap;
pub mod model;
mod moving;
pub mod msg;
pub mod now;
pub mod proposals;
mod scenes;
pub mod seen;
pub mod settings;
pub mod split;
mod update;
pub mod wrap;
mod writing;

pub use update::update;
