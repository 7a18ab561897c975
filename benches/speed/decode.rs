//! Tokens a second of writing: the app against a bare loop, and a scene's grammar against none.
//!
//! Like with like: prompts are of the same length, the model, the threads and the number of tokens are the same. For
//! the first two lines the app's grammar is one free string, so nothing is forced and each token is drawn and computed
//! alone; it still has its grammar's mask, its draw and its events. The app has no way around the grammar, so what is
//! unconstrained is the bare loop. A scene's grammar forces tokens that are computed and not drawn; they count as
//! tokens, and the line after says the rate of drawn ones alone.
//!
//! The bare loop computes from the same weights as the app, which is the copy that it chose for this machine: what is left is
//! what the app's own work costs. Below each line stands the loop on the model's file as it is: what the choice brings.

use slateboard::engine::{Event, Job};

use super::app::{App, free, scene, threads};
use super::bare::Bare;
use super::{Aim, ROUNDS, Table};

/// Short enough that no take is whole before.
const TOKENS: u32 = 96;
const SEEDS: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

pub(crate) fn measure(app: &mut App, table: &mut Table) {
    let mut bare = Bare::load(&app.model, threads());
    let mut alike = Bare::load(&app.weights, threads());
    let mut one = Vec::new();
    let mut one_alike = Vec::new();
    let mut eight = Vec::new();
    let mut eight_alike = Vec::new();
    let mut held = Vec::new();
    let mut held_alike = Vec::new();
    let mut drawn = Vec::new();
    for _ in 0..ROUNDS {
        one.push(pair(app, &mut bare, &free(&SEEDS[..1], TOKENS)).0);
        one_alike.push(pair(app, &mut alike, &free(&SEEDS[..1], TOKENS)).0);
        eight.push(pair(app, &mut bare, &free(&SEEDS, TOKENS)).0);
        eight_alike.push(pair(app, &mut alike, &free(&SEEDS, TOKENS)).0);
        let (all, drawn_only) = pair(app, &mut bare, &Job { max_tokens: TOKENS, ..scene(&SEEDS) });
        held.push(all);
        drawn.push(drawn_only);
        held_alike.push(pair(app, &mut alike, &Job { max_tokens: TOKENS, ..scene(&SEEDS) }).0);
    }
    table.line("decode, one answer: app, bare loop on the same weights", "tok/s", &one_alike, Aim::AtLeast(0.95));
    table.line("  the loop on the model's file as it is", "tok/s", &one, Aim::Told);
    table.line("decode, eight together: app, bare batched loop", "tok/s", &eight_alike, Aim::AtLeast(0.9));
    table.line("  the loop on the model's file as it is", "tok/s", &eight, Aim::Told);
    table.line("eight under a scene's grammar, unconstrained loop", "tok/s", &held_alike, Aim::AtLeast(0.95));
    table.line("  the loop on the model's file as it is", "tok/s", &held, Aim::Told);
    table.line("  of them drawn, not forced", "tok/s", &drawn, Aim::Told);
}

/// Rates of the app and of the bare loop: over all tokens, and over the app's drawn ones.
fn pair(app: &mut App, bare: &mut Bare, job: &Job) -> ((f64, f64), (f64, f64)) {
    // The prompt is read before, so that only writing is done here.
    app.run(&Job { max_tokens: 1, ..job.clone() });
    let mut pieces = 0_u32;
    let outcome = app.run_told(job, &mut |event| pieces += u32::from(matches!(event, Event::Piece { .. })));
    let answers = job.seeds.len();
    assert!(outcome.answers.iter().all(Option::is_none), "an answer was whole early: the pair would be unlike");
    // Every answer begins with a piece that was not drawn.
    let draws = f64::from(pieces) - answers as f64;
    let seconds = outcome.stats.decode_ms / 1e3;
    let tokens = job.max_tokens as usize;
    let rate = (tokens * answers) as f64 / bare.write(outcome.stats.prompt_tokens, answers, tokens).as_secs_f64();
    ((outcome.stats.tokens as f64 / seconds, rate), (draws / seconds, rate))
}
