//! The TUI's speed through a pseudo-terminal, as ratios of two programs run in turn in the same harness.
//!
//! `cargo bench --bench tui` measures everything, `cargo bench --bench tui -- keys` only the parts whose names are given.
//! A missed aim is printed and never an error: numbers of one run on a shared machine are for reading.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot be taken has nothing to go on with")]

mod bare;
mod frames;
#[path = "../load/mod.rs"]
mod load;
mod pictures;
mod pty;
mod rate;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use load::Load;
use pty::Program;

/// Presses of a key that are measured.
const PRESSES: usize = 200;
/// Presses while takes stream.
const STREAMED: usize = 200;
/// Starts of each program.
const STARTS: usize = 41;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == bare::NAME) {
        return bare::run();
    }
    if let [first, picture, ..] = arguments.as_slice()
        && first == pictures::NAME
    {
        return pictures::run(picture);
    }
    let asked: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|name| *name == part);
    let place = tempfile::tempdir().unwrap();
    println!("{:<64} {:>10} {:>10} {:>7}  aim", "", "slateboard", "beside it", "ratio");
    if wanted("start") {
        starts(place.path());
    }
    if wanted("keys") {
        keys(place.path());
    }
    if wanted("bytes") {
        bytes(place.path());
    }
    if wanted("idle") {
        idle(place.path());
    }
    if wanted("frames") {
        frames::measure();
    }
    if wanted("pictures") {
        pictures::measure(place.path());
    }
    if wanted("stream") {
        stream(place.path(), "");
        {
            let _load = Load::on_every_core();
            stream(place.path(), ", every core busy");
        }
        let _load = Load::coming_and_going(2);
        stream(place.path(), ", every core busy by turns");
    }
    if wanted("rate") {
        rate::measure();
    }
}

fn line(what: &str, unit: &str, ours: f64, theirs: f64, most: f64) {
    let ratio = ours / theirs;
    let missed = if ratio > most { "  MISSED" } else { "" };
    println!("{what:<64} {ours:>7.2} {unit:<2} {theirs:>7.2} {unit:<2} {ratio:>7.2}  ≤ {most}{missed}");
}

/// The value that a share of all is not above.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
    let at = ((values.len() as f64 * share).ceil() as usize).clamp(1, values.len()) - 1;
    values[at]
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// A board of so many scenes, all as long as each other, and a text file with as many lines.
fn files(place: &Path, scenes: usize) -> (String, String) {
    let (mut board, mut text) = ("slateboard: 1\ntitle: The Keeper\nscenes:\n".to_owned(), String::new());
    for at in 0..scenes {
        writeln!(board, "- {{number: '{at:05}', heading: EXT. SHORE - DAWN, brief: She finds the bottle.}}").unwrap();
        writeln!(text, "{at:05} EXT. SHORE - DAWN").unwrap();
    }
    fs::write(place.join(format!("board{scenes}.yaml")), board).unwrap();
    fs::write(place.join(format!("text{scenes}.txt")), text).unwrap();
    (format!("board{scenes}.yaml"), format!("text{scenes}.txt"))
}

fn slateboard(place: &Path, board: &str) -> Program {
    Program::start(place, env!("CARGO_BIN_EXE_slateboard"), &[board])
}

fn vim(place: &Path, text: &str) -> Program {
    Program::start(place, "vim", &["-u", "NONE", "-i", "NONE", "-n", text])
}

/// With the settings that it comes with or the person has made.
fn vim_as_it_comes(place: &Path, text: &str) -> Program {
    Program::start(place, "vim", &["-i", "NONE", "-n", text])
}

/// From the start of the process to a screen that shows the file.
fn starts(place: &Path) {
    let (board, text) = files(place, 40);
    let programs: [&dyn Fn() -> Program; 3] =
        [&|| slateboard(place, &board), &|| vim(place, &text), &|| vim_as_it_comes(place, &text)];
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..STARTS {
        for (start, times) in programs.iter().zip(&mut times) {
            let begun = Instant::now();
            let mut running = start();
            running.until(|screen| screen.contains("00005") && screen.contains("00000"));
            times.push(millis(begun.elapsed()));
            running.kill();
        }
    }
    let [ours, bare, whole] = times.map(|mut times| quantile(&mut times, 0.5));
    line("first full paint: slateboard, vim -u NONE", "ms", ours, bare, 1.0);
    line("first full paint: slateboard, vim as it comes", "ms", ours, whole, 1.0);
}

