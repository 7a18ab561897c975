//! Asking a terminal what it can do, and waiting for the answer: for `doctor`. The TUI asks and does not wait.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::graphics::may_be_asked;
use super::input::{Input, Waited, wait};
use super::parse::Parser;
use super::reply::{Capabilities, QUESTIONS, QUESTIONS_OF_PICTURES};

/// Asks the terminal, and waits for at most so long.
///
/// # Errors
/// Where stdin or stdout is no terminal.
pub fn ask(patience: Duration) -> io::Result<Capabilities> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(io::Error::other("stdin or stdout is no terminal"));
    }
    enable_raw_mode()?;
    let answer = exchange(patience);
    disable_raw_mode()?;
    answer
}

fn exchange(patience: Duration) -> io::Result<Capabilities> {
    let mut out = io::stdout();
    if may_be_asked(|name| std::env::var(name).ok()) {
        out.write_all(QUESTIONS_OF_PICTURES)?;
    }
    out.write_all(QUESTIONS)?;
    out.flush()?;
    let until = Instant::now() + patience;
    let (mut parser, mut inputs, mut can) = (Parser::default(), Vec::new(), Capabilities::default());
    let mut bytes = [0; 4096];
    while !can.is_told() {
        let left = until.saturating_duration_since(Instant::now());
        match wait(None, Some(left))? {
            Waited::Bytes => {
                let read = rustix::io::read(io::stdin(), &mut bytes[..])?;
                if read == 0 {
                    break;
                }
                parser.feed(&bytes[..read], &mut inputs);
            }
            Waited::Quiet => break,
            Waited::Woken => {}
        }
        for input in inputs.drain(..) {
            if let Input::Reply(reply) = input {
                can.learn(&reply);
            }
        }
    }
    Ok(can)
}
