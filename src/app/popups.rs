//! What lies over the screen and is read, chosen from, and closed.

use super::key::Key;
use super::model::{Model, Overlay};
use super::msg::Effect;
use super::now::Now;
use super::{editing, judging, list, palette, texts, typing, update};

fn scrolled(model: &mut Model) -> Option<&mut u16> {
    match &mut model.overlay {
        Overlay::Help(rows) => Some(rows),
        Overlay::Why(why) => Some(&mut why.scroll),
        Overlay::Import(importing) => Some(&mut importing.scroll),
        _ => None,
    }
}

pub(super) fn can_scroll(model: &Model) -> bool {
    matches!(&model.overlay, Overlay::Help(_) | Overlay::Why(_) | Overlay::Import(_))
}

pub(super) fn is_open(model: &Model) -> bool {
    // An import has a way out of its own, which also stops it.
    !matches!(model.overlay, Overlay::None | Overlay::Import(_))
}

/// Rows of a page: most of what a box over the screen shows.
fn page(model: &Model) -> i16 {
    i16::try_from(model.size.1.saturating_sub(8)).unwrap_or(i16::MAX).max(1)
}

fn scroll(model: &mut Model, by: i16) -> Vec<Effect> {
    let beyond = i16::try_from(model.seen.beyond).unwrap_or(i16::MAX);
    let by = if matches!(model.overlay, Overlay::Help(_)) { by.min(beyond) } else { by };
    if let Some(rows) = scrolled(model) {
        *rows = rows.saturating_add_signed(by);
    }
    Vec::new()
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    scroll(model, 1)
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    scroll(model, -1)
}

pub(super) fn page_down(model: &mut Model, _: Now) -> Vec<Effect> {
    let page = page(model);
    scroll(model, page)
}

pub(super) fn page_up(model: &mut Model, _: Now) -> Vec<Effect> {
    let page = page(model);
    scroll(model, -page)
}

pub(super) fn close(model: &mut Model, _: Now) -> Vec<Effect> {
    model.overlay = Overlay::None;
    Vec::new()
}

/// The reason of that number, from 1.
pub(super) fn give_reason(model: &mut Model, now: Now, number: usize) -> Vec<Effect> {
    judging::reject_for(model, now, number)
}

/// The text of that number, from 1.
pub(super) fn edit_field(model: &mut Model, _: Now, number: usize) -> Vec<Effect> {
    let target = number.checked_sub(1).and_then(|at| texts::targets(model).get(at).copied());
    model.overlay = Overlay::None;
    if let Some(target) = target {
        editing::open(model, target);
    }
    Vec::new()
}

/// Keys that are bound to nothing here: they write, or close what is closed by any key.
pub(super) fn unbound(model: &mut Model, now: Now, typed: Vec<Key>) -> Vec<Effect> {
    let mut typed = typed.into_iter();
    let Some(first) = typed.next() else { return Vec::new() };
    if model.overlay == Overlay::None {
        // Whoever began with the first meant no other key of the board by the next.
        return Vec::new();
    }
    let mut effects = match &mut model.overlay {
        Overlay::Editor(editor) if editor.asking => {
            editor.asking = false;
            Vec::new()
        }
        Overlay::Editor(_) | Overlay::Filter(_) | Overlay::Palette(_) => typing::write(model, now, first),
        Overlay::Help(_) | Overlay::Why(_) | Overlay::Reasons | Overlay::Fields(_) | Overlay::Split(_) => {
            close(model, now)
        }
        Overlay::Held { .. } | Overlay::Import(_) | Overlay::None => Vec::new(),
    };
    // Those behind it were waiting only to see whether they belong together.
    for key in typed {
        effects.extend(update::key(model, now, key));
    }
    effects
}

/// Leaves what lies over the screen, as somebody does who points beside it. What holds words or asks something stays.
pub(super) fn leave(model: &mut Model, now: Now) -> Vec<Effect> {
    match &model.overlay {
        Overlay::Palette(_) => palette::close(model, now),
        Overlay::Filter(_) => list::clear(model, now),
        Overlay::Editor(_) | Overlay::Held { .. } | Overlay::Import(_) | Overlay::None => Vec::new(),
        Overlay::Help(_) | Overlay::Why(_) | Overlay::Reasons | Overlay::Fields(_) | Overlay::Split(_) => {
            close(model, now)
        }
    }
}
