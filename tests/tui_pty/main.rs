//! The TUI on a real pseudo-terminal, with a terminal parser behind it: whatever ends it, the terminal comes back clean
//! and the board is whole. Where nothing else is said no model is installed; that is a word on the status line.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a step that fails is a test that fails")]

mod disk;
mod escape;
mod harness;
mod line;
mod tmux;

use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;

use harness::{BOARD, Start, Tui, shown, words};

#[test]
fn the_board_shows_without_a_model_and_quitting_leaves_no_trace() {
    let mut tui = Tui::start();
    tui.shows("EXT. SHORE - DAWN");
    tui.shows("slateboard model pull");
    tui.keys("q");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert_eq!(words(&board), BOARD, "a board nobody changed is not written");
}

#[test]
fn a_brief_written_by_key_is_in_the_yaml() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("o");
    tui.shows("Edit the brief");
    tui.keys("Tom waves\u{1b}[200~ from\u{1b}[201~ the boat.");
    tui.keys("\u{13}");
    tui.shows("edited the brief");
    tui.keys("q");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert!(words(&board).contains("Tom waves from the boat."), "{}", words(&board));
}

#[test]
fn a_paste_of_escape_sequences_is_only_text() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("e");
    tui.shows("Edit the brief");
    tui.keys("\u{1b}[200~ \u{9b}31m\u{7}red\u{202e}\u{1b}[201~");
    tui.shows("red");
    tui.keys("\u{13}");
    tui.shows("edited the brief");
    tui.keys("q");
    let (_, board, _place) = tui.ends_clean();
    assert!(!words(&board).contains(['\u{9b}', '\u{7}', '\u{202e}']), "{}", words(&board));
}

#[test]
fn a_terminated_run_saves_and_gives_the_terminal_back() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.signal(Signal::TERM);
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert_eq!(words(&board).matches("She finds the bottle.").count(), 2);
}

#[test]
fn a_line_that_hangs_up_loses_nothing() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.signal(Signal::HUP);
    let (_, board, place) = tui.ends_clean();
    let shown = shown(&board, &place.path().join("state"));
    assert_eq!(shown.matches("She finds the bottle.").count(), 2, "{shown}");
}

#[test]
fn a_line_that_drops_leaves_no_process_and_the_place_is_remembered() {
    // The second scene is shown in the view of the board's settings when the line drops.
    let (code, place) = Start::new().run_until_the_line_drops("dvo");
    assert_eq!(code, 0);
    let board = place.path().join("board.yaml");
    let shown = shown(&board, &place.path().join("state"));
    assert_eq!(shown.matches("She finds the bottle.").count(), 2, "{shown}");
    let places = words(&place.path().join("state/places.json"));
    assert!(places.contains("\"board\""), "{places}");
}

#[test]
fn what_was_being_written_when_the_line_dropped_is_kept() {
    let (code, place) = Start::new().run_until_the_line_drops("e Half a thought");
    assert_eq!(code, 0);
    let mut next = Start::at(place).run();
    next.shows("Half a thought");
    next.shows("Edit the brief");
    next.keys(", whole now\u{13}");
    next.shows("edited the brief");
    next.keys("q");
    let (_, board, place) = next.ends_clean();
    assert!(words(&board).contains("Half a thought, whole now"), "{}", words(&board));
    assert!(!has_draft(&place), "it is written on");
}

/// Whether something that was being written is kept beside the board.
fn has_draft(place: &tempfile::TempDir) -> bool {
    let files = fs::read_dir(place.path().join("board.slate")).into_iter().flatten();
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("draft-"))
}

#[test]
fn a_program_that_is_killed_costs_a_second_of_what_was_being_written() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("e");
    tui.shows("Edit the brief");
    tui.keys(" Half a thought");
    tui.settle(Duration::from_millis(1200));
    tui.keys(".");
    tui.shows("Half a thought.");
    tui.settle(Duration::from_millis(300));
    tui.signal(Signal::KILL);
    let place = tui.gone();
    assert!(has_draft(&place));
    let mut next = Start::at(place).run();
    next.shows("Half a thought.");
    next.shows("Edit the brief");
    next.keys("\u{13}");
    next.shows("edited the brief");
    next.keys("q");
    let (_, board, place) = next.ends_clean();
    assert!(words(&board).contains("Half a thought.") && !has_draft(&place), "{}", words(&board));
}

#[test]
fn what_no_board_takes_yet_is_kept_too_and_can_be_dropped() {
    // A heading as long as no line may be.
    let (code, place) = Start::new().run_until_the_line_drops(&format!("t\r{}", "EXT. SHORE ".repeat(60)));
    assert_eq!(code, 0);
    let mut next = Start::at(place).run();
    next.shows("Edit the heading");
    next.shows("EXT. SHORE EXT. SHORE");
    next.keys("\u{1b}");
    next.shows("Keep the changes?");
    next.keys("d");
    next.shows("She finds the bottle.");
    next.keys("q");
    let (_, board, place) = next.ends_clean();
    assert!(!words(&board).contains("EXT. SHORE EXT. SHORE"), "{}", words(&board));
    assert!(!has_draft(&place), "it was dropped");
}

