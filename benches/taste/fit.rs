//! How long the head takes to learn, at 2,000 verdicts.

use std::time::Instant;

use slateboard::board::{Embedding, FeedbackId, Line, Reading, SceneId, Take};
use slateboard::taste::chance::Chance;
use slateboard::taste::{Feature, Head, HeadSettings, Judged, Prior, features};

const VERDICTS: usize = 2000;
/// Numbers of an embedding, as the default model's.
const WIDTH: usize = 576;
/// Fits; the middle one counts.
const ROUNDS: usize = 5;

pub(crate) fn measure() {
    let judged = verdicts();
    let references: Vec<&Judged> = judged.iter().collect();
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            let head = Head::fit(&references, &Prior::new(), &HeadSettings::default());
            assert!(head.is_some());
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "the head refitted after {VERDICTS} verdicts with embeddings of {WIDTH}: {:.1} ms (aim: under 50)",
        times[ROUNDS / 2]
    );
}

/// Verdicts on takes of the structure and vocabulary that takes have, with noise for embeddings.
fn verdicts() -> Vec<Judged> {
    let mut chance = Chance::new(1);
    let take: Take = serde_yaml::from_str(
        "{heading: EXT. SHORE - DAY, action: She climbs., dialogue: [{speaker: MARA, line: Well.}], \
         shots: [{size: wide, seconds: 4, move: pan-left}, {size: close, seconds: 3}, {size: full, angle: low, seconds: 5}]}",
    )
    .unwrap();
    (0..VERDICTS)
        .map(|at| {
            let mut features = features(&take, &Line::default());
            for _ in 0..60 {
                features.insert(Feature::Word(format!("w{}", (chance.share() * chance.share() * 900.0) as u32)), 1.0);
            }
            let accepted = features.contains_key(&Feature::Word("w3".into())) != (chance.share() < 0.2);
            let numbers: Vec<f32> = (0..WIDTH).map(|_| chance.share() - 0.5).collect();
            let embedding = Embedding::new(&numbers).unwrap();
            Judged {
                id: FeedbackId::new((at as u128).into()),
                at_ms: 0,
                reviewer: Line::default(),
                scene: SceneId::default(),
                accepted,
                said: None,
                reason: None,
                take: take.clone(),
                reading: Some(Reading { model: Line::default(), embedding, likelihood: Some(-2.0) }),
                features,
            }
        })
        .collect()
}
