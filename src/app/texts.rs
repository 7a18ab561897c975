//! Which texts can be changed, what words each has, and the edit that new words make.

use super::model::{BoardText, EntryText, Model, Target};
use super::{bible, proposals, review, turns};
use crate::board::check::is_language;
use crate::board::heading::in_capitals;
use crate::board::text::TooLong;
use crate::board::{
    Angle, BoardChange, Edit, Field, Line, Lock, Move, Scene, SceneChange, Seconds, Shot, Size, Take, Text, aspect,
};
use crate::words::{self, Phrase};

/// The texts that can be changed now; the first nine have a digit each.
#[must_use]
pub fn targets(model: &Model) -> Vec<Target> {
    let Some(scene) = model.desk().and_then(|desk| desk.scene()) else {
        return [BoardText::Title, BoardText::Logline, BoardText::Tone].map(Target::Board).to_vec();
    };
    let mut targets =
        vec![Target::Heading(scene.id), Target::Brief(scene.id), Target::Number(scene.id), Target::Sequence(scene.id)];
    if let Some(take) = model.whole_take() {
        let fields = [Field::Action, Field::Dialogue, Field::Sound];
        targets.extend(fields.map(|field| Target::Take(scene.id, take.id, field)));
        let of_shot = |shot| [Target::Shot(scene.id, take.id, shot), Target::Framing(scene.id, take.id, shot)];
        targets.extend((0..take.shots.len()).flat_map(of_shot));
    }
    targets.extend([Target::Length, Target::Locked, Target::Newcomers, Target::SceneStyle].map(|of| of(scene.id)));
    targets
}

/// The words that a text has now; `None` where there is no such text.
pub(super) fn words(model: &Model, target: Target) -> Option<String> {
    let board = &model.desk()?.board;
    let take = |scene, take| board.scene(scene)?.take(take);
    Some(match target {
        Target::Number(id) => board.scene(id)?.number.to_string(),
        Target::Heading(id) => board.scene(id)?.current_heading().to_string(),
        Target::Brief(id) => board.scene(id)?.brief.to_string(),
        Target::Take(scene, id, field) => {
            let take = take(scene, id)?;
            match field {
                Field::Heading => take.heading.as_ref().map(Line::to_string).unwrap_or_default(),
                Field::Action => take.action.to_string(),
                Field::Sound => take.sound.to_string(),
                Field::Dialogue => turns::dialogue_words(take),
                Field::Shots => return None,
            }
        }
        Target::Shot(scene, id, shot) => take(scene, id)?.shots.get(shot)?.description.to_string(),
        Target::Framing(scene, id, shot) => framing_words(take(scene, id)?.shots.get(shot)?),
        Target::Length(id) => board.scene(id)?.seconds.map(|seconds| seconds.get().to_string()).unwrap_or_default(),
        Target::Locked(id) => list(&board.scene(id)?.locked),
        Target::Newcomers(id) => board.scene(id)?.newcomers.to_string(),
        Target::SceneStyle(id) => board.scene(id)?.style.as_ref().map(Line::to_string).unwrap_or_default(),
        Target::Board(BoardText::Title) => board.title.to_string(),
        Target::Board(BoardText::Logline) => board.logline.to_string(),
        Target::Board(BoardText::Tone) => board.tone.as_ref().map(Text::to_string).unwrap_or_default(),
        Target::Board(BoardText::Language) => board.language.to_string(),
        Target::Board(BoardText::Aspect) => board.aspect.to_string(),
        Target::Board(BoardText::Fps) => board.fps.to_string(),
        Target::Board(BoardText::Style) => board.style.as_ref().map(Line::to_string).unwrap_or_default(),
        Target::Sequence(id) => board.scene(id)?.sequence.as_ref().map(Line::to_string).unwrap_or_default(),
        Target::Entry(kind, at, text) => bible::entry_words(board, kind, at, text),
        Target::NewBoard(_) => String::new(),
        Target::Note => review::note_words(model),
        Target::Proposal(at) => proposals::words(model, at)?,
        Target::Reason(scene, id) => take(scene, id).map(|_| String::new())?,
    })
}

pub(super) fn too_long(error: TooLong) -> Phrase {
    words::too_long(error.cap, error.length)
}

