//! The one table of actions, in the order of help and footer.

use super::action::Action;
use super::model::Model;
use super::{editing, judging, keeping, moving, proposals, scenes, split, writing};

/// All of them.
pub static ACTIONS: &[Action] = &[
    Action::new("take.generate", &["g"], writing::can_generate, writing::generate).in_footer(),
    Action::new("scene.propose", &["p"], proposals::can_propose, proposals::propose).in_footer(),
    Action::new("proposal.accept", &["a", "enter"], proposals::has_proposals, proposals::accept).in_footer(),
    Action::new("proposal.reject", &["r"], proposals::has_proposals, proposals::reject).in_footer(),
    Action::new("proposal.edit", &["e"], proposals::has_proposals, proposals::edit).in_footer(),
    Action::new("proposal.accept-all", &["A"], proposals::has_proposals, proposals::accept_all).in_footer(),
    Action::new("proposal.more", &["p"], proposals::can_ask_more, proposals::more).in_footer(),
    Action::new("proposal.next", &["j", "down"], proposals::has_proposals, proposals::down),
    Action::new("proposal.previous", &["k", "up"], proposals::has_proposals, proposals::up),
    Action::new("view.close", &["esc"], proposals::is_open, proposals::close).in_footer(),
    Action::new("take.stop", &["esc", "ctrl-c"], writing::is_writing, writing::stop).in_footer(),
    Action::new("take.accept", &["a"], judging::can_judge, judging::accept).in_footer(),
    Action::new("take.reject", &["r"], judging::can_judge, judging::reject).in_footer(),
    Action::new("take.reject-why", &["R"], judging::can_judge, judging::ask_reason),
    Action::new("take.next", &["l", "right", "tab"], moving::has_takes, moving::next_take).in_footer(),
    Action::new("take.previous", &["h", "left"], moving::has_takes, moving::previous_take),
    Action::new("take.scroll-down", &["ctrl-d", "pgdn", "space"], moving::can_scroll_down, moving::scroll_down),
    Action::new("take.scroll-up", &["ctrl-u", "pgup"], moving::can_scroll_up, moving::scroll_up),
    Action::new("scene.next", &["j", "down"], moving::has_rows, moving::down),
    Action::new("scene.previous", &["k", "up"], moving::has_rows, moving::up),
    Action::new("scene.first", &["home"], moving::has_rows, moving::first),
    Action::new("scene.last", &["G", "end"], moving::has_rows, moving::last),
    Action::with("scene.go", &[], moving::has_scenes, moving::SCENE, moving::go_to_scene),
    Action::new("scene.brief", &["e", "enter"], editing::can_edit_scene, editing::brief).in_footer(),
    Action::new("scene.brief-outside", &["E"], editing::can_edit_scene, editing::brief_outside),
    Action::new("scene.texts", &["t"], editing::can_edit_texts, editing::choose_field).in_footer(),
    Action::new("scene.add", &["o"], scenes::can_edit, scenes::add_after).in_footer(),
    Action::new("scene.add-before", &["O"], scenes::can_edit, scenes::add_before),
    Action::new("scene.duplicate", &["d"], editing::can_edit_scene, scenes::duplicate_this),
    Action::new("scene.delete", &["x", "del"], editing::can_edit_scene, scenes::delete),
    Action::new("scene.split", &["S"], editing::can_edit_scene, split::ask),
    Action::new("scene.move-down", &["J"], editing::can_edit_scene, scenes::move_down),
    Action::new("scene.move-up", &["K"], editing::can_edit_scene, scenes::move_up),
    Action::new("scene.renumber", &["N"], editing::can_edit_scene, scenes::renumber_all),
    Action::new("board.open", &["enter"], keeping::can_open, keeping::open).in_footer(),
    Action::new("board.undo", &["u"], judging::can_undo, judging::undo).in_footer(),
    Action::new("board.redo", &["ctrl-r"], judging::can_redo, judging::redo),
    Action::new("board.save", &["w", "ctrl-s"], keeping::can_save, keeping::save).in_footer(),
    Action::new("app.help", &["?"], always, moving::help).in_footer(),
    Action::new("app.suspend", &["ctrl-z"], always, keeping::suspend),
    Action::new("app.quit", &["q"], always, keeping::quit).in_footer(),
    Action::new("app.leave-unsaved", &["Q"], always, keeping::leave_unsaved),
];

fn always(_: &Model) -> bool {
    true
}
