//! The one table of actions, in the order of help and footer.

use super::action::Action;
use super::buffer::Buffer;
use super::layer::Layer;
use super::model::Model;
use super::{
    animatic, bible, compare, copying, editing, exporting, history_view, importing, judging, keeping, list, moving,
    palette, picker, popups, proposals, review, scenes, settings, settings_view, sheet, split, taste_view, typing,
    views, writing,
};

/// All of them.
pub static ACTIONS: &[Action] = &[
    Action::new("take.generate", &["g"], writing::can_generate, writing::generate).in_footer(),
    Action::new("take.accept", &["a"], judging::can_judge, judging::accept).in_footer(),
    Action::new("take.reject", &["r"], judging::can_judge, judging::reject).in_footer(),
    Action::new("take.reject-why", &["R"], judging::can_judge, judging::ask_reason),
    Action::new("scene.propose", &["p"], proposals::can_propose, proposals::propose).in_footer(),
    Action::new("proposal.accept", &["a", "enter"], proposals::has_proposals, proposals::accept).in_footer(),
    Action::new("proposal.reject", &["r"], proposals::has_proposals, proposals::reject).in_footer(),
    Action::new("proposal.edit", &["e"], proposals::has_proposals, proposals::edit).in_footer(),
    Action::new("proposal.accept-all", &["A"], proposals::has_proposals, proposals::accept_all).in_footer(),
    Action::new("proposal.more", &["p"], proposals::can_ask_more, proposals::more).in_footer(),
    Action::new("proposal.next", &["j", "down"], proposals::has_proposals, proposals::down),
    Action::new("proposal.previous", &["k", "up"], proposals::has_proposals, proposals::up),
    Action::new("review.skip", &["l", "right", "space", "s"], review::is_open, review::skip).in_footer(),
    Action::new("review.back", &["h", "left", "b"], review::can_go_back, review::back).in_footer(),
    Action::new("review.retract", &["u"], review::can_retract, review::retract).in_footer(),
    Action::new("review.note", &["n"], review::is_open, review::note).in_footer(),
    Action::nth("review.reason", review::is_open, judging::REASON, judging::reject_for),
    Action::new("review.scroll-down", &["j", "down"], review::is_open, moving::scroll_down),
    Action::new("review.scroll-up", &["k", "up"], review::is_open, moving::scroll_up),
    Action::new("sheet.right", &["l", "right"], sheet::is_open, sheet::right),
    Action::new("sheet.left", &["h", "left"], sheet::is_open, sheet::left),
    Action::new("sheet.down", &["j", "down"], sheet::is_open, sheet::down),
    Action::new("sheet.up", &["k", "up"], sheet::is_open, sheet::up),
    Action::new("sheet.first", &["home"], sheet::is_open, sheet::first),
    Action::new("sheet.last", &["G", "end"], sheet::is_open, sheet::last),
    Action::new("sheet.larger", &["+", "="], sheet::is_open, sheet::larger).in_footer(),
    Action::new("sheet.smaller", &["-"], sheet::is_open, sheet::smaller).in_footer(),
    Action::new("sheet.open", &["enter"], sheet::is_open, views::close).in_footer(),
    Action::new("animatic.play", &["space", "p"], animatic::is_open, animatic::play).in_footer(),
    Action::new("animatic.next-shot", &["l", "right"], animatic::is_open, animatic::next_shot).in_footer(),
    Action::new("animatic.previous-shot", &["h", "left"], animatic::is_open, animatic::previous_shot),
    Action::new("animatic.next-scene", &["j", "down"], animatic::is_open, animatic::next_scene).in_footer(),
    Action::new("animatic.previous-scene", &["k", "up"], animatic::is_open, animatic::previous_scene),
    Action::new("animatic.first", &["home"], animatic::is_open, animatic::first),
    Action::new("animatic.faster", &["+", "="], animatic::is_open, animatic::faster).in_footer(),
    Action::new("animatic.slower", &["-"], animatic::is_open, animatic::slower).in_footer(),
    Action::new("animatic.loop", &["o"], animatic::is_open, animatic::turn_loop).in_footer(),
    Action::new("compare.next", &["l", "right"], compare::is_open, compare::next_right).in_footer(),
    Action::new("compare.previous", &["h", "left"], compare::is_open, compare::previous_right),
    Action::new("compare.next-left", &["L", "tab"], compare::is_open, compare::next_left).in_footer(),
    Action::new("compare.swap", &["x"], compare::is_open, compare::swap).in_footer(),
    Action::new("compare.scroll-down", &["j", "down"], compare::is_open, compare::scroll_down),
    Action::new("compare.scroll-up", &["k", "up"], compare::is_open, compare::scroll_up),
    Action::new("bible.next", &["j", "down"], bible::is_open, bible::down),
    Action::new("bible.previous", &["k", "up"], bible::is_open, bible::up),
    Action::new("bible.accept", &["a", "enter"], bible::on_newcomer, bible::accept_newcomer).in_footer(),
    Action::new("bible.look", &["e", "enter"], bible::on_entry, bible::edit_look).in_footer(),
    Action::new("bible.now", &["n"], bible::on_entry, bible::edit_now).in_footer(),
    Action::new("bible.name", &["r"], bible::on_entry, bible::edit_name).in_footer(),
    Action::new("bible.add-character", &["o"], bible::can_edit, bible::add_character).in_footer(),
    Action::new("bible.add-place", &["O"], bible::can_edit, bible::add_place).in_footer(),
    Action::new("bible.add-prop", &["P"], bible::can_edit, bible::add_prop).in_footer(),
    Action::new("bible.delete", &["x", "del"], bible::on_entry, bible::delete).in_footer(),
    Action::new("board.next-field", &["j", "down"], settings_view::is_open, settings_view::down),
    Action::new("board.previous-field", &["k", "up"], settings_view::is_open, settings_view::up),
    Action::new("board.edit-field", &["e", "enter"], settings_view::can_edit, settings_view::edit).in_footer(),
    Action::new("history.later", &["j", "down"], history_view::is_history, history_view::down),
    Action::new("history.earlier", &["k", "up"], history_view::is_history, history_view::up),
    Action::new("history.jump", &["enter"], history_view::can_jump, history_view::jump).in_footer(),
    Action::new("list.page-down", &["pgdn", "ctrl-d", "space"], history_view::is_list, history_view::page_down),
    Action::new("list.page-up", &["pgup", "ctrl-u"], history_view::is_list, history_view::page_up),
    Action::new("list.first", &["home"], history_view::is_list, history_view::first),
    Action::new("list.last", &["G", "end"], history_view::is_list, history_view::last),
    Action::new("log.older", &["j", "down"], history_view::is_log, history_view::older),
    Action::new("log.newer", &["k", "up"], history_view::is_log, history_view::newer),
    Action::new("taste.scroll-down", &["j", "down"], taste_view::is_open, taste_view::down),
    Action::new("taste.scroll-up", &["k", "up"], taste_view::is_open, taste_view::up),
    Action::new("view.sheet", &["v s"], views::can_show_scenes, views::sheet),
    Action::new("view.review", &["v r"], views::can_show_scenes, views::review_undecided),
    Action::new("view.review-sequence", &["v q"], views::can_show_scenes, views::review_sequence),
    Action::new("view.review-everything", &["v e"], views::can_show_scenes, views::review_everything),
    Action::new("view.review-chosen", &["v m"], list::has_chosen, views::review_chosen),
    Action::new("view.animatic", &["v a"], views::can_show_scenes, views::animatic),
    Action::new("view.compare", &["v c"], compare::can_compare, views::compare),
    Action::new("view.bible", &["v b"], views::can_show, views::bible),
    Action::new("view.board", &["v o"], views::can_show, views::board),
    Action::new("view.history", &["v h"], views::can_show, views::history),
    Action::new("view.log", &["v l"], views::can_show, views::log),
    Action::new("view.taste", &["v t"], taste_view::can_show, taste_view::show),
    Action::new("view.close", &["esc"], views::is_open, views::close).in_footer(),
    Action::new("take.stop", &["esc", "ctrl-c"], writing::is_writing, writing::stop).in_footer(),
    Action::new("take.next", &["l", "right", "tab"], moving::has_takes, moving::next_take).in_footer(),
    Action::new("take.previous", &["h", "left", "backtab"], moving::has_takes, moving::previous_take),
    Action::new("take.scroll-down", &["ctrl-d", "pgdn", "space"], moving::can_scroll_down, moving::scroll_down),
    Action::new("take.scroll-up", &["ctrl-u", "pgup"], moving::can_scroll_up, moving::scroll_up),
    Action::new("take.mark", &["c"], compare::can_mark, compare::mark),
    Action::new("take.mark-from-here", &["C"], compare::can_mark, compare::mark_from_here),
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
    Action::new("scene.filter", &["/"], list::can_list, list::filter),
    Action::new("scene.clear-filter", &["esc"], list::has_filter, list::clear_filter),
    Action::new("scene.fold", &["f"], list::has_sequences, list::fold),
    Action::new("scene.fold-all", &["F"], list::has_sequences, list::fold_all),
    Action::new("scene.choose", &["m"], list::can_list, list::choose),
    Action::new("scene.choose-none", &["M"], list::has_chosen, list::choose_none),
    Action::new("scene.delete-chosen", &["X"], list::has_chosen, list::delete_chosen),
    Action::new("scene.split", &["S"], editing::can_edit_scene, split::ask),
    Action::new("scene.move-down", &["J"], editing::can_edit_scene, scenes::move_down),
    Action::new("scene.move-up", &["K"], editing::can_edit_scene, scenes::move_up),
    Action::new("scene.renumber", &["N"], editing::can_edit_scene, scenes::renumber_all),
    Action::new("board.open", &["enter"], picker::can_open, picker::open).in_footer(),
    Action::new("board.undo", &["u"], judging::can_undo, judging::undo).in_footer(),
    Action::new("board.redo", &["ctrl-r"], judging::can_redo, judging::redo),
    Action::new("board.save", &["w", "ctrl-s"], keeping::can_save, keeping::save).in_footer(),
    Action::new("take.why", &["W"], taste_view::can_tell_why, taste_view::why),
    Action::new("take.copy", &["y t"], copying::has_take, copying::take),
    Action::new("scene.copy", &["y s"], copying::has_scene, copying::scene),
    Action::new("scene.copy-yaml", &["y y"], copying::has_scene, copying::scene_yaml),
    Action::with("board.import", &[", i"], importing::can_import, importing::SCRIPT, importing::import),
    Action::with("board.export", &[", e"], exporting::can_export, exporting::FORMAT, exporting::export),
    Action::new("board.stop-export", &[", x"], exporting::is_exporting, exporting::stop).in_footer(),
    Action::new("app.palette", &[":"], always, palette::open).in_footer(),
    Action::with("app.theme", &[", t"], always, settings::THEME, settings::choose_theme),
    Action::with("app.language", &[", l"], always, settings::LANGUAGE, settings::choose_language),
    Action::new("app.mouse", &[", m"], always, settings::turn_mouse),
    Action::new("app.help", &["?"], always, moving::help).in_footer(),
    Action::new("app.suspend", &["ctrl-z"], always, keeping::suspend),
    Action::new("app.quit", &["q"], always, keeping::quit).in_footer(),
    Action::new("app.leave-unsaved", &["Q"], always, keeping::leave_unsaved),
    Action::nth("reasons.give", always, judging::REASON, popups::give_reason).on(Layer::Reasons).in_footer(),
    Action::new("reasons.own", &["o"], always, judging::own_reason).on(Layer::Reasons).in_footer(),
    Action::nth("fields.edit", always, editing::FIELD, popups::edit_field).on(Layer::Fields).in_footer(),
    Action::new("fields.here", &["enter"], always, editing::field_here).on(Layer::Fields),
    Action::new("fields.down", &["j", "down"], always, editing::next_field).on(Layer::Fields).in_footer(),
    Action::new("fields.up", &["k", "up"], always, editing::previous_field).on(Layer::Fields),
    Action::new("split.here", &["enter"], always, split::before_shot).on(Layer::Split).in_footer(),
    Action::new("split.down", &["j", "down"], always, split::down).on(Layer::Split).in_footer(),
    Action::new("split.up", &["k", "up"], always, split::up).on(Layer::Split),
    Action::new("split.in-brief", &["b"], always, split::in_brief).on(Layer::Split).in_footer(),
    Action::nth("split.at", always, split::SHOT, split::at_shot).on(Layer::Split),
    Action::new("held.look", &["v"], always, keeping::look).on(Layer::Held).in_footer(),
    Action::new("held.copy", &["c"], always, keeping::copy).on(Layer::Held).in_footer(),
    Action::new("held.take-over", &["t"], keeping::can_take_over, keeping::take_over).on(Layer::Held).in_footer(),
    Action::new("held.leave", &["q"], always, keeping::leave_unsaved).on(Layer::Held).in_footer(),
    Action::new("import.bring", &["enter", "a"], importing::can_bring, importing::bring).on(Layer::Import).in_footer(),
    Action::new("import.make", &["enter", "a"], importing::can_only_make, importing::make)
        .on(Layer::Import)
        .in_footer(),
    Action::new("import.make-beside", &["n"], importing::can_make_beside, importing::make)
        .on(Layer::Import)
        .in_footer(),
    Action::new("import.leave", &["esc", "q"], always, importing::close).on(Layer::Import).in_footer(),
    Action::new("popup.down", &["j", "down"], popups::can_scroll, popups::down).on(Layer::Popup).in_footer(),
    Action::new("popup.up", &["k", "up"], popups::can_scroll, popups::up).on(Layer::Popup),
    Action::new("popup.page-down", &["pgdn", "space"], popups::can_scroll, popups::page_down).on(Layer::Popup),
    Action::new("popup.page-up", &["pgup"], popups::can_scroll, popups::page_up).on(Layer::Popup),
    Action::new("popup.close", &["esc", "q"], popups::is_open, popups::close).on(Layer::Popup).in_footer(),
    Action::new("palette.do", &["enter"], always, palette::choose).on(Layer::Palette).in_footer(),
    Action::new("palette.complete", &["tab"], always, palette::complete).on(Layer::Palette).in_footer(),
    Action::new("palette.next", &["down", "ctrl-n", "ctrl-j"], always, palette::next).on(Layer::Palette),
    Action::new("palette.previous", &["up", "ctrl-p", "ctrl-k"], always, palette::previous).on(Layer::Palette),
    Action::new("palette.page-down", &["pgdn"], always, palette::page_down).on(Layer::Palette),
    Action::new("palette.page-up", &["pgup"], always, palette::page_up).on(Layer::Palette),
    Action::new("palette.close", &["esc", "ctrl-c", "ctrl-g"], always, palette::close).on(Layer::Palette).in_footer(),
    Action::new("filter.keep", &["enter"], always, popups::close).on(Layer::Filter).in_footer(),
    Action::new("filter.clear", &["esc"], always, list::clear).on(Layer::Filter).in_footer(),
    Action::new("filter.next", &["down"], always, |model, now| list::go(model, now, 1)).on(Layer::Filter),
    Action::new("filter.previous", &["up"], always, |model, now| list::go(model, now, -1)).on(Layer::Filter),
    Action::new("editor.keep-line", &["enter"], editing::is_line, editing::commit).on(Layer::Editor).in_footer(),
    Action::new("editor.keep", &["ctrl-s"], always, editing::commit).on(Layer::Editor).in_footer(),
    Action::new("editor.leave", &["esc"], always, editing::leave).on(Layer::Editor).in_footer(),
    Action::new("editor.split", &["alt-enter"], editing::is_brief, split::at_cursor).on(Layer::Editor).in_footer(),
    Action::new("editor.new-line", &["enter"], editing::is_text, |model, now| {
        typing::by(model, now, |text| text.insert("\n"))
    })
    .on(Layer::Editor),
    Action::new("unsaved.keep", &["s", "y", "enter"], always, editing::commit).on(Layer::Unsaved).in_footer(),
    Action::new("unsaved.drop", &["d", "n"], always, popups::close).on(Layer::Unsaved).in_footer(),
    Action::new("unsaved.go-on", &["esc"], always, editing::go_on).on(Layer::Unsaved).in_footer(),
    Action::new("text.undo", &["ctrl-z"], typing::can_undo, |model, now| {
        typing::by(model, now, |text| _ = text.undo())
    })
    .on(Layer::Text)
    .in_footer(),
    Action::new("text.redo", &["ctrl-y", "ctrl-r"], typing::is_typing, |model, now| {
        typing::by(model, now, |text| _ = text.redo())
    })
    .on(Layer::Text),
    Action::new("text.left", &["left"], typing::is_typing, |model, now| typing::by(model, now, Buffer::left))
        .on(Layer::Text),
    Action::new("text.right", &["right"], typing::is_typing, |model, now| typing::by(model, now, Buffer::right))
        .on(Layer::Text),
    Action::new("text.up", &["up"], typing::has_rows, |model, _| typing::by_rows(model, -1)).on(Layer::Text),
    Action::new("text.down", &["down"], typing::has_rows, |model, _| typing::by_rows(model, 1)).on(Layer::Text),
    Action::new("text.word-left", &["ctrl-left", "alt-left"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::back_a_word)
    })
    .on(Layer::Text),
    Action::new("text.word-right", &["ctrl-right", "alt-right"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::on_a_word)
    })
    .on(Layer::Text),
    Action::new("text.line-start", &["home", "ctrl-a"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::home)
    })
    .on(Layer::Text),
    Action::new("text.line-end", &["end", "ctrl-e"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::end)
    })
    .on(Layer::Text),
    Action::new("text.delete-back", &["backspace"], typing::is_typing, typing::delete_back).on(Layer::Text),
    Action::new("text.delete-word", &["ctrl-w", "ctrl-backspace", "alt-backspace"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::delete_word)
    })
    .on(Layer::Text),
    Action::new("text.delete-forward", &["del", "ctrl-d"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::delete_forward)
    })
    .on(Layer::Text),
    Action::new("text.delete-to-start", &["ctrl-u"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::delete_to_line_start)
    })
    .on(Layer::Text),
    Action::new("text.delete-to-end", &["ctrl-k"], typing::is_typing, |model, now| {
        typing::by(model, now, Buffer::delete_to_line_end)
    })
    .on(Layer::Text),
];

fn always(_: &Model) -> bool {
    true
}
