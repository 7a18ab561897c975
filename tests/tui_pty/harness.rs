//! The program on a pseudo-terminal, with a terminal parser behind it.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

pub(crate) const BOARD: &str = "slateboard: 1\ntitle: The Keeper\nlogline: A keeper finds a message.\nscenes:\n\
    - {id: 01J9Z0V5W6M4QK3T8E2C7R1XNB, number: \"1\", heading: EXT. SHORE - DAWN, brief: She finds the bottle.}\n";

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A start of the program that is being prepared.
pub(crate) struct Start {
    place: tempfile::TempDir,
    environment: Vec<(String, String)>,
    /// What runs; the program itself where there is nothing.
    shell: Option<String>,
    /// Whether the model of this machine is used.
    model: bool,
}

impl Start {
    pub(crate) fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("board.yaml"), BOARD).unwrap();
        Self { place, environment: Vec::new(), shell: None, model: false }
    }

    /// In the folder of an earlier start.
    pub(crate) fn at(place: tempfile::TempDir) -> Self {
        Self { place, environment: Vec::new(), shell: None, model: false }
    }

    pub(crate) fn board(self, yaml: &str) -> Self {
        fs::write(self.place.path().join("board.yaml"), yaml).unwrap();
        self
    }

    pub(crate) fn config(self, name: &str, text: &str) -> Self {
        let file = self.place.path().join("config").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Runs the program inside a shell, which has what `$TUI` names.
    pub(crate) fn inside(mut self, shell: &str) -> Self {
        self.shell = Some(shell.into());
        self
    }

    pub(crate) fn with_model(mut self) -> Self {
        self.model = true;
        self
    }

    /// Runs it on a terminal that shows the board, then closes the terminal, as a dropped line does: neither reading nor
    /// writing works any more. Answers how it ended, and its folder.
    pub(crate) fn run_until_the_line_drops(self, keys: &str) -> (u32, tempfile::TempDir) {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut child = pty.slave.spawn_command(self.command()).unwrap();
        drop(pty.slave);
        let mut writer = pty.master.take_writer().unwrap();
        // Nobody reads meanwhile: what is drawn fits into the terminal's own buffer.
        std::thread::sleep(Duration::from_secs(2));
        writer.write_all(keys.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_secs(2));
        drop((writer, pty.master));
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return (status.exit_code(), self.place);
            }
            assert!(Instant::now() < until, "it never ended");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn command(&self) -> CommandBuilder {
        let Self { place, environment, shell, model } = self;
        let program = env!("CARGO_BIN_EXE_slateboard");
        let mut command = match shell {
            None => {
                let mut command = CommandBuilder::new(program);
                command.arg("board.yaml");
                command
            }
            Some(shell) => {
                let mut command = CommandBuilder::new("sh");
                command.args(["-c", shell]);
                command.env("TUI", format!("{program} board.yaml"));
                command
            }
        };
        command.cwd(place.path());
        command.env("TERM", "xterm-256color");
        for name in ["SLATEBOARD_MODEL", "NO_COLOR", "COLORTERM", "LC_ALL", "LC_MESSAGES", "TMUX"] {
            command.env_remove(name);
        }
        command.env("LANG", "C.UTF-8");
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            if !(*model && name == "DATA") {
                command.env(format!("SLATEBOARD_{name}_DIR"), place.path().join(name.to_lowercase()));
            }
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        command
    }

    pub(crate) fn run(self) -> Tui {
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let modes = modes(pty.master.as_ref());
        let command = self.command();
        let place = self.place;
        let child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let writer = pty.master.take_writer().unwrap();
        let (sender, bytes) = channel();
        let pace = Pace::default();
        let paced = pace.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(paced.wait(&mut buffer)) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        // The slave stays open, so that its modes can be read when the child is gone.
        std::mem::forget(pty.slave);
        let screen = vt100::Parser::new(24, 80, 0);
        Tui { place, master: pty.master, writer, child, bytes, pace, screen, modes, raw: Vec::new() }
    }
}

/// How fast a terminal reads: as fast as it can, or a few bytes a second, or not at all.
#[derive(Clone)]
pub(crate) struct Pace(Arc<AtomicUsize>);

impl Default for Pace {
    fn default() -> Self {
        Self(Arc::new(AtomicUsize::new(usize::MAX)))
    }
}

impl Pace {
    pub(crate) fn set(&self, bytes_per_s: usize) {
        self.0.store(bytes_per_s, Ordering::SeqCst);
    }

    /// Waits until there is time to read; answers how much of the buffer may be filled then.
    fn wait<'a>(&self, buffer: &'a mut [u8]) -> &'a mut [u8] {
        loop {
            match self.0.load(Ordering::SeqCst) {
                usize::MAX => return buffer,
                0 => std::thread::sleep(Duration::from_millis(20)),
                bytes_per_s => {
                    std::thread::sleep(Duration::from_secs(1) / 10);
                    let share = (bytes_per_s / 10).clamp(1, buffer.len());
                    return &mut buffer[..share];
                }
            }
        }
    }
}

/// The program, running.
pub(crate) struct Tui {
    pub(crate) place: tempfile::TempDir,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<Vec<u8>>,
    /// How fast the terminal reads.
    pub(crate) pace: Pace,
    screen: vt100::Parser,
    modes: rustix::termios::Termios,
    /// Every byte that came, for what the parser does not tell.
    raw: Vec<u8>,
}

