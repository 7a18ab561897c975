//! Speed as ratios of two things measured in turn in one run, so that a slow or busy machine weighs on both alike.
//!
//! `cargo bench` measures everything; `cargo bench -- decode` only the parts whose names are given. A missed aim is
//! printed and never an error: numbers of one run on a shared machine are for reading.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a measurement that cannot be taken has nothing to go on with")]

mod app;
mod bare;
mod board;
mod busy;
mod decode;
mod frames;
#[path = "../load/mod.rs"]
mod load;
mod prefix;

use std::time::Duration;

/// Rounds of each pair; the middle one counts.
const ROUNDS: usize = 5;
/// A part measured in this process: its name and what measures it.
type Part = (&'static str, fn(&mut Table));

/// What can be measured after the model's own parts, in this order.
const PARTS: [Part; 3] = [("board", board::measure), ("busy", busy::measure), ("frames", frames::measure)];

fn main() {
    // cargo itself passes `--bench`.
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |part: &str| asked.is_empty() || asked.iter().any(|name| name == part);
    let mut table = Table;
    table.head();
    if wanted("decode") || wanted("prefix") {
        // One model serves both: llama.cpp starts once in a process.
        let mut app = app::App::load();
        if wanted("decode") {
            decode::measure(&mut app, &mut table);
        }
        if wanted("prefix") {
            prefix::measure(&mut app, &mut table);
        }
    }
    for (part, measure) in PARTS {
        if wanted(part) {
            measure(&mut table);
        }
    }
}

/// What a ratio should be.
#[derive(Clone, Copy)]
enum Aim {
    AtLeast(f64),
    AtMost(f64),
    /// Said for understanding another line.
    Told,
}

/// Prints a line a ratio.
struct Table;

impl Table {
    fn head(&mut self) {
        println!("load of the machine at the start: {}", load());
        println!("{:<62} {:>10} {:>10} {:>8} {:>9}", "what (middle of the rounds)", "this", "that", "ratio", "aim");
    }

    /// One pair of numbers a round. The ratio is the middle of the rounds' ratios.
    fn line(&mut self, what: &str, unit: &str, rounds: &[(f64, f64)], aim: Aim) {
        let ratio = middle(rounds.iter().map(|(this, that)| this / that));
        let (aim, met) = match aim {
            Aim::AtLeast(least) => (format!("≥ {least:.3}"), Some(ratio >= least)),
            Aim::AtMost(most) => (format!("≤ {most:.3}"), Some(ratio <= most)),
            Aim::Told => (String::new(), None),
        };
        let verdict = met.map_or("", |met| if met { "met" } else { "MISSED" });
        let (this, that) = (middle(rounds.iter().map(|pair| pair.0)), middle(rounds.iter().map(|pair| pair.1)));
        let what = format!("{what} [{unit}]");
        println!("{what:<62} {this:>10.2} {that:>10.2} {ratio:>8.3} {aim:>9} {verdict}");
    }
}

fn middle(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// As the kernel tells it, where it does.
fn load() -> String {
    std::fs::read_to_string("/proc/loadavg").map_or_else(|_| "unknown".into(), |load| load.trim().to_owned())
}
