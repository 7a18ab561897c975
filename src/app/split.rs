//! Splitting a scene: before a shot of the take shown, or in its brief where the cursor stands.

use super::action::Argument;
use super::model::{Model, Overlay, Target};
use super::msg::Effect;
use super::now::Now;
use super::{editing, texts};
use crate::board::rework::{split, split_brief};
use crate::board::{Edit, EditError, Text};
use crate::words::{self, Phrase};

/// Where a scene is to be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The shot, from 0, with which the new scene begins: never the first one.
    pub at_shot: usize,
}

/// Asks for the shot; where the take has no two shots, for the place in the brief.
pub(super) fn ask(model: &mut Model, now: Now) -> Vec<Effect> {
    if model.whole_take().is_some_and(|take| take.shots.len() > 1) {
        model.overlay = Overlay::Split(Split { at_shot: 1 });
        return Vec::new();
    }
    in_brief(model, now)
}

/// A shot by its number.
pub(super) const SHOT: Argument =
    Argument { name: words::argument_number, choices: |_| Vec::new(), free: true, lookup: None, preview: None };

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let last = model.whole_take().map_or(0, |take| take.shots.len().saturating_sub(1));
    if let Overlay::Split(chosen) = &mut model.overlay {
        chosen.at_shot = chosen.at_shot.saturating_add_signed(by).min(last).max(1);
    }
    Vec::new()
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    step(model, 1)
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    step(model, -1)
}

/// Splits before the shot of that number, from 1; before the first there is nothing to split off.
pub(super) fn at_shot(model: &mut Model, now: Now, number: usize) -> Vec<Effect> {
    let shots = model.whole_take().map_or(0, |take| take.shots.len());
    match &mut model.overlay {
        Overlay::Split(chosen) if (2..=shots).contains(&number) => {
            chosen.at_shot = number - 1;
            before_shot(model, now)
        }
        _ => Vec::new(),
    }
}

/// The place is chosen in the brief instead.
pub(super) fn in_brief(model: &mut Model, now: Now) -> Vec<Effect> {
    editing::brief(model, now);
    model.say(words::split_where(model.keys_of("editor.split")));
    Vec::new()
}

pub(super) fn before_shot(model: &mut Model, now: Now) -> Vec<Effect> {
    let Overlay::Split(Split { at_shot }) = model.overlay else { return Vec::new() };
    model.overlay = Overlay::None;
    let Some((desk, scene)) = model.desk().and_then(|desk| Some((desk, desk.scene()?))) else { return Vec::new() };
    let mut takes = 0;
    let edit = split(&desk.board, scene.id, at_shot, now.scene(0), &mut || {
        takes += 1;
        now.take(takes)
    });
    let words = words::split_before_shot(scene.number.as_str(), at_shot + 1);
    made(model, edit, words)
}

/// Splits the scene whose brief is in the editor, where its cursor stands. The brief's words may have been changed.
pub(super) fn at_cursor(model: &mut Model, now: Now) -> Vec<Effect> {
    let Overlay::Editor(editor) = &model.overlay else { return Vec::new() };
    let Target::Brief(id) = editor.target else {
        model.say(words::split_only_brief());
        return Vec::new();
    };
    let (before, after) = editor.buffer.at_cursor();
    if before.trim().is_empty() || after.trim().is_empty() {
        model.warn(words::split_needs_words());
        return Vec::new();
    }
    let (before, after) = match (Text::new(before.trim()), Text::new(after.trim())) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(error), _) | (_, Err(error)) => {
            model.warn(texts::too_long(error));
            return Vec::new();
        }
    };
    let Some(board) = model.desk().map(|desk| &desk.board) else { return Vec::new() };
    let number = board.scene(id).map(|scene| scene.number.clone()).unwrap_or_default();
    let edit = split_brief(board, id, before, after, now.scene(0));
    model.overlay = Overlay::None;
    made(model, edit, words::split_in_brief(number.as_str()))
}

fn made(model: &mut Model, edit: Result<Edit, EditError>, words: Phrase) -> Vec<Effect> {
    match edit {
        Ok(edit) => model.edit(edit, words),
        Err(error) => {
            model.warn(error.to_string());
            Vec::new()
        }
    }
}
