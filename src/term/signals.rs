//! Signals, in a thread of their own: a hung-up line must not wait for a read that never returns.

use std::io;

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The terminal is gone: the SSH line dropped, the window closed.
    HangUp,
    /// The process is to end.
    Terminate,
    /// The process is to stop until it is told to go on.
    Stop,
    /// The process goes on.
    Continue,
    /// The terminal has another size.
    Resize,
}

/// Tells `on` of every signal from now on.
///
/// # Errors
/// Where the system does not let us watch.
#[cfg(unix)]
pub fn watch(mut on: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
    std::thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            on(match signal {
                SIGHUP => Signal::HangUp,
                SIGTSTP => Signal::Stop,
                SIGCONT => Signal::Continue,
                SIGWINCH => Signal::Resize,
                _ => Signal::Terminate,
            });
        }
    })?;
    Ok(())
}

/// Tells `on` of every signal from now on: of none where there are none.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn watch(_: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    Ok(())
}
