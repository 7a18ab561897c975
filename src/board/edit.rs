//! Edits: every change to a storyboard as data, each with its inverse. Undo, the journal and recovery stand on this.

use serde::{Deserialize, Serialize};

use super::Extra;
use super::bible::{Entry, Kind};
use super::id::{SceneId, TakeId};
use super::lock::Lock;
use super::scene::Scene;
use super::seconds::Seconds;
use super::storyboard::Storyboard;
use super::take::Take;
use super::text::{Line, Text};

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// Changes a field of the storyboard itself.
    Board(BoardChange),
    /// Puts a scene in at a position from 0.
    InsertScene {
        /// Where.
        at: usize,
        /// What.
        scene: Box<Scene>,
    },
    /// Takes a scene out.
    RemoveScene {
        /// Which.
        id: SceneId,
    },
    /// Moves a scene so that it stands at position `to`.
    MoveScene {
        /// Which.
        id: SceneId,
        /// Where it stands afterwards.
        to: usize,
    },
    /// Puts a changed scene in the place of the one with the same id.
    ReplaceScene {
        /// The new content.
        scene: Box<Scene>,
    },
    /// Changes a field of a scene.
    Scene {
        /// Which scene.
        id: SceneId,
        /// What.
        change: SceneChange,
    },
    /// Puts a take in at a position from 0.
    InsertTake {
        /// Into which scene.
        scene: SceneId,
        /// Where.
        at: usize,
        /// What.
        take: Box<Take>,
    },
    /// Takes a take out; where it was the picked one, the scene is left without one.
    RemoveTake {
        /// Out of which scene.
        scene: SceneId,
        /// Which.
        take: TakeId,
    },
    /// Puts a changed take in the place of the one with the same id.
    ReplaceTake {
        /// In which scene.
        scene: SceneId,
        /// The new content.
        take: Box<Take>,
    },
    /// Puts a bible entry in at a position from 0.
    InsertEntry {
        /// Into which list.
        kind: Kind,
        /// Where.
        at: usize,
        /// What.
        entry: Box<Entry>,
    },
    /// Takes a bible entry out.
    RemoveEntry {
        /// Out of which list.
        kind: Kind,
        /// Where it stands.
        at: usize,
    },
    /// Puts a changed bible entry in the place of another.
    ReplaceEntry {
        /// In which list.
        kind: Kind,
        /// Where.
        at: usize,
        /// The new content.
        entry: Box<Entry>,
    },
    /// Several changes that are done and undone as one.
    Together(Vec<Edit>),
}

/// A change to a field of the storyboard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BoardChange {
    /// The title.
    Title(Line),
    /// The story in a sentence.
    Logline(Text),
    /// BCP 47.
    Language(Line),
    /// Width to height.
    Aspect(Line),
    /// Frames a second.
    Fps(f32),
    /// The frames' style.
    Style(Option<Line>),
    /// Direction for every scene.
    Tone(Option<Text>),
    /// The fields of other programs and formats.
    Extra(Extra),
}

/// A change to a field of a scene.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SceneChange {
    /// As in the script.
    Number(Line),
    /// The name of the sequence that begins with it.
    Sequence(Option<Line>),
    /// `INT./EXT. PLACE - TIME`.
    Heading(Line),
    /// What the writer wants to happen.
    Brief(Text),
    /// The length aimed at.
    Seconds(Option<Seconds>),
    /// How many newcomers the model may bring in.
    Newcomers(u8),
    /// The frames' style, where it is not the board's.
    Style(Option<Line>),
    /// Parts of a take that the model must keep.
    Locked(Vec<Lock>),
    /// The take that stands for the scene.
    Picked(Option<TakeId>),
}

/// An edit that does not fit the board. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No such scene.
    #[error("there is no scene {0} on this board")]
    NoScene(SceneId),
    /// No such take.
    #[error("there is no take {0} in that scene")]
    NoTake(TakeId),
    /// A scene of that id is there already.
    #[error("scene {0} is on this board already")]
    SceneThere(SceneId),
    /// A take of that id is there already.
    #[error("take {0} is in that scene already")]
    TakeThere(TakeId),
    /// A bible entry of that name is there already.
    #[error("the bible has an entry called {0} already; names are unique")]
    NameThere(Line),
    /// A name is empty.
    #[error("a bible entry needs a name")]
    NoName,
    /// A position past the end.
    #[error("position {at} is past the end ({len})")]
    PastEnd {
        /// The position asked for.
        at: usize,
        /// How many there are.
        len: usize,
    },
    /// A frame rate that is none.
    #[error("frames a second must lie above 0 and at most 240")]
    BadFps,
}

