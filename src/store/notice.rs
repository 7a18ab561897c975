//! Things a person should be told that are no errors.

use std::fmt;
use std::path::PathBuf;

use super::error::Shown;

/// Something that happened while a board was opened or its feedback read. Shown once, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// Edits newer than the YAML were found in the journal and are on the board again.
    Replayed {
        /// How many.
        edits: usize,
    },
    /// The journal's last record was cut off while it was written, and is dropped.
    TornRecord,
    /// The journal is damaged or does not fit; what could not be replayed is kept in a file.
    KeptAside {
        /// How many edits before the damage were replayed.
        replayed: usize,
        /// Where the rest is; `None` on a board opened read-only, where it stays in the journal.
        rest: Option<PathBuf>,
    },
    /// Another program changed the YAML while edits were waiting; the board with those edits is kept beside it.
    Conflict {
        /// The board with our edits.
        ours: PathBuf,
    },
    /// The journal belongs to another state of the YAML; opened read-only, so it is left as it is.
    ForeignJournal,
    /// Scenes and takes that were written without an id have one now.
    IdsGiven {
        /// How many.
        count: usize,
    },
    /// Comments below the first line of YAML do not survive the next save.
    Comments,
    /// The file system cannot lock; nobody is kept from writing the same board.
    NoLock,
    /// Lines of the feedback log that could not be read. They stay in the file.
    UnreadableFeedback {
        /// Which file.
        file: PathBuf,
        /// How many lines.
        lines: usize,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replayed { edits } => write!(f, "brought back {} newer than the YAML", counted(*edits, "edit")),
            Self::TornRecord => f.write_str("the last edit was cut off while it was written, and is dropped"),
            Self::KeptAside { replayed, rest: Some(rest) } => write!(
                f,
                "the journal is damaged after {}; the rest is kept in {}",
                counted(*replayed, "edit"),
                Shown(rest)
            ),
            Self::KeptAside { replayed, rest: None } => {
                write!(f, "the journal is damaged after {}; the rest is not shown", counted(*replayed, "edit"))
            }
            Self::Conflict { ours } => write!(
                f,
                "the YAML was changed by another program while edits were waiting; the board with those edits is {}",
                Shown(ours)
            ),
            Self::ForeignJournal => f.write_str(
                "edits are waiting for another state of this YAML and are not shown; open the board for writing to keep them",
            ),
            Self::IdsGiven { count } => write!(f, "gave an id to {} written without one", counted(*count, "entry")),
            Self::Comments => f.write_str("comments in the YAML below its first lines are not kept when it is saved"),
            Self::NoLock => {
                f.write_str("this file system cannot lock: take care that nobody else writes this board meanwhile")
            }
            Self::UnreadableFeedback { file, lines } => {
                write!(f, "skipped {} of {} that cannot be read", counted(*lines, "line"), Shown(file))
            }
        }
    }
}

fn counted(n: usize, one: &str) -> String {
    match (n, one) {
        (1, _) => format!("1 {one}"),
        (_, "entry") => format!("{n} entries"),
        _ => format!("{n} {one}s"),
    }
}