#[test]
fn words_from_an_editor_that_took_its_time_reach_the_board() {
    let script = "sleep 0.3; echo Tom waves. >>";
    let place = tempfile::tempdir().unwrap();
    let editor = place.path().join("editor");
    std::fs::write(&editor, format!("{script} \"$1\"\n")).unwrap();
    let mut tui = Start::new().variable("VISUAL", &format!("sh {}", editor.display())).run();
    tui.shows("She finds the bottle.");
    tui.keys("E");
    tui.shows("edited the brief");
    tui.keys("wq");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert!(words(&board).contains("Tom waves."), "{}", words(&board));
}

#[test]
fn a_screen_too_small_says_so_and_comes_back() {
    let mut tui = Tui::start();
    tui.shows("EXT. SHORE - DAWN");
    tui.resize(5, 30);
    tui.shows("too small");
    tui.resize(24, 80);
    tui.shows("EXT. SHORE - DAWN");
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn every_view_can_be_visited_and_left_by_keys() {
    let mut tui = Start::new()
        .board(&words(Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards/the-keeper.yaml").as_path()))
        .run();
    tui.shows("EXT. ROCKY SHORE - DAWN");
    tui.settle(Duration::from_millis(300));
    let desk = tui.contents();
    for (keys, shown) in [
        ("vs", "Contact sheet"),
        ("va", "Animatic"),
        ("vb", "Bible"),
        ("vo", "Board settings"),
        ("vh", "History"),
        ("vl", "Log"),
    ] {
        tui.keys(keys);
        tui.shows(shown);
        // The popup behind the prefix names the views too: what counts is the screen that stays.
        tui.settle(Duration::from_millis(200));
        tui.until(&format!("{keys} shows another screen"), |tui| tui.contents() != desk);
        tui.keys("\u{1b}");
        tui.until(&format!("esc leaves {keys}"), |tui| tui.contents().contains("Takes ──"));
        tui.settle(Duration::from_millis(100));
    }
    // A review ends with its summary first.
    tui.keys("ve");
    tui.shows("not the brief");
    tui.settle(Duration::from_millis(200));
    tui.keys("\u{1b}");
    tui.shows("The session is over.");
    tui.settle(Duration::from_millis(100));
    tui.keys("\u{1b}");
    tui.until("esc leaves the summary", |tui| tui.contents().contains("Takes ──"));
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn a_storm_of_sizes_ends_in_a_whole_screen() {
    let mut tui = Tui::start();
    tui.shows("EXT. SHORE - DAWN");
    for at in 0..60_u16 {
        tui.resize(3 + at * 7 % 90, 10 + at * 13 % 280);
    }
    tui.resize(24, 80);
    tui.settle(Duration::from_millis(300));
    tui.keys("?");
    tui.shows("let the model write takes");
    tui.keys("\u{1b}");
    tui.shows("EXT. SHORE - DAWN");
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn a_megabyte_pasted_is_cut_to_what_a_text_may_have() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("e");
    tui.shows("Edit the brief");
    tui.keys("\u{1b}[200~");
    let piece = "water and more water ".repeat(500);
    for _ in 0..100 {
        tui.keys(&piece);
    }
    tui.keys("\u{1b}[201~");
    tui.shows("cut at 20");
    tui.keys("\u{1b}");
    tui.shows("Keep the changes?");
    tui.keys("d");
    tui.shows("She finds the bottle.");
    tui.keys("q");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!((code, words(&board).as_str()), (0, BOARD));
}

#[test]
fn answers_that_come_late_and_in_pieces_are_no_keys() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    // Cut behind the escape, in the middle, and before the last letter; `q` and `d` would do something if they were keys.
    for piece in ["\u{1b}", "[?2026;", "2$", "y\u{1b}P>|qdq(1", ")\u{1b}", "\\\u{1b}[?6", "2;4", "c"] {
        tui.keys(piece);
        std::thread::sleep(Duration::from_millis(120));
    }
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.until("the terminal said that it holds pictures back", |tui| tui.sent("\u{1b}[?2026h"));
    tui.keys("uq");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert_eq!(words(&board).matches("She finds the bottle.").count(), 1);
}

#[test]
fn a_terminal_that_answers_nothing_gets_nothing_it_did_not_say_it_has() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.keys("uq");
    tui.settle(Duration::from_millis(300));
    assert!(!tui.sent("\u{1b}[?2026h"), "no synchronized output");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn a_panic_gives_the_terminal_back_and_keeps_every_change() {
    let mut tui = Start::new().variable("SLATEBOARD_TEST_PANIC", "duplicated").run();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    let (code, board, place) = tui.ends_clean();
    assert_eq!(code, 101);
    let shown = shown(&board, &place.path().join("state"));
    assert_eq!(shown.matches("She finds the bottle.").count(), 2, "{shown}");
}

#[test]
fn suspended_it_gives_the_terminal_back_and_comes_back_as_it_was() {
    let mut tui = Start::new().inside("$TUI; echo ended").run();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.keys("\u{1a}");
    tui.until("the ordinary screen is back", |tui| !tui.alternate_screen());
    tui.settle(Duration::from_millis(300));
    tui.assert_given_back();
    tui.signal_group(Signal::CONT);
    tui.until("the program is back", Tui::alternate_screen);
    tui.shows("She finds the bottle.");
    tui.keys("q");
    tui.shows("ended");
    let (_, board, _place) = tui.ends_clean();
    assert_eq!(words(&board).matches("She finds the bottle.").count(), 2);
}

#[test]
fn the_next_start_comes_back_to_where_the_board_was_left() {
    let board = format!(
        "{BOARD}- {{id: 01J9Z0V5W6M4QK3T8E2C7R1XNC, number: \"2\", heading: INT. HUT - DAY, brief: He waits.}}\n"
    );
    let mut tui = Start::new().board(&board).inside("$TUI; $TUI; echo ended").run();
    tui.shows("She finds the bottle.");
    tui.keys("j");
    tui.shows("He waits.");
    tui.keys("q");
    tui.until("the first one ended", |tui| !tui.alternate_screen());
    tui.until("the second one began", Tui::alternate_screen);
    tui.shows("He waits.");
    tui.keys("q");
    tui.shows("ended");
    tui.ends_clean();
}

#[test]
fn the_palette_does_what_keys_do_and_a_theme_is_seen_while_it_is_chosen() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys(":dupl");
    tui.shows("scene.duplicate");
    tui.keys("\r");
    tui.shows("duplicated scene 1");
    tui.keys(",");
    tui.shows("settings");
    tui.keys("t");
    tui.shows("contrast");
    tui.keys("pap\r");
    tui.shows("theme paper");
    assert!(tui.is_coloured());
    tui.keys("uq");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn what_the_footer_and_the_lists_show_can_be_pressed() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    let add = tui.find("o add");
    tui.click(add);
    tui.shows("Edit the brief");
    tui.keys("Tom waves.\u{13}");
    tui.shows("edited the brief");
    let first = tui.find("EXT. SHORE");
    tui.click(first);
    tui.until("the first scene is shown", |tui| tui.contents().matches("She finds the bottle.").count() >= 1);
    tui.keys("q");
    let (_, board, _place) = tui.ends_clean();
    assert!(words(&board).contains("Tom waves."));
}

#[test]
fn a_persons_own_keys_theme_and_language_hold_and_what_is_wrong_is_said() {
    let mut tui = Start::new()
        .config("config.yaml", "language: zh-CN\nmouse: off\n")
        .config("keymap.yaml", "z: scene.duplicate\nd: nulll\n")
        .run();
    tui.shows("keymap.yaml 第 2 行");
    tui.shows("She finds the bottle.");
    assert!(!tui.sent("\u{1b}[?1000h"), "the mouse is left alone");
    tui.keys("z");
    tui.shows("复制了第 1 场");
    tui.keys("uq");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn without_colours_nothing_is_coloured_and_the_cursor_still_shows() {
    let mut tui = Start::new().variable("NO_COLOR", "1").run();
    tui.shows("She finds the bottle.");
    tui.settle(Duration::from_millis(200));
    assert!(!tui.is_coloured(), "{}", tui.contents());
    assert!(tui.sent("\u{1b}[7m"), "the row under the cursor is reversed");
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn idle_it_sends_no_byte() {
    let mut tui = Tui::start();
    tui.shows("slateboard model pull");
    tui.settle(Duration::from_millis(500));
    assert_eq!(tui.settle(Duration::from_millis(2500)), 0);
    tui.keys("q");
    assert_eq!(tui.ends_clean().0, 0);
}

#[test]
fn an_engine_that_is_killed_is_said_and_everything_else_goes_on() {
    let mut tui = Start::new().with_model().run();
    tui.shows("She finds the bottle.");
    tui.keys("g");
    tui.shows("tok/s");
    let engines = children(tui.pid().as_raw_nonzero().get());
    assert!(!engines.is_empty(), "the engine is a child");
    for engine in engines {
        rustix::process::kill_process(rustix::process::Pid::from_raw(engine).unwrap(), Signal::KILL).unwrap();
    }
    tui.shows("the engine stopped");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.keys("q");
    let (code, board, _place) = tui.ends_clean();
    assert_eq!(code, 0);
    assert_eq!(words(&board).matches("She finds the bottle.").count(), 2);
}

/// The processes that one started.
fn children(parent: i32) -> Vec<i32> {
    let stat = |pid: i32| fs::read_to_string(format!("/proc/{pid}/stat")).ok();
    let all = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
    all.filter(|&pid| {
        let fields = stat(pid).and_then(|stat| Some(stat.rsplit_once(')')?.1.to_owned()));
        fields.and_then(|fields| fields.split_whitespace().nth(1)?.parse::<i32>().ok()) == Some(parent)
    })
    .collect()
}
