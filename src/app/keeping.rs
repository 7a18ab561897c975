//! Opening, saving, leaving; what the store says.

use std::path::PathBuf;

use super::model::{Desk, Keeping, Model, Notice, Overlay, Place, Weight};
use super::msg::{Effect, Left, Opening, StoreNews};
use super::now::Now;
use super::{draft, judging};
use crate::words;

pub(super) fn can_save(model: &Model) -> bool {
    model.desk().is_some_and(|desk| !desk.read_only)
}

pub(super) fn save(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    desk.keeping.saving = Some(desk.keeping.made);
    vec![Effect::Save(Box::new(desk.board.clone()), desk.keeping.made)]
}

pub(super) fn suspend(_: &mut Model, _: Now) -> Vec<Effect> {
    vec![Effect::Suspend]
}

pub(super) fn quit(model: &mut Model, now: Now) -> Vec<Effect> {
    if super::writing::is_writing(model) {
        model.warn(words::writing_still(model.keys_of("app.leave-unsaved"), model.keys_of("take.stop")));
        return Vec::new();
    }
    let saved = model.desk().is_none_or(|desk| desk.read_only || desk.keeping.is_saved());
    if saved {
        return vec![Effect::Quit];
    }
    model.leaving = true;
    save(model, now)
}

pub(super) fn leave_unsaved(_: &mut Model, _: Now) -> Vec<Effect> {
    vec![Effect::Quit]
}

/// The system asks the program to end: what can be written is, and nothing is asked.
pub(super) fn terminate(model: &mut Model, now: Now) -> Vec<Effect> {
    let mut effects = draft::keep(model);
    if model.desk().is_some_and(|desk| !desk.read_only && !desk.keeping.is_saved()) {
        effects.extend(save(model, now));
    }
    effects.push(Effect::Quit);
    effects
}

pub(super) fn news(model: &mut Model, now: Now, news: StoreNews) -> Vec<Effect> {
    match news {
        StoreNews::Opened { path, board, read_only, unsaved, notices, left } => {
            let mut desk = Desk::new(path, *board, read_only, unsaved);
            desk.go_to(0, now);
            if let Some(left) = &left {
                go_back_to(&mut desk, left, now);
            }
            let cut_off = left.as_ref().and_then(|left| desk.board.scene(left.cut_off?));
            let cut_off = cut_off.map(|scene| scene.number.to_string());
            model.place = Place::Desk(Box::new(desk));
            model.overlay = Overlay::None;
            let draft = left.and_then(|left| {
                model.show_view(&left.view);
                left.draft
            });
            let words = cut_off.map(|number| words::writing_cut_off(model.keys_of("take.generate"), number));
            let (said, effects) = draft.map(|draft| draft::resume(model, now, draft)).unwrap_or_default();
            let more = [words, said].into_iter().flatten().map(|words| Notice { words, weight: Weight::Word });
            model.tell_all(notices.into_iter().chain(more).collect());
            return effects;
        }
        StoreNews::Held { path, holder, can_be_taken_over } => {
            model.overlay = Overlay::Held { path, holder, can_be_taken_over };
        }
        StoreNews::NotOpened(words) => {
            model.warn(words);
            model.place = Place::Picker(super::model::Picker::default());
            return vec![Effect::FindBoards];
        }
        StoreNews::Recorded => {
            if let Some(desk) = model.desk_mut() {
                desk.keeping.waiting = desk.keeping.waiting.saturating_sub(1);
            }
        }
        StoreNews::NotRecorded(words) => {
            if let Some(desk) = model.desk_mut() {
                desk.keeping.waiting = desk.keeping.waiting.saturating_sub(1);
                desk.keeping.failing = true;
            }
            model.warn(words::not_recorded(words));
        }
        StoreNews::CaughtUp => {
            if let Some(desk) = model.desk_mut() {
                desk.keeping.failing = false;
            }
            model.say(words::caught_up());
        }
        StoreNews::Judged(_) => return judging::judged(model, now),
        StoreNews::NotJudged(words) => judging::not_judged(model, words),
        StoreNews::Saved(made) => return saved(model, now, made),
        StoreNews::Conflict(ours, made) => {
            // The person has to read this before the screen goes.
            model.leaving = false;
            let effects = saved(model, now, made);
            model.warn(words::conflict(ours.display().to_string()));
            return effects;
        }
        StoreNews::NotSaved(words) => {
            model.leaving = false;
            if let Some(desk) = model.desk_mut() {
                desk.keeping.saving = None;
            }
            model.warn(words::not_saved(words));
        }
        StoreNews::About(path, about) => super::picker::about(model, &path, about),
        StoreNews::Made(Ok(path)) => {
            model.place = Place::Opening(path.clone());
            return vec![Effect::Open(path, Opening::Write)];
        }
        StoreNews::Made(Err(why)) => {
            if matches!(model.overlay, Overlay::Import(_)) {
                model.overlay = Overlay::None;
            }
            model.warn(words::new_board_not_made(why));
        }
        StoreNews::Boards(boards) => {
            if let Place::Picker(picker) = &mut model.place {
                picker.boards = Some(boards);
                picker.found_ms = now.at_ms;
            }
        }
    }
    Vec::new()
}

