//! Boards to choose from: those opened lately, those in this folder, and the samples beside it. And new ones.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ulid::Ulid;

use super::said;
use crate::app::picker::{About, Found, Origin};
use crate::board::{Line, SceneId, Storyboard, Template};
use crate::store::{BoardFile, Paths, recent, template, yaml};
use crate::words::Phrase;

/// Files larger than this are not read for what is in them: the choice of boards is no place to wait.
const LARGEST: u64 = 8 << 20;

/// Their files, each once, the latest first.
pub(super) fn find(paths: &Paths) -> Vec<Found> {
    let mut boards: Vec<Found> =
        recent::load(paths).into_iter().map(|recent| found(recent.path, Origin::Recent)).collect();
    for (folder, origin) in [(Path::new("."), Origin::Folder), (Path::new("storyboards"), Origin::Sample)] {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let mut here: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_board(path)).collect();
        here.sort();
        for path in here {
            let path = std::path::absolute(&path).unwrap_or(path);
            if !boards.iter().any(|known| known.path == path) {
                boards.push(found(path, origin));
            }
        }
    }
    boards.retain(|board| board.path.is_file());
    boards
}

fn found(path: PathBuf, origin: Origin) -> Found {
    let changed = std::fs::metadata(&path).and_then(|data| data.modified()).ok();
    let changed = changed.and_then(|then| then.duration_since(UNIX_EPOCH).ok());
    let changed_ms = changed.and_then(|since| u64::try_from(since.as_millis()).ok());
    Found { path, origin, changed_ms, about: About::Unread }
}

/// What is in a board's file.
pub(super) fn about(path: &Path) -> About {
    let size = std::fs::metadata(path).map_or(0, |data| data.len());
    if size > LARGEST {
        return About::Unread;
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return About::Wrong(Phrase::verbatim(error.to_string())),
    };
    match yaml::read(&bytes) {
        Ok(board) => About::Board {
            title: board.title.to_string(),
            logline: board.logline.to_string(),
            scenes: board.scenes.len(),
            picked: board.scenes.iter().filter(|scene| scene.picked_take().is_some()).count(),
            takes: board.scenes.iter().map(|scene| scene.takes.len()).sum(),
        },
        Err(refused) => About::Wrong(Phrase::verbatim(refused.to_string())),
    }
}

/// Makes a new board; a file that is there is never written over.
pub(super) fn make(path: &Path, title: &str, of: Option<Template>) -> Result<(), Phrase> {
    let mut board = of.map_or_else(|| Ok(Storyboard::default()), template::board).map_err(Phrase::verbatim)?;
    for scene in &mut board.scenes {
        scene.id = SceneId::new(Ulid::new());
    }
    board.title = Line::clipped(title, crate::board::text::LINE_MAX);
    BoardFile::create(path, &board).map(drop).map_err(|error| said::store(&error))
}

/// Whether a file looks like a board: YAML whose first lines name the format.
fn is_board(path: &Path) -> bool {
    use std::io::Read as _;
    if path.extension().is_none_or(|extension| extension != "yaml" && extension != "yml") {
        return false;
    }
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).lines().any(|line| line.starts_with("slateboard:"))
}
