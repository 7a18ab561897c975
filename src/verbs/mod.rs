//! The command line: one file a verb, one kind of failure, one way to print.
//!
//! A verb is a `clap::Args` struct with a `run`. To add one: write its file, name it here, and give it a line in
//! [`cli::Command`] and in `Command::run`.

pub mod cli;
pub mod completions;
pub mod failure;
pub mod man;
mod out;
pub mod schema;

pub use cli::{Cli, Command};
pub use failure::{Code, Failure};
