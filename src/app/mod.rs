//! The application as data: model, messages, update, actions. PURE: no files, threads, clocks or terminal; time and
//! chance come in with each message.

pub mod action;
mod actions;
pub mod animatic;
pub mod bible;
pub mod buffer;
pub mod camera;
pub mod compare;
pub mod config;
mod copying;
pub mod difference;
pub mod editing;
pub mod engine;
pub mod exporting;
pub mod history;
mod history_view;
pub mod judging;
pub mod keeping;
pub mod key;
pub mod keymap;
pub mod list;
pub mod model;
mod moving;
pub mod msg;
pub mod now;
mod overlay;
pub mod palette;
pub mod picker;
mod pointing;
pub mod progress;
pub mod proposals;
pub mod review;
mod scenes;
pub mod seen;
pub mod settings;
pub mod settings_view;
pub mod sheet;
pub mod split;
pub mod target;
pub mod taste_view;
mod update;
mod views;
pub mod wrap;
mod writing;

pub use update::update;
