//! The journal: what was done since the YAML was written, one checksummed JSON record a line.
//!
//! It begins with the SHA-256 of the YAML it starts from. A copy of that YAML comes to stand beside it as `base.yaml`:
//! where another program changes the YAML meanwhile, the board with our edits can still be made in full. The copy is
//! made behind the first record, not before it: of a long board it costs a hundred times what a verdict does.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::{disk, replace, sha256_hex};
use crate::board::{Edit, Feedback};

/// The format's version.
const VERSION: u32 = 1;
/// Hexadecimal digits of SHA-256 in front of each record: 64 bits find any damage that is not malice.
const SUM: usize = 16;

/// The first line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Header {
    journal: u32,
    base: String,
}

/// Any other line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Record {
    /// An edit.
    Edit(Edit),
    /// A verdict, and the edit it makes to the board.
    Verdict {
        /// For the feedback log.
        feedback: Box<Feedback>,
        /// For the board.
        edit: Edit,
    },
    /// All before this is in the YAML of this SHA-256, as soon as that is in place.
    Saving {
        /// Of the YAML.
        sha256: String,
    },
    /// All before this is kept in a conflict copy.
    Kept,
}

impl Record {
    /// The edit in it.
    pub(super) fn edit(&self) -> Option<&Edit> {
        match self {
            Self::Edit(edit) | Self::Verdict { edit, .. } => Some(edit),
            Self::Saving { .. } | Self::Kept => None,
        }
    }
}

/// What follows the last good record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    /// Nothing.
    Clean,
    /// One record that was cut off while it was written.
    Torn,
    /// Damage with more behind it.
    Damaged,
}

/// A journal as found.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// SHA-256 of the YAML it starts from; `None` where not even the first line is whole.
    pub(super) base: Option<String>,
    /// The good records, each with the offset of its end.
    pub(super) records: Vec<(Record, usize)>,
    /// The offset behind the first line.
    pub(super) header_end: usize,
    /// What follows them.
    pub(super) tail: Tail,
}

impl Found {
    /// Reads as far as it is good.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut found = Self { base: None, records: Vec::new(), header_end: 0, tail: Tail::Clean };
        let mut at = 0;
        while at < bytes.len() {
            let line = bytes[at..].split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
            let end = at + line.len();
            if !found.take(line, end) {
                found.tail = if end == bytes.len() { Tail::Torn } else { Tail::Damaged };
                return found;
            }
            at = end;
        }
        found
    }

    /// Takes a line in where it is good.
    fn take(&mut self, line: &[u8], end: usize) -> bool {
        let Some(json) = checked(line) else { return false };
        if self.base.is_none() {
            match serde_json::from_slice::<Header>(json) {
                Ok(header) if header.journal == VERSION => self.base = Some(header.base),
                _ => return false,
            }
            self.header_end = end;
            return true;
        }
        let Ok(record) = serde_json::from_slice(json) else { return false };
        self.records.push((record, end));
        true
    }
}

/// The JSON of a line whose checksum holds.
fn checked(line: &[u8]) -> Option<&[u8]> {
    let (sum, rest) = line.strip_suffix(b"\n")?.split_at_checked(SUM)?;
    let json = rest.strip_prefix(b" ")?;
    (sha256_hex(json).as_bytes()[..SUM] == *sum).then_some(json)
}

fn line(record: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let json = super::json_line(record)?;
    let mut line = sha256_hex(&json).into_bytes();
    line.truncate(SUM);
    line.push(b' ');
    line.extend_from_slice(&json);
    line.push(b'\n');
    Ok(line)
}

/// The journal of a board that is open for writing.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    base: PathBuf,
    /// Open as soon as there is something in it.
    file: Option<File>,
    /// The end of the last whole record.
    end: u64,
    /// Whether a failed write may have left half a record behind `end`.
    ragged: bool,
    /// Whether the YAML it starts from is known to stand beside it.
    based: bool,
    /// Whether its folder is known to survive a loss of power.
    rooted: bool,
    /// Whether what was let go may still be there.
    stale: bool,
}

