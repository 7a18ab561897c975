//! Going from one view of the board to another and back.

use super::animatic::Animatic;
use super::bible::BibleView;
use super::compare;
use super::model::{Model, View};
use super::msg::Effect;
use super::now::Now;
use super::proposals;
use super::review::{Review, Scope};
use super::sheet::Sheet;

impl View {
    /// The view's name, under which a session remembers it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Proposals(_) => "proposals",
            Self::Sheet(_) => "sheet",
            Self::Review(_) => "review",
            Self::Animatic(_) => "animatic",
            Self::Compare(_) => "compare",
            Self::Bible(_) => "bible",
            Self::Board(_) => "board",
            Self::History(_) => "history",
            Self::Log(_) => "log",
            Self::Taste(_) => "taste",
        }
    }
}

impl Model {
    /// Shows the view of that name where it can be shown again later: a review and proposals have an end of their own.
    pub fn show_view(&mut self, name: &str) {
        let Some(desk) = self.desk_mut() else { return };
        desk.view = match name {
            "sheet" => View::Sheet(Sheet::at_scene(&desk.board, desk.at.scene)),
            "animatic" => View::Animatic(Animatic::at_scene(desk.at.scene)),
            "bible" => View::Bible(BibleView::default()),
            "board" => View::Board(0),
            "history" => View::History(desk.history.done().len()),
            "log" => View::Log(0),
            _ => View::Desk,
        };
    }

    /// How often the view wants to be told the time, in milliseconds; `None` where nothing moves.
    #[must_use]
    pub fn tick_ms(&self) -> Option<u64> {
        match &self.desk()?.view {
            View::Animatic(animatic) if animatic.playing => Some(super::animatic::TICK_MS),
            _ => None,
        }
    }
}

/// Whether a board is open, and nothing on the screen has an end of its own.
pub(super) fn can_show(model: &Model) -> bool {
    model.desk().is_some_and(|desk| !matches!(desk.view, View::Proposals(_) | View::Review(_)))
}

/// The same, on a board with a scene.
pub(super) fn can_show_scenes(model: &Model) -> bool {
    can_show(model) && model.desk().is_some_and(|desk| !desk.board.scenes.is_empty())
}

/// Whether there is a view to go back from.
pub(super) fn is_open(model: &Model) -> bool {
    model.desk().is_some_and(|desk| desk.view != View::Desk)
}

fn show(model: &mut Model, name: &str) -> Vec<Effect> {
    model.show_view(name);
    Vec::new()
}

pub(super) fn sheet(model: &mut Model, _: Now) -> Vec<Effect> {
    show(model, "sheet")
}

pub(super) fn animatic(model: &mut Model, _: Now) -> Vec<Effect> {
    show(model, "animatic")
}

pub(super) fn bible(model: &mut Model, _: Now) -> Vec<Effect> {
    show(model, "bible")
}

pub(super) fn board(model: &mut Model, _: Now) -> Vec<Effect> {
    show(model, "board")
}

pub(super) fn history(model: &mut Model, _: Now) -> Vec<Effect> {
    show(model, "history")
}

pub(super) fn log(model: &mut Model, _: Now) -> Vec<Effect> {
    show(model, "log")
}

pub(super) fn compare(model: &mut Model, _: Now) -> Vec<Effect> {
    compare::open(model)
}

pub(super) fn review_undecided(model: &mut Model, now: Now) -> Vec<Effect> {
    Review::begin(model, now, Scope::Undecided)
}

pub(super) fn review_sequence(model: &mut Model, now: Now) -> Vec<Effect> {
    Review::begin(model, now, Scope::Sequence)
}

pub(super) fn review_everything(model: &mut Model, now: Now) -> Vec<Effect> {
    Review::begin(model, now, Scope::Everything)
}

pub(super) fn review_chosen(model: &mut Model, now: Now) -> Vec<Effect> {
    Review::begin(model, now, Scope::Chosen)
}

/// Back to scenes and stage; what the view pointed at is shown there.
pub(super) fn close(model: &mut Model, now: Now) -> Vec<Effect> {
    if proposals::is_open(model) {
        return proposals::close(model, now);
    }
    let Some(desk) = model.desk_mut() else { return Vec::new() };
    match std::mem::take(&mut desk.view) {
        View::Sheet(sheet) => {
            if let Some(panel) = sheet.panel(&desk.board).filter(|panel| panel.scene != desk.at.scene) {
                desk.go_to(panel.scene, now);
            }
        }
        View::Animatic(animatic) if animatic.at.scene != desk.at.scene => desk.go_to(animatic.at.scene, now),
        View::Review(mut review) if !review.ended => {
            // The summary is the last thing to be seen of a session.
            review.end(now);
            desk.view = View::Review(review);
        }
        _ => {}
    }
    Vec::new()
}