/// From a key's last byte in to the first byte out.
fn keys(place: &Path) {
    let (board, text) = files(place, 500);
    let (mut ours, mut theirs) = (slateboard(place, &board), vim(place, &text));
    for running in [&mut ours, &mut theirs] {
        running.until(|screen| screen.contains("00005"));
        running.settle(Duration::from_millis(800));
    }
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for at in 0..PRESSES {
        let key = if at / 100 % 2 == 0 { "j" } else { "k" };
        own.push(millis(ours.press(key)));
        other.push(millis(theirs.press(key)));
    }
    let (own_median, other_median) = (quantile(&mut own, 0.5), quantile(&mut other, 0.5));
    line("key to first byte, the middle one: slateboard, vim -u NONE", "ms", own_median, other_median, 4.0);
    let (own_high, other_high) = (quantile(&mut own, 0.99), quantile(&mut other, 0.99));
    line("  99 of 100", "ms", own_high, other_high, 4.0);
}

/// Bytes that a move of the cursor costs.
fn bytes(place: &Path) {
    let (board, _) = files(place, 500);
    let mut ours = slateboard(place, &board);
    let myself = std::env::current_exe().unwrap();
    let mut bare = Program::start(place, &myself.to_string_lossy(), &[bare::NAME]);
    for running in [&mut ours, &mut bare] {
        running.until(|screen| screen.contains("00005"));
        running.settle(Duration::from_millis(800));
    }
    let each = |running: &mut Program| {
        let all: usize = (0..40)
            .map(|_| {
                running.press("j");
                running.settle(Duration::from_millis(30))
            })
            .sum();
        all as f64 / 40.0
    };
    let (own, other) = (each(&mut ours), each(&mut bare));
    line("bytes of a cursor move: scene list and its stage, bare list", "", own, other, 1.2);
}

/// What it does when nothing happens.
fn idle(place: &Path) {
    let (board, _) = files(place, 500);
    let mut ours = slateboard(place, &board);
    ours.until(|screen| screen.contains("00005"));
    ours.settle(Duration::from_millis(1500));
    let before = ours.cpu();
    let bytes = ours.settle(Duration::from_secs(5));
    println!("{:<64} {bytes:>10} {:>10}", "idle for 5 s: bytes, processor ticks", ours.cpu() - before);
}

/// Keys while takes are written, with the model of this machine; `while_` says what else the machine does.
fn stream(place: &Path, while_: &str) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("storyboards/the-keeper.yaml");
    fs::copy(sample, place.join("keeper.yaml")).unwrap();
    // What an earlier run left in the journal would be said where the model's name is waited for.
    let _ = fs::remove_dir_all(place.join("keeper.slate"));
    let mut ours = Program::start_with_model(place, env!("CARGO_BIN_EXE_slateboard"), &["keeper.yaml"]);
    ours.until(|screen| screen.contains("ROCKY SHORE"));
    // Only what is written is measured, not the model's loading.
    ours.until(|screen| screen.contains("· CPU") || screen.contains("layers"));
    let (mut times, mut bytes, mut ticks, mut seconds) = (Vec::new(), 0, 0, 0.0);
    while times.len() < STREAMED {
        ours.press(if times.len() % 2 == 0 { "g" } else { "kg" });
        ours.until(|screen| screen.contains("tok/s"));
        let (before, begun) = (ours.cpu(), Instant::now());
        while times.len() < STREAMED && ours.contents().contains("tok/s") {
            // The next row of the list, whose scene is drawn anew, and back: the take being written comes and goes.
            let key = if times.len() % 2 == 0 { "j" } else { "k" };
            let title = if key == "j" { "2  " } else { "1  " };
            let shown = |screen: &str| screen.lines().next().is_some_and(|row| row.contains(title));
            times.push(millis(ours.press_until(key, shown)));
            bytes += ours.settle_for(Duration::from_millis(90));
        }
        ticks += ours.cpu() - before;
        seconds += begun.elapsed().as_secs_f64();
        ours.press("\u{1b}");
        ours.until(|screen| !screen.contains("tok/s"));
    }
    let (middle, high) = (quantile(&mut times, 0.5), quantile(&mut times, 0.99));
    let missed = if high > 16.0 { "  MISSED" } else { "" };
    println!(
        "{:<64} {middle:>7.2} ms {:>10} {:>7}",
        format!("key to its picture while takes stream{while_}, the middle one"),
        "",
        ""
    );
    println!("{:<64} {high:>7.2} ms {:>10} {:>7}  ≤ 16 ms{missed}", "  99 of 100", "", "");
    // A tick is a hundredth of a second.
    println!(
        "{:<64} {:>7.1} %  {:>7.1} kB/s",
        "  the screen's share of one processor, its bytes",
        ticks as f64 / seconds,
        bytes as f64 / seconds / 1e3
    );
}
