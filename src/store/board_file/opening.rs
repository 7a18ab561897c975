//! How a board becomes an open one: opened, made, or copied.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Access, BoardFile, Opened, Writing};
use crate::board::Storyboard;
use crate::store::error::{Doing, OpenError, StoreError};
use crate::store::feedback_log::{self, FeedbackLog};
use crate::store::journal::Journal;
use crate::store::lock::{self, Asked, Lock};
use crate::store::notice::Notice;
use crate::store::samples::Samples;
use crate::store::{recovery, replace, sha256_hex, yaml};

/// How often a reader looks again where the board was saved while it was read.
const LOOKS: usize = 4;

impl BoardFile {
    /// Opens a board, bringing back edits newer than its YAML.
    ///
    /// # Errors
    /// [`OpenError`]; nothing was changed then.
    pub fn open(path: impl AsRef<Path>, access: Access) -> Result<Opened, OpenError> {
        let path = path.as_ref();
        for _ in 1..LOOKS {
            let opened = Self::open_once(path, access)?;
            // Whoever writes may have saved between our reading the YAML and the journal: then the edits are in neither.
            if access == Access::Write || fs::read(&opened.file.target).is_ok_and(|now| now == opened.file.yaml) {
                return Ok(opened);
            }
        }
        Self::open_once(path, access)
    }

    fn open_once(path: &Path, access: Access) -> Result<Opened, OpenError> {
        let target = fs::canonicalize(path).map_err(StoreError::io(Doing::Open, path))?;
        // Refused before anything is made beside it.
        let invalid = |refused| OpenError::Invalid { path: path.to_owned(), refused };
        yaml::check_size(readable(&target)?).map_err(invalid)?;
        let lock = match access {
            Access::ReadOnly => None,
            Access::Write => Some(take_lock(&target)?),
        };
        let bytes = fs::read(&target).map_err(StoreError::io(Doing::Read, path))?;
        let (mut board, mut notices) = yaml::read_noting(&bytes).map_err(invalid)?;
        if lock.as_ref().is_some_and(|lock| !lock.holds) {
            notices.push(Notice::NoLock);
        }
        let mut file = Self::over(path, target, bytes, lock);
        let (recovered, found) = recovery::replay(&file.journal, &file.yaml, &mut board)?;
        match access {
            Access::ReadOnly => {
                let recovered = recovered.read_only();
                notices.extend(recovered.notices);
                file.unlogged = recovered.verdicts;
            }
            Access::Write => {
                replace::remove_leftovers(&file.target);
                file.journal.remove_leftovers();
                let (journal, log) = (&mut file.journal, &mut file.log);
                let (said, records) = recovered.settle(&found, journal, log, &file.target, &file.yaml)?;
                notices.extend(said);
                file.kept = records.len();
                file.records = records;
            }
        }
        Ok(Opened { file, board, notices })
    }

