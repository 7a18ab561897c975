//! Printing to stdout. A reader that hangs up (`slateboard show … | head`) has what it wanted: no failure, no panic.

use std::io::{ErrorKind, Write as _};

use serde::Serialize;

use super::Failure;
use crate::board::text::harmless_json;

/// Prints text as it is. What comes from a board or a file name has to be clean already.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

/// Prints one JSON document and a line break.
pub(super) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut text = harmless_json(serde_json::to_string_pretty(value)?);
    text.push('\n');
    print(&text)
}

/// Prints bytes as they are.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::failed(format!("stdout cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
