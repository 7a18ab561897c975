//! The command line: one file a verb, one kind of failure, one way to print.
//!
//! A verb is a `clap::Args` struct with a `run`. To add one: write its file, name it here, and give it a line in
//! [`cli::Command`] and in `Command::run`.

mod boards;
pub mod check;
pub mod cli;
pub mod completions;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod engine;
mod engine_options;
pub mod export;
pub mod failure;
pub mod feedback;
pub mod frame;
pub mod generate;
pub mod import;
pub mod man;
pub mod model;
pub mod new;
mod out;
pub mod outline;
pub mod pick;
mod progress;
pub mod replay;
mod room_export;
pub mod schema;
pub mod show;
mod studio;
pub mod taste;
mod tasting;
mod terminal_report;
pub mod verdict;

pub use cli::{Cli, Command};
pub use failure::{Code, Failure};
