//! What the types cannot hold: ids are there and unique, names are unique, a picked take exists.

use std::collections::HashSet;

use sha2::{Digest, Sha256};
use ulid::Ulid;

use super::yaml::Refused;
use super::yaml::position;
use crate::board::{SceneId, Storyboard, TakeId};

/// A board that reads well and does not hold together.
#[derive(Debug)]
pub(super) struct Unsound {
    /// As in `scenes[3].takes[0].id`.
    place: String,
    message: String,
    /// What to look for in the text, and which occurrence of it, from 0, is meant.
    needle: String,
    occurrence: usize,
}

impl Unsound {
    /// The refusal, with the line where it can be found in `text`.
    pub(super) fn refuse(&self, text: &str) -> Refused {
        let found = text.match_indices(&self.needle).nth(self.occurrence);
        let (line, column) = found.map_or((1, 1), |(at, _)| position(text, at));
        Refused::at(line, column, format!("{}: {}", self.place, self.message))
    }
}

/// Gives an id to every scene and take written by hand without one; answers how many.
///
/// The ids follow from the document's bytes and the place in it, so every process that opens the same file gives the
/// same ids: a verb can name what another printed, and the journal of a board never saved since still fits.
pub(super) fn give_ids(board: &mut Storyboard, document: &[u8]) -> usize {
    let missing = |board: &Storyboard| {
        board.scenes.iter().any(|scene| scene.id.is_missing() || scene.takes.iter().any(|take| take.id.is_missing()))
    };
    if !missing(board) {
        return 0;
    }
    let document = Sha256::digest(document);
    let made = |scene: usize, take: Option<usize>| {
        let mut hash = Sha256::new_with_prefix(document);
        hash.update(format!("scenes[{scene}].takes[{take:?}]"));
        let mut half = [0; 16];
        half.copy_from_slice(&hash.finalize()[..16]);
        // No time: nobody knows when it was written.
        Ulid::from_parts(0, u128::from_be_bytes(half))
    };
    let mut given = 0;
    for (at, scene) in board.scenes.iter_mut().enumerate() {
        if scene.id.is_missing() {
            scene.id = SceneId::new(made(at, None));
            given += 1;
        }
        for (index, take) in scene.takes.iter_mut().enumerate() {
            if take.id.is_missing() {
                take.id = TakeId::new(made(at, Some(index)));
                given += 1;
            }
        }
    }
    given
}

/// Whether a board could be written and read again as it is.
pub(super) fn holds(board: &Storyboard) -> bool {
    let missing =
        |scene: &crate::board::Scene| scene.id.is_missing() || scene.takes.iter().any(|take| take.id.is_missing());
    check(board).is_ok() && !board.scenes.iter().any(missing)
}

/// Checks what edits keep and a hand-written file may break.
pub(super) fn check(board: &Storyboard) -> Result<(), Unsound> {
    check_fps(board)?;
    check_names(board)?;
    let mut scenes = HashSet::with_capacity(board.scenes.len());
    for (at, scene) in board.scenes.iter().enumerate() {
        if !scenes.insert(scene.id) {
            return Err(twice(format!("scenes[{at}].id"), &scene.id.to_string(), "scene"));
        }
        let mut takes = HashSet::with_capacity(scene.takes.len());
        for (index, take) in scene.takes.iter().enumerate() {
            if !takes.insert(take.id) {
                return Err(twice(
                    format!("scenes[{at}].takes[{index}].id"),
                    &take.id.to_string(),
                    "take of this scene",
                ));
            }
        }
        if let Some(picked) = scene.picked.filter(|picked| !takes.contains(picked)) {
            return Err(Unsound {
                place: format!("scenes[{at}].picked"),
                message: format!("the scene has no take {picked}"),
                needle: picked.to_string(),
                occurrence: 0,
            });
        }
    }
    Ok(())
}

fn twice(place: String, id: &str, what: &str) -> Unsound {
    let message = format!("{id} is the id of another {what} already; ids are unique");
    Unsound { place, message, needle: format!("id: {id}"), occurrence: 1 }
}

fn check_fps(board: &Storyboard) -> Result<(), Unsound> {
    if board.fps > 0.0 && board.fps <= 240.0 {
        return Ok(());
    }
    let message = "frames a second must lie above 0 and at most 240".to_owned();
    Err(Unsound { place: "fps".to_owned(), message, needle: "fps:".to_owned(), occurrence: 0 })
}

fn check_names(board: &Storyboard) -> Result<(), Unsound> {
    let mut names = HashSet::new();
    let lists =
        [("characters", &board.bible.characters), ("places", &board.bible.places), ("props", &board.bible.props)];
    for (list, entries) in lists {
        for (at, entry) in entries.iter().enumerate() {
            let place = format!("bible.{list}[{at}].name");
            if entry.name.is_empty() {
                let message = "a bible entry needs a name".to_owned();
                return Err(Unsound { place, message, needle: format!("{list}:"), occurrence: 0 });
            }
            if !names.insert(entry.name.to_lowercase()) {
                let message = format!("the bible has an entry called {} already; names are unique", entry.name);
                let same = |other: &&crate::board::Entry| other.name == entry.name;
                let before = lists.iter().flat_map(|(_, entries)| entries.iter()).filter(same).count();
                let needle = format!("name: {}", entry.name);
                return Err(Unsound { place, message, needle, occurrence: before.saturating_sub(1).min(1) });
            }
        }
    }
    Ok(())
}
