//! Writing while every core is busy with something else: threads that adapt against threads fixed at the core count.

use std::process::{Child, Command, Stdio};

use slateboard::engine::{Cancel, Generator, LocalEngine};

use super::app::{cores, free, launch};
use super::{Aim, Table};

/// A round with fixed threads is slow: that is the point.
const ROUNDS: usize = 3;

/// Processes that keep a core busy each, until dropped.
struct Load(Vec<Child>);

impl Load {
    fn on_every_core() -> Self {
        // Should this process be killed, they end by themselves after so many seconds of processor time.
        let spin =
            || Command::new("sh").args(["-c", "ulimit -t 120; while :; do :; done"]).stdin(Stdio::null()).spawn();
        Self((0..cores()).map(|_| spin().unwrap()).collect())
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // Both fail only where it is gone already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

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
}

fn engine(threads: Option<usize>) -> LocalEngine {
    LocalEngine::new(launch(threads))
}

fn rate(engine: &mut LocalEngine, tokens: u32) -> f64 {
    let outcome = engine.run(&free(&[1], tokens), &Cancel::default(), &mut |_| {}).unwrap();
    outcome.stats.tokens_per_s
}
