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
    argument_reason();
    argument_number();

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
    writing_still(leave, stop);
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
    keymap_no_number(id);
    keymap_is_written(id, key);
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
    editor_title(what);
    editor_asking();

    // The last rows
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
    proposals_none_left(back, more);
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
    split_where(keys);
    split_only_brief();
    split_needs_words();
    text_title();
    text_new_board();
    text_logline();
    text_tone();
    text_proposal();
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
    animatic_rate(rate);
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

    // What the rooms below say
    with_hint(hint, what);
    system_not_found();
    system_not_allowed();
    system_read_only();
    system_full();
    system_quota();
    system_file_limit();
    system_is_folder();
    system_is_file();
    hint_writable_place();
    hint_make_room();
    hint_check_name();
    hint_open_for_writing();
    hint_other_name();
    hint_held();
    hint_not_writable();
    hint_check_readable();
    hint_split_file();
    hint_save_utf8();
    hint_save_again();
    hint_check_folder();
    doing_copy();
    doing_create();
    doing_find();
    doing_move();
    doing_open();
    doing_read();
    doing_remove();
    doing_save();
    doing_write();
    store_failed(doing, path, why);
    store_read_only(path);
    store_exists(path);
    store_held(by, path);
    store_unusable(path, why);
    store_no_home();
    store_not_writable(path, why);
    store_only_read(path, why);
    since_now();
    since_minutes(count);
    since_hours(count);
    since_days(count);
    holder_unknown();
    holder_process(pid);
    holder_process_on(host, pid);
    holder_person(name, process);
    holder_since(since, who);
    notice_replayed(count);
    notice_torn();
    notice_kept_aside(count, file);
    notice_not_shown(count);
    notice_conflict(file);
    notice_foreign();
    notice_ids(count);
    notice_comments();
    notice_no_lock();
    notice_unreadable(file, lines);
    engine_job(why);
    proposals_cut();
    editor_no_place(why);
    editor_not_started(program, why);
    editor_failed(program, status);
    editor_unread(why);
    export_not_text(format);
    export_empty();
    export_picture(why);
    export_font(path);
    export_too_large(format, what);
    argument_path();
    import_stopped();
    import_failed(why);
    import_again();
    imported(count, name);
    import_unread(path, why);
    import_unknown(path);
    import_too_large(what);
    import_encoding(line, what);
    import_broken(format, what);
    import_title(path);
    import_reading();
    import_coming();
    import_read_as(format);
    import_counts(names, pictures, scenes, takes);
    import_nothing();
    import_read_only();
    import_names(names);
    import_unchanged(count);
    import_added();
    import_changed(parts);
    import_stays(parts);
    import_changed_stays(parts, stays);
    import_returned();
    import_aside();
    import_part_number();
    import_part_heading();
    import_part_brief();
    import_part_take();

    // What taste knows
    does_some_move();
    does_all_move();
    does_some_hold();
    does_all_hold();
    does_action_at_most(count);
    does_action_at_least(count);
    does_shots_at_least(count);
    does_shots_at_most(count);
    does_nobody_speaks();
    does_lines_at_most(count);
    does_lines_at_least(count);
    does_tone();
    does_heading(heading);
    does_likelier(count, temperature);
    does_away(penalty);
    does_brief();
    change_static();
    change_restless();
    change_long();
    change_short();
    change_slow();
    change_fast();
    change_mood();
    change_character();
    change_unclear();
    change_repeats();
    change_place();
    change_fewer_lines();
    change_more_lines();
    plan_exactly(count, what);
    plan_at_most(count, what);
    plan_between(least, most, what);
    plan_shots();
    plan_lines();
    plan_action_words();
    plan_only(names);
    plan_locked(parts);
    plan_towards(phrases);
    plan_away(phrases);
    plan_examples(count);
    plan_adapter(name, scale);
    plan_temperature(temperature);
    feature_reading();
    feature_shots();
    feature_shots_exactly(count);
    feature_pace();
    feature_longest();
    feature_shortest();
    feature_share_of_size(size);
    feature_any_size(size);
    feature_share_of_angle(angle);
    feature_any_angle(angle);
    feature_mostly_static();
    feature_any_static();
    feature_share_of_move(camera);
    feature_any_move(camera);
    feature_moving();
    feature_closeness();
    feature_closing_in();
    feature_crowd();
    feature_empty();
    feature_foreground();
    feature_action_words();
    feature_spoken_words();
    feature_description_words();
    feature_sound_words();
    feature_lines();
    feature_silent();
    feature_talk();
    feature_inside();
    feature_outside();
    feature_outside_at(time);
    feature_inside_at(time);
    feature_place(place);
    feature_seen(name);
    feature_speaks(name);
    feature_newcomers();
    feature_word(stem);
}
