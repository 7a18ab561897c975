//! The list of what was done, from which one can go back to any point; and the log of what was said.

use std::cmp::Ordering;

use super::judging;
use super::model::{Model, View};
use super::msg::{Effect, Msg};
use super::now::Now;
use crate::words;

pub(super) fn is_history(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::History(_)))
}

pub(super) fn can_jump(model: &Model) -> bool {
    is_history(model) && model.desk().is_some_and(|desk| !desk.read_only)
}

pub(super) fn is_log(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Log(_)))
}

fn go(model: &mut Model, by: isize) -> Vec<Effect> {
    let said = model.log.len();
    if let Some(desk) = model.desk_mut() {
        let (at, last) = match &mut desk.view {
            View::History(at) => (at, desk.history.done().len() + desk.history.undone().len()),
            View::Log(at) => (at, said.saturating_sub(1)),
            _ => return Vec::new(),
        };
        *at = at.saturating_add_signed(by).min(last);
    }
    Vec::new()
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, 1)
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, -1)
}

/// Rows of a page.
fn page(model: &Model) -> isize {
    isize::try_from(model.size.1.saturating_sub(4)).unwrap_or(1).max(1)
}

pub(super) fn is_list(model: &Model) -> bool {
    is_history(model) || is_log(model)
}

pub(super) fn page_down(model: &mut Model, _: Now) -> Vec<Effect> {
    let page = page(model);
    go(model, page)
}

pub(super) fn page_up(model: &mut Model, _: Now) -> Vec<Effect> {
    let page = page(model);
    go(model, -page)
}

pub(super) fn first(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, isize::MIN)
}

pub(super) fn last(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, isize::MAX)
}

/// The log is read from its newest line down, so going up its list is going back in time.
pub(super) fn older(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, 1)
}

pub(super) fn newer(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, -1)
}

/// Goes to the point under the cursor: so many steps done, the others undone.
pub(super) fn jump(model: &mut Model, now: Now) -> Vec<Effect> {
    let Some(desk) = model.desk() else { return Vec::new() };
    match desk.view {
        View::History(at) => step_to(model, now, desk.history.done().len(), at),
        _ => Vec::new(),
    }
}

/// Steps from where `from` steps were done towards the point where `to` are. A verdict on the way has to reach the disk first;
/// the rest of the way then waits behind it.
pub(super) fn step_to(model: &mut Model, now: Now, from: usize, to: usize) -> Vec<Effect> {
    let (mut effects, mut now) = (Vec::new(), now);
    loop {
        let Some(desk) = model.desk_mut() else { return effects };
        if desk.judging.is_some() {
            desk.held.push_front((now, Msg::StepTo { from, to }));
            return effects;
        }
        let done = desk.history.done().len();
        let step = match done.cmp(&to) {
            Ordering::Equal => {
                say_how_far(model, from, to);
                return effects;
            }
            Ordering::Greater => judging::undo(model, now),
            Ordering::Less => judging::redo(model, now),
        };
        // A step that cannot be made ends the way; why was said.
        if step.is_empty() {
            return effects;
        }
        effects.extend(step);
        // What the next step records is another record.
        now = now.next();
    }
}

/// Each step of a longer way was said; at its end it is said as one.
fn say_how_far(model: &mut Model, from: usize, to: usize) {
    match (to.abs_diff(from), to < from) {
        (0 | 1, _) => {}
        (steps, true) => model.say(words::stepped_back(steps)),
        (steps, false) => model.say(words::stepped_on(steps)),
    }
}
