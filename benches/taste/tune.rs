//! Settings of the head against each other, on the takes the bank has: how the defaults were chosen.
//!
//! The reviews of the arm `head`, with more seeds, once for each setting.

use slateboard::board::{SceneId, Storyboard};
use slateboard::taste::HeadSettings;

use super::bank::Bank;
use super::review::{Arm, review, scenes};
use super::reviewers::REVIEWERS;

const SEEDS: u64 = 12;

pub(crate) fn measure(bank: &Bank, board: &Storyboard) {
    let scenes = scenes(bank, board);
    if scenes.is_empty() {
        println!("not one scene has takes enough yet");
        return;
    }
    let base = HeadSettings::default();
    let mut tried: Vec<(String, HeadSettings)> = vec![("default".into(), base)];
    for focus in [0.0, 1.0, 2.0, 4.0] {
        tried.push((format!("focus {focus}"), HeadSettings { focus, ..base }));
    }
    for gains in [[1.0, 0.7, 0.0], [1.0, 0.3, 0.05], [1.0, 1.0, 0.05], [1.0, 0.7, 0.3]] {
        tried.push((format!("gains {gains:?}"), HeadSettings { gains, ..base }));
    }
    for learning_rate in [0.01, 0.1, 0.3] {
        tried.push((format!("rate {learning_rate}"), HeadSettings { learning_rate, ..base }));
    }
    for weight_decay in [0.0, 0.1] {
        tried.push((format!("decay {weight_decay}"), HeadSettings { weight_decay, ..base }));
    }
    for dropout in [0.0, 0.5] {
        tried.push((format!("dropout {dropout}"), HeadSettings { dropout, ..base }));
    }
    for half_life in [15.0, 80.0] {
        tried.push((format!("half-life {half_life}"), HeadSettings { half_life, ..base }));
    }
    let none = liked(bank, board, &scenes, Arm::None, &base);
    let ceiling = liked(bank, board, &scenes, Arm::Ceiling, &base);
    println!("share of the way from no feedback to the ceiling, verdicts 21 to 40, {SEEDS} seeds");
    let names: Vec<&str> = REVIEWERS.iter().map(|reviewer| reviewer.name).collect();
    println!("rules: {}", names.join("; "));
    for (name, settings) in tried {
        let head = liked(bank, board, &scenes, Arm::Head, &settings);
        let shares: Vec<f32> = head
            .iter()
            .zip(none.iter().zip(&ceiling))
            .map(|(head, (none, most))| (head - none) / (most - none))
            .collect();
        let mean = shares.iter().sum::<f32>() / shares.len() as f32;
        let each: Vec<String> = shares.iter().map(|share| format!("{share:5.2}")).collect();
        println!("{name:<24} {mean:.3}  {}", each.join(" "));
    }
}

/// The share of shown takes that each reviewer likes, over all seeds.
fn liked(bank: &Bank, board: &Storyboard, scenes: &[SceneId], arm: Arm, settings: &HeadSettings) -> Vec<f32> {
    let of = |reviewer| {
        let reviews = (0..SEEDS).map(|seed| review(bank, board, scenes, reviewer, arm, seed, settings).unwrap().liked);
        reviews.sum::<f32>() / SEEDS as f32
    };
    REVIEWERS.iter().map(of).collect()
}
