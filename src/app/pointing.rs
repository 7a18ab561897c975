//! The mouse: what it points at is what the last drawn screen shows there.

use super::action::Action;
use super::model::{Model, Overlay, Place};
use super::msg::{Effect, Mouse, MouseKind};
use super::now::Now;
use super::seen::Pointed;
use super::{palette, picker, sheet, update};

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
                (_, Overlay::Help(_) | Overlay::Why(_) | Overlay::Palette(_)) => {
                    let code =
                        if mouse.kind == MouseKind::WheelUp { super::key::Code::Up } else { super::key::Code::Down };
                    update::key(model, now, super::key::Key::plain(code))
                }
                _ => Vec::new(),
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
        (Some(Pointed::Popup), _) | (_, Overlay::Editor(_) | Overlay::Held { .. }) => return Vec::new(),
        // Beside a popup is away from it.
        (_, Overlay::None) => {}
        _ => return update::key(model, now, super::key::Key::plain(super::key::Code::Esc)),
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
    match Action::find(id).filter(|action| (action.when)(model)) {
        Some(action) => action.act(model, now, ""),
        None => Vec::new(),
    }
}
