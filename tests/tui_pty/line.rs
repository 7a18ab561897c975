//! Lines that stop, crawl or drop: nothing spins, and what was done is kept.

use std::time::Duration;

use rustix::process::Signal;

use crate::harness::{Start, Tui, shown};

/// The processor time that a program which is blocked may take of the time that passes.
const SPINNING: f64 = 0.2;

/// Lets time pass; answers how much of it the program was running.
fn share(tui: &Tui, time: Duration) -> f64 {
    let before = tui.processor_time();
    std::thread::sleep(time);
    (tui.processor_time() - before).as_secs_f64() / time.as_secs_f64()
}

/// A program on a terminal that reads nothing any more, with more to be drawn than fits on the way to it.
fn stalled() -> Tui {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.keys("d");
    tui.shows("duplicated scene 1");
    tui.settle(Duration::from_millis(200));
    tui.pace.set(0);
    for at in 0..40 {
        tui.resize(24 + at % 2, 80 - at % 3);
        std::thread::sleep(Duration::from_millis(40));
    }
    tui
}

/// How many scenes the next process finds.
fn scenes(place: &tempfile::TempDir) -> usize {
    let shown = shown(&place.path().join("board.yaml"), &place.path().join("state"));
    shown.matches("She finds the bottle.").count()
}

#[test]
fn a_terminal_that_stops_reading_is_waited_for_without_spinning_and_gets_everything_later() {
    let mut tui = stalled();
    let share = share(&tui, Duration::from_secs(2));
    assert!(share < SPINNING, "it runs {share} of the time");
    tui.keys("d");
    tui.pace.set(usize::MAX);
    tui.resize(24, 80);
    tui.shows("3  EXT. SHORE - DAWN");
    tui.keys("q");
    let (code, _, place) = tui.ends_clean();
    assert_eq!((code, scenes(&place)), (0, 3));
}

#[test]
fn a_terminal_that_stopped_reading_does_not_keep_the_program_from_ending() {
    for signal in [Signal::TERM, Signal::HUP] {
        let tui = stalled();
        tui.signal(signal);
        // A half-open line: nobody reads, and nobody closes the terminal either.
        assert_eq!(scenes(&tui.gone()), 2, "{signal:?}");
    }
}

#[test]
fn at_300_bits_a_second_nothing_spins_and_nothing_is_lost() {
    let mut tui = Tui::start();
    tui.shows("She finds the bottle.");
    tui.settle(Duration::from_millis(200));
    tui.pace.set(30);
    for _ in 0..4 {
        tui.keys("d");
        std::thread::sleep(Duration::from_millis(200));
    }
    let share = share(&tui, Duration::from_secs(3));
    assert!(share < SPINNING, "it runs {share} of the time");
    tui.signal(Signal::HUP);
    assert_eq!(scenes(&tui.gone()), 5);
}

#[test]
fn a_board_that_a_frozen_line_holds_is_taken_over_with_what_was_done_there() {
    let frozen = stalled();
    let board = frozen.place.path().join("board.yaml");
    let mut next = Start::new().inside(&format!("exec {} {}", env!("CARGO_BIN_EXE_slateboard"), board.display())).run();
    next.shows("let the program that has it keep what it has");
    next.keys("t");
    next.shows("2 · EXT. SHORE");
    next.keys("q");
    assert_eq!(next.ends_clean().0, 0);
    assert_eq!(scenes(&frozen.gone()), 2);
}
