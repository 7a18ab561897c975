//! Boards to choose from: those opened lately, those in this folder, and the samples beside it.

use std::path::{Path, PathBuf};

use crate::store::{Paths, recent};

/// Their files, each once, the latest first.
pub(super) fn find(paths: &Paths) -> Vec<PathBuf> {
    let mut boards: Vec<PathBuf> = recent::load(paths).into_iter().map(|recent| recent.path).collect();
    for folder in [Path::new("."), Path::new("storyboards")] {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let mut here: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_board(path)).collect();
        here.sort();
        for path in here {
            let path = std::path::absolute(&path).unwrap_or(path);
            if !boards.contains(&path) {
                boards.push(path);
            }
        }
    }
    boards.retain(|path| path.is_file());
    boards
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
