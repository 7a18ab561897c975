//! What each reviewer's taste on one board carries over to the next, and what this machine was seen to do.
//!
//! In the state folder, one file a reviewer. A board whose feedback log is gone is forgotten: the log is the truth, and taste
//! without it has no ground.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::{Doing, StoreError};
use super::paths::Paths;
use super::{replace, sha256_hex};
use crate::board::Line;
use crate::taste::pool::Pace;
use crate::taste::{Feature, Prior};

/// The most boards remembered a reviewer; the ones judged last.
const MOST: usize = 40;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    reviewer: Line,
    boards: Vec<KeptBoard>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptBoard {
    /// The board's feedback folder, from the root.
    log: PathBuf,
    verdicts: usize,
    weights: Vec<(Feature, f32)>,
}

/// Keeps what a reviewer's taste on the board with this sidecar carries over.
///
/// # Errors
/// [`StoreError`] where it cannot be written; nothing but the next board's beginning depends on it.
pub fn remember(
    paths: &Paths,
    reviewer: &Line,
    sidecar: &Path,
    weights: Prior,
    verdicts: usize,
) -> Result<(), StoreError> {
    let log = log(sidecar)?;
    let file = file(paths, reviewer);
    let mut kept = read(&file);
    kept.reviewer = reviewer.clone();
    kept.boards.retain(|board| board.log != log);
    if verdicts > 0 {
        kept.boards.insert(0, KeptBoard { log, verdicts, weights: weights.into_iter().collect() });
    }
    kept.boards.truncate(MOST);
    write(&file, &kept)
}

/// What a reviewer's taste on other boards than that with this sidecar carries over: weights and verdicts of each board.
#[must_use]
pub fn others(paths: &Paths, reviewer: &Line, sidecar: &Path) -> Vec<(Prior, usize)> {
    let Ok(this) = log(sidecar) else { return Vec::new() };
    let boards = read(&file(paths, reviewer)).boards.into_iter();
    let others = boards.filter(|board| board.log != this && board.log.is_dir());
    others.map(|board| (board.weights.into_iter().collect(), board.verdicts)).collect()
}

/// Keeps how fast this machine writes with a model.
///
/// # Errors
/// [`StoreError`] where it cannot be written; nothing but the size of the next pool depends on it.
pub fn remember_pace(paths: &Paths, model_sha256: &str, seen: Pace) -> Result<(), StoreError> {
    let file = pace_file(paths);
    let mut all = paces(&file);
    let pace = all.get(model_sha256).map_or(seen, |before| before.after(seen));
    all.insert(model_sha256.to_owned(), pace);
    write(&file, &all)
}

/// How fast this machine wrote with a model lately.
#[must_use]
pub fn pace(paths: &Paths, model_sha256: &str) -> Option<Pace> {
    paces(&pace_file(paths)).get(model_sha256).copied()
}

fn pace_file(paths: &Paths) -> PathBuf {
    paths.state.join("pace.json")
}

fn paces(file: &Path) -> BTreeMap<String, Pace> {
    fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn log(sidecar: &Path) -> Result<PathBuf, StoreError> {
    std::path::absolute(sidecar.join("feedback")).map_err(StoreError::io(Doing::Find, sidecar))
}

/// A reviewer may have any name; a file may not.
fn file(paths: &Paths, reviewer: &Line) -> PathBuf {
    let name = sha256_hex(reviewer.as_bytes());
    paths.state.join("taste").join(format!("{}.json", &name[..16]))
}

fn read(file: &Path) -> Kept {
    fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn write(file: &Path, value: &impl Serialize) -> Result<(), StoreError> {
    let folder = replace::folder(file);
    fs::create_dir_all(folder).map_err(StoreError::io(Doing::Create, folder))?;
    let json = super::json_line(value).map_err(|error| StoreError::io(Doing::Save, file)(error.into()))?;
    replace::replace(file, &json)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(folder: &Path) -> Paths {
        let at = |name: &str| folder.join(name);
        Paths { config: at("c"), data: at("d"), state: at("s"), cache: at("x") }
    }

    #[test]
    fn a_reviewers_taste_goes_to_other_boards_and_to_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let paths = paths(folder.path());
        let (ana, bo) = (Line::new("../Ana").unwrap(), Line::new("Bo").unwrap());
        let (one, two) = (folder.path().join("one.slate"), folder.path().join("two.slate"));
        fs::create_dir_all(one.join("feedback")).unwrap();
        let weights = Prior::from([(Feature::Moving, 0.5), (Feature::Word("sea".into()), 1.0)]);
        remember(&paths, &ana, &one, weights.clone(), 12).unwrap();
        assert_eq!(others(&paths, &ana, &two), [(weights, 12)]);
        assert_eq!(others(&paths, &ana, &one), []);
        assert_eq!(others(&paths, &bo, &two), []);
        fs::remove_dir_all(one.join("feedback")).unwrap();
        assert_eq!(others(&paths, &ana, &two), [], "without its log a taste has no ground");
    }

    #[test]
    fn the_pace_of_a_model_follows_what_was_seen() {
        let folder = tempfile::tempdir().unwrap();
        let paths = paths(folder.path());
        assert_eq!(pace(&paths, "ab"), None);
        let seen = |tokens_per_s| Pace { tokens_per_s, tokens_per_take: 300.0 };
        remember_pace(&paths, "ab", seen(100.0)).unwrap();
        remember_pace(&paths, "ab", seen(200.0)).unwrap();
        assert_eq!(pace(&paths, "ab"), Some(seen(150.0)));
        assert_eq!(pace(&paths, "cd"), None);
    }
}
