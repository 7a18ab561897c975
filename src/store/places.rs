//! Where each board was left: scene, take and rows scrolled. One small file; nothing depends on it.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::{Paths, replace};
use crate::board::{SceneId, TakeId};

/// The boards remembered.
const MOST: usize = 100;

/// Where a board was left.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The scene shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scene: Option<SceneId>,
    /// The take shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<TakeId>,
    /// Rows of the take above what was shown.
    #[serde(default)]
    pub scroll: u16,
    /// The view shown, by its name.
    #[serde(default)]
    pub view: String,
    /// The scene for which takes were being written as the program ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<SceneId>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Place {
    board: PathBuf,
    #[serde(flatten)]
    left: Left,
}

/// Where the board was left; `None` where it was never open.
#[must_use]
pub fn of(paths: &Paths, board: &Path) -> Option<Left> {
    let board = std::path::absolute(board).ok()?;
    all(paths).into_iter().find(|place| place.board == board).map(|place| place.left)
}

/// Remembers where the board is left.
///
/// # Errors
/// [`StoreError`] where it cannot be written; nothing depends on it.
pub fn remember(paths: &Paths, board: &Path, left: Left) -> Result<(), StoreError> {
    let board = std::path::absolute(board).map_err(StoreError::io(Doing::Find, board))?;
    let mut places = all(paths);
    places.retain(|place| place.board != board);
    places.insert(0, Place { board, left });
    places.truncate(MOST);
    let list = file(paths);
    fs::create_dir_all(&paths.state).map_err(StoreError::io(Doing::Create, &paths.state))?;
    let json = super::json_line(&places).map_err(|error| StoreError::io(Doing::Save, &list)(error.into()))?;
    replace::replace(&list, &json)
}

fn all(paths: &Paths) -> Vec<Place> {
    fs::read(file(paths)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn file(paths: &Paths) -> PathBuf {
    paths.state.join("places.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_board_is_found_where_it_was_left_and_a_broken_file_is_no_board() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") };
        assert_eq!(of(&paths, &at("a.yaml")), None);
        let left = |scroll| Left { scroll, view: "stage".into(), ..Left::default() };
        remember(&paths, &at("a.yaml"), left(1)).unwrap();
        remember(&paths, &at("b.yaml"), left(2)).unwrap();
        remember(&paths, &at("a.yaml"), left(3)).unwrap();
        assert_eq!(of(&paths, &at("a.yaml")), Some(left(3)));
        assert_eq!(of(&paths, &at("b.yaml")), Some(left(2)));
        fs::write(file(&paths), "not JSON").unwrap();
        assert_eq!(of(&paths, &at("a.yaml")), None);
    }
}
