//! What a person was writing when the program ended: kept beside the board until it is written on, or dropped.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::{disk, json_line, replace, sha256_hex};
use crate::board::{Line, SceneId, TakeId};

/// Words that are on no board yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Who was writing.
    pub reviewer: Line,
    /// Which text, as whoever keeps it names it.
    pub target: serde_json::Value,
    /// The scene and the take it was written at, where the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_stage: Option<(SceneId, TakeId)>,
    /// The words, as far as they were written.
    pub words: String,
}

/// A file a person: two may write on one board, one after the other.
fn file(sidecar: &Path, reviewer: &Line) -> PathBuf {
    sidecar.join(format!("draft-{}.json", &sha256_hex(reviewer.as_bytes())[..12]))
}

/// Keeps it beside a board, in place of another.
///
/// # Errors
/// [`StoreError`] as the system says; the one before is there then.
pub fn keep(sidecar: &Path, draft: &Draft) -> Result<(), StoreError> {
    let path = file(sidecar, &draft.reviewer);
    disk::make_folder(sidecar).map_err(StoreError::io(Doing::Create, sidecar))?;
    let json = json_line(draft).map_err(|error| StoreError::io(Doing::Save, &path)(error.into()))?;
    replace::replace(&path, &json)
}

/// What is kept of a person beside a board; `None` where that is nothing, or cannot be read.
#[must_use]
pub fn of(sidecar: &Path, reviewer: &Line) -> Option<Draft> {
    serde_json::from_slice(&fs::read(file(sidecar, reviewer)).ok()?).ok()
}

/// It was written on, or dropped.
pub fn forget(sidecar: &Path, reviewer: &Line) {
    // One that stays is offered once more.
    let _ = disk::remove(&file(sidecar, reviewer));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were_until_they_are_forgotten() {
        let place = tempfile::tempdir().unwrap();
        let sidecar = place.path().join("board.slate");
        let line = |name: &str| Line::clipped(name, 20);
        let (anna, bo) = (line("Anna"), line("Bo/../x"));
        assert_eq!(of(&sidecar, &anna), None);
        let draft = |reviewer: &Line, words: &str| Draft {
            reviewer: reviewer.clone(),
            target: serde_json::json!({ "Brief": "01J9Z0V5W6M4QK3T8E2C7R1XNB" }),
            on_stage: Some((SceneId::new(1.into()), TakeId::new(2.into()))),
            words: words.to_owned(),
        };
        keep(&sidecar, &draft(&anna, "half a")).unwrap();
        keep(&sidecar, &draft(&anna, "half a\nthought: \u{1b}[31m “é”")).unwrap();
        keep(&sidecar, &draft(&bo, "another")).unwrap();
        assert_eq!(of(&sidecar, &anna), Some(draft(&anna, "half a\nthought: \u{1b}[31m “é”")));
        forget(&sidecar, &anna);
        assert_eq!((of(&sidecar, &anna), of(&sidecar, &bo)), (None, Some(draft(&bo, "another"))));
        fs::write(file(&sidecar, &anna), "no JSON").unwrap();
        assert_eq!(of(&sidecar, &anna), None);
    }
}
