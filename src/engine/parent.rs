//! How the engine process belongs to the app that started it: it ends with it, rests while it is stopped, and has a
//! session of its own.
//!
//! Linux shares the cores first among sessions and then among the tasks of each (`man 7 sched`, "The autogroup
//! feature"). In the app's session the engine would share one program's part with the app and with whatever else runs in
//! that terminal; in its own it neither slows the app's answer to a key nor is slowed by a build behind the app. In a
//! measurement with two busy loops in the same terminal on two cores, one thread wrote 84 tokens a second in a session of
//! its own and 59 without.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// How often to look whether the app is stopped.
const LOOK: Duration = Duration::from_millis(250);

/// The app, as seen by the engine.
pub(super) struct Parent {
    looked: Cell<Instant>,
}

impl Parent {
    /// Binds this process to the one that started it. To be called before it starts threads.
    pub(super) fn bind() -> Self {
        #[cfg(target_os = "linux")]
        {
            // Refused only for a signal that is none.
            let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
            // Refused only to a process that leads a group already, as one started by hand in a shell does.
            let _ = rustix::process::setsid();
        }
        Self { looked: Cell::new(Instant::now()) }
    }

    /// Returns at once while the app runs. While it is stopped (Ctrl-Z, which reaches only the app's session), nothing is
    /// computed for it.
    pub(super) fn rest_while_stopped(&self) {
        while self.looked.get().elapsed() >= LOOK {
            if !is_stopped() {
                self.looked.set(Instant::now());
                return;
            }
            std::thread::sleep(LOOK);
        }
    }
}

#[cfg(target_os = "linux")]
fn is_stopped() -> bool {
    let stat = format!("/proc/{}/stat", std::os::unix::process::parent_id());
    std::fs::read_to_string(stat).is_ok_and(|stat| state(&stat) == Some('T'))
}

#[cfg(not(target_os = "linux"))]
fn is_stopped() -> bool {
    false
}

/// The state in a line of `/proc/PID/stat` (`man 5 proc_pid_stat`); a program's name may hold blanks and parentheses.
#[cfg(any(target_os = "linux", test))]
fn state(stat: &str) -> Option<char> {
    stat.rsplit_once(") ")?.1.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_found_behind_any_program_name() {
        for (stat, wanted) in [
            ("7262 (cat) R 7259 7259", Some('R')),
            ("7262 (slate board) T 1 2", Some('T')),
            ("7262 (odd) T (name) S 1 2", Some('S')),
            ("", None),
            ("7262 (cut", None),
        ] {
            assert_eq!(state(stat), wanted, "{stat}");
        }
    }
}