/// The edit that puts new words in their place.
pub(super) fn change(model: &Model, target: Target, words: &str) -> Result<Edit, Phrase> {
    let text = || Text::new(words).map_err(too_long);
    let line = || Line::new(words).map_err(too_long);
    let board = model.desk().map(|desk| &desk.board).ok_or_else(words::no_board)?;
    let scene = |id| board.scene(id).ok_or_else(words::scene_gone);
    Ok(match target {
        Target::Number(id) => {
            let number = line()?;
            if board.scenes.iter().any(|scene| scene.id != id && scene.number == number && !number.is_empty()) {
                return Err(words::number_taken(number.as_str()));
            }
            Edit::Scene { id, change: SceneChange::Number(number) }
        }
        Target::Heading(id) => heading(scene(id)?, Line::new(&in_capitals(words)).map_err(too_long)?),
        Target::Brief(id) => Edit::Scene { id, change: SceneChange::Brief(text()?) },
        Target::Take(id, take, field) => {
            let mut take = scene(id)?.take(take).ok_or_else(words::take_gone)?.clone();
            match field {
                Field::Heading => take.heading = Some(line()?).filter(|heading| !heading.is_empty()),
                Field::Action => turns::set_action(&mut take, text()?),
                Field::Sound => take.sound = text()?,
                Field::Dialogue => take.dialogue = turns::dialogue(&take, words)?,
                Field::Shots => {}
            }
            edited(&mut take, field);
            Edit::ReplaceTake { scene: id, take: Box::new(take) }
        }
        Target::Shot(id, take, shot) => {
            let mut take = scene(id)?.take(take).ok_or_else(words::take_gone)?.clone();
            take.shots.get_mut(shot).ok_or_else(words::shot_gone)?.description = text()?;
            edited(&mut take, Field::Shots);
            Edit::ReplaceTake { scene: id, take: Box::new(take) }
        }
        Target::Framing(id, take, shot) => {
            let mut take = scene(id)?.take(take).ok_or_else(words::take_gone)?.clone();
            set_framing(take.shots.get_mut(shot).ok_or_else(words::shot_gone)?, words)?;
            edited(&mut take, Field::Shots);
            Edit::ReplaceTake { scene: id, take: Box::new(take) }
        }
        Target::Length(id) => {
            let seconds = match words.trim() {
                "" => None,
                said => {
                    Some(seconds(said).filter(|seconds| seconds.get() > 0.0).ok_or_else(words::length_is_a_number)?)
                }
            };
            Edit::Scene { id, change: SceneChange::Seconds(seconds) }
        }
        Target::Locked(id) => Edit::Scene { id, change: SceneChange::Locked(locks(words, &scene(id)?.takes)?) },
        Target::Newcomers(id) => Edit::Scene { id, change: SceneChange::Newcomers(newcomers(words)?) },
        Target::SceneStyle(id) => Edit::Scene { id, change: SceneChange::Style(style(model, line()?)?) },
        Target::Board(BoardText::Title) => Edit::Board(BoardChange::Title(line()?)),
        Target::Board(BoardText::Logline) => Edit::Board(BoardChange::Logline(text()?)),
        Target::Board(BoardText::Tone) => {
            Edit::Board(BoardChange::Tone(Some(text()?).filter(|tone| !tone.trim().is_empty())))
        }
        Target::Board(BoardText::Language) => {
            let language = Some(line()?).filter(|tag| is_language(tag));
            Edit::Board(BoardChange::Language(language.ok_or_else(words::language_is_a_tag)?))
        }
        Target::Board(BoardText::Aspect) => {
            let aspect = Some(line()?).filter(|aspect| aspect::ratio(aspect).is_some());
            Edit::Board(BoardChange::Aspect(aspect.ok_or_else(words::aspect_is_two_numbers)?))
        }
        Target::Board(BoardText::Fps) => {
            Edit::Board(BoardChange::Fps(words.trim().parse().map_err(|_| words::fps_is_a_number())?))
        }
        Target::Board(BoardText::Style) => Edit::Board(BoardChange::Style(style(model, line()?)?)),
        Target::Sequence(id) => {
            let sequence = Some(line()?).filter(|sequence| !sequence.is_empty());
            Edit::Scene { id, change: SceneChange::Sequence(sequence) }
        }
        Target::Entry(kind, at, EntryText::Name) => bible::named(board, kind, at, line()?),
        Target::Entry(kind, at, EntryText::Look) => {
            let look = text()?;
            bible::entry_edit(board, kind, at, |entry| entry.look = look)
        }
        Target::Entry(kind, at, EntryText::Now) => {
            let now = Some(text()?).filter(|now| !now.trim().is_empty());
            bible::entry_edit(board, kind, at, |entry| entry.now = now)
        }
        Target::NewBoard(_) | Target::Note | Target::Proposal(_) | Target::Reason(..) => return Err(words::no_board()),
    })
}

