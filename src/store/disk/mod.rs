//! Every change the store makes to a board's files, one function each: so that a test can cut a disk off after any of
//! them, and make any of them fail.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod watch;

/// What was changed.
#[derive(Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "only tests look at it"))]
enum Change<'a> {
    /// A folder is there.
    Folder(&'a Path),
    /// A new file, with nothing in it.
    New(&'a Path),
    /// Bytes at a file's end.
    Append(&'a Path, &'a [u8]),
    /// A file ends here now.
    Cut(&'a Path, u64),
    /// What is in a file is safe from a loss of power.
    Sync(&'a Path),
    /// The names in a folder are.
    SyncFolder(&'a Path),
    /// Another name.
    Rename(&'a Path, &'a Path),
    /// No name any more.
    Remove(&'a Path),
}

/// Makes a folder, where it is not there. The one it is in has to be: where a disk is gone, its boards are not begun anew
/// in the place it was at.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    attempt(|| match fs::create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    })?;
    note(Change::Folder(path));
    Ok(())
}

/// Makes a file to append to, where nothing of that name is.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let file = attempt(|| OpenOptions::new().append(true).create_new(true).open(path))?;
    note(Change::New(path));
    Ok(file)
}

/// Opens a file to append to behind its first `end` bytes; what follows them is cut off.
pub(super) fn resume(path: &Path, end: u64) -> io::Result<File> {
    let file = OpenOptions::new().append(true).open(path)?;
    cut(&file, path, end)?;
    Ok(file)
}

/// Makes a file in a folder whose name begins so, and goes on as nobody else's does. It goes with what is returned.
pub(super) fn temporary(folder: &Path, prefix: &OsStr) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        // As any program creates a file: the umask takes away what it will.
        builder.permissions(fs::Permissions::from_mode(0o666))
    };
    let file = attempt(|| builder.tempfile_in(folder))?;
    note(Change::New(file.path()));
    Ok(file)
}

/// Puts bytes at the end of a file.
pub(super) fn append(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    attempt_append(file, path, bytes)?;
    note(Change::Append(path, bytes));
    Ok(())
}

/// Ends a file there.
pub(super) fn cut(file: &File, path: &Path, end: u64) -> io::Result<()> {
    attempt(|| file.set_len(end))?;
    note(Change::Cut(path, end));
    Ok(())
}

/// Waits until what is in a file is on disk.
pub(super) fn sync(file: &File, path: &Path) -> io::Result<()> {
    attempt(|| file.sync_all())?;
    note(Change::Sync(path));
    Ok(())
}

/// The same, times and other things that nobody looks for aside.
pub(super) fn sync_data(file: &File, path: &Path) -> io::Result<()> {
    attempt(|| file.sync_data())?;
    note(Change::Sync(path));
    Ok(())
}

/// Waits until the names in a folder are on disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    match attempt(|| File::open(folder).and_then(|open| open.sync_all())) {
        // Some file systems have nothing to sync in a folder and say so.
        Err(error) if error.kind() != io::ErrorKind::InvalidInput => return Err(error),
        _ => {}
    }
    note(Change::SyncFolder(folder));
    Ok(())
}

/// Puts a temporary file in the place of what has that name.
pub(super) fn put(file: NamedTempFile, path: &Path) -> io::Result<()> {
    let from = file.path().to_owned();
    attempt(|| file.persist(path).map_err(|error| error.error))?;
    note(Change::Rename(&from, path));
    Ok(())
}

/// Gives a temporary file that name, where nothing has it.
pub(super) fn put_new(file: NamedTempFile, path: &Path) -> io::Result<()> {
    let from = file.path().to_owned();
    attempt(|| file.persist_noclobber(path).map_err(|error| error.error))?;
    note(Change::Rename(&from, path));
    Ok(())
}

/// Gives a file another name.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    attempt(|| fs::rename(from, to))?;
    note(Change::Rename(from, to));
    Ok(())
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    attempt(|| fs::remove_file(path))?;
    note(Change::Remove(path));
    Ok(())
}

/// Whether that name still leads to this file: somebody may have removed it, or its folder, or the disk.
pub(super) fn is_there(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        match (file.metadata(), fs::metadata(path)) {
            (Ok(ours), Ok(named)) => (ours.dev(), ours.ino()) == (named.dev(), named.ino()),
            _ => false,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

#[cfg(test)]
use watch::{attempt, attempt_append, note};

#[cfg(not(test))]
fn attempt<T>(does: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    #[cfg(debug_assertions)]
    wait_when_asked();
    does()
}

#[cfg(not(test))]
fn attempt_append(file: &mut File, _: &Path, bytes: &[u8]) -> io::Result<()> {
    attempt(|| io::Write::write_all(file, bytes))
}

/// The tests' way to a slow disk: no other build has this.
#[cfg(all(debug_assertions, not(test)))]
fn wait_when_asked() {
    let asked = std::env::var("SLATEBOARD_TEST_DISK_MS").ok().and_then(|ms| ms.parse().ok());
    if let Some(ms) = asked {
        std::thread::sleep(std::time::Duration::from_millis(ms));
    }
}

#[cfg(not(test))]
fn note(_: Change<'_>) {}
