//! Adding, copying, moving and deleting scenes.

use super::list;
use super::model::{Desk, Model};
use super::msg::Effect;
use super::now::Now;
use crate::board::rework::{Letters, duplicate, number_at, renumber};
use crate::board::{Edit, Scene};
use crate::words;

pub(super) fn can_edit(model: &Model) -> bool {
    model.on_desk() && model.desk().is_some_and(|desk| !desk.read_only)
}

pub(super) fn add_after(model: &mut Model, now: Now) -> Vec<Effect> {
    let at = model.desk().map_or(0, |desk| if desk.board.scenes.is_empty() { 0 } else { desk.at.scene + 1 });
    add(model, now, at)
}

pub(super) fn add_before(model: &mut Model, now: Now) -> Vec<Effect> {
    let at = model.desk().map_or(0, |desk| desk.at.scene);
    add(model, now, at)
}

/// Adds an empty scene and opens its brief: a scene without one is nothing yet.
fn add(model: &mut Model, now: Now, at: usize) -> Vec<Effect> {
    let Some(desk) = model.desk() else { return Vec::new() };
    let scene = Scene { id: now.scene(0), number: number_at(&desk.board, at), ..Scene::default() };
    let words = words::scene_added(scene.number.as_str());
    let effects = model.edit(Edit::InsertScene { at, scene: Box::new(scene) }, words);
    show(model, at, now);
    super::editing::brief(model, now);
    effects
}

pub(super) fn duplicate_this(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some((desk, scene)) = shown(model) else { return Vec::new() };
    let mut takes = 0;
    let copy = duplicate(&desk.board, scene.id, now.scene(0), &mut || {
        takes += 1;
        now.take(takes)
    });
    let (at, words) = (desk.at.scene + 1, words::scene_duplicated(scene.number.as_str()));
    match copy {
        Ok(edit) => {
            let effects = model.edit(edit, words);
            show(model, at, now);
            effects
        }
        Err(error) => {
            model.warn(error.to_string());
            Vec::new()
        }
    }
}

pub(super) fn delete(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some((_, scene)) = shown(model) else { return Vec::new() };
    let (edit, words) = (Edit::RemoveScene { id: scene.id }, words::scene_deleted(scene.number.as_str()));
    model.edit(edit, words)
}

pub(super) fn move_down(model: &mut Model, _: Now) -> Vec<Effect> {
    let to = model.desk().and_then(|desk| beside(desk, 1));
    move_to(model, to)
}

/// Where the scene goes that is moved by one: past its neighbour in the list, which a filter may have brought there.
fn beside(desk: &Desk, by: isize) -> Option<usize> {
    let to = match desk.list.filter.is_empty() {
        true => desk.at.scene.checked_add_signed(by)?,
        false => list::step(desk, by),
    };
    let is_that_way = to != desk.at.scene && (to > desk.at.scene) == (by > 0);
    Some(to).filter(|&to| is_that_way && to < desk.board.scenes.len())
}

pub(super) fn move_up(model: &mut Model, _: Now) -> Vec<Effect> {
    let to = model.desk().and_then(|desk| beside(desk, -1));
    move_to(model, to)
}

fn move_to(model: &mut Model, to: Option<usize>) -> Vec<Effect> {
    let (Some((_, scene)), Some(to)) = (shown(model), to) else { return Vec::new() };
    let (edit, words) = (Edit::MoveScene { id: scene.id, to }, words::scene_moved(scene.number.as_str()));
    model.edit(edit, words)
}

pub(super) fn renumber_all(model: &mut Model, _: Now) -> Vec<Effect> {
    let Some(desk) = model.desk() else { return Vec::new() };
    let edit = renumber(&desk.board, Letters::Drop);
    model.edit(edit, words::scenes_numbered())
}

fn shown(model: &Model) -> Option<(&Desk, &Scene)> {
    let desk = model.desk()?;
    Some((desk, desk.scene()?))
}

fn show(model: &mut Model, at: usize, now: Now) {
    if let Some(desk) = model.desk_mut() {
        desk.go_to(at, now);
    }
}
