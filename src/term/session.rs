//! Having the terminal: raw mode, the alternate screen, bracketed paste; and giving all of it back exactly once.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
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
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};

use super::graphics::overlay::{Overlay, Picture};
use super::graphics::{Multiplexer, inside, kitty, may_be_asked};
use super::reply::{QUESTIONS, QUESTIONS_OF_PICTURES};
use super::sequence::{Ask, BringTitleBack, Copy, FocusReports, KeepTitle, MouseReports, Notification, Title};

/// Whether the terminal is ours now. Global, because a panic or a signal must be able to give it back.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the window's title was kept, and is to be brought back.
static TITLED: AtomicBool = AtomicBool::new(false);

/// Whether the terminal keeps pictures that were sent to it.
static PICTURED: AtomicBool = AtomicBool::new(false);

/// One write a draw: a cursor move through an unbuffered stdout is about a hundred of them.
const BUFFER: usize = 64 << 10;

/// What of the terminal a person wants used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// The mouse.
    pub mouse: Ask,
    /// Word of the window coming to the front and leaving it.
    pub focus: Ask,
    /// The window's title.
    pub title: Ask,
}

/// The terminal while it is ours. Dropping it gives it back.
pub struct Session {
    /// Never dropped: where the terminal is gone, dropping it panics as it tells stderr, which is that terminal, that the
    /// cursor could not be shown. [`give_back`] shows it.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    manners: Manners,
    /// Whether the terminal said that it holds pictures back until they are whole.
    synchronized: bool,
    /// The title as it was set last.
    title: String,
    /// Pictures that lie over the cells.
    overlay: Overlay,
}

impl Session {
    /// Takes the terminal.
    ///
    /// # Errors
    /// Where stdout is no terminal that can be drawn on.
    pub fn take(manners: Manners) -> io::Result<Self> {
        restore_on_panic();
        // What takes the terminal over goes out with the first picture.
        let mut out = BufWriter::with_capacity(BUFFER, io::stdout());
        enter(manners, &mut out)?;
        match Terminal::new(CrosstermBackend::new(out)) {
            Ok(terminal) => Ok(Self {
                terminal: ManuallyDrop::new(terminal),
                manners,
                synchronized: false,
                title: String::new(),
                overlay: Overlay::default(),
            }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Asks the terminal what it can do. Its answers come as input, later.
    ///
    /// # Errors
    /// Where the terminal cannot be written: it hung up.
    pub fn ask(&mut self) -> io::Result<()> {
        if may_be_asked(variable) {
            self.terminal.backend_mut().write_all(QUESTIONS_OF_PICTURES)?;
        }
        self.terminal.backend_mut().write_all(QUESTIONS)
    }

    /// The terminal said whether it holds pictures back until they are whole.
    pub fn synchronize(&mut self, synchronized: bool) {
        self.synchronized = synchronized;
    }

    /// Uses the mouse, or no longer.
    ///
    /// # Errors
    /// Where the terminal cannot be written: it hung up.
    pub fn use_mouse(&mut self, mouse: Ask) -> io::Result<()> {
        if self.manners.mouse != mouse {
            self.manners.mouse = mouse;
            execute!(self.terminal.backend_mut(), MouseReports(mouse))?;
        }
        Ok(())
    }

    /// Names what is open in the window's title, where that is wanted, with the next picture.
    ///
    /// # Errors
    /// Where the terminal cannot be written: it hung up.
    pub fn name(&mut self, title: &str) -> io::Result<()> {
        if self.manners.title == Ask::Begin && self.title != title {
            title.clone_into(&mut self.title);
            queue!(self.terminal.backend_mut(), Title(title))?;
        }
        Ok(())
    }

    /// Puts text on the clipboard of the person's machine.
    ///
    /// # Errors
    /// Where the terminal cannot be written: it hung up.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), Copy(text))
    }

    /// Tells a person who looks at another window.
    ///
    /// # Errors
    /// Where the terminal cannot be written: it hung up.
    pub fn notify(&mut self, notification: &Notification<'_>) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), notification)
    }

    /// Draws one frame, inside a synchronized update where the terminal has that, which ends whatever happens in between.
    ///
    /// # Errors
    /// Where the terminal cannot be written: it hung up.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if self.synchronized {
            queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        }
        let mut pictures = String::new();
        let overlay = &mut self.overlay;
        let drawn = self.terminal.draw(|frame| {
            view(frame);
            if overlay.is_used() {
                pictures = overlay.settle(frame.buffer_mut());
            }
        });
        let drawn = drawn.map(drop).and_then(|()| self.terminal.backend_mut().write_all(pictures.as_bytes()));
        if self.synchronized {
            queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        }
        Write::flush(self.terminal.backend_mut())?;
        drawn
    }