    /// Makes a new board and opens it for writing.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where something of that name is there; else as the system says.
    pub fn create(path: impl AsRef<Path>, board: &Storyboard) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let folder = fs::canonicalize(replace::folder(path)).map_err(StoreError::io(Doing::Create, path))?;
        let target = folder.join(
            path.file_name()
                .ok_or_else(|| StoreError::Unusable { path: path.to_owned(), why: "it names no file".to_owned() })?,
        );
        if target.symlink_metadata().is_ok() {
            return Err(StoreError::Exists { path: path.to_owned() });
        }
        let lock = take_lock(&target).map_err(|error| match error {
            OpenError::Store(error) => error,
            OpenError::Held { by, path } => StoreError::Held { by: Box::new(by), path },
            OpenError::NotWritable { path, source } => StoreError::Io { doing: Doing::Create, path, source },
            OpenError::Invalid { path, refused } => StoreError::Unusable { path, why: refused.to_string() },
        })?;
        let bytes = yaml::write(board).into_bytes();
        let file = Self::over(path, target, bytes, Some(lock));
        recovery::retire(&file.journal)?;
        replace::create(&file.target, &file.yaml)?;
        Ok(file)
    }

    /// Copies a board as it is now, edits newer than its YAML, feedback and prompts included, and opens the copy for
    /// writing: the way to work on while somebody else holds it.
    ///
    /// # Errors
    /// [`OpenError`] where the board cannot be read, or the copy's name is taken or cannot be written.
    pub fn copy(path: impl AsRef<Path>, copy: impl AsRef<Path>) -> Result<Opened, OpenError> {
        let original = Self::open(path, Access::ReadOnly)?;
        let mut file = Self::create(copy, &original.board)?;
        for folder in ["feedback", "prompts"] {
            copy_files(&original.file.sidecar.join(folder), &file.sidecar.join(folder))?;
        }
        let (known, _) = feedback_log::read_all(&file.sidecar)?;
        for feedback in original.file.unlogged.iter().filter(|feedback| !known.contains_key(&feedback.id)) {
            file.log.append(feedback)?;
        }
        file.log.sync()?;
        Ok(Opened { file, board: original.board, notices: original.notices })
    }

    /// A name for a copy that is not taken: `NAME-copy.yaml`, `NAME-copy-2.yaml`, and so on.
    #[must_use]
    pub fn free_copy_name(path: &Path) -> PathBuf {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let numbered = (2_u32..).map(|n| format!("{name}-copy-{n}.yaml"));
        let mut names = std::iter::once(format!("{name}-copy.yaml")).chain(numbered);
        let free =
            names.find_map(|name| Some(path.with_file_name(name)).filter(|copy| copy.symlink_metadata().is_err()));
        // The names do not end before the numbers do.
        free.unwrap_or_else(|| path.with_extension("copy.yaml"))
    }

    fn over(path: &Path, target: PathBuf, yaml: Vec<u8>, lock: Option<Lock>) -> Self {
        let sidecar = sidecar(&target);
        let writing = lock.map(|lock| Writing { sha256: sha256_hex(&yaml), lock });
        Self {
            path: path.to_owned(),
            journal: Journal::beside(&sidecar),
            records: Vec::new(),
            kept: 0,
            log: FeedbackLog::new(&sidecar),
            samples: Samples::beside(&sidecar),
            sidecar,
            target,
            yaml,
            unlogged: Vec::new(),
            conflict: None,
            writing,
        }
    }
}

/// `NAME.slate` beside `NAME.yaml`; a name with another ending keeps it.
fn sidecar(target: &Path) -> PathBuf {
    let yaml = target
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml"));
    if yaml {
        return target.with_extension("slate");
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".slate");
    target.with_file_name(name)
}

/// The file that says who holds the board.
pub(in crate::store) fn lock_of(target: &Path) -> PathBuf {
    sidecar(target).join(lock::NAME)
}

/// The size of a file that can be read as a board: a pipe would block for ever.
fn readable(target: &Path) -> Result<u64, StoreError> {
    let meta = fs::metadata(target).map_err(StoreError::io(Doing::Open, target))?;
    if meta.is_file() {
        return Ok(meta.len());
    }
    let why = if meta.is_dir() { "it is a folder" } else { "it is no regular file" };
    Err(StoreError::Unusable { path: target.to_owned(), why: why.to_owned() })
}

fn take_lock(target: &Path) -> Result<Lock, OpenError> {
    match lock::ask(&sidecar(target)) {
        Ok(Asked::Ours(lock)) => Ok(lock),
        Ok(Asked::Taken(by)) => Err(OpenError::Held { by, path: target.to_owned() }),
        Err(source) => Err(OpenError::NotWritable { path: target.to_owned(), source }),
    }
}

/// Copies the files of a flat folder; one that is not there has none.
fn copy_files(from: &Path, to: &Path) -> Result<(), StoreError> {
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    fs::create_dir_all(to).map_err(StoreError::io(Doing::Create, to))?;
    for entry in entries {
        let entry = entry.map_err(StoreError::io(Doing::Read, from))?;
        let path = entry.path();
        if path.is_file() {
            fs::copy(&path, to.join(entry.file_name())).map_err(StoreError::io(Doing::Copy, &path))?;
        }
    }
    Ok(())
}
