//! Two takes of a scene against each other: marked inline on the stage, or side by side.

use super::model::{Desk, Model, View};
use super::msg::Effect;
use super::now::Now;
use crate::board::{Scene, Take, TakeId};
use crate::words;

/// Two takes beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compare {
    /// The take on the left; the one shown is on the right.
    pub left: TakeId,
    /// Rows above what is shown.
    pub scroll: u16,
}

impl Compare {
    /// Where the take on the left stands among the scene's.
    #[must_use]
    pub fn left_at(&self, scene: &Scene) -> Option<usize> {
        scene.takes.iter().position(|take| take.id == self.left)
    }
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
    let Some(takes) = desk.scene().map(|scene| &scene.takes) else { return Vec::new() };
    let beside = takes.get(if desk.at.take == 0 { 1 } else { desk.at.take - 1 }).map(|take| take.id);
    if let Some(left) = marked.or(beside) {
        desk.view = View::Compare(Compare { left, scroll: 0 });
    }
    Vec::new()
}

/// Takes came or went: the left one stays while it is there, the right one is another, and where there are no two, the stage
/// is shown again.
pub(super) fn settle(desk: &mut Desk) {
    let View::Compare(compare) = desk.view else { return };
    let takes: Vec<TakeId> = desk.scene().into_iter().flat_map(|scene| &scene.takes).map(|take| take.id).collect();
    let right = desk.at.take.min(takes.len().saturating_sub(1));
    let beside = |at: usize| [at + 1, at.wrapping_sub(1)].into_iter().find(|at| *at < takes.len());
    let sides = match takes.iter().position(|id| *id == compare.left) {
        Some(left) if left == right => beside(left).map(|right| (left, right)),
        Some(left) => Some((left, right)),
        None => beside(right).map(|left| (left, right)),
    };
    match sides {
        Some((left, right)) => {
            desk.at.take = right;
            desk.view = View::Compare(Compare { left: takes[left], ..compare });
        }
        None => desk.view = View::Desk,
    }
}

pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Compare(_)))
}

/// The takes of the scene, and where the left and the right one stand among them.
fn sides(model: &Model) -> Option<(Vec<TakeId>, usize, usize)> {
    let desk = model.desk()?;
    let View::Compare(compare) = &desk.view else { return None };
    let scene = desk.scene()?;
    Some((scene.takes.iter().map(|take| take.id).collect(), compare.left_at(scene)?, desk.at.take))
}

/// Shows two takes of the scene, each by its place.
fn show(model: &mut Model, now: Now, left: TakeId, right: usize) {
    let Some(desk) = model.desk_mut() else { return };
    if let View::Compare(compare) = &mut desk.view {
        compare.left = left;
    }
    if desk.at.take != right {
        desk.go_to_take(right, now);
    }
}

/// The take so many further on, round the scene's, that is not the one on the other side.
fn step(takes: &[TakeId], from: usize, by: usize, other: usize) -> usize {
    let next = (from + by) % takes.len().max(1);
    if next == other { (next + by) % takes.len().max(1) } else { next }
}

fn step_right(model: &mut Model, now: Now, by: impl Fn(usize) -> usize) -> Vec<Effect> {
    if let Some((takes, left, right)) = sides(model) {
        let next = step(&takes, right, by(takes.len()), left);
        if next == right {
            model.say(words::compare_no_other());
        }
        show(model, now, takes[left], next);
    }
    Vec::new()
}

pub(super) fn next_right(model: &mut Model, now: Now) -> Vec<Effect> {
    step_right(model, now, |_| 1)
}

pub(super) fn previous_right(model: &mut Model, now: Now) -> Vec<Effect> {
    step_right(model, now, |takes| takes - 1)
}

pub(super) fn next_left(model: &mut Model, now: Now) -> Vec<Effect> {
    if let Some((takes, left, right)) = sides(model) {
        let next = step(&takes, left, 1, right);
        if next == left {
            model.say(words::compare_no_other());
        }
        show(model, now, takes[next], right);
    }
    Vec::new()
}

pub(super) fn swap(model: &mut Model, now: Now) -> Vec<Effect> {
    if let Some((takes, left, right)) = sides(model)
        && let Some(&shown) = takes.get(right)
    {
        show(model, now, shown, left);
    }
    Vec::new()
}

fn scroll(model: &mut Model, to: impl Fn(u16) -> u16) -> Vec<Effect> {
    if let Some(desk) = model.desk_mut()
        && let View::Compare(compare) = &mut desk.view
    {
        compare.scroll = to(compare.scroll);
    }
    Vec::new()
}

pub(super) fn scroll_down(model: &mut Model, _: Now) -> Vec<Effect> {
    let beyond = model.desk().map_or(0, |desk| desk.at.beyond);
    scroll(model, |rows| rows.saturating_add(beyond.min(1)))
}

pub(super) fn scroll_up(model: &mut Model, _: Now) -> Vec<Effect> {
    scroll(model, |rows| rows.saturating_sub(1))
}
