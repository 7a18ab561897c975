//! The program in tmux, for real: a terminal in a terminal, which answers for itself and has a clipboard of its own.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::harness::{BOARD, words};

/// A server of tmux of our own, with one window.
struct Tmux {
    place: tempfile::TempDir,
}

impl Tmux {
    /// Runs the program in a shell, which says when it has ended.
    fn start() -> Self {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("board.yaml"), BOARD).unwrap();
        let tmux = Self { place };
        let shell = format!("{} board.yaml; echo ended with $?; cat", env!("CARGO_BIN_EXE_slateboard"));
        let started = tmux.ask(&["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh", "-c", &shell]);
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        tmux
    }

    fn ask(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("tmux");
        command.args(["-L", "tests"]).args(arguments).current_dir(self.place.path());
        command.env("TMUX_TMPDIR", self.place.path()).env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
        for name in ["TMUX", "NO_COLOR", "COLORTERM", "LC_ALL", "LC_MESSAGES", "SLATEBOARD_MODEL"] {
            command.env_remove(name);
        }
        for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
            command.env(format!("SLATEBOARD_{name}_DIR"), self.place.path().join(name.to_lowercase()));
        }
        command.output().expect("`make test` installs tmux")
    }

    fn screen(&self) -> String {
        String::from_utf8_lossy(&self.ask(&["capture-pane", "-p"]).stdout).into_owned()
    }

    fn keys(&self, keys: &[&str]) {
        assert!(self.ask(&[&["send-keys"], keys].concat()).status.success());
    }

    fn shows(&self, words: &str) {
        let until = Instant::now() + Duration::from_secs(30);
        while !self.screen().contains(words) {
            assert!(Instant::now() < until, "`{words}` never showed:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.ask(&["kill-server"]);
    }
}

#[test]
fn in_tmux_it_is_used_resized_copies_and_gives_the_window_back() {
    let tmux = Tmux::start();
    tmux.shows("She finds the bottle.");
    tmux.keys(&["e"]);
    tmux.shows("Edit the brief");
    tmux.keys(&["-l", " It is green. 它是绿的。"]);
    tmux.keys(&["C-s"]);
    tmux.shows("edited the brief");
    tmux.keys(&["v", "h"]);
    tmux.shows("edited the brief of scene 1");
    tmux.keys(&["Escape"]);
    tmux.shows("She finds the bottle. It is green. 它是绿的。");
    tmux.ask(&["resize-window", "-x", "44", "-y", "14"]);
    tmux.shows("它是绿\n的。");
    tmux.keys(&["y", "s"]);
    tmux.shows("copied");
    let buffer = tmux.ask(&["show-buffer"]);
    let copied = String::from_utf8_lossy(&buffer.stdout);
    assert!(copied.contains("EXT. SHORE - DAWN"), "{copied}");
    tmux.keys(&["q"]);
    tmux.shows("ended with 0");
    assert!(!tmux.screen().contains("She finds"), "the window is as it was:\n{}", tmux.screen());
    // What is typed is echoed again, line by line.
    tmux.keys(&["-l", "echoed"]);
    tmux.shows("echoed");
    assert!(words(&tmux.place.path().join("board.yaml")).contains("它是绿的。"));
}