/// The board that is open, and where it is left, for the next time.
#[must_use]
pub fn left(model: &Model) -> Option<(PathBuf, Left)> {
    let desk = model.desk()?;
    let scene = desk.scene();
    let cut_off = model.engine.job.as_ref().filter(|job| !job.stopping).map(|job| job.scene);
    let take = scene.and_then(|scene| scene.takes.get(desk.at.take)).map(|take| take.id);
    let left = Left {
        scene: scene.map(|scene| scene.id),
        take,
        scroll: desk.at.scroll,
        view: desk.view.name().to_owned(),
        cut_off,
        draft: None,
    };
    Some((desk.path.clone(), left))
}

/// Shows what was shown when the board was left, as far as it is still there.
fn go_back_to(desk: &mut Desk, left: &Left, now: Now) {
    let Some(scene) = left.scene.and_then(|id| desk.board.position(id)) else { return };
    desk.go_to(scene, now);
    let take = desk.scene().and_then(|scene| scene.takes.iter().position(|take| Some(take.id) == left.take));
    if let Some(take) = take {
        desk.go_to_take(take, now);
        desk.at.scroll = left.scroll;
    }
}

/// The YAML holds what was there when so many edits were made. Whoever leaves waits for the save that holds everything: one
/// begun before may be answered first.
fn saved(model: &mut Model, now: Now, made: u64) -> Vec<Effect> {
    let keeping = model.desk_mut().map(|desk| {
        desk.keeping.saved = made;
        desk.keeping.behind = false;
        desk.keeping.saving.take_if(|newest| *newest == made);
        desk.keeping
    });
    model.say(words::saved());
    match keeping {
        _ if !model.leaving => Vec::new(),
        Some(Keeping { saving: Some(_), .. }) => Vec::new(),
        Some(keeping) if !keeping.is_saved() => save(model, now),
        _ => vec![Effect::Quit],
    }
}

/// Opens the board that somebody else holds, to be looked at.
pub(super) fn look(model: &mut Model, _: Now) -> Vec<Effect> {
    open_held(model, Opening::ReadOnly)
}

/// Opens a copy of it.
pub(super) fn copy(model: &mut Model, _: Now) -> Vec<Effect> {
    open_held(model, Opening::Copy)
}

pub(super) fn can_take_over(model: &Model) -> bool {
    matches!(model.overlay, Overlay::Held { can_be_taken_over: true, .. })
}

/// Lets the program that holds it keep what it has and end, and opens it then.
pub(super) fn take_over(model: &mut Model, _: Now) -> Vec<Effect> {
    let effects = open_held(model, Opening::TakeOver);
    if let Overlay::Held { path, .. } = std::mem::take(&mut model.overlay) {
        model.place = Place::Opening(path);
        model.say(words::taking_over());
    }
    effects
}

fn open_held(model: &Model, how: Opening) -> Vec<Effect> {
    match &model.overlay {
        Overlay::Held { path, .. } => vec![Effect::Open(path.clone(), how)],
        _ => Vec::new(),
    }
}
