//! Writing while every core is busy with something else, all the time or by turns: threads that adapt against threads fixed at the core count.

use slateboard::engine::{Cancel, Generator, LocalEngine};

use super::app::{cores, free, launch};
use super::load::Load;
use super::{Aim, Table};

/// A round with fixed threads is slow: that is the point.
const ROUNDS: usize = 3;
/// How long the machine is busy, and then idle, in seconds: an answer meets both.
const PERIOD: u32 = 2;

pub(crate) fn measure(table: &mut Table) {
    let mut adaptive = engine(None);
    let mut fixed = engine(Some(cores()));
    // Both start on the machine as it is and have read the prompt before it becomes busy.
    rate(&mut adaptive, 2);
    rate(&mut fixed, 2);
    let mut rounds = Vec::new();
    {
        let _load = Load::on_every_core();
        for _ in 0..ROUNDS {
            rounds.push((rate(&mut adaptive, 64), rate(&mut fixed, 24)));
        }
    }
    table.line("cores busy elsewhere: adaptive threads, fixed threads", "tok/s", &rounds, Aim::AtLeast(3.0));
    let mut rounds = Vec::new();
    {
        let _load = Load::coming_and_going(PERIOD);
        for _ in 0..ROUNDS {
            rounds.push((rate(&mut adaptive, 400), rate(&mut fixed, 200)));
        }
    }
    table.line("  the same, busy and idle by turns", "tok/s", &rounds, Aim::Told);
}

fn engine(threads: Option<usize>) -> LocalEngine {
    LocalEngine::new(launch(threads))
}

fn rate(engine: &mut LocalEngine, tokens: u32) -> f64 {
    let outcome = engine.run(&free(&[1], tokens), &Cancel::default(), &mut |_| {}).unwrap();
    outcome.stats.tokens_per_s
}
