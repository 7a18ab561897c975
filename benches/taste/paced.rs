//! How soon the next takes are there in a paced review: a verdict every six seconds, takes sampled ahead meanwhile.

use std::time::{Duration, Instant};

use slateboard::board::{Line, Storyboard, Take, TakeId};
use slateboard::engine::{Cancel, Generator, LocalEngine, SceneJob};
use slateboard::run::asking::{self, Asking};
use slateboard::run::shelf::{Sampled, Shelf};
use slateboard::store::Paths;
use ulid::Ulid;

use super::bank::Bank;

/// Verdicts of the review.
const VERDICTS: usize = 12;
/// Between two of them.
const PACE: Duration = Duration::from_secs(6);
/// Takes asked for.
const POOL: usize = 4;

pub(crate) fn measure(bank: &Bank, board: &Storyboard) {
    let mut engine = LocalEngine::new(bank.launch());
    engine.warm_up(&Cancel::default(), &mut |_| {}).unwrap();
    let asking = Asking::without_verdicts(&Paths::from_env().unwrap(), Line::default());
    let mut shelf = Shelf::default();
    let scene = &board.scenes[1];
    let mut waits = Vec::new();
    for at in 0..VERDICTS {
        // Each verdict rejects without a reason: another pool of the same scene is asked for.
        let begun = Instant::now();
        let plan = asking.plan(board, scene);
        let first = u32::try_from(at).unwrap() * 1000;
        let job =
            SceneJob::new(board, scene.id, &asking::ask(&plan, &[], (first..first + POOL as u32).collect())).unwrap();
        let sampled =
            shelf.take(&job).unwrap_or_else(|| Sampled::by(&mut engine, job, &Cancel::default(), &mut |_| {}).unwrap());
        let (best, _) = asking.best(scene, &sampled.candidates, POOL, first);
        waits.push(begun.elapsed());
        let takes: Vec<Take> = best
            .into_iter()
            .enumerate()
            .map(|(place, one)| Take { id: TakeId::new(Ulid::from_parts(at as u64 + 1, place as u128)), ..one.take })
            .collect();
        shelf.foresee(&asking, board, scene.id, &takes, POOL);
        let reading = Instant::now();
        let cancel = Cancel::default();
        let switch = cancel.clone();
        std::thread::scope(|threads| {
            threads.spawn(move || {
                std::thread::sleep(PACE.saturating_sub(reading.elapsed()));
                switch.cancel();
            });
            while shelf.is_wishing() && shelf.fill(&mut engine, &cancel).is_ok() {}
        });
    }
    let (ready, asked) = shelf.readiness();
    let mut later: Vec<f64> = waits[1..].iter().map(|wait| wait.as_secs_f64() * 1e3).collect();
    later.sort_by(f64::total_cmp);
    let at = |share: f64| later[((later.len() - 1) as f64 * share).round() as usize];
    println!("\npaced review, a rejection every {} s, pools of {POOL}:", PACE.as_secs());
    println!("  ready before it was asked for: {ready} of {asked}; the first cannot be");
    println!(
        "  from rejection to the next take, after the first: median {:.0} ms, 95th percentile {:.0} ms",
        at(0.5),
        at(0.95)
    );
    println!("  the first: {:.0} ms", waits[0].as_secs_f64() * 1e3);
}
