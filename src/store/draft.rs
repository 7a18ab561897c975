//! What a person was writing when the program ended: kept beside the board until it is written on, or dropped.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::{disk, json_line, replace};
use crate::board::Line;

/// Words that are on no board yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Who was writing.
    pub reviewer: Line,
    /// Which text, as whoever keeps it names it.
    pub target: serde_json::Value,
    /// The words, as far as they were written.
    pub words: String,
}

fn file(sidecar: &Path) -> PathBuf {
    sidecar.join("draft.json")
}

/// Keeps it beside a board, in place of another.
///
/// # Errors
/// [`StoreError`] as the system says; the one before is there then.
pub fn keep(sidecar: &Path, draft: &Draft) -> Result<(), StoreError> {
    let path = file(sidecar);
    disk::make_folder(sidecar).map_err(StoreError::io(Doing::Create, sidecar))?;
    let json = json_line(draft).map_err(|error| StoreError::io(Doing::Save, &path)(error.into()))?;
    replace::replace(&path, &json)
}

/// What is kept beside a board; `None` where that is nothing, or cannot be read.
#[must_use]
pub fn of(sidecar: &Path) -> Option<Draft> {
    serde_json::from_slice(&fs::read(file(sidecar)).ok()?).ok()
}

/// It was written on, or dropped.
pub fn forget(sidecar: &Path) {
    // One that stays is offered once more.
    let _ = disk::remove(&file(sidecar));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were_until_they_are_forgotten() {
        let place = tempfile::tempdir().unwrap();
        let sidecar = place.path().join("board.slate");
        assert_eq!(of(&sidecar), None);
        let draft = |words: &str| Draft {
            reviewer: Line::clipped("Anna", 20),
            target: serde_json::json!({ "Brief": "01J9Z0V5W6M4QK3T8E2C7R1XNB" }),
            words: words.to_owned(),
        };
        keep(&sidecar, &draft("half a")).unwrap();
        keep(&sidecar, &draft("half a\nthought: \u{1b}[31m “é”")).unwrap();
        assert_eq!(of(&sidecar), Some(draft("half a\nthought: \u{1b}[31m “é”")));
        forget(&sidecar);
        assert_eq!(of(&sidecar), None);
        fs::write(file(&sidecar), "no JSON").unwrap();
        assert_eq!(of(&sidecar), None);
    }
}
