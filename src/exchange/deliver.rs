//! Puts exports in place: written under a temporary name beside it, then renamed. What was there stays whole until the
//! new one is, and a stopped or failed export leaves nothing.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::order::ExportError;

/// What becomes of something that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// It stays, and the export is refused.
    Refuse,
    /// It is replaced once the new one is whole.
    Replace,
}

/// What temporary names begin with.
const PREFIX: &str = ".slateboard-";

/// The folder something is put into.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses what is there already, before any work is done.
///
/// # Errors
/// [`ExportError::Exists`].
pub fn check_free(path: &Path, overwrite: Overwrite) -> Result<(), ExportError> {
    let there = overwrite == Overwrite::Refuse && path.symlink_metadata().is_ok();
    if there { Err(ExportError::Exists(path.to_owned())) } else { Ok(()) }
}

/// Where something is put that is to be a file or a folder: where a link there leads to. What is something else stays: a
/// device or a pipe that a rename made a file of is gone.
fn place_of(path: &Path, overwrite: Overwrite, is_such: fn(&fs::Metadata) -> bool) -> Result<PathBuf, ExportError> {
    check_free(path, overwrite)?;
    if path.symlink_metadata().is_err() {
        return Ok(path.to_owned());
    }
    let failed = |error| ExportError::Io(path.to_owned(), error);
    let place = fs::canonicalize(path).map_err(failed)?;
    let there = place.metadata().map_err(failed)?;
    if is_such(&there) { Ok(place) } else { Err(ExportError::OtherKind(path.to_owned())) }
}

/// Writes a file.
///
/// # Errors
/// As `make`, [`ExportError::Exists`], [`ExportError::OtherKind`] or [`ExportError::Io`]; nothing was written then.
pub fn file(
    path: &Path,
    overwrite: Overwrite,
    make: impl FnOnce(&mut BufWriter<&mut File>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let failed = |error| ExportError::Io(path.to_owned(), error);
    let path = &*place_of(path, overwrite, fs::Metadata::is_file)?;
    let mut temporary = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder_of(path)).map_err(failed)?;
    let mut out = BufWriter::new(temporary.as_file_mut());
    make(&mut out)?;
    out.flush().map_err(failed)?;
    drop(out);
    settle(path, overwrite, temporary)
}

/// Lets another program write a file: it is given the temporary path, which ends as `path` does.
///
/// # Errors
/// As [`file()`].
pub fn file_by_path(
    path: &Path,
    overwrite: Overwrite,
    make: impl FnOnce(&Path) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let path = &*place_of(path, overwrite, fs::Metadata::is_file)?;
    let suffix = path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let temporary = tempfile::Builder::new()
        .prefix(PREFIX)
        .suffix(&suffix)
        .tempfile_in(folder_of(path))
        .map_err(|error| ExportError::Io(path.to_owned(), error))?;
    make(temporary.path())?;
    settle(path, overwrite, temporary)
}

fn settle(path: &Path, overwrite: Overwrite, temporary: tempfile::NamedTempFile) -> Result<(), ExportError> {
    let failed = |error| ExportError::Io(path.to_owned(), error);
    #[cfg(unix)]
    readable(temporary.path(), 0o644).map_err(failed)?;
    temporary.as_file().sync_data().map_err(failed)?;
    match overwrite {
        Overwrite::Replace => temporary.persist(path).map_err(|error| failed(error.error))?,
        Overwrite::Refuse => temporary.persist_noclobber(path).map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => ExportError::Exists(path.to_owned()),
            _ => failed(error.error),
        })?,
    };
    Ok(())
}