/// A list as one line.
fn list<T: ToString>(words: &[T]) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The parts of a take that are to be kept, in such a line or with commas between them. Where there are takes, one has to have
/// them.
fn locks(words: &str, takes: &[Take]) -> Result<Vec<Lock>, Phrase> {
    let mut locks = Vec::new();
    for word in words.split([' ', ',']).filter(|word| !word.is_empty()) {
        let lock: Lock = word.parse().map_err(|_| words::lock_unknown(Line::clipped(word, 40).as_str()))?;
        if !takes.is_empty() && !takes.iter().any(|take| lock.is_in(take)) {
            return Err(words::lock_in_no_take(lock.to_string()));
        }
        if !locks.contains(&lock) {
            locks.push(lock);
        }
    }
    Ok(locks)
}

/// How many newcomers the model may bring in; none where nothing is said.
fn newcomers(words: &str) -> Result<u8, Phrase> {
    /// More than a scene can introduce.
    const MOST: u8 = 9;
    let count = if words.trim().is_empty() { Some(0) } else { words.trim().parse().ok() };
    count.filter(|count| *count <= MOST).ok_or_else(words::newcomers_are_a_number)
}

/// A frames' style that there is; `None` for the one behind it.
fn style(model: &Model, style: Line) -> Result<Option<Line>, Phrase> {
    let known = &model.settings.styles;
    if !style.is_empty() && !known.iter().any(|name| *name == style.as_str()) {
        return Err(words::style_unknown(known.join(", "), style.as_str()));
    }
    Ok(Some(style).filter(|style| !style.is_empty()))
}

/// How a shot is framed and how long it lasts, as one line.
fn framing_words(shot: &Shot) -> String {
    format!("{}, {}, {}, {}", shot.size, shot.angle, shot.camera, shot.seconds.get())
}

/// Reads such a line; what it does not name stays.
fn set_framing(shot: &mut Shot, words: &str) -> Result<(), Phrase> {
    // `4 s` is a number and its unit.
    for word in words.split([',', ' ']).filter(|word| !word.is_empty() && *word != "s") {
        if let Ok(size) = word.parse() {
            shot.size = size;
        } else if let Ok(angle) = word.parse() {
            shot.angle = angle;
        } else if let Ok(camera) = word.parse() {
            shot.camera = camera;
        } else if let Some(seconds) = seconds(word) {
            shot.seconds = seconds;
        } else {
            return Err(words::framing_unknown(
                list(Angle::ALL),
                list(Move::ALL),
                list(Size::ALL),
                Line::clipped(word, 40).as_str(),
            ));
        }
    }
    Ok(())
}

/// `4`, `4.5 s`.
fn seconds(words: &str) -> Option<Seconds> {
    Seconds::new(words.trim().trim_end_matches('s').trim().parse().ok()?)
}

/// A heading somebody wrote is meant: the model keeps it until it is unlocked, and it stands over what the picked take
/// proposed.
fn heading(scene: &Scene, heading: Line) -> Edit {
    let id = scene.id;
    let mut locked = scene.locked.clone();
    locked.retain(|lock| *lock != Lock::Field(Field::Heading));
    if !heading.is_empty() {
        locked.insert(0, Lock::Field(Field::Heading));
    }
    let change = Edit::Scene { id, change: SceneChange::Heading(heading) };
    let lock = Edit::Scene { id, change: SceneChange::Locked(locked) };
    let proposed = scene.picked_take().filter(|take| take.heading.is_some()).map(|take| {
        let mut take = take.clone();
        take.heading = None;
        edited(&mut take, Field::Heading);
        Edit::ReplaceTake { scene: id, take: Box::new(take) }
    });
    Edit::Together([change, lock].into_iter().chain(proposed).collect())
}

/// The provenance remembers what a person changed.
fn edited(take: &mut Take, field: Field) {
    if !take.provenance.edited.contains(&field) {
        take.provenance.edited.push(field);
    }
}
