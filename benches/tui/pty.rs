//! A program on a pseudo-terminal, with the time its bytes take.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Programs started so far.
static STARTED: AtomicUsize = AtomicUsize::new(0);

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Program {
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    screen: vt100::Parser,
    /// Bytes that came with the first answer to the last press.
    pressed: usize,
}

impl Program {
    /// Without a model, so that nothing but the screen is measured.
    pub(crate) fn start(place: &Path, program: &str, arguments: &[&str]) -> Self {
        let mut command = Self::command(place, program, arguments);
        command.env("SLATEBOARD_DATA_DIR", place.join("data"));
        Self::spawn(command)
    }

    pub(crate) fn start_with_model(place: &Path, program: &str, arguments: &[&str]) -> Self {
        Self::spawn(Self::command(place, program, arguments))
    }

    fn command(place: &Path, program: &str, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(place);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        // Each start is a first one: nothing is resumed.
        let own = place.join(format!("start{}", STARTED.fetch_add(1, Ordering::Relaxed)));
        for name in ["CONFIG", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), own.join(name.to_lowercase()));
        }
        command
    }

    fn spawn(command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let writer = pty.master.take_writer().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    break;
                }
            }
        });
        Self { _master: pty.master, writer, child, bytes, screen: vt100::Parser::new(24, 80, 0), pressed: 0 }
    }

    pub(crate) fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    pub(crate) fn until(&mut self, holds: impl Fn(&str) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !holds(&self.contents()) {
            assert!(Instant::now() < until, "it never showed:\n{}", self.contents());
            if let Ok((_, bytes)) = self.bytes.recv_timeout(Duration::from_millis(50)) {
                self.screen.process(&bytes);
            }
        }
    }

    /// Presses a key; answers how long the first byte took. What comes behind it is taken in.
    pub(crate) fn press(&mut self, key: &str) -> Duration {
        while let Ok((_, bytes)) = self.bytes.try_recv() {
            self.screen.process(&bytes);
        }
        let pressed = Instant::now();
        self.writer.write_all(key.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        let (first, bytes) = self.bytes.recv_timeout(PATIENCE).unwrap();
        self.screen.process(&bytes);
        self.pressed = bytes.len();
        first - pressed
    }

    /// Presses a key; answers how long it took until the screen showed what it does. Bytes that come meanwhile for other
    /// reasons are not taken for an answer.
    pub(crate) fn press_until(&mut self, key: &str, shown: impl Fn(&str) -> bool) -> Duration {
        let pressed = Instant::now();
        let mut took = self.press(key);
        while !shown(&self.contents()) {
            let (then, bytes) = self.bytes.recv_timeout(PATIENCE).unwrap();
            self.screen.process(&bytes);
            self.pressed += bytes.len();
            took = then.saturating_duration_since(pressed);
        }
        took
    }

    /// Takes in everything until nothing has come for so long; answers how many bytes it was, those that the last press
    /// waited for among them.
    pub(crate) fn settle(&mut self, quiet: Duration) -> usize {
        let mut all = std::mem::take(&mut self.pressed);
        while let Ok((_, bytes)) = self.bytes.recv_timeout(quiet) {
            all += bytes.len();
            self.screen.process(&bytes);
        }
        all
    }

    /// Takes in everything that comes for so long, however much; answers how many bytes it was.
    pub(crate) fn settle_for(&mut self, long: Duration) -> usize {
        let until = Instant::now() + long;
        let mut all = std::mem::take(&mut self.pressed);
        while let Ok((_, bytes)) = self.bytes.recv_timeout(until.saturating_duration_since(Instant::now())) {
            all += bytes.len();
            self.screen.process(&bytes);
        }
        all
    }

    /// Hundredths of a second of processor time so far.
    pub(crate) fn cpu(&self) -> u64 {
        let pid = self.child.process_id().unwrap();
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        fields[11..13].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended already is killed in vain.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
