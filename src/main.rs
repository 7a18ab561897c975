//! The `slateboard` binary: parses the command line, chooses the TUI or a verb, answers with an exit code.

use std::process::ExitCode;

use slateboard::store;
use slateboard::verbs::Cli;

fn main() -> ExitCode {
    store::survive_file_size_limits();
    match Cli::parse_here().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.code.into()
        }
    }
}
