//! The TUI on a real pseudo-terminal, with a terminal parser behind it: whatever ends it, the terminal comes back clean
//! and the board is whole. No model is installed here; that is a word on the status line and nothing more.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

const BOARD: &str = "slateboard: 1\ntitle: The Keeper\nlogline: A keeper finds a message.\nscenes:\n\
    - {id: 01J9Z0V5W6M4QK3T8E2C7R1XNB, number: \"1\", heading: EXT. SHORE - DAWN, brief: She finds the bottle.}\n";

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

struct Tui {
    place: tempfile::TempDir,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    modes: rustix::termios::Termios,
}

impl Tui {
    fn start() -> Self {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("board.yaml"), BOARD).unwrap();
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let modes = modes(pty.master.as_ref());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_slateboard"));
        command.arg("board.yaml");
        command.cwd(place.path());
        command.env("TERM", "xterm-256color");
        command.env_remove("SLATEBOARD_MODEL");
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), place.path().join(name.to_lowercase()));
        }
        let child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let writer = pty.master.take_writer().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        // The slave stays open, so that its modes can be read when the child is gone.
        std::mem::forget(pty.slave);
        Self { place, master: pty.master, writer, child, bytes, screen: vt100::Parser::new(24, 80, 0), modes }
    }

    fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits until the screen shows the words.
    fn shows(&mut self, words: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(words) {
            assert!(Instant::now() < until, "`{words}` never showed:\n{}", self.screen.screen().contents());
            if let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(50)) {
                self.screen.process(&bytes);
            }
        }
    }

    fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }

    /// Waits for the end; the terminal is then as it was.
    fn ends_clean(mut self) -> (u32, PathBuf, tempfile::TempDir) {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it does not end:\n{}", self.screen.screen().contents());
            std::thread::sleep(Duration::from_millis(10));
        };
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_millis(200)) {
            self.screen.process(&bytes);
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor shows");
        assert!(!screen.bracketed_paste(), "bracketed paste is off");
        let now = modes(self.master.as_ref());
        assert_eq!(now.local_modes, self.modes.local_modes, "the line discipline is as before");
        assert_eq!(now.input_modes, self.modes.input_modes);
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

fn words(board: &Path) -> String {
    fs::read_to_string(board).unwrap()
}

#[test]
fn the_board_shows_without_a_model_and_quitting_leaves_no_trace() {
    let mut tui = Tui::start();
    tui.shows("EXT. SHORE - DAWN");
    tui.shows("slateboard model pull");
    tui.keys("q");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert_eq!(words(&board), BOARD, "a board nobody changed is not written");
}

#[test]
fn a_brief_written_by_key_is_in_the_yaml() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("o");
    tui.shows("Edit the brief");
    tui.keys("Tom waves\u{1b}[200~ from\u{1b}[201~ the boat.");
    tui.keys("\u{13}");
    tui.shows("edited the brief");
    tui.keys("q");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert!(words(&board).contains("Tom waves from the boat."), "{}", words(&board));
}

#[test]
fn a_paste_of_escape_sequences_is_only_text() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("e");
    tui.shows("Edit the brief");
    tui.keys("\u{1b}[200~ \u{9b}31m\u{7}red\u{202e}\u{1b}[201~");
    tui.shows("red");
    tui.keys("\u{13}");
    tui.shows("edited the brief");
    tui.keys("q");
    let (_, board, _place) = tui.ends_clean();
    assert!(!words(&board).contains(['\u{9b}', '\u{7}', '\u{202e}']), "{}", words(&board));
}

#[test]
fn a_terminated_run_saves_and_gives_the_terminal_back() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.signal(Signal::TERM);
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert_eq!(words(&board).matches("She finds the bottle.").count(), 2);
}

#[test]
fn a_line_that_hangs_up_loses_nothing() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.signal(Signal::HUP);
    let (_, board, place) = tui.ends_clean();
    let shown = std::process::Command::new(env!("CARGO_BIN_EXE_slateboard"))
        .arg("show")
        .arg(&board)
        .env("SLATEBOARD_STATE_DIR", place.path().join("state"))
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert_eq!(shown.matches("She finds the bottle.").count(), 2, "{shown}");
}

#[test]
fn a_screen_too_small_says_so_and_comes_back() {
    let mut tui = Tui::start();
    tui.shows("EXT. SHORE - DAWN");
    tui.master.resize(PtySize { rows: 5, cols: 30, pixel_width: 0, pixel_height: 0 }).unwrap();
    tui.screen.screen_mut().set_size(5, 30);
    tui.shows("too small");
    tui.master.resize(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    tui.screen.screen_mut().set_size(24, 80);
    tui.shows("EXT. SHORE - DAWN");
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}
