//! Splitting a scene: before a shot of the take shown, or in its brief where the cursor stands.

use super::editing;
use super::key::{Code, Key};
use super::model::{Model, Overlay, Target};
use super::msg::Effect;
use super::now::Now;
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
    editing::brief(model, now);
    model.say(words::split_where());
    Vec::new()
}

/// A key while the shot is being chosen.
pub(super) fn key(model: &mut Model, now: Now, key: Key) -> Vec<Effect> {
    let last = model.whole_take().map_or(0, |take| take.shots.len().saturating_sub(1));
    let Overlay::Split(chosen) = &mut model.overlay else { return Vec::new() };
    match key.code {
        Code::Down | Code::Char('j') => chosen.at_shot = (chosen.at_shot + 1).min(last),
        Code::Up | Code::Char('k') => chosen.at_shot = chosen.at_shot.saturating_sub(1).max(1),
        Code::Char(c) if c.is_ascii_digit() => {
            let shot = c.to_digit(10).map_or(0, |digit| digit as usize);
            if (2..=last + 1).contains(&shot) {
                chosen.at_shot = shot - 1;
                return before_shot(model, now);
            }
        }
        Code::Enter => return before_shot(model, now),
        Code::Char('b') => {
            editing::brief(model, now);
            model.say(words::split_where());
        }
        _ => model.overlay = Overlay::None,
    }
    Vec::new()
}

fn before_shot(model: &mut Model, now: Now) -> Vec<Effect> {
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
            model.warn(editing::too_long(error));
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
