//! Keys, the mouse, pastes and answers, read in a thread of their own, which can be held while another program has the
//! terminal.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossterm::event::KeyEvent;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::time::Timespec;

use super::parse::Parser;
use super::reply::Reply;

/// What comes from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down.
    Key(KeyEvent),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal's window came to the front.
    FocusGained,
    /// Another window came to the front.
    FocusLost,
    /// Text was pasted. Not clean yet.
    Paste(String),
    /// The terminal answered a question.
    Reply(Reply),
    /// The line hung up.
    Gone,
}

/// What the mouse did, and where, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// The column.
    pub column: u16,
    /// The row.
    pub row: u16,
}

/// What a mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// Its first button went down.
    Press,
    /// Its wheel turned away from the person.
    WheelUp,
    /// Its wheel turned towards the person.
    WheelDown,
}

/// How long an escape may stand alone before it is the key. Over a slow line the rest of a sequence comes later than over
/// a local one, but a person who presses the key waits as well.
const ALONE: Duration = Duration::from_millis(40);
/// The same while the terminal still owes answers: one cut right behind its escape must not be taken for keys.
const ALONE_WHILE_ASKED: Duration = Duration::from_millis(700);
/// How long an answer is waited for.
const ASKED: Duration = Duration::from_secs(5);

/// The thread that reads.
pub struct InputThread {
    gate: Arc<Gate>,
    /// Written to, to end a look at the terminal.
    waker: UnixStream,
}

/// Holds the reading thread while another program reads the same terminal.
#[derive(Default)]
struct Gate {
    state: Mutex<Held>,
    changed: Condvar,
}

#[derive(Default)]
struct Held {
    held: bool,
    /// Whether the thread stands at the gate, or has ended.
    parked: bool,
}

impl InputThread {
    /// Starts to read; `on` answers whether to go on. The terminal is taken to owe the answers to
    /// [`QUESTIONS`](super::reply::QUESTIONS) from now on.
    ///
    /// # Errors
    /// Where the thread cannot be started.
    pub fn start(mut on: impl FnMut(Input) -> bool + Send + 'static) -> io::Result<Self> {
        let (waker, woken) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        let gate = Arc::new(Gate::default());
        let mine = Arc::clone(&gate);
        std::thread::Builder::new().name("input".into()).spawn(move || {
            let mut reader = Reader::new(woken);
            'reading: loop {
                mine.pass();
                for input in reader.look() {
                    let gone = input == Input::Gone;
                    if !on(input) || gone {
                        break 'reading;
                    }
                }
            }
            mine.end();
        })?;
        Ok(Self { gate, waker })
    }

    /// Runs `other` while nothing is read here, so that an editor gets every key.
    pub fn hold<T>(&self, other: impl FnOnce() -> T) -> T {
        self.gate.close(&self.waker);
        let result = other();
        self.gate.open();
        result
    }
}

impl Gate {
    /// Closes the gate and waits until the thread stands at it.
    fn close(&self, mut waker: &UnixStream) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.held = true;
        // A pipe that is full wakes as well.
        let _ = io::Write::write(&mut waker, b".");
        while !state.parked {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn open(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).held = false;
        self.changed.notify_all();
    }

    /// Waits while the gate is closed.
    fn pass(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.held {
            state.parked = true;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.parked = false;
    }

    /// Nobody reads any more.
    fn end(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).parked = true;
        self.changed.notify_all();
    }
}

/// Reads standard input.
struct Reader {
    parser: Parser,
    woken: UnixStream,
    /// Until when answers are owed.
    asked: Option<Instant>,
    bytes: Vec<u8>,
}

impl Reader {
    fn new(woken: UnixStream) -> Self {
        Self { parser: Parser::default(), woken, asked: Some(Instant::now() + ASKED), bytes: vec![0; 64 << 10] }
    }

    /// Waits for bytes, for the end of an escape's time, or to be woken.
    fn look(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        if self.asked.is_some_and(|until| Instant::now() > until) {
            self.asked = None;
        }
        let patience = self.parser.is_open().then(|| if self.asked.is_some() { ALONE_WHILE_ASKED } else { ALONE });
        match wait(Some(&self.woken), patience) {
            Err(_) => out.push(Input::Gone),
            Ok(Waited::Quiet) => self.parser.quiet(&mut out),
            Ok(Waited::Woken) => {
                // What is in the pipe says nothing but that it is there.
                while matches!(io::Read::read(&mut self.woken, &mut self.bytes), Ok(1..)) {}
            }
            Ok(Waited::Bytes) => match rustix::io::read(io::stdin(), &mut self.bytes[..]) {
                Ok(0) => out.push(Input::Gone),
                Ok(read) => self.parser.feed(&self.bytes[..read], &mut out),
                Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
                Err(_) => out.push(Input::Gone),
            },
        }
        if out.iter().any(|input| matches!(input, Input::Reply(Reply::Attributes(_)))) {
            self.asked = None;
        }
        out
    }
}

/// What a wait ended with.
pub(super) enum Waited {
    /// There are bytes to be read.
    Bytes,
    /// The waker was written to.
    Woken,
    /// Nothing came in time.
    Quiet,
}

/// Waits for bytes on standard input, at most for so long.
///
/// # Errors
/// Where the line is gone.
pub(super) fn wait(woken: Option<&UnixStream>, patience: Option<Duration>) -> io::Result<Waited> {
    let stdin = io::stdin();
    let timeout = patience.map(|patience| Timespec {
        tv_sec: i64::try_from(patience.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: patience.subsec_nanos().into(),
    });
    let mut fds = vec![PollFd::new(&stdin, PollFlags::IN)];
    fds.extend(woken.map(|woken| PollFd::new(woken, PollFlags::IN)));
    match poll(&mut fds, timeout.as_ref()) {
        Ok(0) => return Ok(Waited::Quiet),
        Ok(_) => {}
        Err(rustix::io::Errno::INTR) => return Ok(Waited::Woken),
        Err(error) => return Err(error.into()),
    }
    let seen = fds[0].revents();
    // What came before the line hung up is read first.
    if seen.contains(PollFlags::IN) {
        return Ok(Waited::Bytes);
    }
    if seen.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    Ok(Waited::Woken)
}
