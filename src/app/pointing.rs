//! The mouse: what it points at is what the last drawn screen shows there.

use super::action::Action;
use super::model::{Model, Overlay, Place};
use super::msg::{Effect, Mouse, MouseKind};
use super::now::Now;
use super::seen::Pointed;
use super::{palette, picker, popups, sheet, update};

pub(super) fn mouse(model: &mut Model, now: Now, mouse: Mouse) -> Vec<Effect> {
    let seen = std::mem::take(&mut model.seen);
    let effects = match mouse.kind {
        MouseKind::Press => press(model, now, seen.at(mouse.column, mouse.row)),
        MouseKind::WheelUp | MouseKind::WheelDown => {
            let wheel = seen.under(mouse.column, mouse.row).find_map(|what| match what {
                Pointed::Scrolls(back, on) => Some(if mouse.kind == MouseKind::WheelUp { *back } else { *on }),
                _ => None,
            });
            match (wheel, &model.overlay) {
                (Some(id), Overlay::None) => act(model, now, id),
                _ => {
                    let on = mouse.kind == MouseKind::WheelDown;
                    let ids = if on { ["popup.down", "palette.next"] } else { ["popup.up", "palette.previous"] };
                    ids.into_iter().flat_map(|id| act(model, now, id)).collect()
                }
            }
        }
    };
    model.seen = seen;
    effects
}

fn press(model: &mut Model, now: Now, what: Option<&Pointed>) -> Vec<Effect> {
    match (what, &model.overlay) {
        (Some(Pointed::Key(key)), _) => return update::key(model, now, *key),
        (Some(Pointed::Offer(at)), Overlay::Palette(_)) => {
            palette::point(model, *at);
            return palette::choose(model, now);
        }
        (Some(Pointed::Action(id)), overlay) if *overlay != Overlay::None => return act(model, now, id),
        (Some(Pointed::Nth(id, number)), _) => return nth(model, now, id, *number),
        (Some(Pointed::Popup), _) => return Vec::new(),
        (_, Overlay::None) => {}
        // Beside a popup is away from it.
        _ => return popups::leave(model, now),
    }
    model.pending.clear();
    model.notice = None;
    match what {
        Some(Pointed::Scene(at)) => {
            if let Some(desk) = model.desk_mut().filter(|desk| desk.at.scene != *at) {
                desk.go_to(*at, now);
            }
            Vec::new()
        }
        Some(Pointed::Take(at)) => {
            if let Some(desk) = model.desk_mut() {
                desk.go_to_take(*at, now);
            }
            Vec::new()
        }
        Some(Pointed::Panel(at)) => sheet::point(model, now, *at),
        Some(Pointed::Board(at)) => match &mut model.place {
            Place::Picker(picker) if picker.at == *at => picker::open(model, now),
            Place::Picker(picker) => {
                picker.at = *at;
                Vec::new()
            }
            _ => Vec::new(),
        },
        Some(Pointed::Action(id)) => act(model, now, id),
        _ => Vec::new(),
    }
}

fn act(model: &mut Model, now: Now, id: &str) -> Vec<Effect> {
    match Action::find(id).filter(|action| action.can(model)) {
        Some(action) => action.act(model, now, ""),
        None => Vec::new(),
    }
}

fn nth(model: &mut Model, now: Now, id: &str, number: usize) -> Vec<Effect> {
    match Action::find(id).filter(|action| action.can(model)) {
        Some(action) => action.act(model, now, &number.to_string()),
        None => Vec::new(),
    }
}
