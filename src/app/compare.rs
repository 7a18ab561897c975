//! Two takes of a scene against each other: marked inline on the stage, or side by side.

use super::model::{Desk, Model, View};
use super::msg::Effect;
use super::now::Now;
use crate::board::{Take, TakeId};
use crate::words;

/// Two takes beside each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compare {
    /// The take on the left; the one shown is on the right.
    pub left: usize,
    /// Rows above what is shown.
    pub scroll: u16,
}

/// What the take on the stage is marked against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Against {
    /// Nothing.
    #[default]
    Nothing,
    /// The take it was made from, else the one before it.
    Parent,
    /// One take, whichever is shown.
    Take(TakeId),
}

impl Desk {
    /// The take that the one shown is marked against.
    #[must_use]
    pub fn against(&self) -> Option<&Take> {
        let scene = self.scene()?;
        let shown = scene.takes.get(self.at.take);
        let take = match self.against {
            Against::Nothing => None,
            Against::Take(id) => scene.take(id),
            Against::Parent => {
                let parent = shown.and_then(|take| take.parent).and_then(|parent| scene.take(parent));
                parent.or_else(|| scene.takes.get(self.at.take.checked_sub(1)?))
            }
        };
        take.filter(|take| shown.is_none_or(|shown| shown.id != take.id))
    }
}

pub(super) fn can_mark(model: &Model) -> bool {
    model.on_desk() && model.whole_take().is_some()
}

pub(super) fn can_compare(model: &Model) -> bool {
    super::views::can_show(model) && takes(model) > 1
}

fn takes(model: &Model) -> usize {
    model.desk().and_then(Desk::scene).map_or(0, |scene| scene.takes.len())
}

/// Marks what differs from the parent, or no longer.
pub(super) fn mark(model: &mut Model, _: Now) -> Vec<Effect> {
    if let Some(desk) = model.desk_mut() {
        desk.against = if desk.against == Against::Nothing { Against::Parent } else { Against::Nothing };
        let said = match (desk.against, desk.against()) {
            (Against::Nothing, _) => words::marks_off(),
            (_, Some(_)) => words::marks_parent(),
            (_, None) => words::marks_nothing(),
        };
        model.say(said);
    }
    Vec::new()
}

/// From now on every take is marked against this one.
pub(super) fn mark_from_here(model: &mut Model, _: Now) -> Vec<Effect> {
    let shown = model.whole_take().map(|take| take.id);
    if let (Some(id), Some(desk)) = (shown, model.desk_mut()) {
        desk.against = Against::Take(id);
        let number = desk.at.take + 1;
        model.say(words::marks_from(number));
    }
    Vec::new()
}

/// Side by side with the take marked against, else with the one before.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let count = takes(model);
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    desk.at.take = desk.at.take.min(count.saturating_sub(1));
    let marked = desk.against().map(|take| take.id);
    let marked = desk.scene().and_then(|scene| scene.takes.iter().position(|take| Some(take.id) == marked));
    let left = marked.unwrap_or(if desk.at.take == 0 { 1 } else { desk.at.take - 1 });
    desk.view = View::Compare(Compare { left, scroll: 0 });
    Vec::new()
}

pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Compare(_)))
}

fn turn(model: &mut Model, turn: impl Fn(&mut Compare, &mut usize, usize)) -> Vec<Effect> {
    let count = takes(model).max(1);
    if let Some(desk) = model.desk_mut()
        && let View::Compare(compare) = &mut desk.view
    {
        turn(compare, &mut desk.at.take, count);
    }
    Vec::new()
}

pub(super) fn next_right(model: &mut Model, _: Now) -> Vec<Effect> {
    turn(model, |_, right, count| *right = (*right + 1) % count)
}

pub(super) fn previous_right(model: &mut Model, _: Now) -> Vec<Effect> {
    turn(model, |_, right, count| *right = (*right + count - 1) % count)
}

pub(super) fn next_left(model: &mut Model, _: Now) -> Vec<Effect> {
    turn(model, |compare, _, count| compare.left = (compare.left + 1) % count)
}

pub(super) fn swap(model: &mut Model, _: Now) -> Vec<Effect> {
    turn(model, |compare, right, _| std::mem::swap(&mut compare.left, right))
}

pub(super) fn scroll_down(model: &mut Model, _: Now) -> Vec<Effect> {
    let beyond = model.desk().map_or(0, |desk| desk.at.beyond);
    turn(model, |compare, _, _| compare.scroll = compare.scroll.saturating_add(beyond.min(1)))
}

pub(super) fn scroll_up(model: &mut Model, _: Now) -> Vec<Effect> {
    turn(model, |compare, _, _| compare.scroll = compare.scroll.saturating_sub(1))
}
