//! A thread's changes to its disk, watched, and made to fail where a test wants it.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Change;

/// A change as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kept {
    Folder(PathBuf),
    New(PathBuf),
    Append(PathBuf, Vec<u8>),
    Cut(PathBuf, u64),
    Sync(PathBuf),
    SyncFolder(PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// How a disk says that there is no room.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum NoRoom {
    /// For nobody: `ENOSPC`.
    #[default]
    Full,
    /// Not for this person: `EDQUOT`.
    Quota,
}

impl NoRoom {
    fn error(self) -> io::Error {
        match self {
            Self::Full => io::ErrorKind::StorageFull.into(),
            Self::Quota => io::ErrorKind::QuotaExceeded.into(),
        }
    }
}

#[derive(Debug, Default)]
struct Watch {
    on: bool,
    kept: Vec<Kept>,
    attempts: usize,
    /// Which attempts fail, counted from 0, and how.
    failing: Range<usize>,
    no_room: NoRoom,
}

thread_local! {
    static WATCH: RefCell<Watch> = RefCell::default();
}

/// Watches from here on; the attempts in `failing` find no room.
pub(super) fn begin(failing: Range<usize>, no_room: NoRoom) {
    WATCH.set(Watch { on: true, failing, no_room, ..Watch::default() });
}

/// How many changes were made so far.
pub(super) fn count() -> usize {
    WATCH.with_borrow(|watch| watch.kept.len())
}

/// Ends it: the changes made, and how many were attempted.
pub(super) fn end() -> (Vec<Kept>, usize) {
    let watch = WATCH.take();
    (watch.kept, watch.attempts)
}

fn fails() -> Option<io::Error> {
    WATCH.with_borrow_mut(|watch| {
        watch.attempts += usize::from(watch.on);
        (watch.on && watch.failing.contains(&(watch.attempts - 1))).then(|| watch.no_room.error())
    })
}

pub(super) fn attempt<T>(does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    match fails() {
        Some(error) => Err(error),
        None => does(),
    }
}

/// A disk that fills while a file is written takes some of it.
pub(super) fn attempt_append(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(error) = fails() {
        let some = &bytes[..bytes.len() / 2];
        file.write_all(some)?;
        note(Change::Append(path, some));
        return Err(error);
    }
    file.write_all(bytes)
}

pub(super) fn note(change: Change<'_>) {
    let own = Path::to_owned;
    let kept = match change {
        Change::Folder(path) => Kept::Folder(own(path)),
        Change::New(path) => Kept::New(own(path)),
        Change::Append(path, bytes) => Kept::Append(own(path), bytes.to_owned()),
        Change::Cut(path, end) => Kept::Cut(own(path), end),
        Change::Sync(path) => Kept::Sync(own(path)),
        Change::SyncFolder(path) => Kept::SyncFolder(own(path)),
        Change::Rename(from, to) => Kept::Rename(own(from), own(to)),
        Change::Remove(path) => Kept::Remove(own(path)),
    };
    WATCH.with_borrow_mut(|watch| {
        if watch.on {
            watch.kept.push(kept);
        }
    });
}