impl Journal {
    /// The one in a sidecar; nothing is read or written yet.
    pub(super) fn beside(sidecar: &Path) -> Self {
        let (path, base) = (sidecar.join("journal"), sidecar.join("base.yaml"));
        Self { path, base, file: None, end: 0, ragged: false, based: false, rooted: false, stale: false }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes temporary files that a killed process left beside it. Only while the board is locked.
    pub(super) fn remove_leftovers(&self) {
        replace::remove_leftovers(&self.path);
        replace::remove_leftovers(&self.base);
    }

    /// Its bytes; `None` where there is none.
    pub(super) fn read(&self) -> Result<Option<Vec<u8>>, StoreError> {
        read(&self.path)
    }

    /// The YAML it starts from, where that is still what it was.
    pub(super) fn read_base(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(read(&self.base)?.filter(|yaml| sha256_hex(yaml) == sha256))
    }

    /// Whether something waits in it.
    pub(super) fn is_begun(&self) -> bool {
        self.file.is_some()
    }

    /// Begins it anew on the YAML of this SHA-256 with these records, in one durable step.
    pub(super) fn begin(&mut self, sha256: &str, records: &[Record]) -> Result<(), StoreError> {
        let folder = replace::folder(&self.path);
        disk::make_folder(folder).map_err(StoreError::io(Doing::Create, folder))?;
        let failed = |error: serde_json::Error| StoreError::io(Doing::Write, &self.path)(error.into());
        let mut bytes = line(&Header { journal: VERSION, base: sha256.to_owned() }).map_err(failed)?;
        for record in records {
            bytes.extend(line(record).map_err(failed)?);
        }
        replace::replace(&self.path, &bytes)?;
        self.stale = false;
        if !self.rooted {
            // The folder itself is as new as the lock in it.
            replace::sync_folder(folder)?;
            self.rooted = true;
        }
        self.resume(bytes.len() as u64)
    }

    /// Puts the YAML it starts from beside it, where that is still to be done.
    pub(super) fn settle(&mut self, yaml: &[u8]) -> Result<(), StoreError> {
        if self.file.is_some() && !self.based {
            replace::replace(&self.base, yaml)?;
            self.based = true;
        }
        Ok(())
    }

    /// Goes on with the one that is there, behind its first `end` bytes.
    pub(super) fn resume(&mut self, end: u64) -> Result<(), StoreError> {
        self.file = Some(disk::resume(&self.path, end).map_err(StoreError::io(Doing::Write, &self.path))?);
        self.end = end;
        self.ragged = false;
        self.based = false;
        Ok(())
    }

    /// Appends a record, handing it to the system; it survives this process, and with [`Self::sync`] the machine.
    pub(super) fn append(&mut self, record: &Record) -> Result<(), StoreError> {
        let line = line(record).map_err(|error| StoreError::io(Doing::Write, &self.path)(error.into()))?;
        if self.ragged {
            self.cut(self.end)?;
        }
        let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound.into());
        if let Err(error) = file.and_then(|file| disk::append(file, &self.path, &line)) {
            // Half a record must not stand in front of the next one.
            self.ragged = true;
            let _ = self.cut(self.end);
            return Err(StoreError::io(Doing::Write, &self.path)(error));
        }
        self.end += line.len() as u64;
        Ok(())
    }

    /// Where the last record ends, for [`Self::cut`].
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// Takes back what was appended behind `end`, at the latest before the next record.
    pub(super) fn cut(&mut self, end: u64) -> Result<(), StoreError> {
        self.end = end;
        if let Some(file) = &self.file {
            self.ragged = true;
            disk::cut(file, &self.path, end).map_err(StoreError::io(Doing::Write, &self.path))?;
        }
        self.ragged = false;
        Ok(())
    }

    /// Whether it is as it was left: nobody removed it, and nothing that failed is still to be done.
    pub(super) fn is_in_order(&self) -> bool {
        match &self.file {
            Some(file) => !self.ragged && disk::is_there(file, &self.path),
            None => !self.stale,
        }
    }

    /// Does what failed before; where somebody removed it, it is no longer begun.
    pub(super) fn mend(&mut self) -> Result<(), StoreError> {
        if self.stale {
            self.clear()?;
        }
        if self.file.as_ref().is_some_and(|file| !disk::is_there(file, &self.path)) {
            self.file = None;
            self.rooted = false;
        }
        if self.ragged && self.file.is_some() { self.cut(self.end) } else { Ok(()) }
    }

    /// Waits until it is on disk.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        let Some(file) = &self.file else { return Ok(()) };
        disk::sync_data(file, &self.path).map_err(StoreError::io(Doing::Write, &self.path))
    }

    /// Lets it go: all of it is in the YAML.
    pub(super) fn clear(&mut self) -> Result<(), StoreError> {
        self.file = None;
        self.end = 0;
        self.stale = true;
        for path in [&self.path, &self.base] {
            match disk::remove(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(Doing::Remove, path)(error));
                }
                _ => {}
            }
        }
        self.stale = false;
        Ok(())
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(StoreError::io(Doing::Read, path)(error)),
    }
}
