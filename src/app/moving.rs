//! Going about: scenes, takes, the rows of a take, the boards to choose from.

use super::action::Argument;
use super::list;
use super::model::{Model, Overlay, Place, View};
use super::msg::Effect;
use super::now::Now;
use super::review;
use crate::words;

pub(super) fn has_rows(model: &Model) -> bool {
    match &model.place {
        Place::Desk(desk) => desk.view == View::Desk && !desk.board.scenes.is_empty(),
        Place::Picker(picker) => picker.rows() > 0,
        Place::Opening(_) => false,
    }
}

pub(super) fn has_takes(model: &Model) -> bool {
    model.on_desk() && takes(model) > 1
}

/// Takes of the scene shown, those being written among them.
pub(super) fn takes(model: &Model) -> usize {
    let whole = model.desk().and_then(|desk| desk.scene()).map_or(0, |scene| scene.takes.len());
    whole + model.growing().len()
}

pub(super) fn can_scroll_down(model: &Model) -> bool {
    (model.on_desk() || review::is_open(model)) && model.desk().is_some_and(|desk| desk.at.beyond > 0)
}

pub(super) fn can_scroll_up(model: &Model) -> bool {
    (model.on_desk() || review::is_open(model)) && model.desk().is_some_and(|desk| desk.at.scroll > 0)
}

pub(super) fn down(model: &mut Model, now: Now) -> Vec<Effect> {
    if model.on_desk() {
        return list::go(model, now, 1);
    }
    go(model, now, |at, last| (at + 1).min(last))
}

pub(super) fn up(model: &mut Model, now: Now) -> Vec<Effect> {
    if model.on_desk() {
        return list::go(model, now, -1);
    }
    go(model, now, |at, _| at.saturating_sub(1))
}

pub(super) fn first(model: &mut Model, now: Now) -> Vec<Effect> {
    go(model, now, |_, _| 0)
}

pub(super) fn last(model: &mut Model, now: Now) -> Vec<Effect> {
    go(model, now, |_, last| last)
}

fn go(model: &mut Model, now: Now, to: impl Fn(usize, usize) -> usize) -> Vec<Effect> {
    match &mut model.place {
        Place::Desk(desk) => {
            let at = to(desk.at.scene, desk.board.scenes.len().saturating_sub(1));
            if at != desk.at.scene {
                desk.go_to(at, now);
            }
        }
        Place::Picker(picker) => {
            picker.at = to(picker.at, picker.rows().saturating_sub(1));
        }
        Place::Opening(_) => {}
    }
    Vec::new()
}

/// A scene by its number.
pub(super) const SCENE: Argument =
    Argument { name: words::argument_scene, choices: scene_numbers, free: true, lookup: None, preview: None };

pub(super) fn has_scenes(model: &Model) -> bool {
    model.desk().is_some_and(|desk| !desk.board.scenes.is_empty())
}

fn scene_numbers(model: &Model) -> Vec<String> {
    let scenes = model.desk().map(|desk| desk.board.scenes.iter());
    scenes.into_iter().flatten().map(|scene| scene.number.to_string()).collect()
}

pub(super) fn go_to_scene(model: &mut Model, now: Now, wanted: &str) -> Vec<Effect> {
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    match desk.board.find_scene(wanted).and_then(|scene| desk.board.position(scene.id)) {
        Some(at) => desk.go_to(at, now),
        None => model.warn(words::scene_not_found(wanted)),
    }
    Vec::new()
}

pub(super) fn next_take(model: &mut Model, now: Now) -> Vec<Effect> {
    let takes = takes(model);
    if let Some(desk) = model.desk_mut() {
        desk.go_to_take((desk.at.take + 1) % takes.max(1), now);
    }
    Vec::new()
}

pub(super) fn previous_take(model: &mut Model, now: Now) -> Vec<Effect> {
    let takes = takes(model);
    if let Some(desk) = model.desk_mut() {
        desk.go_to_take((desk.at.take + takes.saturating_sub(1)) % takes.max(1), now);
    }
    Vec::new()
}

/// Half a screen at a time.
fn page(model: &Model) -> u16 {
    (model.size.1 / 2).max(1)
}

pub(super) fn scroll_down(model: &mut Model, _: Now) -> Vec<Effect> {
    let page = page(model);
    if let Some(desk) = model.desk_mut() {
        desk.at.scroll += page.min(desk.at.beyond);
    }
    Vec::new()
}

pub(super) fn scroll_up(model: &mut Model, _: Now) -> Vec<Effect> {
    let page = page(model);
    if let Some(desk) = model.desk_mut() {
        desk.at.scroll = desk.at.scroll.saturating_sub(page);
    }
    Vec::new()
}

pub(super) fn help(model: &mut Model, _: Now) -> Vec<Effect> {
    model.overlay = Overlay::Help(0);
    Vec::new()
}