/// Makes a folder and everything in it. One that is there is replaced whole where all that it holds is made again or, by its
/// name, comes from an export of before (`is_ours`).
///
/// # Errors
/// As `make`, [`ExportError::Exists`], [`ExportError::OtherKind`], [`ExportError::Foreign`] or [`ExportError::Io`]; what was
/// there stays then.
pub fn folder(
    path: &Path,
    overwrite: Overwrite,
    is_ours: fn(&str) -> bool,
    make: impl FnOnce(&Path) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let failed = |error| ExportError::Io(path.to_owned(), error);
    let path = &*place_of(path, overwrite, fs::Metadata::is_dir)?;
    let around = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder_of(path)).map_err(failed)?;
    let new = around.path().join("new");
    fs::create_dir(&new).map_err(failed)?;
    make(&new)?;
    if overwrite == Overwrite::Refuse {
        // Renaming onto an empty folder succeeds on Unix, so what appeared meanwhile is looked for once more.
        check_free(path, overwrite)?;
        return fs::rename(&new, path).map_err(failed);
    }
    if let Some(other) = foreign(path, &new, is_ours).map_err(failed)? {
        return Err(ExportError::Foreign(path.to_owned(), other));
    }
    let old = around.path().join("old");
    let moved = match fs::rename(path, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(failed(error)),
    };
    fs::rename(&new, path).map_err(|error| {
        if moved {
            // Back to where it was; where even that fails, the error below is the one to tell.
            let _ = fs::rename(&old, path);
        }
        failed(error)
    })
}

/// Something in a folder that is not in the new one and is not ours either.
fn foreign(old: &Path, new: &Path, is_ours: fn(&str) -> bool) -> std::io::Result<Option<PathBuf>> {
    let entries = match fs::read_dir(old) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let (name, again) = (entry.file_name(), new.join(entry.file_name()));
        let other = match entry.file_type()? {
            kind if kind.is_dir() && !again.is_dir() && fs::read_dir(entry.path())?.next().is_none() => {
                Some(entry.path())
            }
            kind if kind.is_dir() => foreign(&entry.path(), &again, is_ours)?,
            kind if kind.is_file() && (again.is_file() || is_ours(&name.to_string_lossy())) => None,
            _ => Some(entry.path()),
        };
        if other.is_some() {
            return Ok(other);
        }
    }
    Ok(None)
}

/// Files that are being added to a folder which may be there already.
pub struct Additions<'a> {
    folder: &'a Path,
    overwrite: Overwrite,
    /// What is new or other than what is there waits here until everything is made.
    waiting: PathBuf,
}

impl Additions<'_> {
    /// Adds a file. One that is there with the same bytes is used as it is.
    ///
    /// # Errors
    /// [`ExportError::Exists`] where one with other bytes is there and stays, or [`ExportError::Io`].
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let target = self.folder.join(name);
        if fs::read(&target).is_ok_and(|there| there == bytes) {
            return Ok(());
        }
        check_free(&target, self.overwrite)?;
        put(&self.waiting.join(name), bytes)
    }
}

/// Adds files to a folder, which is made where it is missing. Several exports share a folder of pictures: what each of them
/// needs is added, what it has no need of stays, and nothing is changed before everything is made.
///
/// # Errors
/// As `make`, [`ExportError::Exists`] or [`ExportError::Io`]; where it is not the system that fails, what was there stays.
pub fn added(
    folder: &Path,
    overwrite: Overwrite,
    make: impl FnOnce(&mut Additions<'_>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let failed = |error| ExportError::Io(folder.to_owned(), error);
    let around = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder_of(folder)).map_err(failed)?;
    let mut additions = Additions { folder, overwrite, waiting: around.path().join("new") };
    fs::create_dir(&additions.waiting).map_err(failed)?;
    make(&mut additions)?;
    if folder.symlink_metadata().is_err() {
        return fs::rename(&additions.waiting, folder).map_err(failed);
    }
    for entry in fs::read_dir(&additions.waiting).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = folder.join(entry.file_name());
        check_free(&target, overwrite)?;
        fs::rename(entry.path(), &target).map_err(|error| ExportError::Io(target, error))?;
    }
    Ok(())
}

/// Writes one file inside a folder that [`folder()`] is making.
///
/// # Errors
/// [`ExportError::Io`].
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    fs::write(path, bytes).map_err(|error| ExportError::Io(path.to_owned(), error))
}

