//! The command line: one file a verb, one kind of failure, one way to print.
//!
//! A verb is a `clap::Args` struct with a `run`. To add one: write its file, name it here, and give it a line in
//! [`cli::Command`] and in `Command::run`.

mod boards;
pub mod check;
pub mod cli;
pub mod completions;
pub mod doctor;
pub mod export;
pub mod failure;
pub mod frame;
pub mod man;
pub mod new;
mod out;
pub mod pick;
pub mod schema;
pub mod show;
pub mod verdict;

pub use cli::{Cli, Command};
pub use failure::{Code, Failure};