    /// Sends a picture in kitty's way, for cells to show; through tmux, where that is what we run in. The terminal keeps
    /// it until it is told otherwise, which happens whenever the terminal is given back.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    pub fn send(&mut self, commands: &str) -> io::Result<()> {
        PICTURED.store(true, Ordering::SeqCst);
        self.terminal.backend_mut().write_all(on_the_way(commands).as_bytes())?;
        Write::flush(self.terminal.backend_mut())
    }

    /// Keeps a picture that lies over the cells which are marked with its number.
    pub fn hold(&mut self, id: u32, picture: Picture) {
        self.overlay.hold(id, picture);
    }

    /// Lets a picture go that was kept or sent.
    ///
    /// # Errors
    /// Where the terminal cannot be written.
    pub fn let_go(&mut self, id: u32) -> io::Result<()> {
        self.overlay.let_go(id);
        if PICTURED.load(Ordering::SeqCst) {
            self.terminal.backend_mut().write_all(on_the_way(&kitty::forget(id)).as_bytes())?;
        }
        Ok(())
    }

    /// Gives the terminal back, does something else with it, and takes it again; what was drawn is drawn anew.
    ///
    /// # Errors
    /// Where the terminal cannot be taken again.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = other();
        enter(self.manners, self.terminal.backend_mut())?;
        self.title.clear();
        self.overlay.wiped();
        // The library's own `clear` asks where the cursor is, and the answer is read elsewhere.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))?;
        Ok(result)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Where a panic gave it back already, what waits to be drawn would spoil it. One that is gone takes nothing.
        if TAKEN.load(Ordering::SeqCst) {
            let _ = Write::flush(self.terminal.backend_mut());
        }
        give_back();
    }
}

/// A line that drops while something is drawn shows as a failed write, often before the signal that says so: it is the
/// same end, and nothing went wrong.
///
/// # Errors
/// The error itself, where it is another.
pub fn hung_up(error: io::Error) -> io::Result<()> {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) {
        return Ok(());
    }
    Err(error)
}

fn enter(manners: Manners, out: &mut impl Write) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let entered = take_over(manners, out);
    if entered.is_err() {
        give_back();
    }
    entered
}

fn take_over(manners: Manners, out: &mut impl Write) -> io::Result<()> {
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    if manners.title == Ask::Begin {
        TITLED.store(true, Ordering::SeqCst);
        queue!(out, KeepTitle)?;
    }
    if manners.mouse == Ask::Begin {
        queue!(out, MouseReports(Ask::Begin))?;
    }
    if manners.focus == Ask::Begin {
        queue!(out, FocusReports(Ask::Begin))?;
    }
    Ok(())
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// kitty's commands as they have to be written here.
fn on_the_way(commands: &str) -> std::borrow::Cow<'_, str> {
    match inside(variable) {
        Some(Multiplexer::Tmux) => kitty::through_tmux(commands).into(),
        _ => commands.into(),
    }
}

/// Gives the terminal back where it is ours. Safe to call at any time, from any thread, more than once.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Where the terminal is gone there is nothing to give back.
        if PICTURED.swap(false, Ordering::SeqCst) {
            let _ = io::stdout().write_all(on_the_way(kitty::FORGET_ALL).as_bytes());
        }
        let _ = execute!(
            io::stdout(),
            EndSynchronizedUpdate,
            ResetColor,
            DisableBracketedPaste,
            MouseReports(Ask::End),
            FocusReports(Ask::End),
            LeaveAlternateScreen,
            cursor::Show
        );
        if TITLED.swap(false, Ordering::SeqCst) {
            let _ = execute!(io::stdout(), BringTitleBack);
        }
        let _ = disable_raw_mode();
    }
}

/// Leaves a word on the ordinary screen, where there is one that takes it at once: at the end of a line that dropped there is
/// none, and one that froze would hold the program.
pub fn last_word(words: &str) {
    #[cfg(unix)]
    {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let stderr = io::stderr();
        let mut fds = [PollFd::new(&stderr, PollFlags::OUT)];
        let takes_it = poll(&mut fds, Some(&Timespec::default())).is_ok_and(|ready| ready > 0);
        if !takes_it || fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return;
        }
    }
    // Where nobody is left there is nobody to tell.
    let _ = writeln!(io::stderr(), "{words}");
}

/// Ends the program in so long, whatever it waits for: a terminal that stopped reading, as at the other end of a half-open
/// line, holds whoever writes to it, and nobody may come to close it.
pub fn leave_in(patience: std::time::Duration) {
    let leave = move || {
        std::thread::sleep(patience);
        // Nothing is written: that is what is being waited for.
        let _ = disable_raw_mode();
        std::process::exit(1);
    };
    // Where no thread can be had, the end is waited for as before.
    let _ = std::thread::Builder::new().name("last resort".into()).spawn(leave);
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