impl Edit {
    /// Applies the edit and answers the edit that takes it back.
    ///
    /// # Errors
    /// [`EditError`] where the edit does not fit; the board is then as it was.
    pub fn apply(&self, board: &mut Storyboard) -> Result<Self, EditError> {
        match self {
            Self::Board(change) => apply_board(board, change),
            Self::InsertScene { at, scene } => {
                if board.position(scene.id).is_some() {
                    return Err(EditError::SceneThere(scene.id));
                }
                insert(&mut board.scenes, *at, (**scene).clone())?;
                Ok(Self::RemoveScene { id: scene.id })
            }
            Self::RemoveScene { id } => {
                let at = position(board, *id)?;
                Ok(Self::InsertScene { at, scene: Box::new(board.scenes.remove(at)) })
            }
            Self::MoveScene { id, to } => {
                let from = position(board, *id)?;
                if *to >= board.scenes.len() {
                    return Err(EditError::PastEnd { at: *to, len: board.scenes.len() });
                }
                let scene = board.scenes.remove(from);
                board.scenes.insert(*to, scene);
                Ok(Self::MoveScene { id: *id, to: from })
            }
            Self::ReplaceScene { scene: new } => {
                let old = std::mem::replace(scene(board, new.id)?, (**new).clone());
                Ok(Self::ReplaceScene { scene: Box::new(old) })
            }
            Self::Scene { id, change } => apply_scene(scene(board, *id)?, change),
            Self::InsertTake { scene: id, at, take } => {
                let scene = scene(board, *id)?;
                if scene.take(take.id).is_some() {
                    return Err(EditError::TakeThere(take.id));
                }
                insert(&mut scene.takes, *at, (**take).clone())?;
                Ok(Self::RemoveTake { scene: *id, take: take.id })
            }
            Self::RemoveTake { scene: id, take } => remove_take(scene(board, *id)?, *take),
            Self::ReplaceTake { scene: id, take } => {
                let scene = scene(board, *id)?;
                let found = scene.takes.iter_mut().find(|old| old.id == take.id).ok_or(EditError::NoTake(take.id))?;
                let old = std::mem::replace(found, (**take).clone());
                Ok(Self::ReplaceTake { scene: *id, take: Box::new(old) })
            }
            Self::InsertEntry { kind, at, entry } => {
                check_name(board, entry, None)?;
                insert(board.bible.list_mut(*kind), *at, (**entry).clone())?;
                Ok(Self::RemoveEntry { kind: *kind, at: *at })
            }
            Self::RemoveEntry { kind, at } => {
                let list = board.bible.list_mut(*kind);
                in_range(*at, list.len())?;
                Ok(Self::InsertEntry { kind: *kind, at: *at, entry: Box::new(list.remove(*at)) })
            }
            Self::ReplaceEntry { kind, at, entry } => {
                in_range(*at, board.bible.list(*kind).len())?;
                check_name(board, entry, Some((*kind, *at)))?;
                let old = std::mem::replace(&mut board.bible.list_mut(*kind)[*at], (**entry).clone());
                Ok(Self::ReplaceEntry { kind: *kind, at: *at, entry: Box::new(old) })
            }
            Self::Together(edits) => apply_together(board, edits),
        }
    }
}

