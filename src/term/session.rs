//! Having the terminal: raw mode, the alternate screen, bracketed paste; and giving all of it back exactly once.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

/// Whether the terminal is ours now. Global, because a panic or a signal must be able to give it back.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// One write a draw: a cursor move through an unbuffered stdout is about a hundred of them.
const BUFFER: usize = 64 << 10;

/// The terminal while it is ours. Dropping it gives it back.
pub struct Session {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl Session {
    /// Takes the terminal.
    ///
    /// # Errors
    /// Where stdout is no terminal that can be drawn on.
    pub fn take() -> io::Result<Self> {
        restore_on_panic();
        enter()?;
        let out = BufWriter::with_capacity(BUFFER, io::stdout());
        match Terminal::new(CrosstermBackend::new(out)) {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Draws one frame inside a synchronized update, which ends whatever happens in between.
    ///
    /// # Errors
    /// Where the terminal cannot be written: it hung up.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let drawn = self.terminal.draw(view).map(drop);
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Write::flush(self.terminal.backend_mut())?;
        drawn
    }

    /// Gives the terminal back, does something else with it, and takes it again; what was drawn is drawn anew.
    ///
    /// # Errors
    /// Where the terminal cannot be taken again.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = other();
        enter()?;
        self.terminal.clear()?;
        Ok(result)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let entered = execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide);
    if entered.is_err() {
        give_back();
    }
    entered
}

/// Gives the terminal back where it is ours. Safe to call at any time, from any thread, more than once.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Where the terminal is gone there is nothing to give back.
        let _ = execute!(
            io::stdout(),
            EndSynchronizedUpdate,
            ResetColor,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// A panic's message belongs on the ordinary screen.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            report(panic);
        }));
    });
}

/// Stops this process and all it started, as Ctrl-Z does, until the shell lets them go on. False where nobody could: a
/// session leader has no shell above it.
#[must_use]
pub fn stop_process_group() -> bool {
    #[cfg(unix)]
    {
        use rustix::process::{Signal, getpid, getsid, kill_current_process_group};
        if getsid(None).is_ok_and(|leader| leader == getpid()) {
            return false;
        }
        // SIGSTOP rather than SIGTSTP: we watch for the latter ourselves.
        kill_current_process_group(Signal::STOP).is_ok()
    }
    #[cfg(not(unix))]
    {
        false
    }
}
