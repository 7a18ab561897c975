//! Keys and pastes, read in a thread of their own, which can be held while another program has the terminal.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crossterm::event::{self, Event, KeyEvent, KeyEventKind};

/// What comes from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down.
    Key(KeyEvent),
    /// Text was pasted. Not clean yet.
    Paste(String),
    /// The window has another size: columns, rows.
    Resize(u16, u16),
    /// The line hung up.
    Gone,
}

/// The thread that reads.
pub struct InputThread {
    gate: Arc<Gate>,
}

/// Holds the reading thread while another program reads the same terminal.
#[derive(Default)]
struct Gate {
    held: Mutex<bool>,
    changed: Condvar,
    reading: AtomicBool,
}

impl InputThread {
    /// Starts to read; `on` answers whether to go on.
    ///
    /// # Errors
    /// Where the thread cannot be started.
    pub fn start(mut on: impl FnMut(Input) -> bool + Send + 'static) -> io::Result<Self> {
        let gate = Arc::new(Gate::default());
        let mine = Arc::clone(&gate);
        std::thread::Builder::new().name("input".into()).spawn(move || {
            while let Some(input) = mine.next() {
                let gone = input == Input::Gone;
                if !on(input) || gone {
                    break;
                }
            }
        })?;
        Ok(Self { gate })
    }

    /// Runs `other` while nothing is read here, so that an editor gets every key.
    pub fn hold<T>(&self, other: impl FnOnce() -> T) -> T {
        self.gate.set(true);
        // A read that is under way ends with its look at the terminal.
        while self.gate.reading.load(Ordering::Acquire) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let result = other();
        self.gate.set(false);
        result
    }
}

impl Gate {
    fn set(&self, held: bool) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = held;
        self.changed.notify_all();
    }

    /// Waits for what comes next; `None` where the terminal cannot be read.
    fn next(&self) -> Option<Input> {
        loop {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            while *held {
                held = self.changed.wait(held).unwrap_or_else(PoisonError::into_inner);
            }
            self.reading.store(true, Ordering::Release);
            drop(held);
            let ready = wait_for_input();
            let input = match ready {
                Ok(true) => read(),
                Ok(false) => Ok(None),
                Err(error) => Err(error),
            };
            self.reading.store(false, Ordering::Release);
            match input {
                Ok(Some(input)) => return Some(input),
                Ok(None) => {}
                Err(_) => return Some(Input::Gone),
            }
        }
    }
}

/// How long one look lasts: an editor waits at most this long for the terminal.
const LOOK: Duration = Duration::from_millis(200);

/// Waits for bytes or a new size. crossterm's own loop goes round for ever on a line that hung up, so the line is looked
/// at before it is asked.
fn wait_for_input() -> io::Result<bool> {
    #[cfg(unix)]
    {
        use rustix::event::{PollFd, PollFlags, poll};
        let stdin = io::stdin();
        let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
        // A look of no length tells a line that is gone from one that is quiet.
        match poll(&mut fds, Some(&rustix::time::Timespec { tv_sec: 0, tv_nsec: 0 })) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
    }
    event::poll(LOOK)
}

fn read() -> io::Result<Option<Input>> {
    Ok(match event::read()? {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key)),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        _ => None,
    })
}
