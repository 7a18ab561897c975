//! The feedback log: one file a session, one JSON record a line, only ever appended to. Two reviewers never write the
//! same file, and their logs merge by id.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use ulid::Ulid;

use super::error::{Doing, StoreError};
use super::notice::Notice;
use super::{disk, replace};
use crate::board::{Feedback, FeedbackId};

/// This session's part of the log. Its file is made with the first verdict.
#[derive(Debug)]
pub(super) struct FeedbackLog {
    path: PathBuf,
    file: Option<File>,
    /// What is in it, for the case that somebody removes it meanwhile.
    lines: Vec<u8>,
    /// Whether a failed write may have left half a line behind those.
    ragged: bool,
}

impl FeedbackLog {
    /// A new session's.
    pub(super) fn new(sidecar: &Path) -> Self {
        let path = folder(sidecar).join(format!("{}.jsonl", Ulid::new()));
        Self { path, file: None, lines: Vec::new(), ragged: false }
    }

    /// Appends one record. The journal has it durably by then, so this one need not be waited for.
    pub(super) fn append(&mut self, feedback: &Feedback) -> Result<(), StoreError> {
        let failed = StoreError::io(Doing::Write, &self.path);
        let mut line = super::json_line(feedback).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        self.open()?;
        let Some(file) = &mut self.file else { return Ok(()) };
        if self.ragged {
            disk::cut(file, &self.path, self.lines.len() as u64).map_err(StoreError::io(Doing::Write, &self.path))?;
            self.ragged = false;
        }
        if let Err(error) = disk::append(file, &self.path, &line) {
            // Half a line must not stand in front of the next one.
            self.ragged = disk::cut(file, &self.path, self.lines.len() as u64).is_err();
            return Err(StoreError::io(Doing::Write, &self.path)(error));
        }
        self.lines.extend(line);
        Ok(())
    }

    /// Makes its file where there is none, or none any more.
    fn open(&mut self) -> Result<(), StoreError> {
        if self.file.as_ref().is_some_and(|file| disk::is_there(file, &self.path)) {
            return Ok(());
        }
        self.file = None;
        let folder = replace::folder(&self.path);
        let is_new = !folder.exists();
        for folder in [replace::folder(folder), folder] {
            disk::make_folder(folder).map_err(StoreError::io(Doing::Create, folder))?;
        }
        if is_new {
            replace::sync_folder(folder)?;
        }
        let mut file = match disk::create(&self.path) {
            // A try before this one came so far.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => disk::resume(&self.path, 0),
            created => created,
        }
        .map_err(StoreError::io(Doing::Create, &self.path))?;
        if !self.lines.is_empty() {
            disk::append(&mut file, &self.path, &self.lines).map_err(StoreError::io(Doing::Write, &self.path))?;
        }
        self.file = Some(file);
        self.ragged = false;
        Ok(())
    }

    /// Makes what was appended durable: before the journal, which has it too, is let go.
    pub(super) fn sync(&mut self) -> Result<(), StoreError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        self.open()?;
        let Some(file) = &self.file else { return Ok(()) };
        disk::sync(file, &self.path).map_err(StoreError::io(Doing::Save, &self.path))?;
        replace::sync_folder(&self.path)
    }
}

/// Where the logs of all sessions are.
pub(super) fn folder(sidecar: &Path) -> PathBuf {
    sidecar.join("feedback")
}

/// The verdicts of all sessions of the board with this sidecar, in the order they were given, and what could not be read.
///
/// # Errors
/// [`StoreError`] where the log cannot be read.
pub fn feedback(sidecar: &Path) -> Result<(Vec<Feedback>, Vec<Notice>), StoreError> {
    let (records, notices) = read_all(sidecar)?;
    Ok((records.into_values().collect(), notices))
}

/// Every record of every session by id, and what could not be read.
pub(super) fn read_all(sidecar: &Path) -> Result<(BTreeMap<FeedbackId, Feedback>, Vec<Notice>), StoreError> {
    let folder = folder(sidecar);
    let entries = match fs::read_dir(&folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok((BTreeMap::new(), Vec::new()));
        }
        entries => entries.map_err(StoreError::io(Doing::Read, &folder))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(StoreError::io(Doing::Read, &folder))?.path();
        if path.extension().is_some_and(|extension| extension == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    let mut records = BTreeMap::new();
    let mut notices = Vec::new();
    for path in files {
        let bytes = fs::read(&path).map_err(StoreError::io(Doing::Read, &path))?;
        let mut unreadable = 0;
        for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            match serde_json::from_slice::<Feedback>(line) {
                Ok(feedback) => {
                    // The same record in two files is one: logs are copied between machines.
                    records.entry(feedback.id).or_insert(feedback);
                }
                Err(_) => unreadable += 1,
            }
        }
        if unreadable > 0 {
            notices.push(Notice::UnreadableFeedback { file: path, lines: unreadable });
        }
    }
    Ok((records, notices))
}