/// A temporary file is its owner's alone; an export is for others.
#[cfg(unix)]
fn readable(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// The folder of pictures beside a file: `cut.otio` has `cut.frames`.
#[must_use]
pub fn pictures_beside(path: &Path) -> PathBuf {
    path.with_extension("frames")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_failed_export_leaves_nothing_and_keeps_what_was_there() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.txt");
        fs::write(&path, "old").unwrap();
        let stopped = file(&path, Overwrite::Replace, |out| {
            out.write_all(b"new").unwrap();
            Err(ExportError::Stopped)
        });
        assert!(matches!(stopped, Err(ExportError::Stopped)));
        assert!(matches!(file(&path, Overwrite::Refuse, |_| Ok(())), Err(ExportError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(place.path()), ["a.txt"]);
    }

    #[test]
    fn a_shared_folder_keeps_what_others_put_there_and_takes_the_same_file_twice() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("k.frames");
        let add = |overwrite, files: &[(&str, &[u8])]| {
            added(&path, overwrite, |additions| files.iter().try_for_each(|(name, bytes)| additions.put(name, bytes)))
        };
        add(Overwrite::Refuse, &[("one", b"1"), ("two", b"2")]).unwrap();
        add(Overwrite::Refuse, &[("two", b"2"), ("three", b"3")]).unwrap();
        let refused = add(Overwrite::Refuse, &[("four", b"4"), ("two", b"other")]);
        assert!(matches!(refused, Err(ExportError::Exists(which)) if which.ends_with("k.frames/two")));
        assert_eq!(names(&path), ["one", "three", "two"], "a refusal adds nothing");
        add(Overwrite::Replace, &[("two", b"other")]).unwrap();
        assert_eq!(
            (names(&path), fs::read(path.join("two")).unwrap()),
            (vec!["one".into(), "three".into(), "two".into()], b"other".to_vec())
        );
        assert_eq!(names(place.path()), ["k.frames"], "nothing is left beside it");
    }

    #[test]
    fn a_folder_is_replaced_whole_where_nothing_in_it_is_somebody_elses() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("out");
        let folder = |overwrite, make: fn(&Path) -> Result<(), ExportError>| {
            folder(&path, overwrite, |name| name.starts_with("shot"), make)
        };
        folder(Overwrite::Refuse, |new| put(&new.join("shot-1"), b"1")).unwrap();
        folder(Overwrite::Replace, |new| put(&new.join("shot-2"), b"2")).unwrap();
        assert_eq!(names(&path), ["shot-2"]);
        assert!(folder(Overwrite::Refuse, |_| Ok(())).is_err());
        assert!(folder(Overwrite::Replace, |_| Err(ExportError::Stopped)).is_err());
        assert_eq!((names(place.path()), names(&path)), (vec!["out".to_owned()], vec!["shot-2".to_owned()]));
        fs::create_dir(path.join("board.slate")).unwrap();
        let refused = folder(Overwrite::Replace, |new| put(&new.join("shot-2"), b"3"));
        assert!(matches!(refused, Err(ExportError::Foreign(_, other)) if other.ends_with("out/board.slate")));
        assert_eq!(fs::read(path.join("shot-2")).unwrap(), b"2");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_what_is_no_plain_file_stays() {
        let place = tempfile::tempdir().unwrap();
        let (real, link, folder) = (place.path().join("real"), place.path().join("link"), place.path().join("folder"));
        fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        fs::create_dir(&folder).unwrap();
        let socket = place.path().join("socket");
        let _kept = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let write = |path: &Path| {
            file(path, Overwrite::Replace, |out| {
                out.write_all(b"new").unwrap();
                Ok(())
            })
        };
        write(&link).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"new");
        for other in [&folder, &socket] {
            assert!(matches!(write(other), Err(ExportError::OtherKind(_))), "{}", other.display());
        }
        assert!(folder.is_dir() && !socket.is_file());
    }
}
