//! A board taken over from a program that holds it here: one whose line froze holds it for hours, and nobody is left to close
//! it. It is told that its line has dropped; it then keeps what it has and ends.

use std::path::Path;

use super::lock::Holder;

/// Whether the program that holds the board of this file can be told to let it go: it runs on this machine, it is the one
/// that has the lock, it is ours, and it listens. A verb at work does not: it would lose what it is at.
#[must_use]
pub fn is_possible(board: &Path, by: &Holder) -> bool {
    process::of(board, by).is_some()
}

/// Tells the program that holds the board of this file that its line has dropped; answers whether there is one to be told.
#[must_use]
pub fn ask(board: &Path, by: &Holder) -> bool {
    process::of(board, by).is_some_and(process::hang_up)
}

/// The system's list of locks says which process has one, whatever the lock itself says: a number that another machine or
/// another container wrote there would be somebody else's here.
#[cfg(target_os = "linux")]
mod process {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use rustix::process::{Pid, Signal, kill_process, test_kill_process};

    use super::super::board_file::lock_of;
    use super::super::{lock::Holder, reviewer};

    pub(super) fn of(board: &Path, by: &Holder) -> Option<Pid> {
        let pid = Pid::from_raw(i32::try_from(by.pid).ok()?)?;
        let inode = fs::metadata(lock_of(board)).ok()?.ino();
        let locks = fs::read_to_string("/proc/locks").ok()?;
        let is_it = |line: &str| has_lock(line, by.pid, inode);
        let listens = || fs::read_to_string(format!("/proc/{}/status", by.pid)).is_ok_and(|status| hears(&status));
        let here = by.host == reviewer::host() && locks.lines().any(is_it);
        (here && test_kill_process(pid).is_ok() && listens()).then_some(pid)
    }

    /// Whether a process has something to do when its line drops: `SigCgt`, as proc(5) has it, names SIGHUP first.
    pub(super) fn hears(status: &str) -> bool {
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
    }

    /// `1: FLOCK  ADVISORY  WRITE 4711 fe:00:131 0 EOF`, as proc(5) has it.
    pub(super) fn has_lock(line: &str, pid: u32, inode: u64) -> bool {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "FLOCK", _, "WRITE", by, file, ..] = fields.as_slice() else { return false };
        by.parse() == Ok(pid) && file.rsplit(':').next().and_then(|inode| inode.parse().ok()) == Some(inode)
    }

    pub(super) fn hang_up(process: Pid) -> bool {
        // One that was stopped hears it once it goes on.
        kill_process(process, Signal::HUP).and_then(|()| kill_process(process, Signal::CONT)).is_ok()
    }
}

#[cfg(not(target_os = "linux"))]
mod process {
    use std::path::Path;

    use super::Holder;

    pub(super) fn of(_: &Path, _: &Holder) -> Option<()> {
        None
    }

    pub(super) fn hang_up(_: ()) -> bool {
        false
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    use super::super::{Access, BoardFile, OpenError};
    use super::*;
    use crate::board::Storyboard;

    #[test]
    fn only_the_process_that_has_the_lock_is_told() {
        let line = "12: FLOCK  ADVISORY  WRITE 4711 fe:00:131 0 EOF";
        assert!(process::has_lock(line, 4711, 131));
        assert!(!process::has_lock(line, 4712, 131) && !process::has_lock(line, 4711, 132));
        assert!(!process::has_lock("12: -> FLOCK  ADVISORY  WRITE 4711 fe:00:131 0 EOF", 4711, 131));
        assert!(process::hears("Name:\tx\nSigCgt:\t0000000180014a03\n"));
        assert!(!process::hears("Name:\tx\nSigCgt:\t0000000180014a02\n") && !process::hears(""));
        assert!(!process::has_lock("13: POSIX  ADVISORY  WRITE 4711 fe:00:131 0 EOF", 4711, 131));
    }

    #[test]
    fn a_lock_that_names_somebody_else_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("board.yaml");
        let held = BoardFile::create(&path, &Storyboard::default()).unwrap();
        let Err(OpenError::Held { by, .. }) = BoardFile::open(&path, Access::Write) else { panic!("it is held") };
        assert!(!is_possible(&path, &by), "this process holds it, and does not listen");
        signal_hook::flag::register(signal_hook::consts::SIGHUP, std::sync::Arc::default()).unwrap();
        assert!(is_possible(&path, &by), "now it does");
        for wrong in [Holder { pid: 1, ..by.clone() }, Holder { pid: 0, ..by.clone() }] {
            assert!(!is_possible(&path, &wrong) && !ask(&path, &wrong));
        }
        let elsewhere = Holder { host: crate::board::Line::clipped("another", 20), ..by };
        assert!(!is_possible(&path, &elsewhere));
        drop(held);
        assert!(fs::metadata(&path).is_ok());
    }
}
