//! One open board: its YAML, its lock, its journal and its feedback log, kept in step.

mod opening;

pub(super) use opening::lock_of;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Doing, StoreError};
use super::feedback_log::{self, FeedbackLog};
use super::journal::{Journal, Record};
use super::lock::{self, Asked, Lock};
use super::notice::Notice;
use super::samples::Samples;
use super::{recovery, replace, sha256_hex, yaml};
use crate::board::{Edit, Feedback, Storyboard};

/// What an open board is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Edits, verdicts, saving. One process at a time.
    Write,
    /// Looking. Any number of processes, and nothing is written, not even `NAME.slate/`.
    ReadOnly,
}

/// A board as opened.
#[derive(Debug)]
pub struct Opened {
    /// Its file.
    pub file: BoardFile,
    /// What is in it, edits newer than the YAML included.
    pub board: Storyboard,
    /// What a person should be told.
    pub notices: Vec<Notice>,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Saved {
    /// The YAML holds the board.
    Written,
    /// Another program changed the YAML, which is left as it is; the board is in a file beside it.
    Conflict {
        /// That file. Further saves of this session go there too.
        ours: PathBuf,
    },
}

/// A board's files while it is open. Dropped without [`Self::save`], the edits wait in the journal.
#[derive(Debug)]
pub struct BoardFile {
    /// As the person named it.
    path: PathBuf,
    /// The file itself, symlinks followed.
    target: PathBuf,
    sidecar: PathBuf,
    /// The YAML as last read or written.
    yaml: Vec<u8>,
    journal: Journal,
    /// What was done since the YAML was written, which the journal holds, or is to hold as soon as it can.
    records: Vec<Record>,
    /// How many of them it holds.
    kept: usize,
    log: FeedbackLog,
    samples: Samples,
    /// Verdicts that only the journal has, on a board that may not be written.
    unlogged: Vec<Feedback>,
    conflict: Option<PathBuf>,
    /// On a board that may be written. Declared last, so that the lock is let go last.
    writing: Option<Writing>,
}

/// What a board that may be written has beside its files.
#[derive(Debug)]
struct Writing {
    /// SHA-256 of the YAML as last read or written, which a journal begins with. Known beforehand: a verdict does not
    /// wait for it.
    sha256: String,
    lock: Lock,
}

impl BoardFile {
    /// Hands an edit to the journal: it survives the end of this process. To be called after the edit was applied to
    /// the board and before the screen shows it.
    ///
    /// # Errors
    /// [`StoreError`]; the edit is then kept as soon as that is possible, with the next edit, verdict or
    /// [`Self::catch_up`].
    pub fn record(&mut self, edit: &Edit) -> Result<(), StoreError> {
        self.writing()?;
        self.records.push(Record::Edit(edit.clone()));
        self.catch_up()
    }

    /// Hands the journal what it does not have yet, because the disk was full or gone, or somebody removed it.
    ///
    /// # Errors
    /// [`StoreError`] where that is still so.
    pub fn catch_up(&mut self) -> Result<(), StoreError> {
        let sha256 = self.writing()?.sha256.clone();
        self.journal.mend()?;
        if self.journal.is_begun() {
            while let Some(record) = self.records.get(self.kept) {
                self.journal.append(record)?;
                self.kept += 1;
            }
        } else if !self.records.is_empty() {
            self.hold()?;
            self.kept = 0;
            self.journal.begin(&sha256, &self.records)?;
            self.kept = self.records.len();
        }
        Ok(())
    }

    /// Whether the journal lacks something that [`Self::catch_up`] would bring.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.writing.is_some() && (self.kept < self.records.len() || !self.journal.is_in_order())
    }