impl Tui {
    pub(crate) fn start() -> Self {
        Start::new().run()
    }

    pub(crate) fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Takes in what has come.
    fn take_in(&mut self, patience: Duration) -> usize {
        match self.bytes.recv_timeout(patience) {
            Ok(bytes) => {
                self.screen.process(&bytes);
                self.raw.extend_from_slice(&bytes);
                bytes.len()
            }
            Err(_) => 0,
        }
    }

    pub(crate) fn contents(&self) -> String {
        self.screen.screen().contents()
    }

    /// Every byte that came.
    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    pub(crate) fn sent(&self, sequence: &str) -> bool {
        self.raw.windows(sequence.len()).any(|window| window == sequence.as_bytes())
    }

    pub(crate) fn is_coloured(&self) -> bool {
        let screen = self.screen.screen();
        let (rows, columns) = screen.size();
        let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        cells
            .filter_map(|(row, column)| screen.cell(row, column))
            .any(|cell| cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default)
    }

    /// The row and column of words on the screen, from 0.
    pub(crate) fn find(&self, words: &str) -> (usize, usize) {
        let contents = self.contents();
        let rows = contents.lines().enumerate();
        let mut found = rows.filter_map(|(row, line)| Some((row, line[..line.find(words)?].chars().count())));
        found.next().unwrap_or_else(|| panic!("`{words}` is not shown:\n{contents}"))
    }

    pub(crate) fn click(&mut self, (row, column): (usize, usize)) {
        let (row, column) = (row + 1, column + 1);
        self.keys(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
    }

    /// Waits until the screen shows the words.
    pub(crate) fn shows(&mut self, words: &str) {
        self.until(&format!("`{words}` never showed"), |tui| tui.contents().contains(words));
    }

    /// Waits until something holds.
    pub(crate) fn until(&mut self, otherwise: &str, holds: impl Fn(&Self) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < until, "{otherwise}:\n{}", self.contents());
            self.take_in(Duration::from_millis(50));
        }
    }

    /// Takes in everything until nothing has come for so long; answers how many bytes it was.
    pub(crate) fn settle(&mut self, quiet: Duration) -> usize {
        let mut all = 0;
        loop {
            match self.take_in(quiet) {
                0 => return all,
                more => all += more,
            }
        }
    }

    pub(crate) fn resize(&mut self, rows: u16, columns: u16) {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.screen.screen_mut().set_size(rows, columns);
    }

    pub(crate) fn alternate_screen(&self) -> bool {
        self.screen.screen().alternate_screen()
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    pub(crate) fn signal_group(&self, signal: Signal) {
        kill_process_group(self.pid(), signal).unwrap();
    }

    /// The processor time it has taken, its threads together.
    pub(crate) fn processor_time(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero())).unwrap();
        // `man 5 proc_pid_stat`: behind the name, the 12th and 13th are clock ticks in user and kernel mode.
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second())
    }

    /// Waits until it is gone; answers its folder.
    pub(crate) fn gone(mut self) -> tempfile::TempDir {
        let until = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < until, "it does not end:\n{}", self.contents());
            std::thread::sleep(Duration::from_millis(10));
        }
        self.place
    }

    /// The terminal is as it was before the program came.
    pub(crate) fn assert_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor shows");
        assert!(!screen.bracketed_paste(), "bracketed paste is off");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is the terminal's");
        let now = modes(self.master.as_ref());
        assert_eq!(now.local_modes, self.modes.local_modes, "the line discipline is as before");
        assert_eq!(now.input_modes, self.modes.input_modes);
        assert_eq!(now.output_modes, self.modes.output_modes);
    }

    /// Waits for the end; the terminal is then as it was.
    pub(crate) fn ends_clean(mut self) -> (u32, PathBuf, tempfile::TempDir) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it does not end:\n{}", self.contents());
            self.take_in(Duration::from_millis(10));
        };
        self.settle(Duration::from_millis(200));
        self.assert_given_back();
        let board = self.place.path().join("board.yaml");
        (status.exit_code(), board, self.place)
    }
}

fn modes(master: &dyn MasterPty) -> rustix::termios::Termios {
    let fd = master.as_raw_fd().unwrap();
    let path = format!("/proc/self/fd/{fd}");
    // A descriptor of our own on the same terminal: the library lends only a number.
    let file = fs::File::options().read(true).write(true).open(path);
    match file {
        Ok(file) => rustix::termios::tcgetattr(&file).unwrap(),
        Err(error) => panic!("the terminal cannot be looked at: {error}"),
    }
}

pub(crate) fn words(board: &Path) -> String {
    fs::read_to_string(board).unwrap()
}

/// What `slateboard show` says of a board: what is on disk, the journal among it.
pub(crate) fn shown(board: &Path, state: &Path) -> String {
    let shown = std::process::Command::new(env!("CARGO_BIN_EXE_slateboard"))
        .arg("show")
        .arg(board)
        .env("SLATEBOARD_STATE_DIR", state)
        .output()
        .unwrap();
    assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stderr));
    String::from_utf8_lossy(&shown.stdout).into_owned()
}
