//! What can go wrong with files, in words for a person: what happened, to what, and what to do.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::lock::Holder;
use super::yaml::Refused;
use crate::board::text::clean;
use crate::board::vocabulary::vocabulary;

vocabulary! {
    /// What the system was asked to do with a file.
    Doing: "thing to do with a file" {
        /// Copy it.
        Copy = "copy",
        /// Make it.
        Create = "create",
        /// Find it.
        Find = "find",
        /// Move it.
        Move = "move",
        /// Open it.
        Open = "open",
        /// Read it.
        Read = "read",
        /// Take it away.
        Remove = "remove",
        /// Write it in the place of the one before.
        Save = "save",
        /// Write to it.
        Write = "write",
    }
}

/// A file that could not be read or written. What was in memory and in the journal is untouched.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("could not {doing} {}: {}", Shown(.path), Words(.source))]
    Io {
        /// What was attempted.
        doing: Doing,
        /// On what.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The board was opened read-only.
    #[error("{} was opened read-only", Shown(.path))]
    ReadOnly {
        /// Which.
        path: PathBuf,
    },
    /// Something of that name is there, and is not overwritten.
    #[error("{} is there already and is not overwritten", Shown(.path))]
    Exists {
        /// Which.
        path: PathBuf,
    },
    /// Another process holds the board.
    #[error("{} is held by {by}", Shown(.path))]
    Held {
        /// Who.
        by: Box<Holder>,
        /// What.
        path: PathBuf,
    },
    /// A file of ours that does not hold what it should.
    #[error("{} cannot be used: {why}", Shown(.path))]
    Unusable {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// There is no home folder to put files in.
    #[error("there is no home folder")]
    NoHome,
}

impl StoreError {
    /// An [`Self::Io`] for `map_err`.
    pub(super) fn io(doing: Doing, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Io { source, .. } => hint(source),
            Self::ReadOnly { .. } => Some("open it for writing, or work on a copy"),
            Self::Exists { .. } => Some("choose another name, or move that file away"),
            Self::Held { .. } => Some("open it read-only, or work on a copy"),
            Self::Unusable { .. } => None,
            Self::NoHome => Some("set HOME, or SLATEBOARD_CONFIG_DIR, _DATA_DIR, _STATE_DIR and _CACHE_DIR"),
        }
    }
}

/// A board that could not be opened. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process holds it. It can be opened read-only, or copied.
    #[error("{} is held by {by}", Shown(.path))]
    Held {
        /// Who.
        by: Holder,
        /// What.
        path: PathBuf,
    },
    /// The file is no sound storyboard.
    #[error("{}:{refused}", Shown(.path))]
    Invalid {
        /// Which.
        path: PathBuf,
        /// What is wrong, and where.
        refused: Refused,
    },
    /// The place may not be written. The board can be opened read-only.
    #[error("{} cannot be opened for writing: {}", Shown(.path), Words(.source))]
    NotWritable {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// Anything else.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl OpenError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Held { .. } => Some("open it read-only, or work on a copy"),
            Self::Invalid { refused, .. } => refused.hint.as_deref(),
            Self::NotWritable { .. } => Some("open it read-only, or copy it to a place you may write"),
            Self::Store(error) => error.hint(),
        }
    }
}

fn hint(source: &io::Error) -> Option<&'static str> {
    match source.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some("choose a place you may write"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some("make room and save again; nothing is lost meanwhile")
        }
        ErrorKind::FileTooLarge => Some("raise the limit (ulimit -f) and save again; nothing is lost meanwhile"),
        ErrorKind::NotFound => Some("check the name; `slateboard new BOARD.yaml` makes a new board"),
        _ => None,
    }
}

/// A path as it may be shown: without anything a terminal could obey.
pub(super) struct Shown<'a>(pub(super) &'a Path);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clean(&self.0.to_string_lossy()).replace('\n', " "))
    }
}

/// A system error in words, without its number.
struct Words<'a>(&'a io::Error);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind() {
            ErrorKind::NotFound => f.write_str("there is no such file or folder"),
            ErrorKind::PermissionDenied => f.write_str("that is not allowed"),
            ErrorKind::ReadOnlyFilesystem => f.write_str("the file system is read-only"),
            ErrorKind::StorageFull => f.write_str("the disk is full"),
            ErrorKind::QuotaExceeded => f.write_str("the disk quota is used up"),
            ErrorKind::FileTooLarge => f.write_str("the file would be larger than is allowed here"),
            ErrorKind::IsADirectory => f.write_str("it is a folder"),
            ErrorKind::NotADirectory => f.write_str("a file stands where a folder is needed"),
            _ => write!(f, "{}", self.0),
        }
    }
}