    /// Puts the YAML that the journal starts from beside it. To be called after records, when nobody waits: it takes
    /// about as long as a save, once after each.
    ///
    /// # Errors
    /// [`StoreError`]; what was recorded is safe all the same.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.journal.settle(&self.yaml)
    }

    /// Puts a verdict, and the edit it makes to the board, on disk; on return it survives a loss of power. What is known of
    /// the take judged, how the model read it and what it was before a person edited it, is kept with it.
    ///
    /// The journal takes both as one record and is waited for, once; the feedback log gets its line after that and is
    /// made whole from the journal should it lose it.
    ///
    /// # Errors
    /// [`StoreError`]; the verdict is then not given.
    pub fn record_verdict(&mut self, feedback: &Feedback, edit: &Edit) -> Result<(), StoreError> {
        self.writing()?;
        // Samples that cannot be read make a verdict poorer, never impossible.
        let feedback = &self.samples.complete(feedback.clone()).unwrap_or_else(|_| feedback.clone());
        let record = Record::Verdict { feedback: Box::new(feedback.clone()), edit: edit.clone() };
        // What was done before it comes before it.
        self.catch_up()?;
        let before = self.journal.is_begun().then(|| self.journal.end());
        self.records.push(record);
        let done = self.catch_up().and_then(|()| match before {
            Some(_) => self.journal.sync(),
            // A journal is durable from its beginning.
            None => Ok(()),
        });
        done.and_then(|()| self.log.append(feedback)).inspect_err(|_| {
            // What was refused must not come back with the next opening.
            self.records.pop();
            self.kept = self.kept.min(self.records.len());
            let _ = match before {
                Some(end) => self.journal.cut(end),
                None => self.journal.clear(),
            };
        })
    }

    /// Writes the YAML: a temporary file in the same folder, then a rename, each made durable. Mode, owner and symlinks
    /// stay. The comment lines that the file begins with stay too.
    ///
    /// # Errors
    /// [`StoreError`]; the old YAML and the journal are then as they were.
    pub fn save(&mut self, board: &Storyboard) -> Result<Saved, StoreError> {
        self.writing()?;
        self.journal.mend()?;
        let mut text = yaml::head(&self.yaml).into_owned();
        text.push_str(&yaml::write(board));
        let bytes = text.into_bytes();
        let sha256 = sha256_hex(&bytes);
        match self.on_disk()? {
            Some(found) if found != self.yaml && found != bytes => return self.save_aside(&bytes),
            Some(found) if found == bytes => {}
            _ => {
                if self.journal.is_begun() {
                    self.journal.append(&Record::Saving { sha256: sha256.clone() })?;
                    self.journal.sync()?;
                }
                replace::replace(&self.target, &bytes)?;
            }
        }
        self.yaml = bytes;
        self.records.clear();
        self.kept = 0;
        if let Some(writing) = &mut self.writing {
            writing.sha256 = sha256;
        }
        // The log has to be safe before the journal, which could make it whole, goes.
        self.log.sync()?;
        self.journal.clear()?;
        Ok(Saved::Written)
    }

    /// Whether another program changed or removed the YAML since it was last read or written here.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn changed_outside(&self) -> Result<bool, StoreError> {
        Ok(self.on_disk()?.is_none_or(|found| found != self.yaml))
    }

    /// The verdicts of all sessions in the order they were given, and what could not be read.
    ///
    /// # Errors
    /// [`StoreError`] where the log cannot be read.
    pub fn feedback(&self) -> Result<(Vec<Feedback>, Vec<Notice>), StoreError> {
        let (mut records, notices) = feedback_log::read_all(&self.sidecar)?;
        for feedback in &self.unlogged {
            records.entry(feedback.id).or_insert_with(|| feedback.clone());
        }
        Ok((records.into_values().collect(), notices))
    }

    /// The board's path as it was given.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder `NAME.slate/` beside the board. It need not exist.
    #[must_use]
    pub fn sidecar(&self) -> &Path {
        &self.sidecar
    }

    /// What it was opened for.
    #[must_use]
    pub fn access(&self) -> Access {
        if self.writing.is_some() { Access::Write } else { Access::ReadOnly }
    }

    /// Whether edits wait in the journal for a save.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        self.journal.is_begun()
    }

    /// Keeps the board beside a YAML that is no longer ours.
    fn save_aside(&mut self, bytes: &[u8]) -> Result<Saved, StoreError> {
        let ours = match &self.conflict {
            Some(ours) => {
                replace::replace(ours, bytes)?;
                ours.clone()
            }
            None => {
                let ours = recovery::conflict_path(&self.target);
                replace::create(&ours, bytes)?;
                ours
            }
        };
        self.conflict = Some(ours.clone());
        if self.journal.is_begun() {
            self.records.push(Record::Kept);
            self.catch_up()?;
            self.journal.sync()?;
        }
        Ok(Saved::Conflict { ours })
    }

    /// Takes the lock again where somebody removed it with the folder it is in.
    fn hold(&mut self) -> Result<(), StoreError> {
        let Some(writing) = self.writing.as_mut().filter(|writing| !writing.lock.is_there()) else { return Ok(()) };
        match lock::ask(&self.sidecar).map_err(StoreError::io(Doing::Create, &self.sidecar))? {
            Asked::Ours(lock) => writing.lock = lock,
            Asked::Taken(by) => return Err(StoreError::Held { by: Box::new(by), path: self.path.clone() }),
        }
        Ok(())
    }

    /// Refuses on a board that may only be looked at.
    fn writing(&self) -> Result<&Writing, StoreError> {
        self.writing.as_ref().ok_or_else(|| StoreError::ReadOnly { path: self.path.clone() })
    }

    fn on_disk(&self) -> Result<Option<Vec<u8>>, StoreError> {
        match fs::read(&self.target) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(Doing::Read, &self.path)(error)),
        }
    }
}
