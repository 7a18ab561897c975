//! Settings of the head against each other, on the takes the bank has: how the defaults were chosen.
//!
//! As the arm `head` of the review, but the head is trained at fewer verdicts and ranks as soon as there is one, so that many
//! settings can be tried.

use std::sync::Mutex;

use slateboard::board::{Feedback, FeedbackId, Line, SceneId, Storyboard, Take, TakeId, Verdict};
use slateboard::engine::SceneJob;
use slateboard::run::asking::ask;
use slateboard::taste::chance::Chance;
use slateboard::taste::{Candidate, Features, Head, HeadSettings, Judged, Next, Prior, features, standing};
use ulid::Ulid;

use super::asked_for;
use super::bank::Bank;
use super::review::{OF_A_SCENE, scenes as reviewed};
use super::reviewers::{REVIEWERS, Reviewer};

const VERDICTS: usize = 40;
const POOL: usize = 8;
const SEEDS: u64 = 12;

/// A scene, its heading, and the takes the bank has of it.
type Banked = (SceneId, Line, Vec<(Candidate, Features)>);

pub(crate) fn measure(bank: &Bank, board: &Storyboard) {
    let scenes: Vec<Banked> = reviewed(bank, board)
        .into_iter()
        .filter_map(|scene| board.scene(scene))
        .map(|scene| {
            let job =
                SceneJob::new(&asked_for(board, scene.id), scene.id, &ask(&Next::default(), &[], Vec::new())).unwrap();
            let takes = bank.takes(&job, OF_A_SCENE);
            let seen = takes.into_iter().map(|one| {
                let features = features(&one.take, &scene.heading);
                (one, features)
            });
            (scene.id, scene.heading.clone(), seen.collect())
        })
        .collect();
    if scenes.is_empty() {
        println!("not one scene has takes enough yet");
        return;
    }
    for reviewer in &REVIEWERS {
        let all: Vec<&Candidate> = scenes.iter().flat_map(|(.., takes)| takes.iter().map(|(one, _)| one)).collect();
        let liked = all.iter().filter(|one| reviewer.likes(&one.take, 39)).count();
        println!("  {:<34} likes {:.2} of all takes", reviewer.name, liked as f32 / all.len().max(1) as f32);
    }
    let base = HeadSettings::default();
    let mut tried: Vec<(String, HeadSettings)> = vec![("default".into(), base)];
    for gains in [
        [1.0, 0.0, 0.0],
        [1.0, 0.35, 0.0],
        [1.0, 0.35, 0.1],
        [1.0, 0.5, 0.1],
        [1.0, 0.5, 0.05],
        [1.5, 0.5, 0.1],
        [2.0, 0.5, 0.1],
        [0.7, 0.35, 0.1],
    ] {
        tried.push((format!("gains {gains:?}"), HeadSettings { gains, ..base }));
    }
    for learning_rate in [0.1, 0.6] {
        tried.push((format!("rate {learning_rate}"), HeadSettings { learning_rate, ..base }));
    }
    for weight_decay in [0.0, 0.1] {
        tried.push((format!("decay {weight_decay}"), HeadSettings { weight_decay, ..base }));
    }
    for (dropout, half_life) in [(0.0, 80.0), (0.5, 80.0), (0.2, 20.0)] {
        tried.push((format!("dropout {dropout}, half-life {half_life}"), HeadSettings { dropout, half_life, ..base }));
    }
    let next = Mutex::new(0_usize);
    let results = Mutex::new(vec![None; tried.len()]);
    std::thread::scope(|threads| {
        for _ in 0..std::thread::available_parallelism().map_or(1, std::num::NonZero::get) {
            threads.spawn(|| {
                loop {
                    let at = {
                        let mut next = next.lock().unwrap();
                        *next += 1;
                        *next - 1
                    };
                    let Some((_, settings)) = tried.get(at) else { break };
                    let line: Vec<f32> = REVIEWERS.iter().map(|reviewer| share(&scenes, reviewer, settings)).collect();
                    results.lock().unwrap()[at] = Some(line);
                }
            });
        }
    });
    println!("share of the way from no feedback to the ceiling, verdicts 21 to 40, {SEEDS} seeds");
    for ((name, _), line) in tried.iter().zip(results.into_inner().unwrap()) {
        let line = line.unwrap();
        let mean = line.iter().sum::<f32>() / line.len() as f32;
        let each: Vec<String> = line.iter().map(|share| format!("{share:5.2}")).collect();
        println!("{name:<26} {mean:.3}  {}", each.join(" "));
    }
}

/// The share of the way closed, over all seeds.
fn share(scenes: &[Banked], reviewer: &Reviewer, settings: &HeadSettings) -> f32 {
    let (mut none, mut head, mut ceiling) = (0.0, 0.0, 0.0);
    for seed in 0..SEEDS {
        let mut chance = Chance::new(seed * 31 + 5);
        let mut errors = Chance::new(seed + 500);
        let mut judged: Vec<Judged> = Vec::new();
        let mut learned: Option<Head> = None;
        for at in 0..VERDICTS {
            let (scene, heading, takes) = &scenes[(at / 5 + seed as usize) % scenes.len()];
            let mut places: Vec<usize> = (0..takes.len()).collect();
            chance.shuffle(&mut places);
            places.truncate(POOL);
            let pool: Vec<&(Candidate, Features)> = places.iter().map(|&place| &takes[place]).collect();
            if at < 20 && at % 5 == 0 || at >= 20 && at % 2 == 0 {
                learned = Head::fit(&judged.iter().collect::<Vec<_>>(), &Prior::new(), settings);
            }
            let score = |one: &(Candidate, Features)| {
                learned.as_ref().map_or(0.0, |head| head.opinion(&one.1, one.0.reading.as_ref()).log_odds)
            };
            let mut best = 0;
            for place in 1..pool.len() {
                if score(pool[place]) > score(pool[best]) {
                    best = place;
                }
            }
            if at >= VERDICTS / 2 {
                none += pool.iter().filter(|one| reviewer.likes(&one.0.take, at)).count() as f32 / pool.len() as f32;
                ceiling += f32::from(u8::from(pool.iter().any(|one| reviewer.likes(&one.0.take, at))));
                head += f32::from(u8::from(reviewer.likes(&pool[best].0.take, at)));
            }
            let id = Ulid::from_parts(at as u64 + 1, 7);
            let record = Feedback {
                id: FeedbackId::new(id),
                at_ms: 0,
                reviewer: Line::default(),
                scene: *scene,
                verdict: if reviewer.accepts(&pool[best].0.take, at, &mut errors) {
                    Verdict::Accept
                } else {
                    Verdict::Reject
                },
                reason: None,
                looked_ms: None,
                take: Take { id: TakeId::new(id), ..pool[best].0.take.clone() },
                reading: pool[best].0.reading.clone(),
                edited_from: None,
                picked_before: None,
                index: 0,
            };
            let mut one = standing(&[record], &Storyboard::default(), &[]);
            one.iter_mut().for_each(|one| one.features = features(&one.take, heading));
            judged.extend(one);
        }
    }
    if ceiling - none > 1.0 { (head - none) / (ceiling - none) } else { 1.0 }
}
