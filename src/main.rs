//! The `slateboard` binary: parses the command line, chooses the TUI or a verb, answers with an exit code.

fn main() {}
