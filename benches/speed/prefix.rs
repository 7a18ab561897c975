//! What keeping the prompt's prefix saves, on a whole scene of the sample board.

use std::time::Instant;

use super::app::{App, scene};
use super::{Aim, Table, millis};

/// Each round reads the prompt nine times.
const ROUNDS: usize = 3;
const SEEDS: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

pub(crate) fn measure(app: &mut App, table: &mut Table) {
    let mut takes = Vec::new();
    let mut tokens = Vec::new();
    let mut first = Vec::new();
    for _ in 0..ROUNDS {
        let (mut single_ms, mut single_tokens, mut cold_first) = (0.0, 0, 0.0);
        for seed in SEEDS {
            app.forget();
            let begun = Instant::now();
            let outcome = app.run(&scene(&[seed]));
            single_ms += millis(begun.elapsed());
            single_tokens += outcome.stats.tokens;
            assert_eq!(outcome.stats.cached_tokens, 0, "a single run has to be cold");
            cold_first = outcome.stats.first_token_ms;
        }
        let resampled = app.run(&scene(&[99]));
        first.push((resampled.stats.first_token_ms, cold_first));
        app.forget();
        let begun = Instant::now();
        let together = app.run(&scene(&SEEDS));
        takes.push((millis(begun.elapsed()), single_ms));
        tokens.push((together.stats.tokens as f64, single_tokens as f64));
    }
    table.line("eight takes from one prompt, eight cold single runs", "ms", &takes, Aim::AtMost(0.45));
    table.line("  tokens they wrote", "tokens", &tokens, Aim::Told);
    table.line("first token: resampled, cold", "ms", &first, Aim::AtMost(1.0 / 30.0));
}
