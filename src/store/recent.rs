//! The boards opened last, newest first, for the picker.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::paths::Paths;
use super::{now_ms, replace};

/// How many are remembered.
const MOST: usize = 50;

/// A board that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it is, from the root.
    pub path: PathBuf,
    /// When it was opened last, in milliseconds since 1970.
    pub opened_ms: u64,
}

/// The boards opened last, newest first, those that are gone left out. A list that cannot be read is an empty one:
/// it is a comfort, and must not keep anybody from working.
#[must_use]
pub fn load(paths: &Paths) -> Vec<Recent> {
    let mut known = all(paths);
    known.retain(|recent| recent.path.is_file());
    known
}

/// Puts a board at the front of the list.
///
/// # Errors
/// [`StoreError`] where the list cannot be written; nothing depends on it.
pub fn add(paths: &Paths, board: &Path) -> Result<(), StoreError> {
    let path = std::path::absolute(board).map_err(StoreError::io(Doing::Find, board))?;
    let mut known = all(paths);
    known.retain(|recent| recent.path != path);
    known.insert(0, Recent { path, opened_ms: now_ms() });
    known.truncate(MOST);
    let list = file(paths);
    fs::create_dir_all(&paths.state).map_err(StoreError::io(Doing::Create, &paths.state))?;
    let json = super::json_line(&known).map_err(|error| StoreError::io(Doing::Save, &list)(error.into()))?;
    replace::replace(&list, &json)
}

fn all(paths: &Paths) -> Vec<Recent> {
    fs::read(file(paths)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn file(paths: &Paths) -> PathBuf {
    paths.state.join("recent.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_newest_first_and_forgets_what_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let paths = Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") };
        assert_eq!(load(&paths), []);
        for name in ["a.yaml", "b.yaml", "gone.yaml", "a.yaml"] {
            if name != "gone.yaml" {
                fs::write(at(name), "").unwrap();
            }
            add(&paths, &at(name)).unwrap();
        }
        let names: Vec<_> = load(&paths).into_iter().map(|recent| recent.path).collect();
        assert_eq!(names, [at("a.yaml"), at("b.yaml")]);
        fs::write(file(&paths), "not JSON").unwrap();
        assert_eq!(load(&paths), []);
    }
}
