//! One writer a board. The lock is a file of its own: a save replaces the YAML, and with it whatever lock it carried.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{disk, now_ms, reviewer};
use crate::board::Line;

/// Who holds a board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The process; 0 where the lock does not say.
    pub pid: u32,
    /// The machine.
    #[serde(default)]
    pub host: Line,
    /// The person.
    #[serde(default)]
    pub reviewer: Line,
    /// Since when, in milliseconds since 1970.
    #[serde(default)]
    pub since_ms: u64,
}

impl Holder {
    /// This process.
    fn this() -> Self {
        Self { pid: std::process::id(), host: reviewer::host(), reviewer: reviewer::name(), since_ms: now_ms() }
    }
}

impl Holder {
    /// Minutes since it is held; `None` where the lock does not say.
    #[must_use]
    pub fn minutes(&self) -> Option<u64> {
        (self.since_ms > 0).then(|| now_ms().saturating_sub(self.since_ms) / 60_000)
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pid == 0 {
            return f.write_str("another process");
        }
        if !self.reviewer.is_empty() {
            write!(f, "{} (", self.reviewer)?;
        }
        write!(f, "process {}", self.pid)?;
        if !self.host.is_empty() {
            write!(f, " on {}", self.host)?;
        }
        if !self.reviewer.is_empty() {
            f.write_str(")")?;
        }
        let Some(minutes) = self.minutes() else { return Ok(()) };
        match minutes {
            0 => f.write_str(", since less than a minute"),
            1 => f.write_str(", since a minute"),
            minutes @ 2..120 => write!(f, ", since {minutes} minutes"),
            minutes @ 120..2880 => write!(f, ", since {} hours", minutes / 60),
            minutes => write!(f, ", since {} days", minutes / 1440),
        }
    }
}

/// A board held by this process, until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
    /// False where the file system cannot lock.
    pub(super) holds: bool,
}

/// What came of asking for a lock.
pub(super) enum Asked {
    /// It is ours.
    Ours(Lock),
    /// Somebody has it.
    Taken(Holder),
}

/// What it is called.
pub(super) const NAME: &str = "lock";

/// Asks for the lock in `sidecar`, making the folder where needed.
pub(super) fn ask(sidecar: &Path) -> io::Result<Asked> {
    let path = sidecar.join(NAME);
    loop {
        disk::make_folder(sidecar)?;
        let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = match opened {
            // A holder that just left removed the folder between these two calls.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            opened => opened?,
        };
        let holds = match file.try_lock() {
            // The last holder removed it: a lock on a removed file locks nobody out.
            Ok(()) if !disk::is_there(&file, &path) => continue,
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => return Ok(Asked::Taken(holder(&mut file))),
            Err(TryLockError::Error(_)) => false,
        };
        let holder = super::json_line(&Holder::this())?;
        // A full disk keeps nobody from working: the lock holds, and only does not say who has it.
        let _ = file.set_len(0).and_then(|()| file.write_all(&holder));
        return Ok(Asked::Ours(Lock { path, file, holds }));
    }
}

/// Reads who holds the lock. The holder may be about to write it, so an empty file is read again for a moment.
fn holder(file: &mut File) -> Holder {
    for _ in 0..10 {
        let mut words = String::new();
        let read = file.rewind().and_then(|()| file.take(4096).read_to_string(&mut words));
        if let (Ok(_), Ok(holder)) = (read, serde_json::from_str(&words)) {
            return holder;
        }
        sleep(Duration::from_millis(5));
    }
    Holder::default()
}

impl Lock {
    /// Whether its file is still where others look for it.
    pub(super) fn is_there(&self) -> bool {
        disk::is_there(&self.file, &self.path)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort: a lock file that stays is empty or stale, and nobody waits for it.
        let _ = self.file.set_len(0);
        if self.holds && self.is_there() && cfg!(unix) {
            let _ = fs::remove_file(&self.path);
            if let Some(sidecar) = self.path.parent() {
                // Goes only where nothing else is in it.
                let _ = fs::remove_dir(sidecar);
            }
        }
    }
}
