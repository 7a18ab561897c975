//! The storyboard's own fields as a list, and the log of what was said.

use super::model::{BoardText, Model, Target, View};
use super::msg::Effect;
use super::now::Now;

/// The fields, in the order of the list.
pub const FIELDS: [BoardText; 7] = [
    BoardText::Title,
    BoardText::Logline,
    BoardText::Tone,
    BoardText::Language,
    BoardText::Aspect,
    BoardText::Fps,
    BoardText::Style,
];

pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| matches!(desk.view, View::Board(_)))
}

pub(super) fn can_edit(model: &Model) -> bool {
    is_open(model) && model.desk().is_some_and(|desk| !desk.read_only)
}

fn go(model: &mut Model, to: impl Fn(usize) -> usize) -> Vec<Effect> {
    if let Some(View::Board(at)) = model.desk_mut().map(|desk| &mut desk.view) {
        *at = to(*at).min(FIELDS.len() - 1);
    }
    Vec::new()
}

pub(super) fn down(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at| at + 1)
}

pub(super) fn up(model: &mut Model, _: Now) -> Vec<Effect> {
    go(model, |at| at.saturating_sub(1))
}

pub(super) fn edit(model: &mut Model, _: Now) -> Vec<Effect> {
    let field = match model.desk().map(|desk| &desk.view) {
        Some(View::Board(at)) => FIELDS.get(*at).copied(),
        _ => None,
    };
    if let Some(field) = field {
        super::editing::open(model, Target::Board(field));
    }
    Vec::new()
}
