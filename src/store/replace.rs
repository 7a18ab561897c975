//! Atomic replacement: a reader sees the old file or the new one, never half of one.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use super::disk;
use super::error::{Doing, StoreError};

/// What every temporary file of `path` starts with: hidden, and recognised when a process was killed meanwhile.
fn prefix(path: &Path) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(path.file_name().unwrap_or_default());
    prefix.push(".tmp");
    prefix
}

/// The folder of `path`.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Replaces `path` by `bytes`, durably, keeping its mode and, where allowed, its owner. `path` is no symlink.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let written = written(path, bytes, fs::metadata(path).ok().as_ref()).map_err(StoreError::io(Doing::Save, path))?;
    disk::put(written, path).map_err(StoreError::io(Doing::Save, path))?;
    sync_folder(path)
}

/// Writes `path` where nothing of that name is.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let written = written(path, bytes, None).map_err(StoreError::io(Doing::Create, path))?;
    disk::put_new(written, path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::Exists { path: path.to_owned() },
        _ => StoreError::io(Doing::Create, path)(error),
    })?;
    sync_folder(path)
}

fn written(path: &Path, bytes: &[u8], old: Option<&fs::Metadata>) -> io::Result<tempfile::NamedTempFile> {
    let mut file = disk::temporary(folder(path), &prefix(path))?;
    let name = file.path().to_owned();
    disk::append(file.as_file_mut(), &name, bytes)?;
    if let Some(old) = old {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let new = file.as_file().metadata()?;
            if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
                // Only root may give a file away; for anybody else the file becomes theirs.
                let _ = std::os::unix::fs::fchown(file.as_file(), Some(old.uid()), Some(old.gid()));
            }
        }
        file.as_file().set_permissions(old.permissions())?;
    }
    disk::sync(file.as_file(), &name)?;
    Ok(file)
}

/// Makes a rename in the folder of `path` durable.
pub(super) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let folder = folder(path);
    disk::sync_folder(folder).map_err(StoreError::io(Doing::Save, folder))
}

/// Removes temporary files that a killed process left beside `path`. Only while the board is locked.
pub(super) fn remove_leftovers(path: &Path) {
    let prefix = prefix(path);
    let Ok(entries) = fs::read_dir(folder(path)) else { return };
    for entry in entries.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
            // A leftover that stays does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}