fn apply_together(board: &mut Storyboard, edits: &[Edit]) -> Result<Edit, EditError> {
    let mut inverses = Vec::with_capacity(edits.len());
    for edit in edits {
        match edit.apply(board) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                for inverse in inverses.iter().rev() {
                    // An inverse fits the board it was made on, and only later inverses stand between.
                    let undone = inverse.apply(board);
                    debug_assert!(undone.is_ok(), "an inverse did not fit: {undone:?}");
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(Edit::Together(inverses))
}

fn apply_board(board: &mut Storyboard, change: &BoardChange) -> Result<Edit, EditError> {
    use std::mem::replace;
    let inverse = match change {
        BoardChange::Title(new) => BoardChange::Title(replace(&mut board.title, new.clone())),
        BoardChange::Logline(new) => BoardChange::Logline(replace(&mut board.logline, new.clone())),
        BoardChange::Language(new) => BoardChange::Language(replace(&mut board.language, new.clone())),
        BoardChange::Aspect(new) => BoardChange::Aspect(replace(&mut board.aspect, new.clone())),
        BoardChange::Fps(new) if !(*new > 0.0 && *new <= 240.0) => return Err(EditError::BadFps),
        BoardChange::Fps(new) => BoardChange::Fps(replace(&mut board.fps, *new)),
        BoardChange::Style(new) => BoardChange::Style(replace(&mut board.style, new.clone())),
        BoardChange::Tone(new) => BoardChange::Tone(replace(&mut board.tone, new.clone())),
        BoardChange::Extra(new) => BoardChange::Extra(replace(&mut board.extra, new.clone())),
    };
    Ok(Edit::Board(inverse))
}

fn apply_scene(scene: &mut Scene, change: &SceneChange) -> Result<Edit, EditError> {
    use std::mem::replace;
    let inverse = match change {
        SceneChange::Number(new) => SceneChange::Number(replace(&mut scene.number, new.clone())),
        SceneChange::Sequence(new) => SceneChange::Sequence(replace(&mut scene.sequence, new.clone())),
        SceneChange::Heading(new) => SceneChange::Heading(replace(&mut scene.heading, new.clone())),
        SceneChange::Brief(new) => SceneChange::Brief(replace(&mut scene.brief, new.clone())),
        SceneChange::Seconds(new) => SceneChange::Seconds(replace(&mut scene.seconds, *new)),
        SceneChange::Style(new) => SceneChange::Style(replace(&mut scene.style, new.clone())),
        SceneChange::Newcomers(new) => SceneChange::Newcomers(replace(&mut scene.newcomers, *new)),
        SceneChange::Locked(new) => SceneChange::Locked(replace(&mut scene.locked, new.clone())),
        SceneChange::Picked(Some(take)) if scene.take(*take).is_none() => return Err(EditError::NoTake(*take)),
        SceneChange::Picked(new) => SceneChange::Picked(replace(&mut scene.picked, *new)),
    };
    Ok(Edit::Scene { id: scene.id, change: inverse })
}

fn remove_take(scene: &mut Scene, id: TakeId) -> Result<Edit, EditError> {
    let at = scene.takes.iter().position(|take| take.id == id).ok_or(EditError::NoTake(id))?;
    let take = Box::new(scene.takes.remove(at));
    let back = Edit::InsertTake { scene: scene.id, at, take };
    if scene.picked == Some(id) {
        scene.picked = None;
        let pick = Edit::Scene { id: scene.id, change: SceneChange::Picked(Some(id)) };
        return Ok(Edit::Together(vec![back, pick]));
    }
    Ok(back)
}

fn position(board: &Storyboard, id: SceneId) -> Result<usize, EditError> {
    board.position(id).ok_or(EditError::NoScene(id))
}

fn scene(board: &mut Storyboard, id: SceneId) -> Result<&mut Scene, EditError> {
    board.scenes.iter_mut().find(|scene| scene.id == id).ok_or(EditError::NoScene(id))
}

fn insert<T>(list: &mut Vec<T>, at: usize, item: T) -> Result<(), EditError> {
    if at > list.len() {
        return Err(EditError::PastEnd { at, len: list.len() });
    }
    list.insert(at, item);
    Ok(())
}

fn in_range(at: usize, len: usize) -> Result<(), EditError> {
    if at < len { Ok(()) } else { Err(EditError::PastEnd { at, len }) }
}

/// A name is there, and no other entry than the one at `except` has it.
fn check_name(board: &Storyboard, entry: &Entry, except: Option<(Kind, usize)>) -> Result<(), EditError> {
    let wanted = entry.name.to_lowercase();
    if wanted.is_empty() {
        return Err(EditError::NoName);
    }
    let taken = Kind::ALL.iter().any(|&kind| {
        let list = board.bible.list(kind).iter().enumerate();
        list.into_iter().any(|(at, other)| except != Some((kind, at)) && other.name.to_lowercase() == wanted)
    });
    if taken { Err(EditError::NameThere(entry.name.clone())) } else { Ok(()) }
}

#[cfg(test)]
pub(crate) mod tests;
