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
    argument_theme();
    argument_language();
    argument_format();

    // What was done
    take_accepted(scene, take);
    take_rejected(scene, take);
    take_rejected_for(reason, scene, take);
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
    copied_take();
    copied_scene();
    copied_yaml();
    theme_chosen(theme);
    language_chosen(language);
    mouse_on();
    mouse_off();

    // What cannot be done, and what to do about it
    not_now(action);
    verdict_not_taken(why);
    not_recorded(why);
    caught_up();
    not_saved(why);
    conflict(file);
    writing_still();
    takes_without_scene();
    takes_none_whole();
    takes_some_whole(asked, count);
    context_small(parts);
    engine_died(why);
    scene_not_found(number);
    theme_unknown(known, theme);
    paste_cut(most);
    no_shell();
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
    reason_talk();
    reason_static();
    reason_long();
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

    // config.yaml
    config_not_yaml(why);
    config_no_name(name);
    config_no_name_but(meant, name);
    config_wrong(name, why);
    complaints(first, more);
    file_complaint(file, line, what);

    // Views
    view_too_small(columns, least_columns, least_rows, rows);
    view_opening(file);
    boards_title();
    boards_looking();
    scenes_title();
    scenes_none(key);
    scenes_no_brief();
    stage_no_brief(key);
    stage_no_take(key);
    takes_title();

    // Popups
    help_title();
    palette_title();
    palette_nothing();
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
    hint_do();
    hint_complete();
    status_loading(percent);
    status_no_model();
    status_stopping();
    status_reading(done, total);
    status_writing(all, whole);
    status_pace(pace);
    status_left(seconds);
    status_model();
    status_read_only();
    status_saving();
    status_saved();
    status_unsaved();

    // Proposals and splitting
    proposals_title();
    proposals_of(title);
    proposals_counted(accepted, rejected);
    proposals_left_out(count);
    proposals_none_left();
    proposing_bible();
    proposing_scenes(count);
    proposal_scene();
    proposal_entry_joined(name);
    proposals_logline_first();
    kind_character();
    kind_place();
    kind_prop();
    split_title();
    split_line();
    split_before_shot(scene, shot);
    split_in_brief(scene);
    split_where();
    split_only_brief();
    split_needs_words();
    text_title();
    text_new_board();
    text_logline();
    text_tone();
    text_proposal();
    hint_split_here();
    hint_other_shot();
    hint_in_brief();
    status_proposing();

    // The views
    review_nothing();
    review_nothing_before();
    review_title_undecided();
    review_title_sequence();
    review_title_chosen();
    review_title_all();
    review_place(all, at);
    review_counts(accepted, rejected, skipped);
    review_pace(pace);
    review_time_left(minutes);
    review_noted(note);
    review_over();
    review_waiting();
    review_seconds_left(seconds);
    review_took(judged, minutes);
    review_left_over(count);
    review_why();
    review_writing_ahead();
    sheet_title(count);
    sheet_no_take();
    sheet_empty();
    animatic_title();
    animatic_paused();
    animatic_playing();
    animatic_loop_scene();
    animatic_loop_board();
    compare_title(take);
    compare_differs(percent);
    bible_title();
    bible_empty();
    bible_newcomer();
    bible_now(now);
    entry_deleted(name);
    board_title();
    field_unset();
    fps_is_a_number();
    history_title();
    history_start();
    history_here();
    log_title();
    log_empty();
    log_ago(minutes);
    log_now();
    marks_off();
    marks_parent();
    marks_nothing();
    marks_from(take);
    filter_matches(all, count);
    sequence_sums(scenes, seconds);
    scenes_deleted(count);
    text_language();
    text_aspect();
    text_fps();
    text_style();
    text_sequence();
    text_entry_name();
    text_entry_look();
    text_entry_now();
    text_note();
    hint_filter_keep();
    hint_filter_clear();

    // Boards to choose from
    board_recent();
    board_here();
    board_sample();
    board_counts(picked, scenes, takes);
    ago_hours(hours);
    ago_days(days);
    new_empty();
    new_film();
    new_animation();
    new_game();
    new_ad();
    new_music_video();
    stage_no_scene();
    stage_no_scene_then(key);
    new_board_needs_title();
    new_board_not_made(why);

    // Exports
    export_unknown(format, formats);
    export_begun(format);
    export_done(file);
    export_left_out(parts, said);
    export_stopped();
    export_failed(why);

    // What verdicts taught
    taste_title();
    taste_reading();
    taste_of(reviewer);
    taste_none();
    taste_verdicts(accepted, all, rejected);
    taste_reviewers(names);
    taste_other_boards(count);
    taste_over_time(rates);
    taste_likes();
    taste_dislikes();
    taste_unsure(odds);
    taste_order();
    taste_not_enough();
    taste_predicted(count);
    taste_log_loss();
    taste_right();
    taste_auc();
    taste_by_taste();
    taste_by_likelihood();
    taste_by_coin();
    taste_ranks();
    taste_ranks_not();
    taste_next();
    taste_phrases();
    taste_diversity();
    taste_diversity_says(pairs, spread, unlikeness);
    why_title(scene, take);
    why_by_taste();
    why_by_exploration();
    why_by_order();
    why_place(by, of, place);
    why_not_chosen();
    why_probability(percent);
    why_not_ranking();
    why_no_opinion();
    why_parts();
    why_plan();
}
