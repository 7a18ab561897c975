//! Every message of the language files as a function, with the arguments it takes in the order given here.

use super::{Phrase, Value};

macro_rules! words {
    ($($name:ident($($argument:ident),*);)+) => {
        $(pub(crate) fn $name($($argument: impl Into<Value>),*) -> Phrase {
            Phrase::new(stringify!($name), vec![$((stringify!($argument), $argument.into())),*])
        })+

        /// Each message with its arguments.
        #[cfg(test)]
        pub(super) const KEYS: &[(&str, &[&str])] = &[$((stringify!($name), &[$(stringify!($argument)),*])),+];
    };
}

words! {
    // What may stand behind an action
    argument_scene();

    // What was done
    take_accepted(scene, take);
    take_rejected(scene, take);
    taken_back(what);
    done_again(what);
    undone(what);
    redone(what);
    scene_added(number);
    scene_duplicated(number);
    scene_deleted(number);
    scene_moved(number);
    scenes_numbered();
    edited(what);
    brief_unchanged();
    takes_of_scene(count, number);
    writing_takes(count, number);
    saved();
    stopped();

    // What cannot be done, and what to do about it
    not_now(action);
    verdict_not_taken(why);
    not_recorded(why);
    not_saved(why);
    conflict(file);
    writing_still();
    takes_without_scene();
    takes_none_whole();
    takes_some_whole(asked, count);
    context_small(parts);
    engine_died(why);
    scene_not_found(number);
    no_board();
    scene_gone();
    take_gone();
    shot_gone();
    dialogue_no_speaker(row);
    too_long(cap, length);

    // Texts that can be changed
    text_number();
    text_heading();
    text_brief();
    text_action();
    text_dialogue();
    text_sound();
    text_shots();
    text_shot(number);
    text_reason();

    // Reasons to reject a take
    reason_brief();
    reason_character();
    reason_place();
    reason_dialogue();
    reason_framing();
    reason_staging();
    reason_slow();
    reason_seen();
    reason_tone();

    // keymap.yaml
    keymap_not_yaml(why);
    keymap_no_key(word);
    keymap_no_action(id);
    keymap_no_action_but(id, meant);
    keymap_no_argument(argument, id);
    keymap_twice(keys);

    // Views
    view_too_small(columns, least_columns, least_rows, rows);
    view_opening(file);
    boards_title();
    boards_looking();
    boards_none();
    scenes_title();
    scenes_none();
    scenes_no_brief();
    stage_no_brief();
    stage_no_take();
    takes_title();

    // Popups
    help_title();
    reasons_title();
    fields_title();
    held_title();
    held_by(holder);
    held_look();
    held_copy();
    held_leave();
    editor_title(what);
    editor_asking();

    // The last rows
    hint_keep_changes();
    hint_drop_changes();
    hint_go_on();
    hint_keep();
    hint_leave();
    hint_undo();
    hint_view();
    hint_copy();
    hint_quit();
    hint_reason();
    hint_own_words();
    hint_not_after_all();
    hint_edit();
    hint_close();
    hint_scroll();
    status_loading(percent);
    status_no_model();
    status_stopping();
    status_reading(done, total);
    status_writing(all, whole);
    status_pace(pace);
    status_model();
    status_read_only();
    status_saving();
    status_saved();
    status_unsaved();
}
